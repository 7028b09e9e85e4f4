/**
 * Absolute errors, quantiles, hinges and penalties at their kinks, where such losses have their minimum. All are convex, and the claim adds up one slope of
 * each term: a subgradient, which lies between the one-sided slopes of every parameter. Right: `correct`, and `kink` said. Beside θ there is no kink, and
 * a wrong claim is wrong by a plain amount: `wrong`, wherever it lies at θ.
 */
import { CORRECT, Kind, type TruthCase, WRONG } from '../case.js';
import { float32, float64 } from '../models/arithmetic.js';
import { changed, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import type { Claimed } from '../models/net.js';

type Order = 'y − a − b·x' | 'b·x + a − y';

/** A quantile regression whose line goes through its points (a file of the cases). */
function throughPoints(order: Order, slope: number, tau: number, n: number, factor = 1): Claimed {
  const xs = Array.from({ length: n }, (_, i) => i + 1);
  const ys = xs.map((x) => Number((slope * x).toFixed(1)));
  const residual = (p: ArrayLike<number>, i: number): number =>
    order === 'y − a − b·x' ? ys[i]! - p[0]! - p[1]! * xs[i]! : -(p[1]! * xs[i]! + p[0]! - ys[i]!);
  return formula(
    { p: [0, slope] },
    ({ p }) =>
      xs.reduce((sum, _, i) => {
        const r = residual(p, i);
        return sum + Math.max(tau * r, (tau - 1) * r);
      }, 0),
    ({ p }) => {
      const d = xs.map((_, i) => factor * (residual(p, i) >= 0 ? tau : tau - 1));
      return { p: [-d.reduce((sum, v) => sum + v, 0), -d.reduce((sum, v, i) => sum + v * xs[i]!, 0)] };
    },
  );
}

export function files(): TruthCase[] {
  const kind = new Kind('absolute errors');
  for (const order of ['y − a − b·x', 'b·x + a − y'] as const) {
    for (let k = -30; k <= 30; k += 4) {
      const tau = [0.2, 0.5, 0.8][Math.abs(k) % 3]!;
      kind.add(
        `quantile ${tau}, ${order}, slope ${k / 10}, right`,
        () => throughPoints(order, k / 10, tau, 5 + (Math.abs(k) % 4)),
        CORRECT,
        { finding: 'kink' },
      );
    }
    kind.add(`quantile 0.5, ${order}, slope 1.7, × 3`, () => throughPoints(order, 1.7, 0.5, 6, 3), WRONG);
  }
  return kind.cases;
}

/** Σ |Xᵢ w + c − yᵢ| with y computed so that every residual is 0 or its rounding; |0|' = 0. */
function exactFit(draws: Draws, rows: number, columns: number, single: boolean, intercept: boolean): Claimed {
  const { round, storage } = single ? float32 : float64;
  const X = draws.rows(rows, columns, 2).map((row) => row.map(round));
  const w = draws.list(columns, 1.5).map(round);
  const c = intercept ? [round(draws.uniform())] : [0];
  const line = (p: { w: ArrayLike<number>; c: ArrayLike<number> }, i: number): number =>
    round(X[i]!.reduce((sum, x, k) => round(sum + round(x * p.w[k]!)), 0) + p.c[0]!);
  const y = X.map((_, i) => line({ w, c }, i));
  const signs = (p: { w: ArrayLike<number>; c: ArrayLike<number> }): number[] =>
    X.map((_, i) => Math.sign(round(line(p, i) - y[i]!)));
  return formula(
    { w, c },
    (p) => X.reduce((sum, _, i) => round(sum + Math.abs(round(line(p, i) - y[i]!))), 0),
    (p) => {
      const s = signs(p);
      return {
        w: w.map((_, k) => s.reduce((sum, v, i) => round(sum + v * X[i]![k]!), 0)),
        c: [s.reduce((sum, v) => sum + v, 0)],
      };
    },
    storage,
  );
}

/** ½ ‖X w − y‖² + λ ‖w‖₁ with half of the weights at 0, or + λ Σ ‖w of a pair‖ with half of the pairs at 0. */
function lasso(draws: Draws, pairs: number, grouped: boolean): Claimed {
  const X = draws.rows(2 * pairs, 2 * pairs, 1);
  const y = draws.list(2 * pairs, 1);
  const lambda = draws.uniform(3, 6);
  const w = Array.from({ length: 2 * pairs }, (_, k) =>
    Math.floor(k / 2) % 2 === 0 ? 0 : draws.signed(0.3, 1),
  );
  const norm = (p: ArrayLike<number>, k: number): number => Math.hypot(p[k - (k % 2)]!, p[k - (k % 2) + 1]!);
  const residuals = (p: ArrayLike<number>): number[] =>
    X.map((row, i) => row.reduce((sum, x, k) => sum + x * p[k]!, -y[i]!));
  return formula(
    { w },
    (p) =>
      residuals(p.w).reduce((sum, r) => sum + (r * r) / 2, 0) +
      lambda * p.w.reduce((sum, v, k) => sum + (grouped ? (k % 2 === 0 ? norm(p.w, k) : 0) : Math.abs(v)), 0),
    (p) => {
      const r = residuals(p.w);
      return {
        w: Array.from(
          p.w,
          (v, k) =>
            r.reduce((sum, e, i) => sum + e * X[i]![k]!, 0) +
            lambda * (grouped ? v / (norm(p.w, k) || 1) : Math.sign(v)),
        ),
      };
    },
  );
}

/** Total variation of a piecewise constant signal beside its distance of a noisy one; or the largest miss, of which two are equal. */
function flatPieces(draws: Draws, length: number): Claimed {
  const x = Array.from({ length }, () => 0);
  let level = draws.uniform();
  for (const i of x.keys()) {
    if (i % 3 === 0) level = draws.uniform(-2, 2);
    x[i] = level;
  }
  const y = x.map((v) => v + draws.uniform(-0.3, 0.3));
  return formula(
    { x },
    (p) =>
      p.x.reduce((sum, v, i) => sum + (v - y[i]!) ** 2 + (i > 0 ? 0.7 * Math.abs(v - p.x[i - 1]!) : 0), 0),
    (p) => ({
      x: Array.from(
        p.x,
        (v, i) =>
          2 * (v - y[i]!) +
          0.7 *
            ((i > 0 ? Math.sign(v - p.x[i - 1]!) : 0) + (i + 1 < length ? Math.sign(v - p.x[i + 1]!) : 0)),
      ),
    }),
  );
}

/** Hinge losses with every row on its margin, and a penalty: slope 0 or full there, or 0 within the penalty. */
function onMargins(draws: Draws, rows: number, atMargin: number): Claimed {
  const w = [1, draws.signed(0.5, 1), draws.signed(0.5, 1)];
  // The first weight is 1: xᵢ₀ = yᵢ − the rest puts the row on its margin, exactly where nothing is rounded.
  const X = draws.rows(rows, 3).map((row) => row.map((v) => Math.round(64 * v) / 64));
  const sharp = w.map((v) => Math.round(64 * v) / 64);
  const labels = X.map(() => draws.pick([-1, 1]));
  for (const [i, row] of X.entries()) row[0] = labels[i]! - row[1]! * sharp[1]! - row[2]! * sharp[2]!;
  const margin = (p: ArrayLike<number>, i: number): number =>
    1 - labels[i]! * X[i]!.reduce((sum, x, k) => sum + x * p[k]!, 0);
  return formula(
    { w: sharp },
    (p) =>
      X.reduce((sum, _, i) => sum + Math.max(0, margin(p.w, i)), 0) +
      0.3 * p.w.reduce((sum, v) => sum + v * v, 0),
    (p) => ({
      w: Array.from(p.w, (v, k) =>
        X.reduce((sum, row, i) => {
          const m = margin(p.w, i);
          return sum - (m > 0 ? 1 : m < 0 ? 0 : atMargin) * labels[i]! * row[k]!;
        }, 0.6 * v),
      ),
    }),
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('absolute errors');
  const draws = new Draws(seed * 7919 + 4);
  const kink = { finding: 'kink' };
  const table = (name: string, model: () => Claimed, factors: readonly number[]): void => {
    kind.add(`${name}, right`, model, CORRECT, kink);
    for (const factor of factors)
      kind.add(`${name}, × ${factor}`, () => changed(model(), times(factor)), WRONG);
  };
  for (const [single, intercept] of [
    [false, true],
    [false, false],
    [true, true],
    [true, false],
  ] as const) {
    const own = draws.integer(1, 1e6);
    const rows = draws.integer(5, 12);
    const columns = draws.integer(1, 4);
    table(
      `L1 fit of ${rows}×${columns}, ${single ? 'float32' : 'float64'}, ${intercept ? 'with' : 'zero'} intercept`,
      () => exactFit(new Draws(own), rows, columns, single, intercept),
      [],
    );
  }
  for (const grouped of [false, true]) {
    const own = draws.integer(1, 1e6);
    const pairs = draws.integer(2, 5);
    table(
      `${grouped ? 'group ' : ''}lasso of ${2 * pairs} weights`,
      () => lasso(new Draws(own), pairs, grouped),
      [draws.pick([2, -1, 0.5])],
    );
  }
  const own = draws.integer(1, 1e6);
  const length = draws.integer(6, 13);
  table(`total variation of ${length} places`, () => flatPieces(new Draws(own), length), [
    draws.pick([2, -1]),
  ]);
  for (const atMargin of [0, 1])
    table(
      `hinge on its margins, slope ${atMargin} there`,
      () => onMargins(new Draws(own), 4 + atMargin, atMargin),
      [-1],
    );
  for (const tau of [0.1, 0.9]) {
    const slope = Math.round(draws.uniform(-30, 30)) / 10;
    const n = draws.integer(4, 9);
    table(
      `quantile ${tau} through ${n} points, slope ${slope}`,
      () => throughPoints(draws.pick(['y − a − b·x', 'b·x + a − y']), slope, tau, n),
      [5],
    );
  }
  return kind.cases;
}
