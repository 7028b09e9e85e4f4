/**
 * Plain formulas of a few numbers whose value is rounded: bills in cents, counts, shares in per mille, sums in half precision. A line that climbs by a unit from point to point shows no noise at
 * equally spaced points, and a round slope makes the rounding repeat itself: both are rounding all the same. As everywhere in this kind, a slope that moves the
 * loss by 200 quanta over an eighth of its parameter is known.
 */
import type { Kind } from '../case.js';
import { CORRECT, NOT_CORRECT, NOT_WRONG, WRONG } from '../case.js';
import { bfloat16, decimals, float16, type Round } from '../models/arithmetic.js';
import { changed, times } from '../models/changes.js';
import type { Draws } from '../models/draws.js';
import { of } from '../models/formula.js';
import { CLEAR, quanta, ulp } from '../models/knowable.js';
import type { Claimed } from '../models/net.js';

interface Formula {
  readonly name: string;
  readonly x: readonly number[];
  readonly f: (...x: number[]) => number;
  readonly slope: (...x: number[]) => readonly number[];
}

function formulas(draws: Draws): Formula[] {
  const price = draws.integer(2, 9);
  const rate = Math.round(draws.uniform(10, 90)) / 100;
  const c = draws.uniform(0.5, 2);
  return [
    {
      name: `a bill of ${price} and ${rate}`,
      x: [draws.integer(20, 90), draws.integer(100, 400)],
      f: (a, b) => price * a + rate * b,
      slope: () => [price, rate],
    },
    {
      name: 'a product',
      x: [draws.uniform(3, 9), draws.uniform(20, 80)],
      f: (a, b) => a * b,
      slope: (a, b) => [b, a],
    },
    {
      name: 'a square',
      x: [draws.uniform(5, 20)],
      f: (a) => c * a * a - 3 * a,
      slope: (a) => [2 * c * a - 3],
    },
    {
      name: 'compound interest',
      x: [draws.uniform(1000, 5000), draws.uniform(0.02, 0.08)],
      f: (a, r) => a * (1 + r) ** 9,
      slope: (a, r) => [(1 + r) ** 9, 9 * a * (1 + r) ** 8],
    },
    {
      name: 'a ratio',
      x: [draws.uniform(300, 900), draws.uniform(2, 7)],
      f: (a, b) => a / b,
      slope: (a, b) => [1 / b, -a / b ** 2],
    },
    {
      name: 'a difference of large numbers',
      x: [draws.uniform(900, 1000), draws.uniform(905, 1005)],
      f: (a, b) => a - b + 10,
      slope: () => [1, -1],
    },
  ];
}

interface Rounding {
  readonly name: string;
  readonly round: Round;
  readonly quantum: (value: number) => number;
}

const ROUNDINGS: readonly Rounding[] = [
  { name: 'two decimals', round: decimals(2), quantum: () => 0.01 },
  { name: 'one decimal', round: decimals(1), quantum: () => 0.1 },
  { name: 'whole numbers', round: Math.round, quantum: () => 1 },
  { name: 'whole numbers downwards', round: Math.floor, quantum: () => 1 },
  { name: 'twentieths', round: (v) => Math.round(20 * v) / 20, quantum: () => 0.05 },
  { name: 'float16', round: float16, quantum: (v) => ulp(v, 11) },
  { name: 'bfloat16', round: bfloat16, quantum: (v) => ulp(v, 8) },
  { name: 'float32 beside 1e5', round: (v) => Math.fround(v + 1e5), quantum: () => ulp(1e5, 24) },
  { name: 'three decimals', round: decimals(3), quantum: () => 0.001 },
];

export function roundedFormulas(kind: Kind, draws: Draws): void {
  for (const [k, { name, round, quantum }] of ROUNDINGS.entries())
    for (const formula of formulas(draws).filter((_, i) => (i + k) % 3 === 0)) {
      const plain = of(formula.x, formula.f, formula.slope);
      const count = quanta(plain, quantum(plain.loss()))['x']!;
      const sizes = formula
        .slope(...formula.x)
        .map((g, i) => Math.abs((g * formula.x[i]!) / 8 / quantum(plain.loss())));
      // Of every entry, not of the array as a whole, as each has a unit of its own.
      const least = Math.min(...sizes);
      const model = (): Claimed => of(formula.x, (...x) => round(formula.f(...x)), formula.slope);
      const title = `${formula.name} in ${name}, ${Math.round(least)} quanta`;
      const factor = draws.pick([2, 0.5, -1, 0]);
      kind.add(`${title}, right`, model, least >= CLEAR ? CORRECT : NOT_WRONG);
      kind.add(
        `${title}, × ${factor}`,
        () => changed(model(), times(factor)),
        Math.min(count, least) >= CLEAR ? WRONG : NOT_CORRECT,
      );
    }
}

/**
 * Losses of one number that are rounded so coarsely that an eighth of it makes 3 to 14 quanta: steps of 1/24 to 1/112 of the parameter, which are a staircase like those of rounded weights.
 * The claim is that of what is rounded, and passes straight through.
 */
export function steps(
  draws: Draws,
): { readonly name: string; readonly model: (through: number) => Claimed }[] {
  const laws: readonly (readonly [string, (x: number) => number, (x: number) => number])[] = [
    ['a line', (x) => 3 * x + 1, () => 3],
    ['a square', (x) => x * x, (x) => 2 * x],
    ['an exponential', (x) => 40 * Math.exp(x / 9), (x) => (40 / 9) * Math.exp(x / 9)],
  ];
  return laws.map(([name, f, slope]) => {
    const x = draws.uniform(4, 9);
    const quantum = (Math.abs(slope(x)) * x) / 8 / draws.uniform(3, 14);
    const round = (v: number): number => quantum * Math.round(v / quantum);
    return {
      name: `${name} in steps of ${quantum.toPrecision(3)}`,
      model: (through) =>
        of(
          [x],
          (v) => round(f(v)),
          (v) => [through * slope(v)],
        ),
    };
  });
}
