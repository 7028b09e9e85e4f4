/**
 * Weights rounded to grids that are about as fine as the steps of a check, beside a parameter that is smooth: the loss stands still on both sides of one
 * weight and moves by another, by chance. Either plateau may be out of sight (see stairs.ts): a straight-through claim is never wrong, and neither zero nor twice
 * the slope is correct.
 */
import { Kind, NOT_CORRECT, NOT_WRONG, type TruthCase } from '../case.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import type { Claimed } from '../models/net.js';

/** Relative to weights of about one: from a tenth of the steps of central differences to a hundred times as much, */
const LOG_GRIDS = [-7.5, -7, -6.5, -6, -5.5, -5, -4.5, -4] as const;
/** and each is drawn with weights of its own so many times. */
const DRAWN = 2;

/** Σ (a tanh(X·rounded w) − y)². */
function besideSmooth(draws: Draws, grid: number, factor: number): Claimed {
  const X = draws.rows(5, draws.integer(2, 6), 1);
  const y = draws.list(5, 1);
  const w = draws.list(X[0]!.length, 1);
  const round = (x: number): number => grid * Math.round(x / grid);
  const active = (v: ArrayLike<number>): number[] =>
    X.map((row) => Math.tanh(row.reduce((sum, x, j) => sum + round(v[j]!) * x, 0)));
  return formula(
    { w, a: [1] },
    (p) => active(p.w).reduce((sum, h, i) => sum + (p.a[0]! * h - y[i]!) ** 2, 0),
    (p) => {
      const h = active(p.w);
      const [a] = p.a as unknown as [number];
      const errors = h.map((v, i) => 2 * (a * v - y[i]!));
      const through = (j: number): number =>
        errors.reduce((sum, e, i) => sum + e * a * (1 - h[i]! ** 2) * X[i]![j]!, 0);
      return {
        w: w.map((_, j) => factor * through(j)),
        a: [errors.reduce((sum, e, i) => sum + e * h[i]!, 0)],
      };
    },
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('fine grids');
  const draws = new Draws(seed * 7919 + 29);
  for (const log of LOG_GRIDS)
    for (let k = 0; k < DRAWN; k += 1) {
      const grid = 10 ** (log + draws.uniform(0, 0.5));
      const own = draws.integer(1, 1e6);
      const model = (factor: number) => (): Claimed => besideSmooth(new Draws(own), grid, factor);
      const name = `grid ${grid.toPrecision(2)}`;
      kind.add(`${name}, straight through`, model(1), NOT_WRONG);
      kind.add(`${name}, zero`, model(0), NOT_CORRECT);
      kind.add(`${name}, doubled`, model(2), NOT_CORRECT);
    }
  return kind.cases;
}
