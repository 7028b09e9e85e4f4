/** Losses of machine learning with gradients as written by hand, right and with the mistakes that hands make. */

import { right, tabulate, wrong } from './table.js';

const { exp, log, max, abs, tanh } = Math;
type Row = readonly number[];
const dot = (a: Row, b: Row): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const INPUTS: readonly Row[] = [
  [0.5, -1.2, 0.3],
  [1.5, 0.4, -0.7],
  [-0.8, 0.9, 1.1],
  [0.2, -0.3, -1.4],
];
const TARGETS: Row = [0.3, -1, 0.8, 0.1];
const SIGNS: Row = [1, -1, 1, -1];
const CLASSES: Row = [0, 2, 1, 2];

interface Linear {
  readonly w: number[];
  readonly b: number;
}
interface Mistakes {
  readonly lambda?: number;
  readonly claimedLambda?: number;
  readonly count?: number;
  readonly withBias?: number;
}
/** Mean of a loss of w·x + b over the rows, plus λ/2 ‖w‖². `slope` is what the backward pass takes for the derivative of the loss. */
const linear = (
  loss: (z: number, row: number) => number,
  slope: (z: number, row: number) => number,
  { lambda = 0, claimedLambda, count = INPUTS.length, withBias = 1 }: Mistakes = {},
) => ({
  parameters: { w: [0.4, -0.6, 0.9], b: 0.2 },
  loss: ({ w, b }: Linear) =>
    INPUTS.reduce((sum, x, i) => sum + loss(dot(w, x) + b, i), 0) / INPUTS.length + (lambda / 2) * dot(w, w),
  gradients: ({ w, b }: Linear) => {
    const delta = INPUTS.map((x, i) => slope(dot(w, x) + b, i) / count);
    return {
      w: w.map((v, j) =>
        delta.reduce((sum, d, i) => sum + d * INPUTS[i]![j]!, (claimedLambda ?? lambda) * v),
      ),
      b: withBias * delta.reduce((sum, d) => sum + d, 0),
    };
  },
});
const squared = (z: number, i: number): number => (z - TARGETS[i]!) ** 2;
const residual = (z: number, i: number): number => 2 * (z - TARGETS[i]!);
const logistic = (z: number, i: number): number => Math.log1p(exp(-SIGNS[i]! * z));
const logisticSlope = (z: number, i: number): number => -SIGNS[i]! / (1 + exp(SIGNS[i]! * z));
const hinge = (z: number, i: number): number => max(0, 1 - SIGNS[i]! * z);
const hingeSlope = (z: number, i: number): number => (1 - SIGNS[i]! * z > 0 ? -SIGNS[i]! : 0);
const huber = (z: number, i: number): number => {
  const r = abs(z - TARGETS[i]!);
  return r <= 1 ? (r * r) / 2 : r - 0.5;
};
const huberSlope = (z: number, i: number): number => max(-1, Math.min(1, z - TARGETS[i]!));

const softmax = (z: Row): number[] => {
  const shift = max(...z);
  const powers = z.map((v) => exp(v - shift));
  return powers.map((p) => p / powers.reduce((a, c) => a + c, 0));
};
/** Softmax cross-entropy of W x; `delta` is what the backward pass takes for its derivative by the scores. */
const classifier = (delta: (p: number, hit: boolean) => number) => ({
  parameters: {
    W: [
      [0.1, 0.5, -0.3],
      [-0.7, 0.2, 0.4],
      [0.6, -0.1, 0.8],
    ],
  },
  loss: ({ W }: { W: number[][] }) =>
    INPUTS.reduce((sum, x, i) => sum - log(softmax(W.map((w) => dot(w, x)))[CLASSES[i]!]!), 0),
  gradients: ({ W }: { W: number[][] }) => {
    const gradient = W.map((w) => w.map(() => 0));
    for (const [i, x] of INPUTS.entries())
      for (const [k, p] of softmax(W.map((w) => dot(w, x))).entries())
        for (const [j, v] of x.entries()) gradient[k]![j]! += delta(p, k === CLASSES[i]) * v;
    return { W: gradient };
  },
});

interface Network {
  readonly W1: number[][];
  readonly b1: number[];
  readonly W2: number[];
}
/** Σ (W2 · tanh(W1 x + b1) − y)²; `slope` is what the backward pass takes for tanh′, of the output. */
const network = (slope: (y: number) => number, spoil: (gradient: Network) => void = () => undefined) => {
  const hidden = ({ W1, b1 }: Network, x: Row): number[] => W1.map((w, k) => tanh(dot(w, x) + b1[k]!));
  return {
    parameters: {
      W1: [
        [0.3, -0.2, 0.5],
        [-0.4, 0.1, 0.6],
      ],
      b1: [0.1, -0.3],
      W2: [0.7, -1.1],
    },
    loss: (p: Network) => INPUTS.reduce((sum, x, i) => sum + (dot(p.W2, hidden(p, x)) - TARGETS[i]!) ** 2, 0),
    gradients: (p: Network) => {
      const gradient = { W1: p.W1.map((w) => w.map(() => 0)), b1: [0, 0], W2: [0, 0] };
      for (const [i, x] of INPUTS.entries()) {
        const h = hidden(p, x);
        const d = 2 * (dot(p.W2, h) - TARGETS[i]!);
        for (const [k, y] of h.entries()) {
          const back = d * p.W2[k]! * slope(y);
          gradient.W2[k]! += d * y;
          gradient.b1[k]! += back;
          for (const [j, v] of x.entries()) gradient.W1[k]![j]! += back * v;
        }
      }
      spoil(gradient);
      return gradient;
    },
  };
};
const tanhSlope = (y: number): number => 1 - y * y;

tabulate('losses of machine learning', [
  right('least squares', linear(squared, residual)),
  right('ridge', linear(squared, residual, { lambda: 0.1 })),
  right('logistic regression', linear(logistic, logisticSlope)),
  right('hinge', linear(hinge, hingeSlope)),
  right('Huber', linear(huber, huberSlope)),
  right(
    'softmax cross-entropy',
    classifier((p, hit) => (hit ? p - 1 : p)),
  ),
  right('a network of one hidden layer', network(tanhSlope)),
  // Where a whole parameter, row or matrix is off, any of its entries may come first.
  wrong(
    'least squares without the 2',
    linear(squared, (z, i) => residual(z, i) / 2),
    ['w'],
  ),
  wrong('least squares, summed for averaged', linear(squared, residual, { count: 1 }), ['w']),
  wrong('ridge without the penalty', linear(squared, residual, { lambda: 0.1, claimedLambda: 0 }), ['w', 2]),
  wrong('ridge with twice the penalty', linear(squared, residual, { lambda: 0.1, claimedLambda: 0.2 }), [
    'w',
    2,
  ]),
  wrong('no bias', linear(logistic, logisticSlope, { withBias: 0 }), ['b']),
  wrong('bias with a sign', linear(huber, huberSlope, { withBias: -1 }), ['b']),
  wrong(
    'cross-entropy without the -1',
    classifier((p) => p),
    ['W'],
  ),
  wrong(
    'tanh′ of the input for that of the output',
    network((y) => 1 - Math.atanh(y) ** 2),
    ['b1'],
  ),
  wrong(
    'tanh′ forgotten',
    network(() => 1),
    ['b1'],
  ),
  wrong(
    'biases of two units swapped',
    network(tanhSlope, ({ b1 }) => b1.splice(0, 2, b1[1]!, b1[0]!)),
    ['b1'],
  ),
  wrong(
    'one entry of a matrix missing',
    network(tanhSlope, ({ W1 }) => (W1[1]![2] = 0)),
    ['W1', 1, 2],
  ),
  wrong(
    'one row of a matrix missing',
    network(tanhSlope, ({ W1 }) => W1[1]!.fill(0)),
    ['W1', 1],
  ),
  wrong(
    'a row off by 1e-5',
    network(tanhSlope, ({ W1 }) => (W1[0] = W1[0]!.map((g) => g * (1 + 1e-5)))),
    ['W1', 0],
  ),
]);
