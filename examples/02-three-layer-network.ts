/**
 * A network written by hand, with its backward pass: LINEAR → RELU → LINEAR → RELU → LINEAR → SIGMOID and the
 * cross-entropy of three examples. The parameters are a dictionary W1, b1, …; the gradients are a dictionary dW1, db1, ….
 */

import type { Model } from 'expect-gradients';
import { type Parameters, X, Y, courseParameters } from './data/course.js';
import type { Example } from './example.js';
import { type Matrix, dot, map, scale, sum, sumRows, transpose, zip } from './matrix.js';

const plus = (x: number, y: number): number => x + y;
const minus = (x: number, y: number): number => x - y;
const relu = (z: number): number => Math.max(0, z);
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** `dA` where the activation `A` of a ReLU is positive, 0 elsewhere. */
const throughRelu = (dA: Matrix, A: Matrix): Matrix => zip(dA, A, (d, a) => (a > 0 ? d : 0));

const m = 3; // the number of examples: the columns of X

interface Cache extends Parameters {
  A1: Matrix;
  A2: Matrix;
  A3: Matrix;
}

function forward(parameters: Parameters): { cost: number; cache: Cache } {
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  const A1 = map(zip(dot(W1, X), b1, plus), relu);
  const A2 = map(zip(dot(W2, A1), b2, plus), relu);
  const A3 = map(zip(dot(W3, A2), b3, plus), sigmoid);
  const logProbabilities = zip(A3, Y, (a, y) => -Math.log(a) * y + -Math.log(1 - a) * (1 - y));
  return { cost: sum(logProbabilities.flat()) / m, cache: { ...parameters, A1, A2, A3 } };
}

function backward({ A1, A2, A3, W2, W3 }: Cache): Record<string, Matrix> {
  const dZ3 = zip(A3, Y, minus);
  const dW3 = scale(1 / m, dot(dZ3, transpose(A2)));
  const db3 = scale(1 / m, sumRows(dZ3));

  const dZ2 = throughRelu(dot(transpose(W3), dZ3), A2);
  const dW2 = scale(1 / m, dot(dZ2, transpose(A1)));
  const db2 = scale(1 / m, sumRows(dZ2));

  const dZ1 = throughRelu(dot(transpose(W2), dZ2), A1);
  const dW1 = scale(1 / m, dot(dZ1, transpose(X)));
  const db1 = scale(1 / m, sumRows(dZ1));

  return { dZ3, dW3, db3, dZ2, dW2, db2, dZ1, dW1, db1 };
}

/** The same with two slips of the pen, marked. The loss falls all the same when it is trained with them. */
function brokenBackward({ A1, A2, A3, W2, W3 }: Cache): Record<string, Matrix> {
  const dZ3 = zip(A3, Y, minus);
  const dW3 = scale(1 / m, dot(dZ3, transpose(A2)));
  const db3 = scale(1 / m, sumRows(dZ3));

  const dZ2 = throughRelu(dot(transpose(W3), dZ3), A2);
  const dW2 = scale(2 / m, dot(dZ2, transpose(A1))); // should be 1 / m
  const db2 = scale(1 / m, sumRows(dZ2));

  const dZ1 = throughRelu(dot(transpose(W2), dZ2), A1);
  const dW1 = scale(1 / m, dot(dZ1, transpose(X)));
  const db1 = scale(4 / m, sumRows(dZ1)); // should be 1 / m

  return { dZ3, dW3, db3, dZ2, dW2, db2, dZ1, dW1, db1 };
}

export const right: Model<Parameters> = {
  parameters: courseParameters(),
  loss: (parameters) => forward(parameters).cost,
  gradients: (parameters) => backward(forward(parameters).cache),
};

export const broken: Model<Parameters> = {
  ...right,
  parameters: courseParameters(),
  gradients: (parameters) => brokenBackward(forward(parameters).cache),
};

// The course's step. So small a step leaves a difference of about 1.2e-7 that is all rounding, and one of 3.3e-7 in b1: with the course's
// bound of 1e-7 the right network would be inconclusive, neither passed nor failed.
const options = { epsilon: 1e-7, tolerance: 5e-7 };

export const example: Example = {
  title: '02 Three layers by hand, on the numbers of the course',
  cases: [
    { name: 'the backward pass', label: 'correct', model: right, options, wrong: [] },
    { name: 'dW2 × 2 and db1 × 4', label: 'wrong', model: broken, options, wrong: ['b1', 'W2'] },
  ],
};
