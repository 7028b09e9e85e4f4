/** Random gradients of one parameter, and what may be done to them. */

import { Draws } from '../../bench/detection/draws.js';
import type { Numbers } from './evidence.js';

/** What may be done to the true gradient of one parameter. */
type Fault = (
  numeric: readonly number[],
  draws: Draws,
  columns: number,
  values: readonly number[],
) => number[];

const pick = (draws: Draws, count: number): number =>
  Math.min(count - 1, Math.floor(draws.uniform() * count));
const WRITTEN = [0.5, 2, 3, 1 / 3, 0.01, -1 / 365, 0.8, 1.0000016, 0.97, -2, 180 / Math.PI, Math.SQRT2];

const FAULTS: Readonly<Record<string, Fault>> = {
  right: (n) => [...n],
  zero: (n) => n.map(() => 0),
  ...Object.fromEntries(
    WRITTEN.map((factor) => [`factor ${factor}`, (n: readonly number[]) => n.map((x) => factor * x)]),
  ),
  anything: (n, draws) => Array.from(draws.normals(n.length, 1)),
  sign: (n) => n.map((x) => -x),
  'one entry': (n, draws) => n.with(pick(draws, n.length), 7.123),
  'last row': (n, draws, columns) => {
    const factor = [0, -1, 0.5, 2, 0.123][pick(draws, 5)]!;
    return n.map((x, i) => (i >= n.length - columns ? factor * x : x));
  },
  'every row': (n, draws, columns) => {
    const factors = draws.normals(n.length / columns, 1);
    return n.map((x, i) => factors[Math.floor(i / columns)]! * x);
  },
  clip: (n) => n.map((x) => Math.max(-0.5, Math.min(0.5, x))),
  norm: (n) => n.map((x) => x / (Math.hypot(...n) || 1)),
  signs: (n) => n.map(Math.sign),
  digits: (n) => n.map((x) => Number(x.toPrecision(3))),
  nearly: (n, draws) => n.map((x) => x * (1 + 1e-4 * draws.uniform())),
  offset: (n) => n.map((x) => x + 0.3),
  decay: (n, _, __, values) => n.map((x, i) => x + 0.01 * values[i]!),
  logarithm: (n, _, __, values) => n.map((x, i) => x * values[i]!),
  power: (n, _, __, values) => n.map((x, i) => x / Math.exp(values[i]!)),
  mean: (n) => n.map((x) => x - n.reduce((a, b) => a + b, 0) / n.length),
  along: (n, _, __, values) => n.map((x, i) => x + 0.7312 * values[i]!),
  product: (n, draws, columns) => {
    const [d, x] = [draws.normals(n.length / columns, 1), draws.normals(columns, 1)];
    return n.map((_, i) => d[Math.floor(i / columns)]! * x[i % columns]!);
  },
  shifted: (n, _, columns) => [...n.slice(columns), ...n.slice(0, columns)],
};

/** The name of something that may be done. */
export function randomFault(draws: Draws): string {
  return draws.pick(Object.keys(FAULTS));
}

/** A parameter with a random shape, gradient and fault; often none, or one that others have too. */
export function randomNumbers(draws: Draws, shared: string): Numbers {
  const [rows, columns] = [1 + pick(draws, 4), 1 + pick(draws, 4)];
  const count = rows * columns;
  const values = Array.from(draws.normals(count, 1));
  let numeric = Array.from(draws.normals(count, 1));
  const kind = pick(draws, 8);
  // What nothing reads; what a softmax and a length leave.
  if (kind === 0) numeric = numeric.map((n, i) => (Math.floor(i / columns) % 2 === 0 ? n : 0));
  const mean = numeric.reduce((a, b) => a + b, 0) / count;
  if (kind === 1 && count > 2) numeric = numeric.map((n) => n - mean);
  const along =
    numeric.reduce((sum, n, i) => sum + n * values[i]!, 0) / values.reduce((s, v) => s + v * v, 0);
  if (kind === 2 && count > 2) numeric = numeric.map((n, i) => n - along * values[i]!);
  if (kind === 3) numeric = numeric.map(() => 0);
  const fault =
    FAULTS[draws.uniform() < 0.4 ? 'right' : draws.uniform() < 0.5 ? shared : randomFault(draws)]!;
  const analytic = fault(numeric, draws, columns, values);
  return {
    numeric,
    analytic,
    values,
    shape: rows === 1 ? [count] : [rows, columns],
    uncertainty: numeric.map(() => 1e-10),
    isZero: numeric.every((n) => n === 0) && analytic.every((g) => g === 0),
    moved: !numeric.every((n) => n === 0),
  };
}
