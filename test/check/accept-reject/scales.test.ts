/** Large and small: offsets, scaled losses, parameters and gradients many decades apart, stationary and flat places. */

import { claiming, each, type Flat, of, right, tabulate, unsure, wrong } from './table.js';

const { exp, sin, cos, log } = Math;
const double = (v: number): number => 2 * v;
/** Σ x² under an offset, or times a factor. */
const offset = (by: number, ...x: number[]): Flat =>
  of(
    x,
    (...v) => v.reduce((sum, a) => sum + a * a, 0) + by,
    (...v) => v.map(double),
  );
const scaled = (by: number, ...x: number[]): Flat =>
  each(
    x,
    (v) => by * v * v,
    (v) => 2 * by * v,
  );
/** Σ cᵢ xᵢ² with factors of any size. */
const weighted = (c: number[], x: number[]): Flat =>
  of(
    x,
    (...v) => v.reduce((sum, a, i) => sum + c[i]! * a * a, 0),
    (...v) => v.map((a, i) => 2 * c[i]! * a),
  );
const off = { control: false };

tabulate('offsets', [
  ...[1e6, -1e6, 1e8, 1e10, 1e12].map((by) => right(`of ${by}`, offset(by, 1, -2, 3))),
  wrong(
    'of 1e6, one entry off by 1e-3',
    claiming(offset(1e6, 1, -2, 3), 1, (g) => g * 1.001),
    ['x', 1],
  ),
  wrong(
    'of 1e12, a sign',
    claiming(offset(1e12, 1, -2, 3), 1, (g) => -g),
    ['x', 1],
  ),
  // Neighbouring doubles are 2 apart at 1e16, and the loss moves by 2 at most.
  unsure('of 1e16, which swallows the loss', offset(1e16, 1, -0.5, 0.25)),
  unsure('of 1e15, beside which no slope is known', offset(1e15, 1, -0.5, 0.25)),
  unsure(
    'of 1e16, which swallows the mistake too',
    claiming(offset(1e16, 1, -0.5, 0.25), 0, () => 0),
  ),
  right(
    'a near cancellation to zero',
    of(
      [1.1, 2.3],
      (a, b) => a * a - 1.21 + (b - 2.3),
      (a) => [2 * a, 1],
    ),
  ),
  right(
    'losses that cancel to 1e-16 of their terms',
    of(
      [3, 4],
      (a, b) => a * a + b * b - 25,
      (a, b) => [2 * a, 2 * b],
    ),
  ),
]);

tabulate('losses scaled', [
  ...[1e-300, 1e-200, 1e-100, 1e-12, 1e12, 1e100, 1e200, 1e300].map((by) =>
    right(`by ${by}`, scaled(by, 1.1, -2, 0.3)),
  ),
  ...[1e-200, 1e-12, 1e12, 1e200].map((by) =>
    wrong(
      `by ${by}, off by 1e-5`,
      claiming(scaled(by, 1.1, -2, 0.3), 2, (g) => g + 4e-5 * by),
      ['x', 2],
    ),
  ),
  // 1e-310 is subnormal: the loss has some 13 digits left, and 5 % is still told.
  right('into the subnormal numbers', scaled(1e-310, 1.1, -2, 0.3)),
]);

tabulate('parameters of every size', [
  ...[1e-150, 1e-30, 1e-8, 1e8, 1e30, 1e150].map((by) => right(`at ${by}`, offset(0, by, -2 * by, by / 3))),
  ...[1e-30, 1e-8, 1e8, 1e30].map((by) =>
    wrong(
      `at ${by}, half a slope`,
      claiming(offset(0, by, -2 * by, by / 3), 1, (g) => g / 2),
      ['x', 1],
    ),
  ),
  right(
    '1e-8 in an exponential',
    of(
      [1e-8, -2e-8],
      (a, b) => exp(a - 3 * b),
      (a, b) => [exp(a - 3 * b), -3 * exp(a - 3 * b)],
    ),
  ),
  right(
    '1e8 in a logarithm',
    each([1e8, 3e8], log, (v) => 1 / v),
  ),
  right(
    '1e-8 that matters at its own scale',
    each(
      [1e-8, 2e-8],
      (v) => cos(1e8 * v),
      (v) => -1e8 * sin(1e8 * v),
    ),
  ),
  right('1e8 that matters at the scale of 1', each([1e8, 2e8], sin, cos)),
  right('zeros among large ones', offset(0, 0, 1e6, 0), off),
  right(
    'all zero',
    of(
      [0, 0, 0],
      (a, b, c) => exp(a + 2 * b - c),
      (...x) => [1, 2, -1].map((f) => f * exp(x[0]! + 2 * x[1]! - x[2]!)),
    ),
  ),
  right(
    '16 decades in one parameter',
    each(
      [1e-8, 1, 1e8],
      (v) => Math.atan(v),
      (v) => 1 / (1 + v * v),
    ),
    off,
  ),
]);

tabulate('gradients of very different size in one model', [
  right('8 decades', weighted([1e4, 1, 1e-4], [1, 1, 1]), off),
  right(
    'a steep exponential beside a line',
    of(
      [1, 1],
      (a, b) => exp(20 * a) + b,
      (a) => [20 * exp(20 * a), 1],
    ),
    off,
  ),
  right('one entry zero', weighted([1, 0, 3], [1, 1, 1])),
  wrong(
    'the steep one off by 1e-6',
    claiming(weighted([1e4, 1, 1e-4], [1, 1, 1]), 0, (g) => g * (1 + 1e-6)),
    ['x', 0],
  ),
  {
    ...wrong(
      'a flat bias missing beside steep weights',
      of(
        [0],
        () => 0,
        () => [0],
      ),
      ['b', 0],
    ),
    model: {
      parameters: { W: [1, 2, 3], b: [0.5] },
      loss: ({ W, b }: { W: number[]; b: number[] }) => 1e4 * W.reduce((sum, w) => sum + w * w, 0) + b[0]!,
      gradients: ({ W }: { W: number[] }) => ({ W: W.map((w) => 2e4 * w), b: [0] }),
    },
  },
]);

/** Log of a tiny entry, or a corner, beside far larger entries of the same parameter: their first step is far too long for it. */
const mixed = (
  x: number[],
  f: readonly ((v: number) => number)[],
  slopes: readonly ((v: number) => number)[],
): Flat =>
  of(
    x,
    (...v) => v.reduce((sum, a, i) => sum + f[i]!(a), 0),
    (...v) => v.map((a, i) => slopes[i]!(a)),
  );

tabulate('one parameter and another', [
  {
    // 1e6 has a spacing of 1e-10, a tenth of b: no step within b's own size tells a slope of 1 from one of −5.
    ...unsure(
      'a slope that can be told, one that can not',
      of(
        [0],
        () => 0,
        () => [0],
      ),
    ),
    model: {
      parameters: { a: [1.1], b: [1e-9] },
      loss: ({ a, b }: { a: number[]; b: number[] }) => 1e6 + a[0]! + b[0]!,
      gradients: () => ({ a: [1], b: [-5] }),
    },
  },
]);

/** An error of 5 % is small beside what makes the others look small. */
const clearedBeside = { control: false };
tabulate('entries of one parameter that make one another look small', [
  right(
    'x⁷ beside a step within the first step, and an offset',
    mixed(
      [-0.34988208601349086, 8.232043789154188, 0.06554168597564768],
      [(v) => Math.floor(3 * v) + 54223.62782584551, (v) => exp(-v * v), (v) => 0.1185578566178872 * v ** 7],
      [() => 0, (v) => -2 * v * exp(-v * v), (v) => 7 * 0.1185578566178872 * v ** 6],
    ),
    // The step hides the small slope at θ, and not beside it.
    { ...clearedBeside, options: { points: 2 } },
  ),
  right(
    '1/x at 30 beside sin at 2e5',
    mixed(
      [30.08938695585103, 0.7199848678097279, 188562.27333425582],
      [(v) => 1 / v + 471.71498339785535, (v) => 361.05441565407943 * Math.floor(3 * v), sin],
      [(v) => -1 / (v * v), () => 0, cos],
    ),
    clearedBeside,
  ),
  right(
    '1/x at -0.025, its pole within the steps that sin at 8e5 asks for',
    mixed(
      [16.82453866067834, 0.00000196106174308275, 6.798106853451107, 804379.4200324418, -0.02535591061422864],
      [log, (v) => v ** 1.5, (v) => v * log(v), sin, (v) => 1 / v],
      [(v) => 1 / v, (v) => 1.5 * v ** 0.5, (v) => log(v) + 1, cos, (v) => -1 / (v * v)],
    ),
    { control: false },
  ),
]);
