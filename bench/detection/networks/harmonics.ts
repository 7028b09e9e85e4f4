/** Σ a sin(w t + p) + c of a time t. */

import {
  columnSums,
  map,
  matrix,
  type Matrix,
  plusRow,
  product,
  timesRow,
  transposedProduct,
  zip,
} from '../arithmetic.js';
import { biases, gains, type Layer, type Setting, weights } from './layer.js';

export function harmonics(setting: Setting, count: number): Layer {
  const { arithmetic } = setting;
  const { round } = arithmetic;
  const amplitude = weights(setting, 1, count);
  const frequency = gains(setting, count);
  const phase = biases(setting, count);
  const shift = biases(setting, 1);
  const column = matrix(count, 1, amplitude.data);
  const spread = (times: Matrix): Matrix => {
    const data = arithmetic.zeros(times.rows * count);
    for (let i = 0; i < data.length; i += 1) data[i] = times.data[Math.floor(i / count)]!;
    return matrix(times.rows, count, data);
  };
  return {
    parameters: { amplitude, frequency, phase, c: shift },
    forward(input) {
      const times = spread(input);
      const angles = plusRow(timesRow(times, frequency.data, arithmetic), phase.data, arithmetic);
      const sines = map(angles, Math.sin, arithmetic);
      return {
        output: plusRow(product(sines, column, arithmetic), shift.data, arithmetic),
        back(slopes, add) {
          const own = timesRow(spread(slopes), amplitude.data, arithmetic);
          const toAngles = zip(own, angles, (d, angle) => d * round(Math.cos(angle)), arithmetic);
          add('amplitude', transposedProduct(slopes, sines, arithmetic));
          add(
            'frequency',
            columnSums(
              zip(toAngles, times, (d, t) => d * t, arithmetic),
              arithmetic,
            ),
          );
          add('phase', columnSums(toAngles, arithmetic));
          add('c', columnSums(slopes, arithmetic));
          const toTimes = timesRow(toAngles, frequency.data, arithmetic);
          const ones = matrix(count, 1, arithmetic.zeros(count).fill(1));
          return product(toTimes, ones, arithmetic);
        },
      };
    },
  };
}
