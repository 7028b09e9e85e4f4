/** Losses and claims that differ from call to call by rounding are noisy: they have a verdict, and the noise is told. */

import { checkGradients, checkJacobian, type FindingCode, type Report } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { CLAIMS, JITTERS, MODELS, modelOf, randomOf } from './generators.js';

const codes = (report: Report): readonly FindingCode[] => report.findings.map(({ code }) => code);
const right = (claim: string): 'correct' | 'wrong' => (claim === 'right' ? 'correct' : 'wrong');

const cases = Object.keys(MODELS).flatMap((model) =>
  Object.keys(CLAIMS).flatMap((claim) =>
    Object.keys(JITTERS).map((jitter) => [model, claim, jitter] as const),
  ),
);

describe.each([1e-8, 1e-7, 1e-6])('of %d', (size) => {
  test.each(cases)('a loss: %s, claimed %s, %s', (name, claim, jitter) => {
    const random = randomOf(7);
    const onLoss = (v: number): number => JITTERS[jitter]!(size)(v, random);
    const report = checkGradients(modelOf(MODELS[name]!(), CLAIMS[claim]!, { onLoss }));
    expect(report.verdict).toBe(right(claim));
    expect(codes(report)).toContain('noisy-loss');
  });

  test.each(cases.filter(([, claim]) => claim !== 'zero'))(
    'a claim: %s, claimed %s, %s',
    (name, claim, jitter) => {
      const random = randomOf(11);
      const onClaim = (v: number): number => JITTERS[jitter]!(size)(v, random);
      const report = checkGradients(modelOf(MODELS[name]!(), CLAIMS[claim]!, { onClaim }));
      expect(report.verdict).toBe(right(claim));
      expect(codes(report)).toContain('noisy-gradients');
    },
  );
});

test.each(Object.keys(CLAIMS))('promises of both, claimed %s', async (claim) => {
  const random = randomOf(13);
  const jitter = (v: number): number => v * (1 + 1e-7 * random.uniform());
  const { parameters, loss, gradients } = modelOf(MODELS['sines']!(), CLAIMS[claim]!, {
    onLoss: jitter,
    onClaim: jitter,
  });
  const report = await checkGradients({
    parameters,
    loss: async () => loss(),
    gradients: async () => gradients(),
  });
  expect(report.verdict).toBe(right(claim));
  expect(codes(report)).toEqual(
    expect.arrayContaining(['noisy-loss', ...(claim === 'zero' ? [] : ['noisy-gradients'])]),
  );
});

/** A sum in float32, in an order that differs from call to call, as by atomic additions. */
function sumIn(random: ReturnType<typeof randomOf>, values: readonly number[]): number {
  const left = values.map(Math.fround);
  let sum = 0;
  while (left.length > 0) sum = Math.fround(sum + left.splice(random.below(left.length), 1)[0]!);
  return sum;
}

describe.each([16, 64, 256])('%d samples, added up in any order', (samples) => {
  test.each(['right', 'w[2] never computed'])('%s', (claim) => {
    const random = randomOf(5);
    const X = Array.from({ length: samples }, (_, s) => [
      Math.sin(s),
      Math.cos(2 * s),
      Math.sin(3 * s + 1),
      1,
    ]);
    const T = X.map(([a, b, c]) => a! - b! * c! + 0.5);
    const w = Float32Array.of(0.3, -0.6, 0.8, 0.1);
    const residual = (row: readonly number[], s: number): number =>
      row.reduce((sum, v, i) => Math.fround(sum + Math.fround(v * w[i]!)), Math.fround(-T[s]!));
    const report = checkGradients({
      parameters: { w },
      loss: () =>
        sumIn(
          random,
          X.map((row, s) => residual(row, s) ** 2 / samples),
        ),
      gradients: () => ({
        w: w.map((_, i) =>
          claim === 'right' || i !== 2
            ? sumIn(
                random,
                X.map((row, s) => (2 * residual(row, s) * row[i]!) / samples),
              )
            : 0,
        ),
      }),
    });
    expect(report.verdict).toBe(right(claim));
    expect(codes(report)).toContain('noisy-loss');
    const [worst] = report.offenders;
    expect(worst?.index).toEqual(claim === 'right' ? undefined : [2]);
  });
});

test('a loss that nothing moves stays constant, however it jitters', () => {
  const random = randomOf(3);
  const x = Float64Array.of(1, 2);
  const report = checkGradients({
    parameters: { x },
    loss: () => 5 * (1 + 1e-7 * random.uniform()),
    gradients: () => ({ x: [0, 0] }),
  });
  expect(report.verdict).toBe('inconclusive');
});

test('outputs that jitter', () => {
  const random = randomOf(3);
  const jitter = (v: number): number => v * (1 + 1e-7 * random.uniform());
  const x = Float64Array.of(0.4, 1.2, -0.7);
  const layer = (factor: number) => ({
    parameters: { x },
    outputs: () => x.map((v, i) => jitter(Math.sin(v) * (i + 2))),
    vjp: (_: unknown, above: Float64Array) => ({
      x: x.map((v, i) => jitter(factor * above[i]! * Math.cos(v) * (i + 2))),
    }),
  });
  expect(checkJacobian(layer(1)).verdict).toBe('correct');
  expect(checkJacobian(layer(1.1)).verdict).toBe('wrong');
});
