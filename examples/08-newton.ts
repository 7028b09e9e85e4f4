/**
 * Logistic regression as Newton's method needs it: gradients with their Hessian, and products of it with a vector, which is all that a
 * conjugate-gradient step asks for.
 */

import type { CurvedModel } from 'expect-gradients';
import type { Example } from './example.js';
import { sum } from './matrix.js';

interface Weights {
  w: number[];
  bias: number;
}

const X = [
  [0.5, -1.2],
  [1.5, 0.3],
  [-0.7, 0.8],
  [0.2, 0.9],
  [-1.1, -0.4],
];
const labels = [1, 1, 0, 1, 0];
const LAMBDA = 0.1;

const score = ({ w, bias }: Weights, x: readonly number[]): number => sum(x.map((v, j) => v * w[j]!)) + bias;
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** p (1 − p): how fast the probability of a sample changes with its score. */
const slope = (weights: Weights, x: readonly number[]): number => {
  const p = sigmoid(score(weights, x));
  return p * (1 - p);
};

const total = (of: (x: readonly number[], s: number) => number): number => sum(X.map(of));

export const right: CurvedModel<Weights> = {
  parameters: { w: [0.4, -0.6], bias: 0.2 },
  gradients: (weights) => ({
    w: weights.w.map(
      (v, j) => LAMBDA * v + total((x, s) => (sigmoid(score(weights, x)) - labels[s]!) * x[j]!),
    ),
    bias: total((x, s) => sigmoid(score(weights, x)) - labels[s]!),
  }),
  hessian: (weights) => {
    const mixed = weights.w.map((_, j) => total((x) => slope(weights, x) * x[j]!));
    return {
      w: {
        w: weights.w.map((_, i) =>
          weights.w.map((_v, j) => (i === j ? LAMBDA : 0) + total((x) => slope(weights, x) * x[i]! * x[j]!)),
        ),
        bias: mixed,
      },
      bias: { w: mixed, bias: total((x) => slope(weights, x)) },
    };
  },
  hvp: (weights, v) => ({
    w: v.w.map((u, j) => LAMBDA * u + total((x) => slope(weights, x) * score(v, x) * x[j]!)),
    bias: total((x) => slope(weights, x) * score(v, x)),
  }),
};

/** In the product, the bias's part of the vector is left out for w, and not for the bias itself. */
export const broken: CurvedModel<Weights> = {
  ...right,
  hvp: (weights, v) => ({
    ...(right.hvp!(weights, v) as object),
    w: v.w.map((u, j) => LAMBDA * u + total((x) => slope(weights, x) * score({ ...v, bias: 0 }, x) * x[j]!)),
  }),
};

export const example: Example = {
  title: '08 The Hessian of a logistic regression, for Newton’s method',
  cases: [
    { name: 'hessian and hvp', label: 'correct', model: right, options: {}, wrong: [] },
    {
      name: 'hvp without the bias',
      label: 'wrong',
      model: broken,
      options: {},
      wrong: ['bias'],
      cause: 'What hvp() claims is not symmetric: w[1] by bias is 0, bias by w[1] is 0.15199.',
    },
  ],
};
