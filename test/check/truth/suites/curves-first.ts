/** NIST's problems of nonlinear regression and others of their kind, a few of their rows, at a start: the first half. */
import { type Problem, WIDE } from './curve.js';
import { sum } from './expression.js';

export const FIRST: readonly Problem[] = [
  ['misra', ([a, k], t) => k!.times(-t).exp().times(-1).plus(1).times(a!), [500, 1e-4], WIDE],
  [
    'misra, second form',
    ([a, k], t) =>
      k!
        .times(t / 2)
        .plus(1)
        .power(-2)
        .times(-1)
        .plus(1)
        .times(a!),
    [500, 1e-4],
    WIDE,
  ],
  [
    'chwirut',
    ([a, b, c], t) =>
      a!
        .times(-t)
        .exp()
        .over(b!.plus(c!.times(t))),
    [0.1, 0.01, 0.02],
    [
      [0.5, 92.9],
      [1, 57.1],
      [1.75, 31.05],
      [3.75, 11.6],
    ],
  ],
  [
    'lanczos',
    (b, t) => sum([0, 2, 4].map((k) => b[k]!.times(b[k + 1]!.times(-t).exp()))),
    [1.2, 0.3, 5.6, 5.5, 6.5, 7.6],
    [
      [0, 2.51],
      [0.1, 1.67],
      [0.3, 0.8],
      [0.6, 0.33],
    ],
  ],
  [
    'gauss peaks',
    (b, t) =>
      b[0]!
        .times(b[1]!.times(-t).exp())
        .plus(b[2]!.times(b[3]!.minus(t).over(b[4]!).square().times(-1).exp())),
    [96, 0.009, 103, 106, 18],
    [
      [10, 88],
      [60, 60],
      [100, 140],
      [112, 130],
      [150, 26],
    ],
  ],
  [
    'danwood',
    ([a, k], t) => k!.times(Math.log(t)).exp().times(a!),
    [1, 5],
    [
      [1.309, 2.138],
      [1.471, 3.421],
      [1.49, 3.597],
      [1.611, 4.722],
    ],
  ],
  [
    'kirby',
    (b, t) =>
      b[0]!
        .plus(b[1]!.times(t))
        .plus(b[2]!.times(t * t))
        .over(
          b[3]!
            .times(t)
            .plus(b[4]!.times(t * t))
            .plus(1),
        ),
    [2, -0.1, 0.003, -0.001, 0.00001],
    [
      [9.65, 0.0082],
      [30.5, 0.1],
      [80, 0.9],
      [150, 4],
      [300, 17],
    ],
  ],
  [
    'hahn',
    (b, t) =>
      b[0]!
        .plus(b[1]!.times(t))
        .plus(b[2]!.times(t * t))
        .plus(b[3]!.times(t ** 3))
        .over(
          b[4]!
            .times(t)
            .plus(b[5]!.times(t * t))
            .plus(b[6]!.times(t ** 3))
            .plus(1),
        ),
    [10, -1, 0.05, -0.00001, -0.05, 0.001, -0.000001],
    [
      [24.4, 0.59],
      [48, 3.8],
      [120, 12],
      [300, 16.5],
      [700, 20],
    ],
  ],
  [
    'nelson',
    ([a, b, c], t) => a!.minus(b!.times(t).times(c!.times(-0.18 * t).exp())),
    [2, 0.0001, -0.01],
    [
      [1, 2.7],
      [8, 2.6],
      [32, 2.3],
      [64, 1.1],
    ],
  ],
  [
    'mgh 09',
    ([a, b, c, d], t) =>
      a!.times(b!.times(t).plus(t * t)).over(
        c!
          .times(t)
          .plus(d!)
          .plus(t * t),
      ),
    [25, 39, 41.5, 39],
    [
      [4, 0.1957],
      [2, 0.1947],
      [1, 0.1735],
      [0.5, 0.16],
      [0.25, 0.0844],
    ],
  ],
];
