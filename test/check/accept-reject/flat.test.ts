/** Stationary points, saddles, flat places, and losses that nothing moves. */

import { each, of, right, tabulate, unsure, wrong } from './table.js';

const { exp, sqrt } = Math;
const square = (v: number): number => v * v;
const off = { control: false };

tabulate('saddles and flat places', [
  right(
    'a saddle',
    of(
      [0, 0],
      (a, b) => a * a - b * b,
      (a, b) => [2 * a, -2 * b],
    ),
    { code: 'stationary-point' },
  ),
  right(
    'a monkey saddle',
    of(
      [0, 0],
      (a, b) => a ** 3 - 3 * a * b * b,
      (a, b) => [3 * (a * a - b * b), -6 * a * b],
    ),
    { code: 'stationary-point' },
  ),
  right(
    'a saddle along the diagonals',
    of(
      [0.5, -0.5],
      (a, b) => a * b,
      (a, b) => [b, a],
    ),
  ),
  wrong(
    'a slope at a saddle',
    of(
      [0, 0],
      (a, b) => a * a - b * b,
      () => [1e-4, 0],
    ),
    ['x', 0],
  ),
  wrong(
    'zero claimed for a bilinear form',
    of(
      [0.5, -0.5],
      (a, b) => a * b,
      () => [0, 0],
    ),
    ['x', 0],
  ),
  wrong(
    'zero claimed for a flat power',
    of(
      [0.01],
      (a) => a ** 7,
      () => [0],
    ),
    ['x', 0],
  ),
]);

tabulate('nothing moves', [
  unsure(
    'a constant loss, zero claimed',
    of(
      [1, 2],
      () => 3,
      () => [0, 0],
    ),
    'unused-parameter',
  ),
  unsure(
    'a constant loss, a slope claimed',
    of(
      [1, 2],
      () => 3,
      () => [1, 0],
    ),
    'unused-parameter',
  ),
  unsure(
    'a loss of zero',
    of(
      [1, 2],
      () => 0,
      () => [0, 0],
    ),
    'unused-parameter',
  ),
  // exp(−1/x²) is below the smallest double for x < 0.0366: the computed loss is flat, and moves farther off only.
  right(
    'exp(-1/x²) at 0.02, underflown',
    each(
      [0.02],
      (v) => exp(-1 / (v * v)),
      () => 0,
    ),
  ),
  wrong(
    'exp(-1/x²) at 0.02, a slope claimed',
    each(
      [0.02],
      (v) => exp(-1 / (v * v)),
      () => 1e-3,
    ),
    ['x', 0],
  ),
  unsure(
    '1e-20 beside a loss of 1',
    of(
      [1e-20, -2e-20],
      (a, b) => exp(2 * a + b),
      () => [2, 1],
    ),
  ),
  right(
    'x⁴ at 0',
    each(
      [0, 0],
      (v) => v ** 4,
      (v) => 4 * v ** 3,
    ),
    off,
  ),
  right(
    'a claim of -0 for 0',
    of(
      [1, 2],
      (a) => a * a,
      (a) => [2 * a, -0],
    ),
    off,
  ),
  right(
    '√(1 + x²) at 0',
    each(
      [0],
      (v) => sqrt(1 + v * v),
      (v) => v / sqrt(1 + v * v),
    ),
    { code: 'stationary-point' },
  ),
  wrong(
    'zero claimed for a line',
    of(
      [1, 2],
      (a, b) => a + 2 * b,
      () => [0, 0],
    ),
    ['x', 1],
  ),
  wrong(
    'a slope claimed for an entry that is not used',
    of(
      [1, 2],
      (a) => square(a),
      (a) => [2 * a, 1e-3],
    ),
    ['x', 1],
  ),
]);

// A bias of zero is added to something: small steps of it are lost there, and must not be taken for a slope of zero.
tabulate(
  'zeros that are added to larger numbers',
  [1, 3, 7, 30, 1000].flatMap((c) => {
    const shifted = (claim: number, ...others: number[]): ReturnType<typeof of> =>
      of(
        [0, ...others],
        (a, ...rest) => rest.reduce((sum, v) => sum + v * v, -0.88 * Math.sin(a + c)),
        (_, ...rest) => [-0.88 * Math.cos(c) + claim, ...rest.map((v) => 2 * v)],
      );
    return [
      right(`sin(b + ${c})`, shifted(0)),
      right(`sin(b + ${c}) beside 1`, shifted(0, 1)),
      ...[0.5, -0.5, 1e-3, 0.88 * Math.cos(c)].flatMap((error) => [
        wrong(`sin(b + ${c}), off by ${error}`, shifted(error), ['x', 0]),
        wrong(`sin(b + ${c}) beside 1, off by ${error}`, shifted(error, 1), ['x', 0]),
      ]),
    ];
  }),
);
