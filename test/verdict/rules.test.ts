/** The rules over a group and over one entry: both sides of each inequality, and what is no number. */

import { describe, expect, test } from 'vitest';
import { entriesBeyond, entrySize, isEntryWrong, isWrong, wrongEntries } from '../../src/verdict/rules.js';
import { group, norms } from './numbers.js';

describe('a group is wrong', () => {
  // 0.1 (3 + 2) = 0.5 is tolerated.
  const at = (difference: number, uncertainty = 0.25): boolean =>
    isWrong(norms({ analytic: 3, numeric: 2, difference, uncertainty }), 0.1);

  test('where its difference exceeds the tolerance by more than its uncertainty', () => {
    expect(at(0.749)).toBe(false);
    expect(at(0.751)).toBe(true);
    expect(at(0.5, 0)).toBe(false);
    expect(at(0.501, 0)).toBe(true);
  });

  test('where anything is no number', () => {
    expect(at(Number.NaN)).toBe(true);
    expect(at(0, Number.NaN)).toBe(true);
    expect(isWrong(norms({ analytic: Number.NaN }), 0.1)).toBe(true);
  });

  test('measured against its share of the claim', () => {
    const part = norms({ analytic: 3, claimed: 1, numeric: 2, difference: 0.4 });
    expect([0.13, 0.14].map((tolerance) => isWrong(part, tolerance))).toEqual([true, false]);
  });
});

describe('an entry is measured against', () => {
  const sized = { typical: 4, change: 6, values: Float64Array.of(1, 3, -3, 0, 1.5) };
  test.each([
    ['what is typical of its parameter', 0, 1, 1, 4],
    ['its own size, where that is larger', 0, -3, 2, 5],
    ['what changes the loss as much, where that is less', 1, 0, 0, 2],
    ['whatever the sign of its value', 2, 0, 0, 2],
    ['what is typical, where its value is zero', 3, 0, 0, 4],
    ['either, where both are the same', 4, 0, 0, 4],
  ])('%s', (_, i, analytic, numeric, expected) => {
    expect(entrySize(sized, i, analytic, numeric)).toBe(expected);
  });

  test('what is typical, where nothing changes the loss', () => {
    expect(entrySize({ ...sized, change: 0 }, 1, 0, 0)).toBe(4);
  });
});

describe('of a parameter', () => {
  test('typical is rms(g) + rms(n), and a change rms(|θ| (|g| + |n|))', () => {
    const { typical, change, least, difference } = group({
      analytic: [3, -4],
      numeric: [5, 12],
      values: [2, -1],
    });
    expect(typical).toBeCloseTo((5 + 13) / Math.SQRT2, 12);
    expect(change).toBeCloseTo(Math.hypot(2 * 8, 16) / Math.SQRT2, 12);
    expect(least).toBeCloseTo(change / 2, 12);
    expect(difference).toBeCloseTo(Math.hypot(2, 16), 12);
  });

  test('least is typical, where all values are alike, or zero', () => {
    const { typical, least } = group({ analytic: [3, 4], numeric: [3, 4], values: [0.1, -0.1] });
    expect(least).toBeCloseTo(typical, 12);
    const still = group({ analytic: [3, 4], numeric: [3, 4], values: [0, 0] });
    expect(still).toMatchObject({ change: 0, least: still.typical });
  });

  test('all is the same at any magnitude', () => {
    const at = (size: number): number[] => {
      const { typical, change, least, difference } = group({
        analytic: [3 * size, 4 * size],
        numeric: [5 * size, 12 * size],
        values: [2, 1],
      });
      return [typical, change, least, difference].map((number) => number / size);
    };
    for (const size of [2 ** -1000, 2 ** 1000])
      for (const [k, number] of at(size).entries()) expect(number / at(1)[k]!).toBeCloseTo(1, 12);
  });

  test('a claim that is not finite has no size, and the numeric one takes its place', () => {
    const { typical, change } = group({ analytic: [Infinity, 4], numeric: [3, 4] });
    expect(typical).toBeCloseTo((5 + 5) / Math.SQRT2, 12);
    expect(change).toBeCloseTo(8 / Math.SQRT2, 12);
  });

  test('an entry that was not measured counts by its claim', () => {
    const { typical, change } = group({ analytic: [3, 4], numeric: [3, Number.NaN] });
    expect(typical).toBeCloseTo(6, 12);
    expect(change).toBeCloseTo(Math.hypot(6, 4) / Math.SQRT2, 12);
  });

  test('a part counts by all claims, and as if what is beside it were zero', () => {
    const due = { from: 2, to: 4 };
    const part = group({ analytic: [3, 4, 1, 2], numeric: [9, 9, 1, 2], values: [5, 1, 1, 2], due });
    const claims = Math.hypot(3, 4, 1, 2) / 2;
    expect(part.typical).toBeCloseTo(claims + Math.hypot(1, 2) / 2, 12);
    expect(part.change).toBeCloseTo(Math.hypot(15, 4, 2, 8) / 2, 12);
    expect(part.least).toBeCloseTo(Math.min(part.typical, part.change / 2), 12);
    const beside = group({
      analytic: [3, 4, 1, 2],
      numeric: [9, 9, 1, 2],
      values: [5, 1, 2, 9],
      due: { from: 1, to: 3 },
    });
    expect(beside.least).toBeCloseTo(beside.change / 2, 12);
    const whole = group({ analytic: [3, 4, 1, 2], numeric: [9, 9, 1, 2], values: [5, 1, 1, 2] });
    expect(part.typical).toBeLessThan(whole.typical);
    expect(part.change).toBeLessThan(whole.change);
  });

  test('nothing was checked of', () => {
    const none = group({ analytic: [3, 4], numeric: [Number.NaN, Number.NaN] });
    expect(none.typical).toBe(0);
  });
});

describe('an entry is wrong', () => {
  // All sizes are 2 where the claim is right, so that 0.1 · 2 is tolerated; what is off by d has the size 2 + d.
  const sixteen = (d: number, uncertainty = 0): ReturnType<typeof group> =>
    group({
      analytic: Array.from({ length: 16 }, (_, i) => (i === 5 ? 1 + d : 1)),
      numeric: Array.from({ length: 16 }, () => 1),
      uncertainty: Array.from({ length: 16 }, (_, i) => (i === 5 ? uncertainty : 0)),
    });
  const TOLERANCE = 0.1;

  test('where it exceeds the tolerance on its size by more than its uncertainty', () => {
    const at = (d: number, uncertainty?: number): boolean =>
      isEntryWrong(sixteen(d, uncertainty), 5, TOLERANCE);
    // d = 0.1 (2 + d).
    expect(at(0.222)).toBe(false);
    expect(at(0.223)).toBe(true);
    // d = 0.1 (2 + d) + 0.09.
    expect(at(0.322, 0.09)).toBe(false);
    expect(at(0.323, 0.09)).toBe(true);
    expect(isEntryWrong(sixteen(0.223), 4, TOLERANCE)).toBe(false);
  });

  test('where its claim is not finite, measured or not', () => {
    const odd = group({ analytic: [Number.NaN, Infinity, 1, 1], numeric: [1, Number.NaN, Number.NaN, 1] });
    expect([0, 1, 2, 3].map((i) => isEntryWrong(odd, i, TOLERANCE))).toEqual([true, true, false, false]);
  });

  test('also where all that has a derivative is right', () => {
    const odd = group({ analytic: [Infinity, 1, Number.NaN], numeric: [Number.NaN, 1, Number.NaN] });
    expect(wrongEntries(odd, TOLERANCE)).toEqual([0, 2]);
  });

  test('among those of its parameter', () => {
    const three = group({ analytic: [1, 3, 1, 5], numeric: [1, 1, 1, 1] });
    expect(wrongEntries(three, TOLERANCE)).toEqual([1, 3]);
    expect(
      wrongEntries(
        group({ analytic: [1, 3, 1, 5], numeric: [1, 1, 1, 1], due: { from: 1, to: 3 } }),
        TOLERANCE,
      ),
    ).toEqual([1]);
    expect(wrongEntries(sixteen(0), TOLERANCE)).toEqual([]);
  });

  test('not looked for where the whole difference is below what the least is allowed', () => {
    const one = sixteen(0.3);
    expect(wrongEntries(one, TOLERANCE)).toEqual([5]);
    expect(wrongEntries({ ...one, difference: TOLERANCE * one.least }, TOLERANCE)).toEqual([]);
    expect(wrongEntries({ ...one, difference: 1.001 * TOLERANCE * one.least }, TOLERANCE)).toEqual([5]);
  });
});

test('the entries that can be wrong are beyond the least, or no numbers', () => {
  const one = group({ analytic: [1, 1, Number.NaN, 1], numeric: [1, 1, 1, Number.NaN] });
  const at = (share: number): number[] => {
    const analytic = Float64Array.of(1, 1 + share * 0.1 * one.least, Number.NaN, 1);
    return entriesBeyond({ ...one, analytic }, 0.1);
  };
  expect(at(0.999)).toEqual([2, 3]);
  expect(entriesBeyond({ ...one, analytic: Float64Array.of(1, 3, 1, 1), least: 20 }, 0.1)).toEqual([3]);
  expect(at(1.001)).toEqual([1, 2, 3]);
  expect(entriesBeyond({ ...one, due: { from: 1, to: 3 } }, 0.1)).toEqual([2]);
});
