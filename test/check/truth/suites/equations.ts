/** Differential equations, and their solution by steps of a fixed number: discretised first, differentiated then. */
import type { X } from './expression.js';

type State = readonly X[];
type Field = (y: State, p: readonly X[]) => X[];

/** Runge–Kutta steps of a fixed number. */
export function integrated(field: Field, start: State, p: readonly X[], end: number, steps: number): State {
  const h = end / steps;
  let y = start;
  const move = (from: State, by: State, factor: number): X[] =>
    from.map((v, k) => v.plus(by[k]!.times(factor)));
  for (let i = 0; i < steps; i += 1) {
    const a = field(y, p);
    const b = field(move(y, a, h / 2), p);
    const c = field(move(y, b, h / 2), p);
    const d = field(move(y, c, h), p);
    y = y.map((v, k) =>
      v.plus(
        a[k]!.plus(b[k]!.times(2))
          .plus(c[k]!.times(2))
          .plus(d[k]!)
          .times(h / 6),
      ),
    );
  }
  return y;
}

export const FIELDS: readonly (readonly [
  string,
  Field,
  readonly number[],
  readonly number[],
  number,
  number,
])[] = [
  ['decay', ([y], [k]) => [y!.times(k!).times(-1)], [1.5], [0.7], 2, 8],
  [
    'logistic growth',
    ([y], [k, c]) => [y!.times(k!).times(y!.over(c!).times(-1).plus(1))],
    [0.2],
    [1.1, 2],
    3,
    12,
  ],
  [
    'an oscillator',
    ([x, v], [w, d]) => [v!, x!.times(w!.square()).plus(v!.times(d!)).times(-1)],
    [1, 0.2],
    [2.1, 0.3],
    4,
    30,
  ],
  [
    'predators and prey',
    ([a, b], [p, q, r, s]) => [a!.times(p!.minus(b!.times(q!))), b!.times(a!.times(r!).minus(s!))],
    [1.2, 0.8],
    [1.1, 0.6, 0.4, 0.9],
    3,
    20,
  ],
  [
    'van der Pol',
    ([x, v], [m]) => [v!, x!.square().times(-1).plus(1).times(v!).times(m!).minus(x!)],
    [1.1, -0.4],
    [1.3],
    3,
    30,
  ],
  [
    'Lorenz, shortly',
    ([x, y, z], [s, r, b]) => [
      y!.minus(x!).times(s!),
      x!.times(r!.minus(z!)).minus(y!),
      x!.times(y!).minus(z!.times(b!)),
    ],
    [1, 1.1, 0.9],
    [10, 28, 8 / 3],
    0.4,
    30,
  ],
  [
    'Lorenz, for long',
    ([x, y, z], [s, r, b]) => [
      y!.minus(x!).times(s!),
      x!.times(r!.minus(z!)).minus(y!),
      x!.times(y!).minus(z!.times(b!)),
    ],
    [1, 1.1, 0.9],
    [10, 28, 8 / 3],
    6,
    300,
  ],
  [
    'an epidemic',
    ([s, i], [b, g]) => [s!.times(i!).times(b!).times(-1), s!.times(i!).times(b!).minus(i!.times(g!))],
    [0.95, 0.05],
    [1.4, 0.5],
    6,
    24,
  ],
  ['a stiff pair', ([x, y], [k]) => [x!.minus(y!).times(k!).times(-1), x!.minus(y!)], [1, 0.5], [20], 1, 40],
];
