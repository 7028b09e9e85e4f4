/** Models at a place that is special: a gain of 1, vectors of length 1, equal probabilities, a kink. Each with the numbers that it was first met with, and with drawn ones. */

import { dot, modelOf, sum, zeros, type Hidden, type Row, type Rows } from './hidden.js';

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

export const PLACES: readonly Hidden[] = [gainOfOne, unitVectors, uniformLogits, kinkAtStart, identityWarp];
