/** Test functions of optimisation: more squares. */
import { sum } from './expression.js';
import { type Objective, squares, ten } from './objective.js';

const { E, exp, PI } = Math;

export const MORE_SQUARES: readonly Objective[] = [
  [
    'gulf',
    ([a, b, c]) =>
      squares(
        ...[0.2, 0.5, 0.8].map((t) =>
          b!
            .times(-1)
            .plus(25 + (-50 * Math.log(t)) ** (2 / 3))
            .abs()
            .log()
            .times(c!)
            .exp()
            .over(a!)
            .times(-1)
            .exp()
            .minus(t),
        ),
      ),
    [5, 2.5, 0.15],
    [50, 25, 1.5],
  ],
  [
    'kowalik and osborne',
    ([a, b, c, d]) =>
      squares(
        ...[
          [0.1957, 4],
          [0.1735, 1],
          [0.0844, 0.25],
        ].map(([y, u]) =>
          a!
            .times(b!.times(u!).plus(u! * u!))
            .over(
              c!
                .times(u!)
                .plus(d!)
                .plus(u! * u!),
            )
            .minus(y!),
        ),
      ),
    [0.25, 0.39, 0.415, 0.39],
  ],
  [
    'biggs',
    (x) =>
      squares(
        ...ten.map((t) =>
          x[2]!
            .times(x[0]!.times(-t).exp())
            .minus(x[3]!.times(x[1]!.times(-t).exp()))
            .plus(x[5]!.times(x[4]!.times(-t).exp()))
            .minus(exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)),
        ),
      ),
    [1, 2, 1, 1, 1, 1],
    [1, 10, 1, 5, 4, 3],
  ],
  [
    'variably dimensioned',
    (x) => {
      const s = sum(x.map((v, i) => v.minus(1).times(i + 1)));
      return squares(...x.map((v) => v.minus(1)), s, s.square());
    },
    [0.75, 0.5, 0.25, 0],
    [1, 1, 1, 1],
  ],
  [
    'penalty',
    (x) =>
      squares(...x.map((v) => v.minus(1).times(Math.sqrt(1e-5))), sum(x.map((v) => v.square())).minus(0.25)),
    [1, 2, 3, 4],
  ],
  [
    'trigonometric',
    (x) =>
      squares(
        ...x.map((v, i) =>
          sum(x.map((u) => u.cos()))
            .times(-1)
            .plus(x.length + (i + 1))
            .minus(v.cos().times(i + 1))
            .minus(v.sin()),
        ),
      ),
    [0.2, 0.25, 0.3, 0.2],
    [0, 0, 0, 0],
  ],
  [
    'brown almost linear',
    (x) =>
      squares(
        ...x.slice(1).map((v) => v.plus(sum(x)).minus(x.length + 1)),
        x.reduce((a, b) => a.times(b)).minus(1),
      ),
    [0.5, 0.5, 0.5],
    [1, 1, 1],
  ],
  [
    'broyden tridiagonal',
    (x) =>
      squares(
        ...x.map((v, i) => {
          const own = v.times(-2).plus(3).times(v).plus(1);
          const left = i > 0 ? own.minus(x[i - 1]!) : own;
          return i + 1 < x.length ? left.minus(x[i + 1]!.times(2)) : left;
        }),
      ),
    [-1, -1.1, -0.9, -1],
  ],
  [
    'chebyquad of two',
    ([a, b]) =>
      squares(
        a!.plus(b!).minus(1),
        a!
          .square()
          .plus(b!.square())
          .times(4)
          .minus(a!.plus(b!).times(4))
          .plus(2 + 2 / 3),
      ),
    [0.4, 0.7],
  ],
  [
    'rastrigin',
    (x) =>
      sum(
        x.map((v) =>
          v.square().minus(
            v
              .times(2 * PI)
              .cos()
              .times(10),
          ),
        ),
      ),
    [2.3, -1.7, 0.4],
    [0, 0, 0],
  ],
  [
    'ackley',
    (x) =>
      squares(...x)
        .over(x.length)
        .sqrt()
        .times(-0.2)
        .exp()
        .times(-20)
        .minus(
          sum(x.map((v) => v.times(2 * PI).cos()))
            .over(x.length)
            .exp(),
        )
        .plus(20 + E),
    [0.5, -1.3, 2.2],
  ],
  [
    'griewank',
    (x) =>
      squares(...x)
        .over(4000)
        .minus(x.map((v, i) => v.over(Math.sqrt(i + 1)).cos()).reduce((a, b) => a.times(b))),
    [12, -31, 5.5],
    [0, 0, 0],
  ],
  [
    'levy',
    (x) => {
      const w = x.map((v) => v.minus(1).over(4).plus(1));
      return w[0]!
        .times(PI)
        .sin()
        .square()
        .plus(
          sum(w.map((v) => v.minus(1).square().times(v.times(PI).plus(1).sin().square().times(10).plus(1)))),
        );
    },
    [-3.2, 4.1, 0.7],
    [1, 1, 1],
  ],
];
