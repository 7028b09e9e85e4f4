import { checkGradients, type FindingCode, type GradientReport, type Model } from 'expect-gradients';
import { expect, test } from 'vitest';

/** Small models with one mistake each, as users have them: what leads, and of which parameters. */

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0);

function leading(model: Model): readonly [FindingCode, string | undefined][] {
  const { findings } = checkGradients(model) as GradientReport;
  return findings.map(({ code, parameter }) => [code, parameter]);
}

test('a backward loop over time that stores where it should add', () => {
  const inputs = [
    [0.4, -1],
    [1.2, 0.3],
    [-0.7, 0.8],
    [0.5, 0.9],
  ];
  const targets = [0.2, -0.6, 1.1, 0.4];
  const p = {
    r: [0.9, -0.4, 0.7],
    A: [
      [0.5, -0.3, 0.2],
      [0.1, 0.6, -0.4],
      [-0.2, 0.3, 0.4],
    ],
    B: [
      [0.8, -0.1],
      [0.3, 0.5],
      [-0.6, 0.2],
    ],
    c: [0.1, -0.2, 0.05],
  };
  const states = (): number[][] => {
    const all = [[0.3, -0.5, 0.6]];
    for (const x of inputs)
      all.push(p.c.map((c, i) => Math.tanh(c + dot(p.A[i]!, all.at(-1)!) + dot(p.B[i]!, x))));
    return all;
  };
  const model: Model = {
    parameters: p,
    loss: () =>
      states()
        .slice(1)
        .reduce((sum, h, t) => sum + (dot(p.r, h) - targets[t]!) ** 2 / 2, 0),
    gradients: () => {
      const hs = states();
      const g = { r: [0, 0, 0], A: [] as number[][], B: [] as number[][], c: [] as number[] };
      let back = [0, 0, 0];
      for (let t = inputs.length - 1; t >= 0; t -= 1) {
        const h = hs[t + 1]!;
        const e = dot(p.r, h) - targets[t]!;
        g.r = g.r.map((v, i) => v + e * h[i]!);
        const d = h.map((v, i) => (e * p.r[i]! + back[i]!) * (1 - v * v));
        g.c = d;
        g.A = d.map((v) => hs[t]!.map((u) => v * u));
        g.B = d.map((v) => inputs[t]!.map((u) => v * u));
        back = [0, 1, 2].map((j) => d.reduce((sum, v, i) => sum + v * p.A[i]![j]!, 0));
      }
      return g;
    },
  };
  expect(leading(model)).toEqual([['overwritten', undefined]]);
});

test.each([1, 2])('a direction of length %d whose normalisation is left out', (length) => {
  const samples = [
    { x: [1, 0.4, -0.2], y: 0.7 },
    { x: [-0.3, 0.9, 0.5], y: -0.4 },
    { x: [0.6, -0.8, 1.1], y: 0.9 },
  ];
  const n = [2, -1, 2].map((v) => (v * length) / 3);
  const unit = (): number[] => n.map((v) => v / Math.hypot(...n));
  const model: Model = {
    parameters: { n },
    loss: () => samples.reduce((sum, { x, y }) => sum + (dot(unit(), x) - y) ** 2, 0),
    gradients: () => {
      const errors = samples.map(({ x, y }) => 2 * (dot(unit(), x) - y));
      return {
        n: n.map((_, i) => errors.reduce((sum, e, k) => sum + e * samples[k]!.x[i]!, 0) / Math.hypot(...n)),
      };
    },
  };
  expect(leading(model)).toEqual([['missing-normalization', 'n']]);
});

test('rates by their logarithms, under one name or several', () => {
  const samples = [
    [0.2, 2.1],
    [0.5, 1.2],
    [1, 0.5],
    [1.8, 0.3],
  ] as const;
  const errorAt = ([a, b, c]: readonly number[], [t, y]: readonly [number, number]): number =>
    2 * Math.exp(-a! * t) + Math.exp(-b! * t) + c! - y;
  const loss = (k: readonly number[]): number => samples.reduce((sum, one) => sum + errorAt(k, one) ** 2, 0);
  const byLog = (k: readonly number[]): number[] =>
    k.map((rate, j) =>
      samples.reduce((sum, one) => {
        const [t] = one;
        const slopes = [-2 * t * Math.exp(-k[0]! * t), -t * Math.exp(-k[1]! * t), 1];
        return sum + 2 * errorAt(k, one) * slopes[j]! * rate;
      }, 0),
    );
  const k = [2, 0.5, 0.25];
  expect(leading({ parameters: { k }, loss: () => loss(k), gradients: () => ({ k: byLog(k) }) })).toEqual([
    ['log-parameter', 'k'],
  ]);
  const names = { fast: 2, slow: 0.5, floor: 0.25 };
  const values = (): number[] => [names.fast, names.slow, names.floor];
  const model: Model = {
    parameters: names,
    loss: () => loss(values()),
    gradients: () => {
      const [fast, slow, floor] = byLog(values()) as [number, number, number];
      return { fast, slow, floor };
    },
  };
  expect(leading(model)).toEqual([['log-parameter', undefined]]);
});

test('a symmetric gradient of a loss that reads one triangle', () => {
  const K = [
    [3, 0.5, -0.4],
    [0.5, 2, 0.7],
    [-0.4, 0.7, 4],
  ];
  const u = [0.6, -1.1, 0.8];
  const read = (i: number, j: number): number => (i >= j ? K[i]![j]! : K[j]![i]!);
  const energy = (): number =>
    u.reduce((sum, a, i) => sum + u.reduce((rest, b, j) => rest + a * b * read(i, j), 0), 0) / 2;
  const model: Model = {
    parameters: { K },
    loss: () => Math.log1p(energy()),
    gradients: () => ({ K: u.map((a) => u.map((b) => (a * b) / 2 / (1 + energy()))) }),
  };
  expect(leading(model)).toEqual([['one-triangle', 'K']]);
});

test('a series that ends after six terms', () => {
  const series = (x: number): number => {
    let [term, sum] = [x, x];
    for (let n = 1; n < 6; n += 1) sum += term *= (-x * x * (2 * n - 1)) / (2 * n + 1);
    return sum;
  };
  const theta = { x: 0.42 };
  const model: Model = {
    parameters: theta,
    loss: () => series(theta.x),
    gradients: () => ({ x: 1 / (1 + theta.x ** 2) }),
  };
  expect(leading(model)).toEqual([['approximate', 'x']]);
});

test('a sum of shares, and prices in whole cents', () => {
  const v = [0.3, -1.2, 0.7, 2.2, -0.4];
  const shares = (): number[] => {
    const parts = v.map((x) => Math.log1p(Math.exp(x)));
    return parts.map((part) => part / parts.reduce((sum, other) => sum + other, 0));
  };
  const constant: Model = {
    parameters: { v },
    loss: () => shares().reduce((sum, share) => sum + share, 0),
    gradients: () => ({ v: v.map(() => 0) }),
  };
  expect(leading(constant)).toEqual([['constant-loss', undefined]]);
  const theta = { rate: 0.05 };
  const prices = [
    [3.1, 3.3],
    [7.9, 8.1],
    [12.4, 13.2],
  ] as const;
  const error = ([amount, wanted]: readonly [number, number]): number =>
    Math.round(amount * (1 + theta.rate) * 100) / 100 - wanted;
  const rounded: Model = {
    parameters: theta,
    loss: () => prices.reduce((sum, price) => sum + error(price) ** 2, 0),
    gradients: () => ({ rate: prices.reduce((sum, price) => sum + 2 * error(price) * price[0], 0) }),
  };
  expect(leading(rounded)).toEqual([['staircase', 'rate']]);
});
