/**
 * Numbers of very unlike size in one array: rate constants, a place far from zero beside a width, a mass in kilograms beside a length in metres. Each has a derivative that
 * a step of its own size shows to many digits, and in an array of its own it does. So `correct` for a right claim; and a wrong entry is wrong, however small
 * its gradient or its parameter beside the array's: what counts is θᵢgᵢ.
 */
import { CORRECT, Kind, type TruthCase, WRONG } from '../case.js';
import { Draws } from '../models/draws.js';
import { of } from '../models/formula.js';
import type { Claimed } from '../models/net.js';

const { cos, exp, hypot, log, sin, sqrt, tanh } = Math;

/** cos(k₀/small) + k₁³ + e^(−k₂), and a normal density far from zero (a file of the cases). */
const spans = (small: number, factor: number): Claimed =>
  of(
    [2.3 * small, 0.7, 5],
    (a, b, c) => cos(a / small) + b ** 3 + exp(-c),
    (a, b, c) => [(-factor * sin(a / small)) / small, 3 * b ** 2, -exp(-c)],
  );
const density = (centre: number, x: number, width: number, factor = 1): Claimed =>
  of(
    [centre, x, width],
    (a, b, c) => 0.5 * ((a - b) / c) ** 2 + log(c),
    (a, b, c) => {
      const z = (a - b) / c;
      return [(factor * z) / c, -z / c, (1 - z ** 2) / c];
    },
  );

export function files(): TruthCase[] {
  const kind = new Kind('unlike units');
  for (const small of [1e-6, 1e-9, 1e-11]) {
    kind.add(`cosine of ${small}, right`, () => spans(small, 1), CORRECT);
    kind.add(`cosine of ${small}, halved`, () => spans(small, 0.5), WRONG);
  }
  for (const centre of [1e8, 1e10, 1e16])
    kind.add(`normal density at ${centre}, right`, () => density(centre, 3 * centre, 2), CORRECT);
  return kind.cases;
}

interface Formula {
  readonly name: string;
  readonly x: readonly number[];
  readonly loss: (...x: number[]) => number;
  readonly slope: (...x: number[]) => readonly number[];
}

/** Formulas of physics, chemistry and statistics, in units of their trade. */
function trades(draws: Draws): Formula[] {
  const near = (value: number): number => value * draws.uniform(0.7, 1.4);
  const R = 8.314;
  const temperatures = [300, 340, 380, 420].map(near);
  const logs = temperatures.map(() => draws.uniform(2, 12));
  const doses = [1e-9, 1e-8, 1e-7, 1e-6].map(near);
  const effects = doses.map(() => draws.uniform(0.1, 0.9));
  const times = [10, 100, 1000, 4000].map(near);
  const counts = times.map(() => draws.uniform(1, 5));
  return [
    {
      // ln k = ln A − E/(R T), squared misses: A ≈ 1e13, E ≈ 5e4.
      name: 'Arrhenius',
      x: [near(1e13), near(5e4)],
      loss: (A, E) => temperatures.reduce((sum, T, i) => sum + (log(A) - E / (R * T) - logs[i]!) ** 2, 0),
      slope: (A, E) => {
        const r = temperatures.map((T, i) => 2 * (log(A) - E / (R * T) - logs[i]!));
        return [
          r.reduce((sum, e) => sum + e / A, 0),
          r.reduce((sum, e, i) => sum - e / (R * temperatures[i]!), 0),
        ];
      },
    },
    {
      // Bottom + (top − bottom) d/(d + K): K ≈ 1e-7 beside heights of 1.
      name: 'dose and effect',
      x: [near(0.1), near(1), near(1e-7)],
      loss: (b, t, K) =>
        doses.reduce((sum, d, i) => sum + (b + ((t - b) * d) / (d + K) - effects[i]!) ** 2, 0),
      slope: (b, t, K) => {
        const g = [0, 0, 0];
        for (const [i, d] of doses.entries()) {
          const share = d / (d + K);
          const e = 2 * (b + (t - b) * share - effects[i]!);
          g[0]! += e * (1 - share);
          g[1]! += e * share;
          g[2]! -= (e * (t - b) * share) / (d + K);
        }
        return g;
      },
    },
    {
      // Two decays: amplitudes 1e3 and 1e-2, rates 1e-4 and 3.
      name: 'two decays',
      x: [near(3), near(1e-3), near(2), near(5e-4)],
      loss: (a, k, b, m) =>
        times.reduce((sum, t, i) => sum + (a * exp(-k * t) + b * exp(-m * t) - counts[i]!) ** 2, 0),
      slope: (a, k, b, m) => {
        const g = [0, 0, 0, 0];
        for (const [i, t] of times.entries()) {
          const [p, q] = [exp(-k * t), exp(-m * t)];
          const e = 2 * (a * p + b * q - counts[i]!);
          g[0]! += e * p;
          g[1]! -= e * a * t * p;
          g[2]! += e * q;
          g[3]! -= e * b * t * q;
        }
        return g;
      },
    },
    {
      // Capacitor and resistor: 1e-9 F, 1e4 Ω, cut-off at a frequency.
      name: 'low pass',
      x: [near(1e-9), near(1e4)],
      loss: (C, R1) => (1 / hypot(1, 2e5 * C * R1) - 0.3) ** 2,
      slope: (C, R1) => {
        const w = 2e5 * C * R1;
        const gain = 1 / hypot(1, w);
        const by = 2 * (gain - 0.3) * -(w * gain ** 3) * 2e5;
        return [by * R1, by * C];
      },
    },
    {
      // Planck constant-like prefactor beside plain numbers: E = c₀ (n + ½) c₁, log misfit.
      name: 'oscillator energy',
      x: [near(1e-34), near(1e14), near(2)],
      loss: (h, f, n) => (log(h * f * (n + 0.5)) + 44) ** 2,
      slope: (h, f, n) => {
        const e = 2 * (log(h * f * (n + 0.5)) + 44);
        return [e / h, e / f, e / (n + 0.5)];
      },
    },
    {
      // Distance of two bodies in metres, mass in kilograms, charge in coulombs.
      name: 'charges',
      x: [near(1.6e-19), near(1e-10), near(9e9)],
      loss: (q, r, k) => (log((k * q * q) / r) + 41) ** 2 + sqrt(k * 1e-9),
      slope: (q, r, k) => {
        const e = 2 * (log((k * q * q) / r) + 41);
        return [(2 * e) / q, -e / r, e / k + 0.5e-9 / sqrt(k * 1e-9)];
      },
    },
  ];
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('unlike units');
  const draws = new Draws(seed * 7919 + 9);
  const claiming = ({ x, loss, slope }: Formula, change: (g: number[]) => void = () => {}): Claimed =>
    of(x, loss, (...v) => {
      const g = [...slope(...v)];
      change(g);
      return g;
    });
  for (const [k, entry] of trades(draws).entries()) {
    kind.add(`${entry.name}, right`, () => claiming(entry), CORRECT);
    // The entry with the smallest gradient of all: nothing of it shows in the norm of the array's.
    const sizes = entry.slope(...entry.x).map(Math.abs);
    const least = sizes.indexOf(Math.min(...sizes));
    const [title, factor] = (
      [
        ['negated', -1],
        ['halved', 0.5],
        ['never computed', 0],
        ['doubled', 2],
      ] as const
    )[(k + seed) % 4]!;
    kind.add(
      `${entry.name}, entry ${least} ${title}`,
      () =>
        claiming(entry, (g) => {
          g[least]! *= factor;
        }),
      WRONG,
    );
  }
  for (const power of [draws.integer(3, 6), draws.integer(7, 9)]) {
    const small = 10 ** -power;
    const phase = draws.uniform(0.5, 2.5);
    const model = (factor: number): Claimed =>
      of(
        [phase * small, draws.pick([1, 2]) + 0.3, 0.7 / small],
        (a, b, c) => sin(a / small) * b + tanh(c * small),
        (a, b, c) => [
          (factor * b * cos(a / small)) / small,
          sin(a / small),
          (1 - tanh(c * small) ** 2) * small,
        ],
      );
    kind.add(`1e-${power} beside 1e${power}, right`, () => model(1), CORRECT);
    kind.add(`1e-${power} beside 1e${power}, the steep one 1 % off`, () => model(1.01), WRONG);
  }
  // A density far from zero: the width is the small one, and its slope is the steep one.
  for (const centre of [draws.power(5, 9), draws.power(9, 12)]) {
    const x = centre * draws.uniform(1.5, 4);
    const width = draws.uniform(1, 30);
    kind.add(
      `density at ${centre.toExponential(1)}, width ${width.toFixed(1)}, right`,
      () => density(centre, x, width),
      CORRECT,
    );
    kind.add(
      `density at ${centre.toExponential(1)}, width ${width.toFixed(1)}, its place negated`,
      () => density(centre, x, width, -1),
      WRONG,
    );
  }
  return kind.cases;
}
