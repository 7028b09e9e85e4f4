/** Powers, exponentials and logarithms, each where finite differences find it hard. */

import { each, right, tabulate } from './table.js';

const { exp, log, sqrt } = Math;

tabulate('powers, exponentials and logarithms', [
  right('exp', each([-3, 0, 5], exp, exp)),
  right('exp near overflow', each([700, 699], exp, exp)),
  right('exp near underflow', each([-700, -699], exp, exp)),
  right('expm1 at 1e-10', each([1e-10, 2e-10], Math.expm1, exp)),
  right(
    'log',
    each([0.5, 2, 30], log, (v) => 1 / v),
  ),
  right(
    'log near its wall',
    each([1e-9], log, (v) => 1 / v),
  ),
  right(
    'log near its wall and 18 decades off it',
    each([1e-9, 1, 1e9], log, (v) => 1 / v),
    { control: false },
  ),
  right(
    'log1p at 1e-12',
    each([1e-12, 0.1], Math.log1p, (v) => 1 / (1 + v)),
  ),
  right(
    'sqrt at 1e-12',
    each([1e-12], sqrt, (v) => 0.5 / sqrt(v)),
  ),
  right(
    'sqrt beside a larger one',
    each([1e-6, 1], sqrt, (v) => 0.5 / sqrt(v)),
    { control: false },
  ),
  right(
    'cbrt at 1e-9',
    each([1e-9, -8e-9], Math.cbrt, (v) => 1 / (3 * Math.cbrt(v) ** 2)),
  ),
  right(
    '1/x at 1e-5',
    each(
      [1e-5, -2e-5],
      (v) => 1 / v,
      (v) => -1 / v ** 2,
    ),
  ),
  right(
    'x^-3 at 0.01',
    each(
      [0.01, 0.02],
      (v) => v ** -3,
      (v) => -3 * v ** -4,
    ),
  ),
  right(
    'x^2.5',
    each(
      [0.3, 2],
      (v) => v ** 2.5,
      (v) => 2.5 * v ** 1.5,
    ),
  ),
  right(
    'x^x',
    each(
      [0.1, 1.7],
      (v) => v ** v,
      (v) => v ** v * (log(v) + 1),
    ),
  ),
  right(
    'x log x at 1e-6',
    each(
      [1e-6, 2e-6],
      (v) => v * log(v),
      (v) => log(v) + 1,
    ),
  ),
  right(
    'x^7 where it is flat',
    each(
      [0.01, -0.02],
      (v) => v ** 7,
      (v) => 7 * v ** 6,
    ),
  ),
]);
