/** Layer and batch normalisation: (x − mean) / deviation over a row or a column, times a gain, plus a shift. */

import {
  type Arithmetic,
  columnSums,
  matrix,
  type Matrix,
  plusRow,
  timesRow,
  transposed,
  zip,
} from '../arithmetic.js';
import { biases, gains, type Layer, type Setting } from './layer.js';

const EPSILON = 1e-5;

/** Each row with mean 0 and variance 1, and the inverse of its deviation. */
function normalized(a: Matrix, { round, zeros }: Arithmetic): { z: Matrix; inverses: number[] } {
  const data = zeros(a.data.length);
  const inverses: number[] = [];
  for (let i = 0; i < a.rows; i += 1) {
    const row = Array.from(a.data.subarray(i * a.columns, (i + 1) * a.columns));
    const mean = round(row.reduce((sum, value) => round(sum + value), 0) / a.columns);
    const squares = row.reduce((sum, value) => round(sum + round(round(value - mean) ** 2)), 0);
    const inverse = round(1 / round(Math.sqrt(round(round(squares / a.columns) + round(EPSILON)))));
    inverses.push(inverse);
    for (const [j, value] of row.entries()) data[i * a.columns + j] = round(value - mean) * inverse;
  }
  return { z: matrix(a.rows, a.columns, data), inverses };
}

/** Back through it: (d − mean d − z mean(d z)) / deviation, row by row. */
function unnormalized(
  d: Matrix,
  z: Matrix,
  inverses: readonly number[],
  { round, zeros }: Arithmetic,
): Matrix {
  const data = zeros(d.data.length);
  for (const [i, inverse] of inverses.entries()) {
    const [from, to] = [i * d.columns, (i + 1) * d.columns];
    let mean = 0;
    let along = 0;
    for (let k = from; k < to; k += 1) {
      mean = round(mean + d.data[k]!);
      along = round(along + round(d.data[k]! * z.data[k]!));
    }
    mean = round(mean / d.columns);
    along = round(along / d.columns);
    for (let k = from; k < to; k += 1)
      data[k] = round(round(d.data[k]! - mean) - round(z.data[k]! * along)) * inverse;
  }
  return matrix(d.rows, d.columns, data);
}

export function normalization(
  setting: Setting,
  over: 'row' | 'batch',
  { name, width }: { readonly name: string; readonly width: number },
): Layer {
  const { arithmetic } = setting;
  const [gain, shift] = [gains(setting, width), biases(setting, width)];
  const turned = (a: Matrix): Matrix => (over === 'batch' ? transposed(a, arithmetic) : a);
  return {
    parameters: { [`gain${name}`]: gain, [`shift${name}`]: shift },
    forward(input) {
      const { z: rows, inverses } = normalized(turned(input), arithmetic);
      const z = turned(rows);
      return {
        output: plusRow(timesRow(z, gain.data, arithmetic), shift.data, arithmetic),
        back(slopes, add) {
          const products = zip(slopes, z, (d, value) => d * value, arithmetic);
          add(`gain${name}`, columnSums(products, arithmetic));
          add(`shift${name}`, columnSums(slopes, arithmetic));
          const inner = timesRow(slopes, gain.data, arithmetic);
          return turned(unnormalized(turned(inner), rows, inverses, arithmetic));
        },
      };
    },
  };
}
