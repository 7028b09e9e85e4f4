/** Draws -> functions with a singular place, by what they have there: no derivative, two one-sided slopes, one slope after all, or a pole or edge beside it. */
import type { Draws } from '../models/draws.js';

const { abs, acos, asin, cbrt, exp, log, log1p, sign, sqrt } = Math;

export interface Point {
  readonly name: string;
  /** By u, which is 0 at the singular place. */
  readonly f: (u: number) => number;
  readonly slope: (u: number) => number;
}

/** No derivative: the slopes are infinite, or the loss jumps. */
export function without(draws: Draws): Point[] {
  const p = Math.round(100 * draws.uniform(0.25, 0.85)) / 100;
  const jump = draws.uniform(0.5, 2);
  return [
    { name: `|u|^${p}`, f: (u) => abs(u) ** p, slope: (u) => p * sign(u) * abs(u) ** (p - 1) },
    { name: `−|u|^${p} + u`, f: (u) => u - abs(u) ** p, slope: (u) => 1 - p * sign(u) * abs(u) ** (p - 1) },
    { name: '∛u', f: cbrt, slope: (u) => 1 / (3 * cbrt(u) ** 2) },
    { name: `sign(u)|u|^${p}`, f: (u) => sign(u) * abs(u) ** p, slope: (u) => p * abs(u) ** (p - 1) },
    { name: 'u log|u|', f: (u) => (u === 0 ? 0 : u * log(abs(u))), slope: (u) => log(abs(u)) + 1 },
    { name: `a jump of ${jump.toFixed(2)}`, f: (u) => (u >= 0 ? jump : 0), slope: () => 0 },
    { name: `a jump of ${jump.toFixed(2)} in a slope`, f: (u) => 3 * u + (u > 0 ? jump : 0), slope: () => 3 },
    {
      name: `an isolated value ${jump.toFixed(2)} off`,
      f: (u) => (u === 0 ? jump : 0) + u * u,
      slope: (u) => 2 * u,
    },
    { name: '√u, nothing below', f: sqrt, slope: (u) => 0.5 / sqrt(u) },
    { name: 'asin(1 + u), nothing above', f: (u) => asin(1 + u), slope: (u) => 1 / sqrt(1 - (1 + u) ** 2) },
  ];
}

/** One-sided slopes from `low` to `high`, both finite. */
export function kinked(draws: Draws): (Point & { readonly low: number; readonly high: number })[] {
  const s = draws.uniform(0.5, 3);
  const t = draws.uniform(-3, 0.3);
  const point = (name: string, below: number, above: number, bend: number) => ({
    name: `${name}, ${below.toFixed(2)} below and ${above.toFixed(2)} above`,
    f: (u: number) => (u < 0 ? below : above) * u + bend * u * u,
    slope: (u: number) => (u === 0 ? (below + above) / 2 : u < 0 ? below : above) + 2 * bend * u,
    low: Math.min(below, above),
    high: Math.max(below, above),
  });
  return [
    point('a kink', t, s, 0),
    point('a kink with a bend', s, t, 0.7),
    point('a flat side', 0, s, 0.2),
    point('a sharp kink', -40 * s, 90 * s, 1),
  ];
}

/** A derivative at the very place, though it does not look so. */
export function smooth(draws: Draws): (Point & { readonly right: number })[] {
  const p = Math.round(100 * draws.uniform(1.3, 1.9)) / 100;
  const s = draws.signed(0.5, 3);
  return [
    { name: `|u|^${p}`, f: (u) => abs(u) ** p, slope: (u) => p * sign(u) * abs(u) ** (p - 1), right: 0 },
    {
      name: `${s.toFixed(2)}u + |u|^1.5`,
      f: (u) => s * u + abs(u) ** 1.5,
      slope: (u) => s + 1.5 * sign(u) * sqrt(abs(u)),
      right: s,
    },
    { name: 'u|u|', f: (u) => u * abs(u), slope: (u) => 2 * abs(u), right: 0 },
    { name: 'elu', f: (u) => (u > 0 ? u : Math.expm1(u)), slope: (u) => (u > 0 ? 1 : exp(u)), right: 1 },
    {
      name: `a line of ${s.toFixed(2)} with nothing below`,
      f: (u) => (u < 0 ? Number.NaN : s * u),
      slope: () => s,
      right: s,
    },
    {
      name: `a line of ${s.toFixed(2)} with nothing above`,
      f: (u) => (u > 0 ? Number.NaN : s * u + u * u),
      slope: (u) => s + 2 * u,
      right: s,
    },
    { name: 'u^1.5, nothing below', f: (u) => u ** 1.5, slope: (u) => 1.5 * sqrt(u), right: 0 },
    { name: 'u⁴', f: (u) => u ** 4, slope: (u) => 4 * u ** 3, right: 0 },
    {
      name: 'a huber joint',
      f: (u) => (u > 0 ? u : u + (u * u) / 2),
      slope: (u) => (u > 0 ? 1 : 1 + u),
      right: 1,
    },
  ];
}

/** Near a pole or the edge of a domain; far enough for a step of a thousandth of the distance. */
export function edges(
  draws: Draws,
): { name: string; x: number; f: (x: number) => number; slope: (x: number) => number }[] {
  const gap = draws.power(-3, -6);
  const g = gap.toExponential(1);
  return [
    {
      name: `1/(x − 1), ${g} beside its pole`,
      x: 1 + gap,
      f: (x) => 1 / (x - 1),
      slope: (x) => -1 / (x - 1) ** 2,
    },
    {
      name: `1/(x − 1)², ${g} before its pole`,
      x: 1 - gap,
      f: (x) => 1 / (x - 1) ** 2,
      slope: (x) => -2 / (x - 1) ** 3,
    },
    { name: `log x at ${g}`, x: gap, f: log, slope: (x) => 1 / x },
    { name: `log(1 − x), ${g} before its edge`, x: 1 - gap, f: (x) => log1p(-x), slope: (x) => -1 / (1 - x) },
    {
      name: `√(x − 3), ${g} beyond its edge`,
      x: 3 + gap,
      f: (x) => sqrt(x - 3),
      slope: (x) => 0.5 / sqrt(x - 3),
    },
    { name: `acos x, ${g} before its edge`, x: 1 - gap, f: acos, slope: (x) => -1 / sqrt((1 - x) * (1 + x)) },
    {
      name: `tan x, ${g} before its pole`,
      x: Math.PI / 2 - gap,
      f: Math.tan,
      slope: (x) => 1 / Math.cos(x) ** 2,
    },
    { name: `x log x at ${g}`, x: gap, f: (x) => x * log(x), slope: (x) => log(x) + 1 },
  ];
}
