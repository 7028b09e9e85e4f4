/**
 * Models at the point where a test would naturally have them, zero biases, equal rows, vectors of length 1, which hides a mistake of their
 * backward pass. Each with the numbers that it was first met with, and with drawn ones.
 */

import type { FindingCode, Model } from 'expect-gradients';
import { Draws } from '../truth/models/draws.js';

export interface Hidden {
  readonly name: string;
  /** What the finding at the second point is, where the mistake has a name. */
  readonly code?: FindingCode;
  /** The parameters that are wrong there. */
  readonly wrong: readonly string[];
  /** What is told at the first point alone: codes by parameter. */
  readonly told: Readonly<Record<string, FindingCode>>;
  /** With its mistake, or right; with the first numbers, or with others. */
  readonly model: (isWrong: boolean, draws: Draws | undefined) => Model<never>;
}

type Row = readonly number[];
type Rows = readonly Row[];

const sum = <T>(items: readonly T[], of: (item: T, i: number) => number): number =>
  items.reduce((total, item, i) => total + of(item, i), 0);
const dot = (a: Row, b: Row): number => sum(a, (v, i) => v * b[i]!);
const sigma = (z: number): number => 1 / (1 + Math.exp(-z));
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

/** A model by its parts, whatever its parameters are. */
function modelOf<P>(model: Model<P>): Model<never> {
  return model as unknown as Model<never>;
}

const squaredPenalty: Hidden = {
  name: 'an L2 term of biases that are zero is missing',
  code: 'missing-regularization',
  wrong: ['b', 'c'],
  told: { b: 'missing-regularization', c: 'missing-regularization' },
  model(isWrong, draws) {
    const lambda = 0.04;
    const X = draws?.rows(3, 2, 1.5) ?? [
      [0.5, -1],
      [1.5, 0.3],
      [-0.8, 0.9],
    ];
    const Y = draws?.list(3) ?? [0.2, -0.6, 1.1];
    const W = draws?.rows(3, 2) ?? [
      [0.3, -0.5],
      [0.8, 0.1],
      [-0.4, 0.6],
    ];
    const v = draws?.list(3) ?? [0.7, -0.2, 0.5];
    const own = isWrong ? 0 : 2 * lambda;
    type P = { W: Rows; b: Row; v: Row; c: Row };
    const forward = (p: P, x: Row) => {
      const h = p.W.map((w, i) => Math.tanh(dot(w, x) + p.b[i]!));
      return { h, o: dot(h, p.v) + p.c[0]! };
    };
    return modelOf<P>({
      parameters: { W, b: [0, 0, 0], v, c: [0] },
      loss: (p) =>
        sum(X, (x, s) => (forward(p, x).o - Y[s]!) ** 2) +
        lambda * sum([...p.W.flat(), ...p.b, ...p.v, ...p.c], (a) => a * a),
      gradients(p) {
        const scaled = (row: Row, factor: number): number[] => row.map((a) => factor * a);
        const g = {
          W: p.W.map((w) => scaled(w, 2 * lambda)),
          b: scaled(p.b, own),
          v: scaled(p.v, 2 * lambda),
          c: scaled(p.c, own),
        };
        for (const [s, x] of X.entries()) {
          const { h, o } = forward(p, x);
          const e = 2 * (o - Y[s]!);
          g.c[0]! += e;
          for (const [i, a] of h.entries()) {
            const d = e * p.v[i]! * (1 - a * a);
            g.v[i]! += e * a;
            g.b[i]! += d;
            for (const [j, q] of x.entries()) g.W[i]![j]! += d * q;
          }
        }
        return g;
      },
    });
  },
};

const absolutePenalty: Hidden = {
  name: 'an L1 term of intercepts that are zero is missing',
  wrong: ['b'],
  told: { b: 'missing-regularization' },
  model(isWrong, draws) {
    const l1 = 0.3;
    const X = draws?.list(4, 2) ?? [1.2, -0.7, 0.4, 2.1];
    // The slopes to both sides of zero must have 0 between them.
    const Y = draws
      ? X.map((x) => [0.4 * x + draws.uniform(-0.03, 0.03), -0.3 * x + draws.uniform(-0.03, 0.03)])
      : [
          [1, 0.3],
          [-0.2, 0.8],
          [0.6, -0.5],
          [1.7, 0.1],
        ];
    type P = { a: Row; b: Row };
    return modelOf<P>({
      parameters: { a: [0.4, -0.3], b: [0, 0] },
      loss: ({ a, b }) =>
        sum(X, (x, s) => sum(a, (ak, k) => (ak * x + b[k]! - Y[s]![k]!) ** 2)) +
        l1 * sum([...a, ...b], Math.abs),
      gradients({ a, b }) {
        const e = a.map((ak, k) => X.map((x, s) => 2 * (ak * x + b[k]! - Y[s]![k]!)));
        return {
          a: e.map((row, k) => dot(row, X) + l1 * Math.sign(a[k]!)),
          b: e.map((row, k) => sum(row, (v) => v) + (isWrong ? 0 : l1 * Math.sign(b[k]!))),
        };
      },
    });
  },
};

const symmetricStart: Hidden = {
  name: 'a gradient is transposed where the matrix is symmetric',
  code: 'transposed',
  wrong: ['M'],
  told: { M: 'transposed' },
  model(isWrong, draws) {
    const drawn = draws?.rows(3, 3, 1.3);
    const M = drawn?.map((row, i) => row.map((_, j) => drawn[Math.min(i, j)]![Math.max(i, j)]!)) ?? [
      [0.9, 0.2, -0.4],
      [0.2, -0.6, 0.7],
      [-0.4, 0.7, 1.3],
    ];
    const slope = (m: number): number => Math.cos(m) + m * m;
    return modelOf<{ M: Rows }>({
      parameters: { M },
      loss: (p) => sum(p.M.flat(), (m) => Math.sin(m) + m ** 3 / 3),
      gradients: (p) => ({
        M: p.M.map((row, i) => row.map((m, j) => slope(isWrong ? p.M[j]![i]! : m))),
      }),
    });
  },
};

const equalUnits: Hidden = {
  name: 'the rows are shifted where all units start alike',
  code: 'permuted',
  wrong: ['W'],
  told: { W: 'permuted', v: 'permuted' },
  model(isWrong, draws) {
    const x = draws?.list(3, 1.5) ?? [0.8, -0.3, 1.4];
    const start = draws?.list(3) ?? [0.2, -0.6, 0.3];
    type P = { W: Rows; v: Row };
    const units = ({ W }: P): number[] => W.map((w) => sigma(dot(w, x)));
    return modelOf<P>({
      parameters: { W: Array.from({ length: 4 }, () => [...start]), v: [0.5, 0.5, 0.5, 0.5] },
      loss: (p) => (dot(units(p), p.v) - 2) ** 2,
      gradients(p) {
        const y = units(p);
        const e = 2 * (dot(y, p.v) - 2);
        const rows = y.map((a, i) => x.map((q) => e * p.v[i]! * a * (1 - a) * q));
        return { W: isWrong ? [...rows.slice(1), rows[0]!] : rows, v: y.map((a) => e * a) };
      },
    });
  },
};

const zeroLastLayer: Hidden = {
  name: 'the slope of the units is missing where the layer above is zero',
  wrong: ['W'],
  told: { W: 'sign-flipped', V: 'missing-regularization' },
  model(isWrong, draws) {
    const X = draws?.rows(3, 2, 1.3) ?? [
      [1, -0.4],
      [0.2, 0.9],
      [-1.3, 0.5],
    ];
    const Y = draws?.list(3) ?? [1, -1, 0.5];
    const W = draws?.rows(3, 2) ?? [
      [0.4, 0.9],
      [-0.7, 0.2],
      [0.3, -0.5],
    ];
    type P = { W: Rows; V: Row };
    const hidden = (p: P, x: Row): number[] => p.W.map((w) => sigma(dot(w, x)));
    return modelOf<P>({
      parameters: { W, V: [0, 0, 0] },
      loss: (p) => sum(X, (x, s) => (dot(hidden(p, x), p.V) - Y[s]!) ** 2),
      gradients(p) {
        const g = { W: p.W.map(() => [0, 0]), V: [0, 0, 0] };
        for (const [s, x] of X.entries()) {
          const h = hidden(p, x);
          const e = 2 * (dot(h, p.V) - Y[s]!);
          for (const [i, a] of h.entries()) {
            g.V[i]! += e * a;
            for (const [j, q] of x.entries()) g.W[i]![j]! += e * p.V[i]! * (isWrong ? 1 : a * (1 - a)) * q;
          }
        }
        return g;
      },
    });
  },
};

const gainOfOne: Hidden = {
  name: 'the gain of a normalization is missing where it is 1',
  wrong: ['x'],
  told: {},
  model(isWrong, draws) {
    const weights = draws?.list(4, 2) ?? [0.7, -1.1, 0.4, 1.9];
    const start = draws?.list(4, 1.2) ?? [0.3, -1.2, 0.8, 0.5];
    const rms = (x: Row): number => Math.sqrt(sum(x, (v) => v * v) / x.length + 1e-5);
    type P = { x: Row; gamma: Row };
    return modelOf<P>({
      parameters: { x: start, gamma: [1, 1, 1, 1] },
      loss: ({ x, gamma }) => sum(x, (v, i) => weights[i]! * Math.sin((gamma[i]! * v) / rms(x))),
      gradients({ x, gamma }) {
        const r = rms(x);
        const above = x.map((v, i) => weights[i]! * Math.cos((gamma[i]! * v) / r));
        const inner = isWrong ? above : above.map((u, i) => u * gamma[i]!);
        return {
          x: x.map((v, i) => inner[i]! / r - (v * dot(inner, x)) / (x.length * r ** 3)),
          gamma: above.map((u, i) => (u * x[i]!) / r),
        };
      },
    });
  },
};

const unitVectors: Hidden = {
  name: 'the lengths are missing where they are 1',
  wrong: ['a', 'b'],
  told: {},
  model(isWrong, draws) {
    const unit = (v: Row): number[] => v.map((x) => x / Math.sqrt(dot(v, v)));
    const a = draws ? unit(draws.list(3)) : [0.6, 0, 0.8];
    const b = draws ? unit(draws.list(3)) : [2 / 3, -2 / 3, 1 / 3];
    type P = { a: Row; b: Row };
    return modelOf<P>({
      parameters: { a, b },
      loss: (p) => (1 - dot(p.a, p.b) / Math.sqrt(dot(p.a, p.a) * dot(p.b, p.b))) ** 2,
      gradients(p) {
        const [m, n] = isWrong ? [1, 1] : [Math.sqrt(dot(p.a, p.a)), Math.sqrt(dot(p.b, p.b))];
        const s = dot(p.a, p.b) / (m * n);
        const e = -2 * (1 - s);
        return {
          a: p.a.map((v, i) => (e * (p.b[i]! / n - (s * v) / m)) / m),
          b: p.b.map((v, i) => (e * (p.a[i]! / m - (s * v) / n)) / n),
        };
      },
    });
  },
};

const uniformLogits: Hidden = {
  name: 'one K-th is written down where all weights are zero',
  wrong: ['W'],
  told: { W: 'missing-regularization' },
  model(isWrong, draws) {
    const X = draws?.rows(4, 2, 1.4) ?? [
      [1, 0.3],
      [-0.6, 1.4],
      [0.9, -1.1],
      [0.1, 0.8],
    ];
    const label = [0, 2, 1, 1];
    const prior = (k: number, j: number): number => 0.2 * k - 0.1 * j;
    type P = { W: Rows };
    const logits = ({ W }: P, x: Row): number[] => W.map((w) => dot(w, x));
    const exponentials = (p: P, x: Row): number => sum(logits(p, x), Math.exp);
    return modelOf<P>({
      parameters: { W: [zeros(2), zeros(2), zeros(2)] },
      loss: (p) =>
        sum(X, (x, s) => Math.log(exponentials(p, x)) - logits(p, x)[label[s]!]!) +
        sum(p.W, (row, k) => sum(row, (w, j) => 0.15 * (w - prior(k, j)) ** 2)),
      gradients: (p) => ({
        W: p.W.map((row, k) =>
          row.map((w, j) => {
            const share = (x: Row): number =>
              isWrong ? 1 / p.W.length : Math.exp(dot(row, x)) / exponentials(p, x);
            return sum(X, (x, s) => (share(x) - Number(label[s] === k)) * x[j]!) + 0.3 * (w - prior(k, j));
          }),
        ),
      }),
    });
  },
};

const kinkAtStart: Hidden = {
  name: 'a slope between those of a kink is taken on both sides',
  wrong: ['z'],
  told: { z: 'missing-regularization' },
  model(isWrong, draws) {
    const slope = draws?.list(4, 2.2) ?? [1.5, -0.7, 2.2, 0.9];
    type P = { z: Row };
    return modelOf<P>({
      parameters: { z: zeros(4) },
      loss: ({ z }) => sum(z, (v, i) => slope[i]! * (v > 0 ? v : 0.2 * v) + 0.4 * (v - 0.1) ** 2),
      gradients: ({ z }) => ({
        z: z.map((v, i) => slope[i]! * (isWrong ? 0.6 : v > 0 ? 1 : 0.2) + 0.8 * (v - 0.1)),
      }),
    });
  },
};

const identityWarp: Hidden = {
  name: 'an image is resampled at its own pixels, which are kinks',
  wrong: ['scale', 'shift'],
  told: { scale: 'sign-flipped', shift: 'sign-flipped' },
  model(isWrong, draws) {
    const row = draws?.list(7, 0.2).map((v, i) => v + 0.9 * (i % 2)) ?? [0.1, 0.9, 0.4, 1.6, 1.1, 0.3, 0.8];
    const target = draws?.list(4) ?? [0.5, 0.2, 1.2, 0.9];
    type P = { scale: number; shift: number };
    const sample = (x: number): { value: number; slope: number } => {
      const i = Math.min(row.length - 2, Math.max(0, Math.floor(x)));
      const slope = row[i + 1]! - row[i]!;
      return { value: row[i]! + (x - i) * slope, slope };
    };
    const at = ({ scale, shift }: P, k: number): number => scale * (k + 1) + shift;
    return modelOf<P>({
      parameters: { scale: 1, shift: 0 },
      loss: (p) => sum(target, (y, k) => (sample(at(p, k)).value - y) ** 2),
      gradients(p) {
        const g = { scale: 0, shift: 0 };
        for (const [k, y] of target.entries()) {
          const { value, slope } = sample(at(p, k));
          const d = (2 * (value - y) * slope) / (isWrong ? 3 : 1);
          g.scale += d * (k + 1);
          g.shift += d;
        }
        return g;
      },
    });
  },
};

export const HIDDEN: readonly Hidden[] = [
  squaredPenalty,
  absolutePenalty,
  symmetricStart,
  equalUnits,
  zeroLastLayer,
  gainOfOne,
  unitVectors,
  uniformLogits,
  kinkAtStart,
  identityWarp,
];
