/**
 * Mixture density: −mean log Σₖ softmax(a)ₖ N(t; mₖ, exp(2 lₖ)), where a row of outputs is a, m and l of K components
 * (Bishop, "Mixture density networks", 1994).
 */

import { type Arithmetic, matrix, type Matrix } from '../arithmetic.js';
import { softmax } from '../models/losses.js';
import { drawnTargets, type Head, type Outputs } from './head.js';
import type { Setting } from './layer.js';

/** Numbers for each component. */
const NUMBERS = 3;
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** log Σ exp. */
function logSumExp(values: readonly number[], { round }: Arithmetic): number {
  const largest = Math.max(...values);
  let total = 0;
  for (const value of values) total = round(total + round(Math.exp(round(value - largest))));
  return round(largest + round(Math.log(total)));
}

export function mixture(setting: Setting, { rows, columns }: Outputs): Head {
  const arithmetic = setting.ending;
  const { round, zeros } = arithmetic;
  const count = columns / NUMBERS;
  const targets = drawnTargets(setting, { rows, columns: 1 }).data;
  const parts = ({ data }: Matrix, i: number) => {
    const row = Array.from(data.subarray(i * columns, (i + 1) * columns));
    const [a, m, l] = [row.slice(0, count), row.slice(count, 2 * count), row.slice(2 * count)];
    const inverses = l.map((value) => round(Math.exp(-value)));
    const u = m.map((mean, k) => round(round(targets[i]! - mean) * inverses[k]!));
    const joint = a.map((value, k) => round(round(value - l[k]!) - round(round(u[k]! * u[k]!) / 2)));
    return { a, m, u, inverses, joint };
  };
  const shares = (values: readonly number[]): Matrix =>
    softmax(matrix(1, count, Float64Array.from(values)), arithmetic);
  return {
    targets,
    // The mean of the component that the row thinks likeliest.
    fit(outputs) {
      for (let i = 0; i < rows; i += 1) {
        const { a, m } = parts(outputs, i);
        targets[i] = m[a.indexOf(Math.max(...a))]!;
      }
    },
    value(outputs) {
      let total = 0;
      for (let i = 0; i < rows; i += 1) {
        const { a, joint } = parts(outputs, i);
        const own = round(logSumExp(a, arithmetic) - logSumExp(joint, arithmetic));
        total = round(total + round(own + round(HALF_LOG_TWO_PI)));
      }
      return round(total / rows);
    },
    derivative(outputs) {
      const data = zeros(rows * columns);
      for (let i = 0; i < rows; i += 1) {
        const { a, u, inverses, joint } = parts(outputs, i);
        const [prior, posterior] = [shares(a).data, shares(joint).data];
        for (let k = 0; k < count; k += 1) {
          const at = i * columns + k;
          data[at] = round(prior[k]! - posterior[k]!) / rows;
          data[at + count] = round(-posterior[k]! * round(u[k]! * inverses[k]!)) / rows;
          data[at + 2 * count] = round(posterior[k]! * round(1 - round(u[k]! * u[k]!))) / rows;
        }
      }
      return matrix(rows, columns, data);
    },
  };
}
