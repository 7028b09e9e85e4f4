/** Noise, single precision and storage. */

import { claiming, each, type Flat, of, right, tabulate, unsure, wrong } from './table.js';

const { exp, fround: f } = Math;
/** A number from −1 to 1 that depends on every bit of the arguments. */
const hash = (...x: number[]): number => {
  let state = 0x9e3779b9;
  for (const word of new Uint32Array(Float64Array.from(x).buffer)) {
    state = Math.imul(state ^ word, 0x21f0aaad);
    state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
    state ^= state >>> 16;
  }
  return (state >>> 0) / 2 ** 31 - 1;
};
const noisy = (amplitude: number): Flat =>
  of(
    [1.1, -2.3, 0.7],
    (...v) => v.reduce((sum, a) => sum + exp(a) + a * a, 0) + amplitude * hash(...v),
    (...v) => v.map((a) => exp(a) + 2 * a),
  );
/** A bowl in float32 arithmetic, with the gradient in doubles or in float32. */
const single = (x: number[] | Float32Array, slope: (v: number) => number): Flat =>
  of(
    x,
    (...v) => v.reduce((sum, a) => f(sum + f(f(a) * f(a))), 0),
    (...v) => v.map(slope),
  );
const off = { control: false };

tabulate('noise that depends on the parameters', [
  ...[1e-14, 1e-12, 1e-10, 1e-8, 1e-6, 1e-4].map((amplitude) =>
    right(`of ${amplitude}`, noisy(amplitude), off),
  ),
  wrong(
    'of 1e-12, off by 1e-5',
    claiming(noisy(1e-12), 0, (g) => g * (1 + 1e-5)),
    ['x', 0],
  ),
  wrong(
    'of 1e-8, off by 1e-2',
    claiming(noisy(1e-8), 1, (g) => g - 0.05),
    ['x', 1],
  ),
  wrong(
    'of 1e-4, a sign',
    claiming(noisy(1e-4), 2, (g) => -g),
    ['x', 2],
  ),
  unsure('of 1e-4, tolerance 1e-7', noisy(1e-4), 'noisy-loss', { options: { tolerance: 1e-7 } }),
]);

tabulate('single precision', [
  right('storage only', each(Float32Array.of(0.1, -0.7, 3), exp, exp)),
  right(
    'storage and claim',
    of(
      Float32Array.of(0.1, -0.7),
      (a, b) => exp(a * b),
      (a, b) => Float32Array.of(b * exp(a * b), a * exp(a * b)),
    ),
  ),
  right(
    'arithmetic of the loss',
    single([0.1, -0.7, 0.4], (v) => 2 * v),
  ),
  right(
    'arithmetic of the loss and storage',
    single(Float32Array.of(0.1, -0.7, 0.4), (v) => 2 * v),
  ),
  right(
    'everything',
    single(Float32Array.of(0.1, -0.7, 0.4), (v) => f(2 * v)),
  ),
  right(
    'arithmetic with a claim off by a few roundings',
    single([0.1, -0.7, 0.4], (v) => f(2 * v * (1 + 2e-7))),
  ),
  wrong(
    'storage only, off by 1e-5',
    claiming(each(Float32Array.of(0.1, -0.7, 3), exp, exp), 1, (g) => g + 1e-3),
    ['x', 1],
  ),
  wrong(
    'arithmetic of the loss, off by 5 %',
    claiming(
      single([0.1, -0.7, 0.4], (v) => 2 * v),
      1,
      (g) => g * 1.05,
    ),
    ['x', 1],
  ),
  wrong(
    'everything, a sign',
    claiming(
      single(Float32Array.of(0.1, -0.7, 0.4), (v) => f(2 * v)),
      2,
      (g) => -g,
    ),
    ['x', 2],
  ),
]);
