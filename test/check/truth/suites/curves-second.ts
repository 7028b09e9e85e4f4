/** NIST's problems of nonlinear regression and others of their kind, a few of their rows, at a start: the other half. */
import { DECAY, GROWTH, type Problem } from './curve.js';

export const SECOND: readonly Problem[] = [
  [
    'mgh 10',
    ([a, b, c], t) => b!.over(c!.plus(t)).exp().times(a!),
    [2, 400000, 25000],
    [
      [50, 34780],
      [65, 18300],
      [90, 7200],
      [125, 2450],
    ],
  ],
  ['rat 42', ([a, b, c], t) => a!.over(b!.minus(c!.times(t)).exp().plus(1)), [100, 1, 0.1], GROWTH],
  [
    'rat 43',
    ([a, b, c, d], t) => b!.minus(c!.times(t)).exp().plus(1).log().over(d!).times(-1).exp().times(a!),
    [100, 10, 1, 1],
    [
      [1, 16],
      [4, 80],
      [8, 440],
      [12, 640],
      [15, 690],
    ],
  ],
  [
    'eckerle',
    ([a, b, c], t) => c!.minus(t).over(b!).square().times(-0.5).exp().times(a!).over(b!),
    [1, 10, 500],
    [
      [430, 0.0022],
      [446, 0.06],
      [451.5, 0.22],
      [460, 0.08],
      [480, 0.001],
    ],
  ],
  [
    'bennett',
    ([a, b, c], t) => b!.plus(t).log().over(c!).times(-1).exp().times(a!),
    [-2000, 50, 0.8],
    [
      [7.4, -34.8],
      [9, -33],
      [11, -31.7],
      [15, -29.8],
    ],
  ],
  [
    'thurber',
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
    [1000, 1000, 400, 0.7, 0.3],
    [
      [-3, 80],
      [-1.5, 330],
      [0, 1290],
      [1.4, 1430],
    ],
  ],
  [
    'roszman',
    ([a, b, c, d], t) => {
      const u = d!.minus(t);
      const v = c!;
      const w = u.times(0).plus(v).over(u);
      return a!.minus(b!.times(t)).minus(w.apply(Math.atan, (x) => 1 / (1 + x * x)).over(Math.PI));
    },
    [0.1, -0.00001, 1000, -100],
    [
      [-4868.7, 0.253],
      [-3485.8, 0.341],
      [-2000, 0.4],
    ],
  ],
  ['exponential decay', ([a, k], t) => k!.times(-t).exp().times(a!), [3, 0.2], DECAY],
  [
    'two decays',
    ([a, k, b, m], t) => k!.times(-t).exp().times(a!).plus(m!.times(-t).exp().times(b!)),
    [2, 0.1, 1, 1.5],
    DECAY,
  ],
  [
    'michaelis and menten',
    ([v, k], t) => v!.times(t).over(k!.plus(t)),
    [2, 5],
    [
      [0.3, 0.2],
      [1, 0.5],
      [4, 1.1],
      [9, 1.6],
    ],
  ],
  [
    'a line with an outlier',
    ([a, b], t) => a!.plus(b!.times(t)),
    [0.4, 1.1],
    [
      [0, 0.5],
      [1, 1.4],
      [2, 2.7],
      [3, 21],
    ],
  ],
  ['a sine', ([a, w, p], t) => w!.times(t).plus(p!).sin().times(a!), [1.2, 1.9, 0.3], DECAY],
];
