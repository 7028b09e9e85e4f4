/** A linear layer, layer normalisation with gain and shift, tanh, and a linear layer. */

import {
  columnSums,
  map,
  matrix,
  type Matrix,
  plusRow,
  product,
  productTransposed,
  timesRow,
  transposedProduct,
  zip,
} from '../arithmetic.js';
import { drawLoss } from './losses.js';
import { claimed, type Family, stored } from './model.js';

const EPSILON = 1e-5;

export const layerNorm: Family = (draws, { arithmetic, storage }, size) => {
  const { round, zeros } = arithmetic;
  const columns = draws.whole(2, 5);
  const outputs = draws.whole(1, 3);
  const hidden = Math.max(3, Math.floor((size - outputs) / (columns + 3 + outputs)));
  const rows = draws.whole(3, 6);
  const inputs = matrix(rows, columns, stored(draws.normals(rows * columns, 1), arithmetic));
  const parameters = {
    W: stored(draws.normals(hidden * columns, 1 / Math.sqrt(columns)), storage),
    b: stored(draws.normals(hidden, 0.5), storage),
    gain: stored(
      draws.normals(hidden, 0.3).map((value) => 1 + value),
      storage,
    ),
    shift: stored(draws.normals(hidden, 0.3), storage),
    V: stored(draws.normals(outputs * hidden, 1 / Math.sqrt(hidden)), storage),
    c: stored(draws.normals(outputs, 0.5), storage),
  };
  const W = matrix(hidden, columns, parameters.W);
  const V = matrix(outputs, hidden, parameters.V);
  const loss = drawLoss(draws, rows, outputs, arithmetic);
  const timesGain = (a: Matrix): Matrix => timesRow(a, parameters.gain, arithmetic);

  /** Each row with mean 0 and variance 1, and the inverse of its deviation. */
  const normalized = (a: Matrix): { readonly z: Matrix; readonly inverses: number[] } => {
    const data = zeros(a.data.length);
    const inverses: number[] = [];
    for (let i = 0; i < rows; i += 1) {
      const row = Array.from(a.data.subarray(i * hidden, (i + 1) * hidden));
      const mean = round(row.reduce((sum, value) => round(sum + value), 0) / hidden);
      const squares = row.reduce((sum, value) => round(sum + round(round(value - mean) ** 2)), 0);
      const inverse = round(1 / round(Math.sqrt(round(round(squares / hidden) + round(EPSILON)))));
      inverses.push(inverse);
      for (let j = 0; j < hidden; j += 1) data[i * hidden + j] = round(row[j]! - mean) * inverse;
    }
    return { z: matrix(rows, hidden, data), inverses };
  };
  const forward = () => {
    const { z, inverses } = normalized(
      plusRow(productTransposed(inputs, W, arithmetic), parameters.b, arithmetic),
    );
    const y = map(plusRow(timesGain(z), parameters.shift, arithmetic), Math.tanh, arithmetic);
    const out = plusRow(productTransposed(y, V, arithmetic), parameters.c, arithmetic);
    return { z, inverses, y, out };
  };
  /** Back through the normalisation: (d − mean d − z mean(d z)) / deviation, row by row. */
  const throughNormalization = (d: Matrix, z: Matrix, inverses: readonly number[]): Matrix => {
    const data = zeros(d.data.length);
    for (let i = 0; i < rows; i += 1) {
      const from = i * hidden;
      let mean = 0;
      let along = 0;
      for (let j = from; j < from + hidden; j += 1) {
        mean = round(mean + d.data[j]!);
        along = round(along + round(d.data[j]! * z.data[j]!));
      }
      mean = round(mean / hidden);
      along = round(along / hidden);
      for (let j = from; j < from + hidden; j += 1)
        data[j] = round(round(d.data[j]! - mean) - round(z.data[j]! * along)) * inverses[i]!;
    }
    return matrix(rows, hidden, data);
  };

  return {
    parameters,
    loss: () => loss.value(forward().out),
    gradients() {
      const { z, inverses, y, out } = forward();
      const dOut = loss.derivative(out);
      const dTanh = zip(
        product(dOut, V, arithmetic),
        y,
        (d, value) => d * round(1 - round(value * value)),
        arithmetic,
      );
      const delta = throughNormalization(timesGain(dTanh), z, inverses);
      return claimed(
        {
          W: transposedProduct(delta, inputs, arithmetic),
          b: columnSums(delta, arithmetic),
          gain: columnSums(
            zip(dTanh, z, (d, value) => d * value, arithmetic),
            arithmetic,
          ),
          shift: columnSums(dTanh, arithmetic),
          V: transposedProduct(dOut, y, arithmetic),
          c: columnSums(dOut, arithmetic),
        },
        storage,
      );
    },
  };
};
