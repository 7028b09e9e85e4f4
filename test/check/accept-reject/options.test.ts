/** Epsilon and tolerance as given. */

import { claiming, each, type Flat, of, right, tabulate, unsure, wrong } from './table.js';

const { exp, sin, cos } = Math;
const squares = (...x: number[]): Flat =>
  of(
    x,
    (...v) => v.reduce((sum, a) => sum + a * a, 0),
    (...v) => v.map((a) => 2 * a),
  );
const cubes = (...x: number[]): Flat =>
  each(
    x,
    (v) => v ** 3,
    (v) => 3 * v * v,
  );
const off = { control: false };

tabulate('tolerance', [
  // One of two equal entries wrong by a factor 1 + δ: its own difference is δ / 2.
  right(
    'an error just below it',
    claiming(squares(3, 3), 0, (g) => g * (1 + 1.9e-4)),
    { ...off, options: { tolerance: 1e-4 } },
  ),
  wrong(
    'an error just above it',
    claiming(squares(3, 3), 0, (g) => g * (1 + 2.1e-4)),
    ['x', 0],
    { options: { tolerance: 1e-4 } },
  ),
  wrong(
    'an error just above it, downwards',
    claiming(squares(3, 3), 1, (g) => g * (1 - 2.1e-4)),
    ['x', 1],
    { options: { tolerance: 1e-4 } },
  ),
  right(
    'a large one takes nearly anything',
    claiming(squares(3, 3), 0, (g) => g * 1.5),
    { ...off, options: { tolerance: 0.5 } },
  ),
  wrong(
    'but not a sign',
    claiming(squares(3, 3), 0, (g) => -g),
    ['x', 0],
    { options: { tolerance: 0.9 } },
  ),
  right('1e-9 is met by a smooth loss', squares(1.1, -2), { options: { tolerance: 1e-9 } }),
  unsure('1e-15 is finer than rounding', each([1.1, -2], exp, exp), 'noisy-loss', {
    options: { tolerance: 1e-15 },
  }),
  wrong(
    '1e-15, and an error beyond rounding',
    claiming(each([1.1, -2], exp, exp), 0, (g) => g * 1.001),
    ['x', 0],
    { options: { tolerance: 1e-15 } },
  ),
  right(
    'off by less than 1e-7, by default',
    claiming(squares(1, 2), 1, (g) => g * (1 + 1e-8)),
    off,
  ),
  wrong(
    'off by more than 1e-7, by default',
    claiming(squares(1, 2), 1, (g) => g * (1 + 1e-6)),
    ['x', 1],
  ),
]);

tabulate('epsilon', [
  ...[1e-3, 1e-5, 1e-7].map((epsilon) =>
    right(`${epsilon} on a parabola, tolerance 1e-5`, squares(1.1, -2), {
      options: { epsilon, tolerance: 1e-5 },
    }),
  ),
  right('1e-7 and 1e-7, the source’s own', squares(1.1, -2), { options: { epsilon: 1e-7, tolerance: 1e-7 } }),
  right(
    '1e-4 on a small network’s loss',
    each([0.3, -0.7], Math.tanh, (v) => 1 - Math.tanh(v) ** 2),
    { options: { epsilon: 1e-4 } },
  ),
  unsure('too large for the curvature', cubes(1e-4, 2e-4), 'poor-epsilon', { options: { epsilon: 1e-3 } }),
  unsure(
    'too large for a ripple',
    each(
      [0.3, 0.7],
      (v) => sin(1e4 * v),
      (v) => 1e4 * cos(1e4 * v),
    ),
    'poor-epsilon',
    { options: { epsilon: 1e-3 } },
  ),
  unsure('too small for the rounding', squares(1.1, -2, 3), 'poor-epsilon', {
    options: { epsilon: 1e-13, tolerance: 1e-5 },
  }),
  unsure(
    'too small for an offset',
    of(
      [1, 2],
      (a, b) => a * a + b * b + 1e8,
      (a, b) => [2 * a, 2 * b],
    ),
    'poor-epsilon',
    { options: { epsilon: 1e-7, tolerance: 1e-7 } },
  ),
  unsure(
    'lost in float32 storage',
    of(
      Float32Array.of(1, 2),
      (a, b) => a * b,
      (a, b) => [b, a],
    ),
    'poor-epsilon',
    { options: { epsilon: 1e-9 } },
  ),
  unsure('lost in float64 storage', squares(1, 2), 'poor-epsilon', { options: { epsilon: 1e-17 } }),
  unsure(
    'over the edge of the domain',
    each([1e-6], Math.log, (v) => 1 / v),
    'non-finite-loss',
    { options: { epsilon: 1e-5 } },
  ),
  wrong(
    'too large, and yet a sign shows',
    claiming(cubes(1, 2), 1, (g) => -g),
    ['x', 1],
    { options: { epsilon: 1e-2 } },
  ),
  wrong(
    'too small, and yet a factor shows',
    claiming(squares(1.1, -2, 3), 2, (g) => 2 * g),
    ['x', 2],
    { options: { epsilon: 1e-12 } },
  ),
  // By (1) with ε = 1 the difference of x³ at 1 is 4, not 3: what was asked for exceeds the tolerance, by truncation alone.
  unsure('of the size of the parameter', cubes(1, 2), 'poor-epsilon', { options: { epsilon: 1 } }),
  right(
    'beside a kink that it crosses',
    of(
      [1e-5, 1],
      (a, b) => Math.max(0, a) + b * b,
      (_, b) => [1, 2 * b],
    ),
    { ...off, options: { epsilon: 1e-6 } },
  ),
  unsure(
    'across a kink',
    of(
      [1e-5, 1],
      (a, b) => Math.max(0, a) + b * b,
      (_, b) => [1, 2 * b],
    ),
    'poor-epsilon',
    { options: { epsilon: 1e-3 } },
  ),
]);
