/** Test functions of optimisation: least squares. */
import { sum, X } from './expression.js';
import { type Objective, squares, ten } from './objective.js';

const { exp, PI } = Math;

export const LEAST_SQUARES: readonly Objective[] = [
  [
    'rosenbrock',
    ([a, b]) => squares(b!.minus(a!.square()).times(10), a!.times(-1).plus(1)),
    [-1.2, 1],
    [1, 1],
  ],
  [
    'rosenbrock of six',
    (x) => sum(x.slice(1).map((v, i) => squares(v.minus(x[i]!.square()).times(10), x[i]!.times(-1).plus(1)))),
    [-1.2, 1, -1.2, 1, -1.2, 1],
    [1, 1, 1, 1, 1, 1],
  ],
  [
    'beale',
    ([a, b]) =>
      squares(
        ...[1.5, 2.25, 2.625].map((y, k) =>
          a!
            .times(
              b!
                .power(k + 1)
                .times(-1)
                .plus(1),
            )
            .times(-1)
            .plus(y),
        ),
      ),
    [1, 1],
    [3, 0.5],
  ],
  [
    'booth',
    ([a, b]) => squares(a!.plus(b!.times(2)).minus(7), a!.times(2).plus(b!).minus(5)),
    [0.5, -2],
    [1, 3],
  ],
  [
    'himmelblau',
    ([a, b]) => squares(a!.square().plus(b!).minus(11), b!.square().plus(a!).minus(7)),
    [-3.9, 0.6],
    [3, 2],
  ],
  [
    'powell singular',
    ([a, b, c, d]) =>
      squares(
        a!.plus(b!.times(10)),
        c!.minus(d!).times(Math.sqrt(5)),
        b!.minus(c!.times(2)).square(),
        a!.minus(d!).square().times(Math.sqrt(10)),
      ),
    [3, -1, 0, 1],
    [0, 0, 0, 0],
  ],
  [
    'wood',
    ([a, b, c, d]) =>
      squares(
        b!.minus(a!.square()).times(10),
        a!.minus(1),
        d!.minus(c!.square()).times(Math.sqrt(90)),
        c!.minus(1),
        b!.plus(d!).minus(2).times(Math.sqrt(10)),
        b!.minus(d!).over(Math.sqrt(10)),
      ),
    [-3, -1, -3, -1],
    [1, 1, 1, 1],
  ],
  [
    'brown badly scaled',
    ([a, b]) => squares(a!.minus(1e6), b!.minus(2e-6), a!.times(b!).minus(2)),
    [1, 1],
    [1e6, 2e-6],
  ],
  [
    'powell badly scaled',
    ([a, b]) =>
      squares(a!.times(b!).times(1e4).minus(1), a!.times(-1).exp().plus(b!.times(-1).exp()).minus(1.0001)),
    [0, 1],
  ],
  [
    'freudenstein and roth',
    ([a, b]) =>
      squares(
        a!.minus(13).plus(b!.times(-1).plus(5).times(b!).minus(2).times(b!)),
        a!.minus(29).plus(b!.plus(1).times(b!).minus(14).times(b!)),
      ),
    [0.5, -2],
    [5, 4],
  ],
  [
    'jennrich and sampson',
    ([a, b]) =>
      squares(
        ...ten.map((t) =>
          a!
            .times(10 * t)
            .exp()
            .plus(b!.times(10 * t).exp())
            .times(-1)
            .plus(2 + 20 * t),
        ),
      ),
    [0.3, 0.4],
  ],
  [
    'helical valley',
    ([a, b, c]) => {
      const angle = a!.tape.binary(
        a!.node,
        b!.node,
        Math.atan2(b!.value, a!.value) / (2 * PI),
        -b!.value / (a!.value ** 2 + b!.value ** 2) / (2 * PI),
        a!.value / (a!.value ** 2 + b!.value ** 2) / (2 * PI),
      );
      const turn = new X(a!.tape, angle);
      return squares(c!.minus(turn.times(10)).times(10), squares(a!, b!).sqrt().minus(1).times(10), c!);
    },
    [-1, 0.3, 0.2],
    [1, 0, 0],
  ],
  [
    'box',
    ([a, b, c]) =>
      squares(
        ...ten.map((t) =>
          a!
            .times(-t)
            .exp()
            .minus(b!.times(-t).exp())
            .minus(c!.times(exp(-t) - exp(-10 * t))),
        ),
      ),
    [0, 10, 20],
    [1, 10, 1],
  ],
  [
    'bard',
    ([a, b, c]) =>
      squares(
        ...[0.14, 0.18, 0.22, 0.25, 0.29].map((y, i) =>
          a!
            .plus(
              b!
                .times(15 - i)
                .plus(c!.times(Math.min(i + 1, 15 - i)))
                .power(-1)
                .times(i + 1),
            )
            .minus(y),
        ),
      ),
    [1, 1, 1],
  ],
  [
    'gaussian',
    ([a, b, c]) =>
      squares(
        ...[0.0009, 0.0044, 0.0175, 0.054].map((y, i) =>
          c!
            .minus((7 - i) / 2)
            .square()
            .times(b!)
            .times(-0.5)
            .exp()
            .times(a!)
            .minus(y),
        ),
      ),
    [0.4, 1, 0],
  ],
];
