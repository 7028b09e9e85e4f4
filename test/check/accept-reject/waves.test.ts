/** Functions that saturate, oscillate or cancel, and functions of several numbers. */

import { each, of, right, tabulate } from './table.js';

const { abs, exp, log, sqrt, tanh, sin, cos, PI } = Math;
const sigmoid = (v: number): number => 1 / (1 + exp(-v));
const sinc = (v: number): number => (v === 0 ? 1 : sin(v) / v);
// (sin v / v)' = cos v / v − sin v / v², which cancels near 0, where the series −v/3 + v³/30 takes over.
const sincSlope = (v: number): number => (abs(v) < 1e-2 ? -v / 3 + v ** 3 / 30 : (cos(v) - sin(v) / v) / v);
/** erf v = 2/√π Σ (−1)ⁿ v^(2n+1) / (n! (2n+1)). */
const erf = (v: number): number => {
  let sum = 0;
  let term = v;
  for (let n = 0; n < 60; n += 1) {
    sum += term / (2 * n + 1);
    term *= -(v * v) / (n + 1);
  }
  return (2 / sqrt(PI)) * sum;
};
const softplus = (v: number): number => Math.max(v, 0) + Math.log1p(exp(-abs(v)));

tabulate('saturating and oscillating functions', [
  right(
    'tanh',
    each([-2, 0, 0.5], tanh, (v) => 1 - tanh(v) ** 2),
  ),
  right(
    'tanh, saturated beside live',
    each([20, 0.3], tanh, (v) => 1 - tanh(v) ** 2),
  ),
  right(
    'sinh and cosh',
    each(
      [-4, 3],
      (v) => Math.sinh(v) + Math.cosh(v),
      (v) => Math.cosh(v) + Math.sinh(v),
    ),
  ),
  right(
    'log cosh',
    each([0.1, -8], (v) => log(Math.cosh(v)), tanh),
  ),
  right(
    'sigmoid',
    each([-30, -1, 4], sigmoid, (v) => sigmoid(v) * (1 - sigmoid(v))),
  ),
  right('softplus', each([-40, 0, 40], softplus, sigmoid)),
  right(
    'erf by its series',
    each([-1.5, 0, 0.3], erf, (v) => (2 / sqrt(PI)) * exp(-v * v)),
  ),
  right(
    'GELU',
    each(
      [-3, 0, 1.2],
      (v) => (v / 2) * (1 + erf(v / sqrt(2))),
      (v) => (1 + erf(v / sqrt(2))) / 2 + (v * exp((-v * v) / 2)) / sqrt(2 * PI),
    ),
  ),
  right(
    'a Gaussian in its tail',
    each(
      [5, 6],
      (v) => exp(-v * v),
      (v) => -2 * v * exp(-v * v),
    ),
  ),
  right('sinc at 0', each([0, 2], sinc, sincSlope)),
  right('sinc at 0 alone, a stationary point', each([0], sinc, sincSlope), { code: 'stationary-point' }),
  right('sinc beside 0', each([1e-3, 3e-3], sinc, sincSlope)),
  right(
    'asin near 1',
    each([1 - 1e-9], Math.asin, (v) => 1 / sqrt(1 - v * v)),
  ),
  right(
    'acosh near 1',
    each([1 + 1e-6, 1 + 2e-6], Math.acosh, (v) => 1 / sqrt(v * v - 1)),
  ),
  right(
    'atan at a large argument',
    each([1e6, -3e6], Math.atan, (v) => 1 / (1 + v * v)),
  ),
  right('sin at large arguments', each([1e4, 1e5], sin, cos), { control: false }),
  right('sin at 1e8', each([1e8], sin, cos)),
  right(
    'high curvature',
    each(
      [0.3, 0.7],
      (v) => sin(1e4 * v),
      (v) => 1e4 * cos(1e4 * v),
    ),
  ),
  right(
    'a fine ripple on a bowl',
    each(
      [0.3, 0.7],
      (v) => v * v + 1e-6 * sin(1e6 * v),
      (v) => 2 * v + cos(1e6 * v),
    ),
  ),
  right(
    'exp(-1/x²) at 0.1, where it is 4e-44',
    each(
      [0.1, 0.11],
      (v) => exp(-1 / v ** 2),
      (v) => (2 / v ** 3) * exp(-1 / v ** 2),
    ),
  ),
  right(
    'a polynomial by Horner',
    each(
      [0.9, -1.1],
      (v) => [1, -2, 3, -4, 5, -6, 7, -8].reduce((sum, c) => sum * v + c, 0),
      (v) => [7, -12, 15, -16, 15, -12, 7].reduce((sum, c) => sum * v + c, 0),
    ),
  ),
  // T₂₀(cos t) = cos 20t, so T₂₀' = 20 sin 20t / sin t.
  right(
    'a Chebyshev polynomial near its end',
    each(
      [0.99, 0.3],
      (v) => cos(20 * Math.acos(v)),
      (v) => (20 * sin(20 * Math.acos(v))) / sqrt(1 - v * v),
    ),
  ),
  right(
    "Runge's function",
    each(
      [0.2, -3],
      (v) => 1 / (1 + 25 * v * v),
      (v) => (-50 * v) / (1 + 25 * v * v) ** 2,
    ),
  ),
]);

tabulate('functions of several numbers', [
  right(
    'atan2',
    of([1, -2], Math.atan2, (y, x) => [x / (x * x + y * y), -y / (x * x + y * y)]),
  ),
  right(
    'atan2 beside its branch cut',
    of([1e-6, -2], Math.atan2, (y, x) => [x / (x * x + y * y), -y / (x * x + y * y)]),
  ),
  right(
    'hypot',
    of([3, 4e-3, -4], Math.hypot, (...x) => x.map((v) => v / Math.hypot(...x))),
  ),
  right(
    'logsumexp, shifted',
    of(
      [800, 799, 3],
      (...x) => 800 + log(x.reduce((sum, v) => sum + exp(v - 800), 0)),
      (...x) => {
        const weights = x.map((v) => exp(v - 800));
        return weights.map((w) => w / weights.reduce((a, b) => a + b, 0));
      },
    ),
  ),
  right(
    'x^y',
    of(
      [2.5, -1.5],
      (x, y) => x ** y,
      (x, y) => [y * x ** (y - 1), x ** y * log(x)],
    ),
  ),
  right(
    'a product of many',
    of(
      [0.5, 2, -3, 0.1, 7],
      (...x) => x.reduce((p, v) => p * v, 1),
      (...x) => x.map((_, i) => x.reduce((p, v, j) => (i === j ? p : p * v), 1)),
    ),
  ),
  right(
    'a quotient',
    of(
      [1e-3, 4e3],
      (a, b) => a / b,
      (a, b) => [1 / b, -a / b ** 2],
    ),
  ),
]);
