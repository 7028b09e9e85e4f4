/** Factors at sizes, and the law that they follow or don't. */

import { describe, expect, test } from 'vitest';
import { powerLaw, type SizedFactor } from '../../src/numerics/power-law.js';

/** Factors over all pairs of two lists. */
const over = (
  lists: readonly [readonly number[], readonly number[]],
  factor: (a: number, b: number) => number,
  within = 1e-7,
): SizedFactor[] =>
  lists[0].flatMap((a) => lists[1].map((b) => ({ sizes: [a, b], factor: factor(a, b), within })));
const LISTS = [
  [2, 3, 6],
  [1, 3, 4],
] as const;

describe('a law', () => {
  test.each<[name: string, factor: (a: number, b: number) => number, exponents: readonly number[]]>([
    ['a quotient', (a, b) => a / b, [1, -1]],
    ['a product with a constant', (a, b) => 7 * a * b, [1, 1]],
    ['a square', (a) => -(a ** 2), [2, 0]],
    ['a root', (_, b) => Math.sqrt(b), [0, 0.5]],
    ['one over a size', (a) => 1 / a, [-1, 0]],
    ['a constant', () => 3, [0, 0]],
    ['an exponent that is rounded', (a) => a ** 0.33, [0.35, 0]],
  ])('is found for %s', (_, factor, exponents) => {
    expect(powerLaw(over(LISTS, factor))).toEqual(exponents);
  });

  test('has no zero with a sign', () => {
    for (const exponent of powerLaw(over(LISTS, (a, b) => (1 / a) * (1 + 1e-9 * b)))!)
      expect(Object.is(exponent, -0)).toBe(false);
  });

  test('is not there where the factors follow none', () => {
    expect(powerLaw(over(LISTS, (a, b) => a + b))).toBeUndefined();
    expect(powerLaw(over(LISTS, (a, b) => (a === b ? 2 : 1)))).toBeUndefined();
    expect(powerLaw(over(LISTS, (a) => (a === 6 ? -a : a)))).toBeUndefined();
  });

  test('need not hold closer than the factors are known, and is not told where its exponents are not', () => {
    const shaken = (a: number, b: number): number => (a / b) * (1 + 1e-3 * Math.sin(7 * a + 5 * b));
    expect(powerLaw(over(LISTS, shaken, 1e-5))).toBeUndefined();
    expect(powerLaw(over(LISTS, shaken, 2e-3))).toEqual([1, -1]);
    expect(powerLaw(over(LISTS, shaken, 0.3))).toBeUndefined();
  });

  test('says nothing of a size that never changes, or of one that changes with another', () => {
    expect(powerLaw(over([[2, 3, 6], [4]], (a, b) => a * b))).toEqual([1, 0]);
    const alike = [2, 3, 5].map((n) => ({ sizes: [n, n], factor: n, within: 1e-7 }));
    expect(powerLaw(alike)).toEqual([1, 0]);
  });

  test('takes more than one factor, and a simple exponent where it has as many numbers as there are factors', () => {
    const at = (n: number, factor: number): SizedFactor => ({ sizes: [n], factor, within: 1e-7 });
    expect(powerLaw([at(3, 3)])).toBeUndefined();
    expect(powerLaw([])).toBeUndefined();
    expect(powerLaw([at(2, 2), at(3, 3)])).toEqual([1]);
    expect(powerLaw([at(2, 2), at(3, 2.7)])).toBeUndefined();
  });

  test('is not there for a size of zero, or a factor that is none', () => {
    const ones = over(LISTS, (a) => a);
    expect(powerLaw([...ones, { sizes: [0, 1], factor: 1, within: 1e-7 }])).toBeUndefined();
    expect(powerLaw([...ones, { sizes: [1, 1], factor: 0, within: 1e-7 }])).toBeUndefined();
    expect(powerLaw([...ones, { sizes: [1, 1], factor: Number.NaN, within: 1e-7 }])).toBeUndefined();
  });

  test('tells exponents that are known to EXPONENT_STEP, a twentieth, and rounds them to that', () => {
    const EXPONENT_STEP = 0.05;
    // Of two factors at 1 and e the exponent is off by the sum of what they may be.
    const pair = (within: number): SizedFactor[] =>
      [1, Math.E].map((size) => ({ sizes: [size], factor: size, within }));
    expect(powerLaw(pair(0.49 * EXPONENT_STEP))).toEqual([1]);
    expect(powerLaw(pair(0.51 * EXPONENT_STEP))).toBeUndefined();
    const STEPS = 1 / EXPONENT_STEP;
    expect(powerLaw(over(LISTS, (a) => a ** (0.51 / STEPS)))).toEqual([EXPONENT_STEP, 0]);
    expect(powerLaw(over(LISTS, (a) => a ** (0.49 / STEPS)))).toEqual([0, 0]);
  });

  test('believes multiples of SIMPLE, a half, where nothing tests it', () => {
    const SIMPLE = 1 / 2;
    const pair = (exponent: number): SizedFactor[] =>
      [2, 3].map((size) => ({ sizes: [size], factor: size ** exponent, within: 1e-7 }));
    expect([SIMPLE, 3 * SIMPLE, -SIMPLE].map((exponent) => powerLaw(pair(exponent)))).toEqual([
      [0.5],
      [1.5],
      [-0.5],
    ]);
    expect(powerLaw(pair(SIMPLE / 2))).toBeUndefined();
  });

  test('has MOST_SIZES, four, at most', () => {
    const MOST_SIZES = 4;
    const product = (count: number): readonly number[] | undefined =>
      powerLaw(
        Array.from({ length: 2 ** count }, (_, k) => {
          const sizes = Array.from({ length: count }, (__, s) => 2 + ((k >> s) % 2) * (s + 1));
          return { sizes, factor: sizes.reduce((all, size) => all * size, 1), within: 1e-7 };
        }),
      );
    expect(product(MOST_SIZES)).toEqual([1, 1, 1, 1]);
    expect(product(MOST_SIZES + 1)).toBeUndefined();
  });

  test('is found though logarithms are rounded, by less than ROUNDING, 2^-40', () => {
    const ROUNDING = 2 ** -40;
    expect(powerLaw(over(LISTS, (a, b) => a / b, 0))).toEqual([1, -1]);
    const off = (by: number): SizedFactor[] =>
      over(LISTS, (a, b) => (a / b) * (1 + (a === 3 && b === 3 ? by : 0)), 0);
    expect(powerLaw(off(ROUNDING / 2))).toEqual([1, -1]);
    expect(powerLaw(off(1e3 * ROUNDING))).toBeUndefined();
  });

  test('takes columns for dependent where no more than LEAST_PIVOT, 2^-30, is left of one beside the others', () => {
    const LEAST_PIVOT = 2 ** -30;
    // The second size is the first but for a share, and the factor is their ratio.
    const alike = (share: number): SizedFactor[] =>
      [2, 3, 5, 7].map((n, k) => {
        const ratio = Math.exp(share * (-1) ** k);
        return { sizes: [n, n * ratio], factor: ratio, within: 0 };
      });
    expect(powerLaw(alike(8 * Math.sqrt(LEAST_PIVOT)))).toEqual([-1, 1]);
    expect(powerLaw(alike(Math.sqrt(LEAST_PIVOT) / 8))).toBeUndefined();
  });
});
