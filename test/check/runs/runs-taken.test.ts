/**
 * What is taken of models with a few hundred entries along directions, whole: each count of losses and directions, each bound and each name. Where
 * one of them is meant to change, `npx vitest run test/check/runs/taken.test.ts -u` writes them anew, to be read.
 */

import { expect, test, vi } from 'vitest';
import {
  checkGradients,
  type GradientCheckOptions,
  type GradientReport,
  type Model,
} from '../../../src/index.js';
import { type Gradients, network } from '../directions/network.js';
import { linesOf } from '../report-lines.js';

// Time stands still, so that a slow machine takes the same.
vi.mock('../../../src/check/run/clock.js', () => ({ now: () => 0 }));

type Claim = Record<string, Float64Array | Float32Array>;

const taken = (model: Model<Claim>, options: GradientCheckOptions = {}): string =>
  linesOf(checkGradients(model, { method: 'directional', points: 1, ...options }) as GradientReport).join(
    '\n',
  );

const rms = (values: ArrayLike<number>): number =>
  Math.hypot(...Array.from(values)) / Math.sqrt(values.length);

function perceptron(single: boolean, spoil: (claimed: Gradients) => void = () => {}): Model<Claim> {
  const model = network({ sizes: [24, 16, 10, 4], draw: 1, single });
  const gradients = (): Gradients => {
    const claimed = model.gradients();
    spoil(claimed);
    return claimed;
  };
  return { parameters: model.parameters, loss: () => model.loss(), gradients };
}

/** The claims of these entries are off by so many root mean squares of their parameter's. */
const off =
  (name: string, entries: readonly number[], size = 1) =>
  (claimed: Gradients): void => {
    const values = claimed[name]!;
    const error = size * rms(values);
    for (const entry of entries) values[entry]! += error;
  };

/** Σ x⁴ + Σ c |x − k|: entries that stand beside a kink, or on it, and an offset that takes digits. */
function kinked(distances: (i: number) => number, slope = 0, offset = 0): Model<Claim> {
  const x = Float64Array.from({ length: 200 }, (_, i) => 1 + Math.sin(i));
  const places = x.map((value, i) => value - distances(i));
  return {
    parameters: { x },
    loss: () => offset + x.reduce((sum, v, i) => sum + v ** 4 + Math.abs(v - places[i]!) / 8, 0),
    gradients: () => ({ x: x.map((v, i) => 4 * v ** 3 + (Math.sign(v - places[i]!) || slope) / 8) }),
  };
}

/** An embedding of which six rows are used, one of them with a claim that is off. */
function embedding(error = 0): Model<Claim> {
  const E = Float64Array.from({ length: 400 }, (_, i) => Math.sin(3 * i));
  const rows = [3, 17, 18, 40, 77, 91];
  return {
    parameters: { E },
    loss: () =>
      rows.reduce(
        (sum, r) => sum + Math.tanh(E.slice(4 * r, 4 * r + 4).reduce((a, v, j) => a + v * (j + 1), 0)),
        0,
      ),
    gradients: () => {
      const claimed = new Float64Array(400);
      for (const r of rows) {
        const y = Math.tanh(E.slice(4 * r, 4 * r + 4).reduce((a, v, j) => a + v * (j + 1), 0));
        for (let j = 0; j < 4; j += 1)
          claimed[4 * r + j] = (1 - y * y) * (j + 1) * (r === 17 ? 1 + error : 1);
      }
      return { E: claimed };
    },
  };
}

test.each([false, true])('a perceptron, right, in single precision: %s', (single) => {
  expect(taken(perceptron(single))).toMatchSnapshot();
});

test.each([
  ['one entry', off('W1', [77])],
  ['one entry by a hundredth', off('W1', [77], 0.01)],
  ['three entries', off('W1', [5, 100, 300])],
  [
    'entries of two parameters',
    (claimed: Gradients) => {
      off('W1', [5])(claimed);
      off('b2', [3])(claimed);
    },
  ],
  [
    'all of a parameter',
    (claimed: Gradients) =>
      claimed['W2']!.forEach((v, i, all) => {
        all[i] = 2 * v;
      }),
  ],
  [
    'half of a parameter',
    off(
      'W1',
      Array.from({ length: 192 }, (_, i) => 2 * i),
    ),
  ],
] as const)('wrong in %s', (_, spoil) => {
  expect([false, true].map((single) => taken(perceptron(single, spoil)))).toMatchSnapshot();
});

test.each([
  ['beside θ', (i: number) => (i % 40 === 7 ? 1e-4 : 5)],
  ['close to θ', (i: number) => (i % 40 === 7 ? 1e-9 : 5)],
  ['at θ', (i: number) => (i % 40 === 7 ? 0 : 5)],
] as const)('kinks %s', (_, distances) => {
  const right = kinked(distances);
  // As large as no slope at θ is.
  const beyond = kinked(distances, 3);
  expect([taken(right), taken(right, { kinks: 'reject' }), taken(beyond)]).toMatchSnapshot();
});

test('digits that an offset takes', () => {
  expect([1e9, 1e13].map((offset) => taken(kinked(() => 5, 0, offset)))).toMatchSnapshot();
});

test.each([0, 1, 0.01])('rows of an embedding, one off by %d of itself', (error) => {
  expect(taken(embedding(error))).toMatchSnapshot();
});

test.each([20, 60, 200])('with no more than %d losses', (maxEvaluations) => {
  const models = [perceptron(false), perceptron(false, off('W1', [5, 100, 300]))];
  expect(models.map((model) => taken(model, { maxEvaluations }))).toMatchSnapshot();
});

test('of a shard', () => {
  expect(taken(perceptron(false, off('W1', [77])), { shard: '1/3' })).toMatchSnapshot();
});
