/**
 * Losses that move in steps of a parameter: weights on a grid, cents, places rounded to pixels. The slope is 0 on every step and the straight-through
 * claim is the slope over many of them: neither is a derivative (rule 14), so `inconclusive` for both, with `staircase`, at any width of the steps that a check
 * can see as such: from 1/128 to 1/8 of the parameter, within the reach of x/8. Below that either plateau may be out of sight: a straight-through claim is never
 * wrong and a zero one never correct, which would be the opposite. What neither scale shows, twice the slope or its negative, is never correct.
 */
import { Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, UNSURE, UNSURE_OR_WRONG, WRONG } from '../case.js';
import { bfloat16, float16, type Round } from '../models/arithmetic.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import type { Claimed } from '../models/net.js';
import { castBias } from './cast-bias.js';
import { steps } from './coarse-formulas.js';

const STAIRCASE = { finding: 'staircase' };
const onGrid =
  (grid: number): Round =>
  (x) =>
    grid * Math.round(x / grid);

/** Σ (rounded wᵢ − targetᵢ)² (a file of the cases). */
function rounded(grid: number, w: readonly number[], factor: number): Claimed {
  const target = [0.2, -0.5, 0.9];
  const round = onGrid(grid);
  return formula(
    { w },
    (p) => p.w.reduce((sum, x, i) => sum + (round(x) - target[i]!) ** 2, 0),
    (p) => ({ w: Array.from(p.w, (x, i) => factor * 2 * (round(x) - target[i]!)) }),
  );
}

/** Prices in whole cents (a file of the cases). */
function prices(
  rate: number,
  amounts: readonly number[],
  wanted: readonly number[],
  factor: number,
): Claimed {
  const price = (r: number, a: number): number => Math.round(a * (1 + r) * 100) / 100;
  return formula(
    { rate: [rate] },
    (p) => amounts.reduce((sum, a, i) => sum + (price(p.rate[0]!, a) - wanted[i]!) ** 2, 0),
    (p) => ({
      rate: [factor * amounts.reduce((sum, a, i) => sum + 2 * (price(p.rate[0]!, a) - wanted[i]!) * a, 0)],
    }),
  );
}

const GRIDS: readonly (readonly [number, readonly number[]])[] = [
  [0.1, [0.43, -0.27, 0.61]],
  [1 / 16, [0.43, -0.27, 0.61]],
  [0.01, [0.432, -0.274, 0.613]],
  [1 / 255, [0.43, -0.27, 0.61]],
  [1, [43.3, -27.4, 61.2]],
];

export function files(): TruthCase[] {
  const kind = new Kind('staircases');
  for (const [grid, w] of GRIDS) {
    kind.add(`grid ${grid.toPrecision(2)}, straight through`, () => rounded(grid, w, 1), UNSURE, STAIRCASE);
    kind.add(`grid ${grid.toPrecision(2)}, zero`, () => rounded(grid, w, 0), UNSURE, STAIRCASE);
    kind.add(`grid ${grid.toPrecision(2)}, doubled`, () => rounded(grid, w, 2), NOT_CORRECT);
  }
  const cents = (factor: number): Claimed => prices(0.05, [3.1, 7.9, 12.4], [3.3, 8.1, 13.2], factor);
  kind.add('cents, straight through', () => cents(1), UNSURE, STAIRCASE);
  kind.add('cents, zero', () => cents(0), UNSURE, STAIRCASE);
  // 2⁻⁹: either the steps are seen, or the slope over them is what every step of the check shows.
  kind.add('a bias cast to bfloat16, straight through', () => castBias(1), NOT_WRONG);
  kind.add('a bias cast to bfloat16, alone', () => castBias(1), NOT_WRONG, { options: { only: 'b' } });
  kind.add('a bias cast to bfloat16, W doubled', () => castBias(2), WRONG, { wrongIn: 'W' });
  return kind.cases;
}

interface Stairs {
  /** Of each weight, in shares of its magnitude. */
  readonly shares: readonly number[];
  readonly through: number;
  readonly smooth: number;
  readonly rows: number;
}

/** A layer whose weights are rounded, each to a grid that is a share of it, beside one that is not. */
function quantised(draws: Draws, { shares, through, smooth, rows }: Stairs): Claimed {
  const X = draws.rows(rows, shares.length, 1.2);
  const Z = draws.rows(rows, 2, 1.2);
  const y = draws.list(rows, 1);
  const w = shares.map(() => draws.signed(0.6, 1.4));
  const grids = w.map((v, k) => Math.abs(v) * shares[k]! * draws.uniform(0.97, 1));
  const residuals = (p: { w: ArrayLike<number>; s: ArrayLike<number> }): number[] =>
    X.map((row, i) =>
      row.reduce(
        (sum, x, k) => sum + x * onGrid(grids[k]!)(p.w[k]!),
        Math.tanh(Z[i]![0]! * p.s[0]! + Z[i]![1]! * p.s[1]!) - y[i]!,
      ),
    );
  return formula(
    { w, s: draws.list(2, 0.8) },
    (p) => residuals(p).reduce((sum, r) => sum + r * r, 0),
    (p) => {
      const r = residuals(p);
      const slope = (i: number): number => 1 - Math.tanh(Z[i]![0]! * p.s[0]! + Z[i]![1]! * p.s[1]!) ** 2;
      return {
        w: w.map((_, k) => through * r.reduce((sum, e, i) => sum + 2 * e * X[i]![k]!, 0)),
        s: [0, 1].map((k) => smooth * r.reduce((sum, e, i) => sum + 2 * e * slope(i) * Z[i]![k]!, 0)),
      };
    },
  );
}

/** Steps in what is computed from the parameters: activations of so many levels, places of pixels, floors. */
function levels(draws: Draws, inputs: number, width: number, factor: number): Claimed {
  const x = draws.list(inputs, 1.5);
  const w = x.map((v) => draws.uniform(0.5, 1) * Math.sign(v));
  const sum = x.reduce((total, v, k) => total + v * w[k]!, 0);
  // The steps of the sum are a share of what an eighth of the parameters moves it by.
  const grid = width * sum;
  const y = 0.4 * sum;
  const round = (z: number): number => grid * (Math.floor(z / grid) + 0.5);
  const dot = (p: ArrayLike<number>): number => x.reduce((total, v, k) => total + v * p[k]!, 0);
  return formula(
    { w },
    (p) => (round(dot(p.w)) - y) ** 2,
    (p) => ({ w: x.map((v) => factor * 2 * (round(dot(p.w)) - y) * v) }),
  );
}

/** tanh of weights that the loss casts to half precision. */
function cast(draws: Draws, count: number, round: Round, factor: number): Claimed {
  const w = draws.list(count, 1.5);
  const c = draws.list(count, 1.2);
  return formula(
    { w },
    (p) => p.w.reduce((sum, v, i) => sum + (Math.tanh(round(v)) - c[i]!) ** 2, 0),
    (p) => ({
      w: Array.from(p.w, (v, i) => {
        const t = Math.tanh(round(v));
        return factor * 2 * (t - c[i]!) * (1 - t * t);
      }),
    }),
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('staircases');
  const draws = new Draws(seed * 7919 + 5);
  const widths = [
    draws.uniform(0.1, 0.12),
    draws.uniform(0.04, 0.08),
    draws.uniform(0.015, 0.03),
    draws.uniform(0.009, 0.012),
  ];
  for (const [k, width] of widths.entries()) {
    const own = draws.integer(1, 1e6);
    const count = draws.integer(2, 6);
    // The third has steps of several widths.
    const shares = Array.from({ length: count }, (_, i) => (k === 2 ? width * 2 ** -(i % 2) : width));
    const name = `${count} weights in steps of ${width.toFixed(4)}${k === 2 ? ' and half' : ''}`;
    const model = (through: number, smooth: number): Claimed =>
      quantised(new Draws(own), { shares, through, smooth, rows: 4 });
    kind.add(`${name}, straight through`, () => model(1, 1), UNSURE, STAIRCASE);
    kind.add(`${name}, zero`, () => model(0, 1), UNSURE, STAIRCASE);
    kind.add(`${name}, negated`, () => model(-1, 1), NOT_CORRECT);
    // What is smooth beside them is known as ever.
    if (k % 2 === 0) kind.add(`${name}, the smooth ones doubled`, () => model(1, 2), WRONG, { wrongIn: 's' });
  }
  for (const width of [draws.uniform(0.009, 0.03), draws.uniform(0.002, 0.004)]) {
    const own = draws.integer(1, 1e6);
    const inputs = draws.integer(1, 3);
    // Of several inputs each has wider steps, of its own share of the sum.
    const seen = inputs === 1 && width > 1 / 128;
    const name = `a sum of ${inputs} in steps of ${width.toFixed(4)}`;
    kind.add(
      `${name}, straight through`,
      () => levels(new Draws(own), inputs, width, 1),
      seen ? UNSURE : NOT_WRONG,
    );
    kind.add(`${name}, zero`, () => levels(new Draws(own), inputs, width, 0), seen ? UNSURE : NOT_CORRECT);
    kind.add(`${name}, doubled`, () => levels(new Draws(own), inputs, width, 2), NOT_CORRECT);
  }
  {
    const amounts = Array.from(
      { length: draws.integer(2, 5) },
      () => Math.round(draws.uniform(200, 900)) / 100,
    );
    const wanted = amounts.map((a) => Math.round(a * 112) / 100);
    const name = `cents of ${amounts.length} prices`;
    kind.add(`${name}, straight through`, () => prices(0.08, amounts, wanted, 1), UNSURE, STAIRCASE);
    kind.add(`${name}, zero`, () => prices(0.08, amounts, wanted, 0), UNSURE, STAIRCASE);
  }
  for (const [name, round] of [
    ['bfloat16', bfloat16],
    ['float16', float16],
    ['float32', Math.fround],
  ] as const) {
    const own = draws.integer(1, 1e6);
    const count = draws.integer(3, 8);
    kind.add(
      `${count} weights cast to ${name}, straight through`,
      () => cast(new Draws(own), count, round, 1),
      NOT_WRONG,
    );
    kind.add(
      `${count} weights cast to ${name}, zero`,
      () => cast(new Draws(own), count, round, 0),
      NOT_CORRECT,
    );
    kind.add(
      `${count} weights cast to ${name}, doubled`,
      () => cast(new Draws(own), count, round, 2),
      NOT_CORRECT,
    );
  }
  for (const { name, model } of steps(draws)) {
    kind.add(`${name}, straight through`, () => model(1), UNSURE, STAIRCASE);
    kind.add(`${name}, zero`, () => model(0), UNSURE, STAIRCASE);
  }
  // Steps of more than the parameter, in whose middle it stands: nothing moves the loss, and a check that could not be made never passes (rule 8).
  {
    const grid = draws.integer(2, 9);
    const w = [1.03 * grid, -0.98 * grid, 1.01 * grid];
    const name = `the middle of steps of ${grid}`;
    kind.add(`${name}, zero`, () => rounded(grid, w, 0), UNSURE);
    kind.add(`${name}, straight through`, () => rounded(grid, w, 1), UNSURE_OR_WRONG);
  }
  return kind.cases;
}
