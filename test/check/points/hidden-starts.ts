/** Models whose parameters start at zero, or alike. Each with the numbers that it was first met with, and with drawn ones. */

import { dot, modelOf, sigma, sum, type Hidden, type Row, type Rows } from './hidden.js';

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

export const STARTS: readonly Hidden[] = [
  squaredPenalty,
  absolutePenalty,
  symmetricStart,
  equalUnits,
  zeroLastLayer,
];
