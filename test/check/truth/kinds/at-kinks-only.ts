/**
 * A claim that is right beside θ, and at θ, where the loss has kinks, what it is. Right is what the chain rule may make of the kinks: `correct` at any number of units
 * on their kinks at once. Any other value is wrong, by rule 1, whatever else has a kink there; what is no number never passes, nor does a gradient that is never computed.
 */
import { CORRECT, Kind, NOT_CORRECT, type TruthCase, WRONG } from '../case.js';
import { float64 } from '../models/arithmetic.js';
import { type Change, changed, times, zeroed } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula, of } from '../models/formula.js';
import { type Claimed, modelOf } from '../models/net.js';
import { perceptron } from '../models/nets.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Changes a claim where a parameter is all zero, as a state that is kept from there would. */
const where =
  (name: string, change: Change): Change =>
  (claim, parameters) => {
    if (Array.from(parameters[name]!).every((value) => value === 0)) change(claim, parameters);
  };

/** Least squares with an L1 penalty; `skips`: the claim is zero where a weight is. */
function lasso(draws: Draws, lambda: number, skips: boolean): Claimed {
  const X = draws.rows(5, 4, 2);
  const y = draws.list(5, 4);
  const residuals = (w: ArrayLike<number>): number[] =>
    X.map((row, i) => sum(row.map((x, j) => x * w[j]!)) - y[i]!);
  return formula(
    { w: [0, 0.7, 0, -0.4] },
    ({ w }) => sum(residuals(w).map((r) => r * r)) + lambda * sum(Array.from(w, (value) => Math.abs(value))),
    ({ w }) => {
      const r = residuals(w);
      return {
        w: Array.from(w, (value, j) =>
          value === 0 && skips ? 0 : sum(r.map((e, i) => 2 * e * X[i]![j]!)) + lambda * Math.sign(value),
        ),
      };
    },
  );
}

/** A layer of relus without weights or biases yet: every unit is on its kink for every row, and pulls its weights to a side of its own. */
function still(draws: Draws, rows: number, slopeAtZero: number): Claimed {
  const [inputs, hidden] = [draws.integer(1, 4), 3];
  const X = draws.rows(rows, inputs, 1.5);
  const law = draws.list(inputs, 2);
  const y = X.map((row) => sum(row.map((x, k) => x * law[k]!)) + draws.uniform(-0.1, 0.1));
  const v = draws.list(hidden, 1);
  const inner = (p: { W: ArrayLike<number>; b: ArrayLike<number> }, row: readonly number[]): number[] =>
    v.map((_, j) => p.b[j]! + sum(row.map((x, k) => x * p.W[j * inputs + k]!)));
  const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
  return formula(
    { W: zeros(inputs * hidden), b: zeros(hidden), v, c: [0.3] },
    (p) =>
      sum(
        X.map(
          (row, i) => (sum(inner(p, row).map((z, j) => p.v[j]! * Math.max(z, 0))) + p.c[0]! - y[i]!) ** 2,
        ),
      ),
    (p) => {
      const g = { W: zeros(inputs * hidden), b: zeros(hidden), v: zeros(hidden), c: [0] };
      for (const [i, row] of X.entries()) {
        const z = inner(p, row);
        const e = 2 * (sum(z.map((value, j) => p.v[j]! * Math.max(value, 0))) + p.c[0]! - y[i]!);
        g.c[0]! += e;
        for (const [j, value] of z.entries()) {
          g.v[j]! += e * Math.max(value, 0);
          const d = e * p.v[j]! * (value > 0 ? 1 : value < 0 ? 0 : slopeAtZero);
          g.b[j]! += d;
          for (const [k, x] of row.entries()) g.W[j * inputs + k]! += d * x;
        }
      }
      return g;
    },
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('at kinks only');
  const draws = new Draws(seed * 6007 + 11);
  for (const lambda of [1, 0.1, 1e-3]) {
    const own = draws.integer(1, 1e6);
    kind.add(`lasso, λ ${lambda}, right`, () => lasso(new Draws(own), lambda, false), CORRECT);
    kind.add(`lasso, λ ${lambda}, zero weights skipped`, () => lasso(new Draws(own), lambda, true), WRONG);
  }
  for (const size of [1, 1e-3, 1e-6, 1e3]) {
    const slope = draws.signed(2, 8) * Math.max(1, size);
    const line = (claim: number): Claimed =>
      of(
        [0, 1],
        (x, y) => slope * x + size * Math.abs(x) + y * y,
        (x, y) => [x === 0 ? claim : slope + size * Math.sign(x), 2 * y],
      );
    kind.add(`a line with a corner of ${size}, between, right`, () => line(slope + 0.7 * size), CORRECT);
    kind.add(`a line with a corner of ${size}, zero`, () => line(0), WRONG);
    kind.add(`a line with a corner of ${size}, negated`, () => line(-slope), WRONG);
    kind.add(
      `a line with a corner of ${size}, half as much again`,
      () => line(1.5 * slope + size * Math.sign(slope)),
      WRONG,
    );
  }
  const net = draws.integer(1, 1e6);
  const shape = { widths: [2, 5, 1], activation: 'relu', rows: 3, bias: 0, blank: 1 } as const;
  const blank = (): Claimed => modelOf(perceptron(new Draws(net), shape), float64);
  kind.add('a blank row, right', blank, CORRECT);
  const faults: readonly (readonly [string, Change, readonly string[]])[] = [
    ['W0 negated', times(-1, 'W0'), ['W0']],
    ['W1 never computed', zeroed('W1'), ['W1']],
    ['b1 never computed', zeroed('b1'), ['b1']],
    ['W0 and W1 halved', times(0.5, 'W0', 'W1'), ['W0', 'W1']],
  ];
  for (const [name, fault, wrongIn] of faults)
    kind.add(`a blank row, ${name} where b0 is zero`, () => changed(blank(), where('b0', fault)), WRONG, {
      wrongIn,
    });
  for (const rows of [3, 12, 60])
    for (const slope of [0, 1]) {
      const own = draws.integer(1, 1e6);
      kind.add(
        `a layer of zeros, ${rows} rows, slope ${slope} at 0, right`,
        () => still(new Draws(own), rows, slope),
        CORRECT,
      );
      kind.add(
        `a layer of zeros, ${rows} rows, slope ${slope} at 0, c halved where b is zero`,
        () => changed(still(new Draws(own), rows, slope), where('b', times(0.5, 'c'))),
        WRONG,
        { wrongIn: 'c' },
      );
    }
  kind.add(
    'the length of a zero vector, 0/0',
    () =>
      of(
        [0, 0, 0.4],
        (x, y, z) => Math.hypot(x, y) + z * z,
        (x, y, z) => [x / Math.hypot(x, y), y / Math.hypot(x, y), 2 * z],
      ),
    NOT_CORRECT,
  );
  kind.add(
    'the deviation of equal numbers, 0/0',
    () => {
      const centred = (x: readonly number[]): number[] => x.map((v) => v - sum(x) / x.length);
      const deviation = (x: readonly number[]): number => Math.sqrt(sum(centred(x).map((v) => v * v)));
      return of(
        [2, 2, 2, 2],
        (...x) => deviation(x) + 0.1 * x[0]!,
        (...x) => centred(x).map((v, i) => v / deviation(x) + (i === 0 ? 0.1 : 0)),
      );
    },
    NOT_CORRECT,
  );
  const never: readonly (readonly [string, number, (x: number) => number])[] = [
    ['|x| at 0', 0, Math.abs],
    ['relu at 0', 0, (x) => Math.max(0, x)],
    ['clipping at its bound', 1, (x) => Math.min(1, Math.max(0, x))],
  ];
  for (const [name, at, f] of never) {
    const weights = [draws.signed(0.5, 2), draws.signed(0.5, 2)] as const;
    const loss = (x: number, y: number): number => weights[0] * f(x) + weights[1] * f(y);
    kind.add(`${name}, never computed`, () => of([at, at], loss, () => [0, 0]), NOT_CORRECT);
  }
  return kind.cases;
}
