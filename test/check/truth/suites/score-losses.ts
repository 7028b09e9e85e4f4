/** Losses of independent scores, as a table: at plain scores, and on a joint or a margin. */
import { sum, type X } from './expression.js';

export type Score = (z: X, i: number) => X;

/** Of independent scores: the mean of a loss of each. */
export const mean = (x: readonly X[], loss: Score): X => sum(x.map(loss)).over(x.length);

const Z = [-2.2, -0.7, 0.3, 1.1, 2.9];
const Y = [0, 1, 1, 0, 1];
export const T = [-1.5, 0.2, 0.9, 0.4, 2.1];
const huber =
  (delta: number): Score =>
  (z, i) =>
    z.minus(T[i]!).apply(
      (r) => (Math.abs(r) < delta ? (r * r) / 2 : delta * (Math.abs(r) - delta / 2)),
      (r) => Math.max(-delta, Math.min(delta, r)),
    );

/** By score, at plain ones. */
export const SEPARATE: readonly (readonly [string, readonly number[], Score])[] = [
  ['squared error', Z, (z, i) => z.minus(T[i]!).square()],
  ['absolute error', Z, (z, i) => z.minus(T[i]!).abs()],
  ['huber, 1', Z, huber(1)],
  ['huber, 0.1', Z, huber(0.1)],
  ['log cosh', Z, (z, i) => z.minus(T[i]!).apply((r) => Math.log(Math.cosh(r)), Math.tanh)],
  ['binary cross-entropy of logits', Z, (z, i) => z.softplus().minus(z.times(Y[i]!))],
  [
    'binary cross-entropy of shares',
    [0.1, 0.4, 0.8, 0.3, 0.95],
    (p, i) => (Y[i] === 1 ? p.log() : p.times(-1).plus(1).log()).times(-1),
  ],
  [
    'weighted cross-entropy',
    Z,
    (z, i) =>
      z
        .times(Y[i] === 1 ? -1 : 1)
        .softplus()
        .times(Y[i] === 1 ? 3 : 1),
  ],
  [
    'focal',
    Z,
    (z, i) => {
      const signed = z.times(Y[i] === 1 ? -1 : 1);
      return signed.sigmoid().square().times(signed.softplus());
    },
  ],
  [
    'hinge',
    Z,
    (z, i) =>
      z
        .times(Y[i] === 1 ? -1 : 1)
        .plus(1)
        .relu(),
  ],
  [
    'squared hinge',
    Z,
    (z, i) =>
      z
        .times(Y[i] === 1 ? -1 : 1)
        .plus(1)
        .relu()
        .square(),
  ],
  [
    'modified huber hinge',
    Z,
    (z, i) =>
      z.times(Y[i] === 1 ? 1 : -1).apply(
        (m) => (m < -1 ? -4 * m : Math.max(0, 1 - m) ** 2),
        (m) => (m < -1 ? -4 : -2 * Math.max(0, 1 - m)),
      ),
  ],
  ['soft margin', Z, (z, i) => z.times(Y[i] === 1 ? -1 : 1).softplus()],
  ['poisson of logs', Z, (z, i) => z.exp().minus(z.times(Y[i]! + 1))],
  ['poisson of rates', [0.3, 1.2, 2.2, 0.8, 4], (r, i) => r.minus(r.log().times(Y[i]! + 1))],
  [
    'divergence with targets of 0',
    [0.3, 1.2, 2.2, 0.8, 4],
    (q, i) => (Y[i] === 0 ? q.times(0) : q.log().times(-0.4)).plus(q.times(0.1)),
  ],
  [
    'gaussian with fixed means',
    [0.4, 1.2, 2, 0.9, 3],
    (v, i) =>
      v
        .log()
        .plus(v.power(-1).times((Z[i]! - T[i]!) ** 2))
        .times(0.5),
  ],
  [
    'pinball 0.2',
    Z,
    (z, i) =>
      z.minus(T[i]!).apply(
        (r) => Math.max(-0.2 * r, 0.8 * r),
        (r) => (r > 0 ? 0.8 : -0.2),
      ),
  ],
  [
    'expectile 0.8',
    Z,
    (z, i) =>
      z.minus(T[i]!).apply(
        (r) => (r > 0 ? 0.8 : 0.2) * r * r,
        (r) => (r > 0 ? 1.6 : 0.4) * r,
      ),
  ],
  [
    'insensitive to 0.3',
    Z,
    (z, i) =>
      z.minus(T[i]!).apply(
        (r) => Math.max(0, Math.abs(r) - 0.3),
        (r) => (Math.abs(r) > 0.3 ? Math.sign(r) : 0),
      ),
  ],
  [
    'tukey',
    Z,
    (z, i) =>
      z.minus(T[i]!).apply(
        (r) => (Math.abs(r) < 3 ? 1 - (1 - (r * r) / 9) ** 3 : 1),
        (r) => (Math.abs(r) < 3 ? ((6 * r) / 9) * (1 - (r * r) / 9) ** 2 : 0),
      ),
  ],
  ['cauchy', Z, (z, i) => z.minus(T[i]!).square().plus(1).log()],
  ['welsch', Z, (z, i) => z.minus(T[i]!).square().times(-0.5).exp().times(-1).plus(1)],
];

/** On a joint or a margin, where the slope is that of neither side alone: the claim is a subgradient of each term. */
export const JOINTS: readonly (readonly [string, readonly number[], Score, string | undefined])[] = [
  ['huber on its joint', T.map((t) => t + 1), huber(1), undefined],
  [
    'squared hinge on its margin',
    Y.map((y) => (y === 1 ? 1 : -1)),
    SEPARATE.find(([name]) => name === 'squared hinge')![2],
    undefined,
  ],
  [
    'hinge on its margin',
    Y.map((y) => (y === 1 ? 1 : -1)),
    SEPARATE.find(([name]) => name === 'hinge')![2],
    'kink',
  ],
  ['absolute error at its target', T, SEPARATE.find(([name]) => name === 'absolute error')![2], 'kink'],
  ['squared error at its target', T, SEPARATE.find(([name]) => name === 'squared error')![2], undefined],
  ['pinball at its target', T, SEPARATE.find(([name]) => name === 'pinball 0.2')![2], 'kink'],
];
