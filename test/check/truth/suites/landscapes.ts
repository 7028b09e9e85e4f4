/** Test functions of optimisation: landscapes. */
import { sum, X } from './expression.js';
import { type Objective, squares } from './objective.js';

const { PI } = Math;

export const LANDSCAPES: readonly Objective[] = [
  ['schwefel', (x) => sum(x.map((v) => v.times(v.abs().sqrt().sin()))).times(-1), [210, -330, 75]],
  [
    'styblinski and tang',
    (x) => sum(x.map((v) => v.power(4).minus(v.square().times(16)).plus(v.times(5)))).over(2),
    [1.1, -3.6, 0.2],
  ],
  [
    'goldstein and price',
    ([a, b]) => {
      const u = a!.plus(b!).plus(1).square();
      const p = a!
        .times(3)
        .minus(14)
        .times(a!)
        .plus(19)
        .minus(b!.times(14))
        .plus(a!.times(b!).times(6))
        .plus(b!.square().times(3));
      const v = a!.times(2).minus(b!.times(3)).square();
      const q = a!
        .times(12)
        .minus(32)
        .times(a!)
        .plus(18)
        .plus(b!.times(48))
        .minus(a!.times(b!).times(36))
        .plus(b!.square().times(27));
      return u.times(p).plus(1).times(v.times(q).plus(30));
    },
    [0.7, -0.4],
    [0, -1],
  ],
  [
    'branin',
    ([a, b]) =>
      b!
        .minus(a!.square().times(5.1 / (4 * PI * PI)))
        .plus(a!.times(5 / PI))
        .minus(6)
        .square()
        .plus(a!.cos().times(10 * (1 - 1 / (8 * PI)))),
    [4, 9],
  ],
  [
    'camel of six humps',
    ([a, b]) =>
      a!
        .square()
        .times(4)
        .minus(a!.power(4).times(2.1))
        .plus(a!.power(6).over(3))
        .plus(a!.times(b!))
        .minus(b!.square().times(4))
        .plus(b!.power(4).times(4)),
    [0.4, -1.2],
    [0, 0],
  ],
  [
    'easom',
    ([a, b]) =>
      a!
        .cos()
        .times(b!.cos())
        .times(a!.minus(PI).square().plus(b!.minus(PI).square()).times(-1).exp())
        .times(-1),
    [2.4, 3.9],
    [PI, PI],
  ],
  [
    'michalewicz',
    (x) =>
      sum(
        x.map((v, i) =>
          v.sin().times(
            v
              .square()
              .times((i + 1) / PI)
              .sin()
              .power(20),
          ),
        ),
      ).times(-1),
    [2.1, 1.4],
  ],
  [
    'zakharov',
    (x) => {
      const s = sum(x.map((v, i) => v.times((i + 1) / 2)));
      return squares(...x, s, s.square());
    },
    [1.2, -0.4, 3],
    [0, 0, 0],
  ],
  [
    'dixon and price',
    (x) =>
      x[0]!
        .minus(1)
        .square()
        .plus(
          sum(
            x.slice(1).map((v, i) =>
              v
                .square()
                .times(2)
                .minus(x[i]!)
                .square()
                .times(i + 2),
            ),
          ),
        ),
    [3, -1, 2],
  ],
  ['matyas', ([a, b]) => squares(a!, b!).times(0.26).minus(a!.times(b!).times(0.48)), [4, -2], [0, 0]],
  [
    'mccormick',
    ([a, b]) => a!.plus(b!).sin().plus(a!.minus(b!).square()).minus(a!.times(1.5)).plus(b!.times(2.5)),
    [0.3, -1.1],
  ],
  [
    'extended penalty of large numbers',
    (x) =>
      sum(x.map((v) => v.minus(1e4).square())).plus(
        sum(x.map((v) => v.square()))
          .over(1e8)
          .minus(0.25)
          .square(),
      ),
    [1e4, 2e4, 3e4],
  ],
  [
    'lennard-jones of three',
    (x) => {
      const at = (i: number): X[] => [x[2 * i]!, x[2 * i + 1]!];
      return sum(
        [
          [0, 1],
          [0, 2],
          [1, 2],
        ].map(([i, j]) => {
          const r = squares(...at(i!).map((v, k) => v.minus(at(j!)[k]!))).power(-3);
          return r.square().minus(r).times(4);
        }),
      );
    },
    [0, 0, 1.1, 0.1, 0.4, 1.2],
  ],
  ['morse', ([r]) => r!.minus(1).times(-1.5).exp().times(-1).plus(1).square(), [1.4], [1]],
  ['a double well', ([a]) => a!.square().minus(1).square(), [0.3], [-1]],
  [
    'cosine mixture',
    (x) =>
      sum(
        x.map((v) =>
          v.square().minus(
            v
              .times(5 * PI)
              .cos()
              .times(0.1),
          ),
        ),
      ),
    [0.33, -0.61],
    [0, 0],
  ],
];
