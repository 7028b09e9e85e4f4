/** Losses that are random in earnest, be it seldom, are no functions: that is told, and nothing passes. */

import { checkGradients, type GradientReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { CLAIMS, MODELS, modelOf, type Plain, randomOf } from './generators.js';

const RUNS = 200;
/** Of these may be told otherwise: in some no loss was random, in some it was so again when it was asked for once more. */
const MOST_MISSED = RUNS / 100;

function isTold({ verdict, findings }: GradientReport): boolean {
  return verdict === 'inconclusive' && findings.some(({ code }) => code === 'nondeterministic-loss');
}

/** How many of the runs have another verdict, or another finding. */
function missed(
  make: () => Plain,
  claim: (slope: Float64Array) => Float64Array,
  lossOf: (seed: number) => (v: number) => number,
): number {
  let count = 0;
  for (let run = 1; run <= RUNS; run += 1)
    count += Number(!isTold(checkGradients(modelOf(make(), claim, { onLoss: lossOf(1000 * run + 1) }))));
  return count;
}

/** A loss that is another multiple of itself with some probability. */
const multiplied = (probability: number, factor: number) => (seed: number) => {
  const random = randomOf(seed);
  return (v: number): number => (random.chance(probability) ? factor * v : v);
};

describe.each(['sines', 'float32 parameters'])('%s', (name) => {
  test.each(
    Object.keys(CLAIMS).flatMap((claim) =>
      [
        [0.1, 2],
        [0.1, 1.001],
        [0.1, -1],
        [0.2, 2],
        [0.5, 2],
      ].map(([probability, factor]) => [claim, probability!, factor!] as const),
    ),
  )('claimed %s, with a probability of %d times %d', (claim, probability, factor) => {
    expect(missed(MODELS[name]!, CLAIMS[claim]!, multiplied(probability, factor))).toBeLessThanOrEqual(
      MOST_MISSED,
    );
  });

  test('that is dropout without reset()', () => {
    const dropped = (seed: number) => {
      const random = randomOf(seed);
      return (v: number): number => v * (1 + 0.1 * random.uniform());
    };
    expect(missed(MODELS[name]!, CLAIMS['right']!, dropped)).toBe(0);
  });
});

test('a function is asked for nothing again where all its losses lie on a line', () => {
  const { evaluations } = checkGradients(modelOf(MODELS['sines']!(), CLAIMS['right']!));
  let calls = 0;
  const same = checkGradients(
    modelOf(MODELS['sines']!(), CLAIMS['right']!, { onLoss: (v) => ((calls += 1), v) }),
  );
  expect(same.evaluations).toEqual(evaluations);
  expect(calls).toBe(evaluations.loss);
});

test('a function with kinks and jumps is none of these, whatever is odd about it', () => {
  const x = Float64Array.of(0, 1, -1, 0.5);
  const report = checkGradients({
    parameters: { x },
    loss: () => x.reduce((sum, v) => sum + Math.abs(v) + (v > 0 ? 1 : 0), 0),
    gradients: () => ({ x: x.map(Math.sign) }),
  });
  expect(report.findings.map(({ code }) => code)).not.toContain('nondeterministic-loss');
});

test('seldom, in an asynchronous model', async () => {
  let count = 0;
  for (let run = 1; run <= 50; run += 1) {
    const { parameters, loss, gradients } = modelOf(MODELS['sines']!(), CLAIMS['right']!, {
      onLoss: multiplied(0.1, 2)(1000 * run + 1),
    });
    const report = await checkGradients({
      parameters,
      loss: async () => loss(),
      gradients: async () => gradients(),
    });
    count += Number(!isTold(report));
  }
  expect(count).toBeLessThanOrEqual(1);
});
