/** Functions of two variables, over arrays of pairs: the function, its derivative by each. */
import { sum, X } from './expression.js';
import * as special from './special.js';

const { abs, exp, hypot, log } = Math;

type Pair = { readonly a: readonly number[]; readonly b: readonly number[] };
type Binary = readonly [
  name: string,
  at: Pair,
  formula: (p: { readonly a: readonly X[]; readonly b: readonly X[] }) => X,
];

const both =
  (
    f: (a: number, b: number) => number,
    byA: (a: number, b: number) => number,
    byB: (a: number, b: number) => number,
  ): Binary[2] =>
  ({ a, b }) =>
    sum(
      a.map((x, i) => {
        const y = b[i]!;
        const value = f(x.value, y.value);
        const { tape } = x;
        const node = tape.binary(x.node, y.node, value, byA(x.value, y.value), byB(x.value, y.value));
        return new X(tape, node).times(1 + i);
      }),
    );

export const BINARY: readonly Binary[] = [
  [
    'pow',
    { a: [0.4, 1.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      (a, b) => a ** b,
      (a, b) => b * a ** (b - 1),
      (a, b) => a ** b * log(a),
    ),
  ],
  [
    'atan2',
    { a: [0.4, -1.7, 3], b: [-1.2, -0.5, 2.4] },
    both(
      Math.atan2,
      (a, b) => b / (a * a + b * b),
      (a, b) => -a / (a * a + b * b),
    ),
  ],
  [
    'hypot',
    { a: [0.4, -1.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      hypot,
      (a, b) => a / hypot(a, b),
      (a, b) => b / hypot(a, b),
    ),
  ],
  [
    'division',
    { a: [0.4, -1.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      (a, b) => a / b,
      (_, b) => 1 / b,
      (a, b) => -a / b ** 2,
    ),
  ],
  [
    'maximum',
    { a: [0.4, -1.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      Math.max,
      (a, b) => (a > b ? 1 : 0),
      (a, b) => (a > b ? 0 : 1),
    ),
  ],
  [
    'minimum',
    { a: [0.4, -1.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      Math.min,
      (a, b) => (a < b ? 1 : 0),
      (a, b) => (a < b ? 0 : 1),
    ),
  ],
  [
    'log of the sum of exponentials',
    { a: [0.4, -1.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      (a, b) => Math.max(a, b) + Math.log1p(exp(-abs(a - b))),
      (a, b) => 1 / (1 + exp(b - a)),
      (a, b) => 1 / (1 + exp(a - b)),
    ),
  ],
  [
    'log of the difference of exponentials',
    { a: [1.4, 0.7, 3], b: [-1.2, 0.5, 2.4] },
    both(
      (a, b) => a + log(-Math.expm1(b - a)),
      (a, b) => -1 / Math.expm1(b - a),
      (a, b) => -1 / Math.expm1(a - b),
    ),
  ],
  [
    'log beta',
    { a: [0.4, 1.7, 3], b: [1.2, 0.5, 2.4] },
    both(
      (a, b) => special.lgamma(a) + special.lgamma(b) - special.lgamma(a + b),
      (a, b) => special.digamma(a) - special.digamma(a + b),
      (a, b) => special.digamma(b) - special.digamma(a + b),
    ),
  ],
  [
    'x log y',
    { a: [0.4, 0, 3], b: [1.2, 0.5, 2.4] },
    both(
      (a, b) => (a === 0 ? 0 : a * log(b)),
      (_, b) => log(b),
      (a, b) => a / b,
    ),
  ],
  [
    'remainder',
    { a: [5.3, 7.7, 2.2], b: [1.4, 3.1, 0.9] },
    both(
      (a, b) => a % b,
      () => 1,
      (a, b) => -Math.trunc(a / b),
    ),
  ],
  [
    'squared difference',
    { a: [5.3, 7.7, 2.2], b: [1.4, 3.1, 0.9] },
    both(
      (a, b) => (a - b) ** 2,
      (a, b) => 2 * (a - b),
      (a, b) => 2 * (b - a),
    ),
  ],
];
