/** The functions that optimisers are tested with (Moré, Garbow and Hillstrom, ACM TOMS 7 (1981), 17–41, and others). */

import { claiming, of, right, tabulate, wrong } from './table.js';

const { exp, sin, cos, sqrt, PI, E } = Math;

const rosenbrock = (...x: number[]) =>
  of(
    x,
    (a, b) => (1 - a) ** 2 + 100 * (b - a * a) ** 2,
    (a, b) => [2 * (a - 1) - 400 * a * (b - a * a), 200 * (b - a * a)],
  );
const chain = (...x: number[]) =>
  of(
    x,
    (...v) => v.slice(1).reduce((sum, b, i) => sum + (1 - v[i]!) ** 2 + 100 * (b - v[i]! ** 2) ** 2, 0),
    (...v) =>
      v.map((a, i) => {
        const own = i + 1 < v.length ? 2 * (a - 1) - 400 * a * (v[i + 1]! - a * a) : 0;
        return i > 0 ? own + 200 * (a - v[i - 1]! ** 2) : own;
      }),
  );
const powell = (...x: number[]) =>
  of(
    x,
    (a, b, c, d) => (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4,
    (a, b, c, d) => [
      2 * (a + 10 * b) + 40 * (a - d) ** 3,
      20 * (a + 10 * b) + 4 * (b - 2 * c) ** 3,
      10 * (c - d) - 8 * (b - 2 * c) ** 3,
      -10 * (c - d) - 40 * (a - d) ** 3,
    ],
  );
const powellBadlyScaled = of(
  [0, 1],
  (a, b) => (1e4 * a * b - 1) ** 2 + (exp(-a) + exp(-b) - 1.0001) ** 2,
  (a, b) => {
    const p = 2 * (1e4 * a * b - 1);
    const q = 2 * (exp(-a) + exp(-b) - 1.0001);
    return [1e4 * b * p - exp(-a) * q, 1e4 * a * p - exp(-b) * q];
  },
);
const brown = (...x: number[]) =>
  of(
    x,
    (a, b) => (a - 1e6) ** 2 + (b - 2e-6) ** 2 + (a * b - 2) ** 2,
    (a, b) => [2 * (a - 1e6) + 2 * b * (a * b - 2), 2 * (b - 2e-6) + 2 * a * (a * b - 2)],
  );
const beale = (...x: number[]) =>
  of(
    x,
    (a, b) => [1.5, 2.25, 2.625].reduce((sum, c, i) => sum + (c - a + a * b ** (i + 1)) ** 2, 0),
    (a, b) =>
      [1.5, 2.25, 2.625].reduce(
        ([da, db], c, i) => {
          const r = 2 * (c - a + a * b ** (i + 1));
          return [da! + r * (b ** (i + 1) - 1), db! + r * a * (i + 1) * b ** i];
        },
        [0, 0],
      ),
  );
const wood = of(
  [-3, -1, -3, -1],
  (a, b, c, d) =>
    100 * (b - a * a) ** 2 +
    (1 - a) ** 2 +
    90 * (d - c * c) ** 2 +
    (1 - c) ** 2 +
    10 * (b + d - 2) ** 2 +
    (b - d) ** 2 / 10,
  (a, b, c, d) => [
    -400 * a * (b - a * a) - 2 * (1 - a),
    200 * (b - a * a) + 20 * (b + d - 2) + (b - d) / 5,
    -360 * c * (d - c * c) - 2 * (1 - c),
    180 * (d - c * c) + 20 * (b + d - 2) - (b - d) / 5,
  ],
);
const himmelblau = (...x: number[]) =>
  of(
    x,
    (a, b) => (a * a + b - 11) ** 2 + (a + b * b - 7) ** 2,
    (a, b) => [
      4 * a * (a * a + b - 11) + 2 * (a + b * b - 7),
      2 * (a * a + b - 11) + 4 * b * (a + b * b - 7),
    ],
  );
/** −20 exp(−0.2 √mean x²) − exp(mean cos 2πx): a cone at the origin, smooth elsewhere. */
const ackley = (...x: number[]) =>
  of(
    x,
    (...v) => {
      const radius = sqrt(v.reduce((sum, a) => sum + a * a, 0) / v.length);
      return 20 + E - 20 * exp(-radius / 5) - exp(v.reduce((sum, a) => sum + cos(2 * PI * a), 0) / v.length);
    },
    (...v) => {
      const radius = sqrt(v.reduce((sum, a) => sum + a * a, 0) / v.length);
      const waves = exp(v.reduce((sum, a) => sum + cos(2 * PI * a), 0) / v.length);
      return v.map(
        (a) =>
          (4 * exp(-radius / 5) * a) / (radius || 1) / v.length +
          (2 * PI * sin(2 * PI * a) * waves) / v.length,
      );
    },
  );
const easom = (...x: number[]) =>
  of(
    x,
    (a, b) => -cos(a) * cos(b) * exp(-((a - PI) ** 2) - (b - PI) ** 2),
    (a, b) => {
      const bell = exp(-((a - PI) ** 2) - (b - PI) ** 2);
      return [
        bell * cos(b) * (sin(a) + 2 * (a - PI) * cos(a)),
        bell * cos(a) * (sin(b) + 2 * (b - PI) * cos(b)),
      ];
    },
  );
// θ(a, b) = atan2(b, a) / 2π, with ∂θ/∂a = −b / 2πr², ∂θ/∂b = a / 2πr².
const helicalValley = of(
  [-1, 1e-3, 0],
  (a, b, c) => 100 * ((c - (5 * Math.atan2(b, a)) / PI) ** 2 + (Math.hypot(a, b) - 1) ** 2) + c * c,
  (a, b, c) => {
    const r = Math.hypot(a, b);
    const turn = (1000 * (c - (5 * Math.atan2(b, a)) / PI)) / (PI * r * r);
    const pull = (200 * (r - 1)) / r;
    return [turn * b + pull * a, -turn * a + pull * b, 200 * (c - (5 * Math.atan2(b, a)) / PI) + 2 * c];
  },
);

tabulate('functions that optimisers are tested with', [
  right('Rosenbrock', rosenbrock(-1.2, 1)),
  right('Rosenbrock at its minimum', rosenbrock(1, 1), { code: 'stationary-point' }),
  right('Rosenbrock beside its minimum', rosenbrock(1 + 1e-6, 1)),
  right('Rosenbrock in ten dimensions', chain(-1.2, 1, -1.2, 1, 0.5, 2, -1.2, 1, 0.1, 0)),
  right('Powell', powell(3, -1, 0, 1)),
  right('Powell at its minimum, where its Hessian is singular', powell(0, 0, 0, 0), {
    code: 'stationary-point',
  }),
  right('Powell, badly scaled', powellBadlyScaled),
  right('Brown, badly scaled', brown(1, 1)),
  right('Brown, badly scaled, near its minimum', brown(1e6 + 1, 2e-6), { control: false }),
  right('Beale', beale(1, 1)),
  right('Beale at its minimum', beale(3, 0.5), { code: 'stationary-point' }),
  right('Wood', wood),
  right('Himmelblau', himmelblau(-1, 2)),
  right('Himmelblau at a minimum', himmelblau(3, 2), { code: 'stationary-point' }),
  right('Ackley', ackley(0.7, -1.3, 2)),
  right('Ackley at the tip of its cone', ackley(0, 0)),
  right('Easom where it is flat', easom(0.5, -0.5)),
  right('Easom at its minimum', easom(PI, PI), { control: false, code: 'stationary-point' }),
  right('the helical valley beside its cut', helicalValley),
  wrong(
    'Rosenbrock without the outer factor of one term',
    claiming(rosenbrock(-1.2, 1), 1, (g) => g / 2),
    ['x', 1],
  ),
  wrong(
    'Powell with a sign',
    claiming(powell(3, -1, 0, 1), 2, (g) => -g),
    ['x', 2],
  ),
  wrong(
    'Wood off by 1e-6',
    claiming(wood, 0, (g) => g * (1 + 1e-6)),
    ['x', 0],
  ),
  // ∂/∂b is 20(−4) + 200(−10) there; the coupling 20(b + d − 2) is what a backward pass forgets.
  wrong(
    'Wood without its coupling',
    claiming(wood, 1, (g) => g + 80),
    ['x', 1],
  ),
  wrong(
    'a slope at the minimum of Himmelblau',
    claiming(himmelblau(3, 2), 1, () => 1e-5),
    ['x', 1],
  ),
  wrong(
    'Beale with the power rule forgotten',
    claiming(beale(1, 1), 1, (g) => g / 2),
    ['x', 1],
  ),
]);
