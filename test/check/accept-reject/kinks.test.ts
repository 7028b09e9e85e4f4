/**
 * Places without a derivative, and places that look like one. At a kink every value between the one-sided slopes is a
 * subgradient, and is right; where no slope exists nothing can be told; a corner farther off than the parameter itself is none.
 */

import { each, of, right, tabulate, unsure, wrong } from './table.js';

const { abs, max, min, sqrt, sign, round, floor, sin } = Math;
const relu = (v: number): number => max(0, v);
/** f of the first entry beside a parabola of the second, with a claim for the first. */
const beside = (at: number, f: (v: number) => number, claim: number) =>
  of(
    [at, 1.1],
    (a, b) => f(a) + b * b,
    (_, b) => [claim, 2 * b],
  );
const huber = (v: number): number => (abs(v) <= 1 ? (v * v) / 2 : abs(v) - 0.5);
const clamp = (v: number): number => min(max(v, -1), 1);
const off = { control: false };

tabulate('kinks', [
  right('|x| at 0, slope 0', beside(0, abs, 0), off),
  right('|x| at 0, slope 1', beside(0, abs, 1), { ...off, code: 'kink' }),
  right('|x| at 0, slope -1', beside(0, abs, -1), { ...off, code: 'kink' }),
  wrong('|x| at 0, slope 1.1', beside(0, abs, 1.1), ['x', 0]),
  right('|x| off 0', beside(0.3, abs, 1)),
  right('|x| at -1e-9', beside(-1e-9, abs, -1), off),
  wrong('|x| at -1e-9, slope of the other side', beside(-1e-9, abs, 1), ['x', 0]),
  right(
    '|x| at 1e-6 beside larger entries',
    of(
      [1e-6, 2, -3],
      (...x) => x.reduce((s, v) => s + abs(v), 0),
      (...x) => x.map(sign),
    ),
  ),
  right("|x| at 0 with kinks: 'reject', mean slope", beside(0, abs, 0), {
    ...off,
    options: { kinks: 'reject' },
  }),
  wrong("|x| at 0 with kinks: 'reject', slope 1", beside(0, abs, 1), ['x', 0], {
    options: { kinks: 'reject' },
  }),
  right(
    'an L1 norm with zeros',
    of(
      [0, 0.5, 0, -2],
      (...x) => x.reduce((s, v) => s + abs(v), 0),
      (...x) => x.map(sign),
    ),
    off,
  ),
  right(
    'the intercept of a line through all of its points, by absolute errors: several kinks, that rounding puts beside θ',
    of(
      [2.3],
      (c) =>
        [-2, -1, 0, 1, 2].reduce(
          (s, x) => s + abs(c - 2.4 * x - Math.round((2.3 - 2.4 * x) * 100) / 100) / 5,
          0,
        ),
      () => [0],
    ),
    off,
  ),
  right(
    'a tie of max, to one',
    of([1, 1, 0.5], max, () => [1, 0, 0]),
    off,
  ),
  right(
    'a tie of max, shared',
    of([1, 1, 0.5], max, () => [0.5, 0.5, 0]),
    off,
  ),
  wrong(
    'a tie of max, to the loser',
    of([1, 1, 0.5], max, () => [0.5, 0.5, 0.5]),
    ['x', 2],
  ),
  right(
    'max, nearly tied',
    of([1, 1 - 1e-9, 0.5], max, () => [1, 0, 0]),
    off,
  ),
  wrong(
    'max, nearly tied, to the runner-up',
    of([1, 1 - 1e-6, 0.5], max, () => [0, 1, 0]),
    ['x', 0],
  ),
  right('ReLU at 0, slope 0', beside(0, relu, 0), off),
  right('ReLU at 0, slope 1', beside(0, relu, 1), off),
  wrong('ReLU at 0, slope -0.1', beside(0, relu, -0.1), ['x', 0]),
  right(
    'a leaky ReLU at 0',
    beside(0, (v) => max(v, v / 10), 0.1),
    off,
  ),
  wrong(
    'a leaky ReLU at 0, slope of a plain one',
    beside(0, (v) => max(v, v / 10), 0),
    ['x', 0],
  ),
  right('clamp at its bound', beside(1, clamp, 0), off),
  right('clamp inside', beside(0.3, clamp, 1)),
  right('clamp outside', beside(3, clamp, 0), off),
  wrong('clamp outside, slope of inside', beside(3, clamp, 1), ['x', 0]),
  right(
    'hinge on its margin',
    of(
      [0.5, 2],
      (w, x) => max(0, 1 - w * x),
      () => [0, 0],
    ),
    off,
  ),
  right(
    'hinge within its margin',
    of(
      [0.4, 2],
      (w, x) => max(0, 1 - w * x),
      (w, x) => [-x, -w],
    ),
  ),
  right(
    '‖x‖ at 0',
    of([0, 0], Math.hypot, () => [0, 0]),
    off,
  ),
  wrong(
    '‖x‖ at 0, too steep',
    of([0, 0], Math.hypot, () => [1.2, 0]),
    ['x', 0],
  ),
  // |x²− 1| at 1: slopes ±2.
  wrong(
    'a kink of a smooth argument, too steep',
    beside(1, (v) => abs(v * v - 1), 2.5),
    ['x', 0],
  ),
]);

tabulate('smooth, though it may not look so', [
  right('Huber at its joint', each([1, -1, 0.2], huber, clamp)),
  right('Huber outside', each([3, -4], huber, clamp)),
  right(
    '|x|^1.5 at 0',
    beside(0, (v) => abs(v) ** 1.5, 0),
  ),
  wrong(
    '|x|^1.5 at 0, sloped',
    beside(0, (v) => abs(v) ** 1.5, 0.1),
    ['x', 0],
  ),
  right(
    'x|x| at 0',
    beside(0, (v) => v * abs(v), 0),
  ),
  // Between ±h²: differentiable at 0 with slope 0, though not continuously.
  right(
    'x² sin(1/x) at 0',
    beside(0, (v) => (v === 0 ? 0 : v * v * sin(1 / v)), 0),
  ),
  right(
    'ELU at 0',
    beside(0, (v) => (v > 0 ? v : Math.expm1(v)), 1),
  ),
  right(
    'a softplus as sharp as a kink, at 0',
    beside(0, (v) => (max(0, 1e6 * v) + Math.log1p(Math.exp(-abs(1e6 * v)))) / 1e6, 0.5),
    off,
  ),
]);

tabulate('jumps', [
  right('a step at a distance', beside(0.3, floor, 0), off),
  right(
    'rounding between its steps',
    beside(0.537, (v) => round(10 * v) / 10, 0),
    off,
  ),
  right(
    'a step within reach of the first step',
    beside(1, (v) => (v > 1 + 1e-6 ? 1 : 0), 0),
    off,
  ),
  right(
    'a step at 1e-9',
    beside(1, (v) => (v > 1 + 1e-9 ? 1 : 0), 0),
    off,
  ),
  wrong(
    'straight through a rounding',
    beside(0.537, (v) => round(10 * v) / 10, 1),
    ['x', 0],
  ),
  wrong(
    'straight through, with the step at 1e-9',
    beside(1, (v) => (v > 1 + 1e-9 ? 1 : 0), 1),
    ['x', 0],
  ),
  unsure(
    'a step at θ, slope 0',
    beside(1, (v) => (v >= 1 ? 1 : 0), 0),
    'kink',
  ),
  unsure(
    'a step at θ, any slope',
    beside(1, (v) => (v >= 1 ? 1 : 0), 5),
    'kink',
  ),
  unsure(
    'a step at 0, any slope',
    beside(0, (v) => (v >= 0 ? 1 : 0), -1e6),
    'kink',
  ),
]);

tabulate('no slope at all', [
  // Differences of √|x| are 0 at every h, by symmetry, and its one-sided slopes are ±∞.
  unsure(
    '√|x| at 0, any slope',
    beside(0, (v) => sqrt(abs(v)), -5),
    'kink',
  ),
  unsure('∛x at 0, slope 0', beside(0, Math.cbrt, 0), 'kink'),
  unsure('∛x at 0, any slope', beside(0, Math.cbrt, 1e6), 'kink'),
  unsure('√x at its wall, slope 0', beside(0, sqrt, 0), 'kink'),
  unsure('asin at 1, slope 0', beside(1, Math.asin, 0), 'kink'),
  wrong('asin at 1, slope ∞', beside(1, Math.asin, Infinity), ['x', 0]),
  right(
    'x^1.5 at its wall',
    beside(0, (v) => v ** 1.5, 0),
    off,
  ),
  right(
    'a plain slope at a wall',
    beside(0, (v) => (v < 0 ? Number.NaN : 3 * v), 3),
    off,
  ),
  wrong(
    'a plain slope at a wall, sign',
    beside(0, (v) => (v < 0 ? Number.NaN : 3 * v), -3),
    ['x', 0],
  ),
]);
