/** Losses at the end of a model, each with the derivative by its input, in the model's arithmetic. */

import { type Arithmetic, map, matrix, type Matrix, type Numbers, zip } from '../arithmetic.js';
import type { Draws } from '../draws.js';
import { stored } from './model.js';

export interface Loss {
  readonly value: (outputs: Matrix) => number;
  readonly derivative: (outputs: Matrix) => Matrix;
}

/** Mean over all outputs of half the squared error. */
export function squaredError(targets: Matrix, arithmetic: Arithmetic): Loss {
  const { round, dot } = arithmetic;
  const count = targets.data.length;
  const errors = (outputs: Matrix): Matrix => zip(outputs, targets, (y, t) => y - t, arithmetic);
  return {
    value: (outputs) => {
      const factor = { data: errors(outputs).data, step: 1 };
      return round(dot(factor, 0, factor, 0, count) / (2 * count));
    },
    derivative: (outputs) => map(errors(outputs), (error) => error / count, arithmetic),
  };
}

/** Mean over the rows of −log softmax at the row's class. */
export function crossEntropy(classes: readonly number[] | Numbers, arithmetic: Arithmetic): Loss {
  const { round } = arithmetic;
  return {
    value: (outputs) => {
      let total = 0;
      for (const [i, chosen] of classes.entries()) {
        const row = outputs.data.subarray(i * outputs.columns, (i + 1) * outputs.columns);
        const largest = Math.max(...row);
        let exponentials = 0;
        for (const value of row) exponentials = round(exponentials + round(Math.exp(round(value - largest))));
        const own = round(round(Math.log(exponentials)) - round(row[chosen]! - largest));
        total = round(total + own);
      }
      return round(total / classes.length);
    },
    derivative: (outputs) => {
      const { data } = softmax(outputs, arithmetic);
      for (const [i, chosen] of classes.entries()) data[i * outputs.columns + chosen]! -= 1;
      return map(matrix(outputs.rows, outputs.columns, data), (value) => value / classes.length, arithmetic);
    },
  };
}

/** Softmax of each row. */
export function softmax(a: Matrix, { round, zeros }: Arithmetic): Matrix {
  const data = zeros(a.data.length);
  for (let i = 0; i < a.rows; i += 1) {
    const from = i * a.columns;
    const row = a.data.subarray(from, from + a.columns);
    const largest = Math.max(...row);
    let total = 0;
    for (let j = 0; j < a.columns; j += 1) {
      data[from + j] = Math.exp(round(row[j]! - largest));
      total = round(total + data[from + j]!);
    }
    for (let j = 0; j < a.columns; j += 1) data[from + j]! /= total;
  }
  return matrix(a.rows, a.columns, data);
}

/** Either loss, for `rows` outputs of width `columns`. */
export function drawLoss(draws: Draws, rows: number, columns: number, arithmetic: Arithmetic): Loss {
  if (columns > 1 && draws.uniform() < 0.5)
    return crossEntropy(
      Array.from({ length: rows }, () => draws.whole(0, columns - 1)),
      arithmetic,
    );
  const targets = stored(draws.normals(rows * columns, 1), arithmetic);
  return squaredError(matrix(rows, columns, targets), arithmetic);
}

/** λ/2 Σ w². */
export function penalty(weights: Numbers, lambda: number, { round, dot }: Arithmetic): number {
  const factor = { data: weights, step: 1 };
  return round(round(lambda / 2) * dot(factor, 0, factor, 0, weights.length));
}

/** A gradient with that of λ/2 Σ w² added. */
export function penalized(
  gradient: Matrix,
  weights: Numbers,
  lambda: number,
  arithmetic: Arithmetic,
): Matrix {
  const { round } = arithmetic;
  const own = matrix(gradient.rows, gradient.columns, weights);
  return zip(gradient, own, (g, w) => g + round(round(lambda) * w), arithmetic);
}
