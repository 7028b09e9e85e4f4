/** Which entries are looked at again, and which are reported, worst first. */

import { describe, expect, test } from 'vitest';
import {
  entryDifference,
  excessOf,
  noteSuspect,
  offender,
  type Suspect,
  suspectsOf,
} from '../../src/verdict/ranking.js';
import { group } from './numbers.js';

const TOLERANCE = 0.1;

/** Of a claim that is not finite, and of an entry that was not measured. */
const [WORST_SCORE, UNMEASURED_SCORE] = [Infinity, -Infinity];

/** Sixteen entries of 1, but for what is claimed, uncertain, or measured of some. */
const sixteen = (
  claims: Readonly<Record<number, number>>,
  uncertainty: Readonly<Record<number, number>> = {},
  numeric: Readonly<Record<number, number>> = {},
): ReturnType<typeof group> => {
  const all = Array.from({ length: 16 }, (_, i) => i);
  return group({
    analytic: all.map((i) => claims[i] ?? 1),
    numeric: all.map((i) => numeric[i] ?? 1),
    uncertainty: all.map((i) => uncertainty[i] ?? 0),
  });
};

describe('to be looked at again', () => {
  test('are the entries that are wrong, the worst first', () => {
    expect(suspectsOf(sixteen({ 3: 2, 7: 9, 9: 0.99 }), TOLERANCE, false)).toEqual([7, 3]);
  });

  test('the first before others that are as bad', () => {
    expect(suspectsOf(sixteen({ 3: 2, 7: 2 }), TOLERANCE, false)).toEqual([3, 7]);
  });

  test('not those that are uncertain', () => {
    expect(suspectsOf(sixteen({ 3: 2, 7: 2 }, { 7: 1 }), TOLERANCE, false)).toEqual([3]);
  });

  test('those that could not be measured, behind all others', () => {
    const one = group({ analytic: [1, 1, 5, 1], numeric: [Number.NaN, 1, 1, Number.NaN] });
    expect(suspectsOf(one, TOLERANCE, false)).toEqual([2, 0, 3]);
  });

  test('those without a size the worst, where they could not be measured, and else not at all', () => {
    const one = group({ analytic: [Number.NaN, Infinity, 5, 1], numeric: [1, Number.NaN, 1, 1] });
    expect(suspectsOf(one, TOLERANCE, false)).toEqual([1, 2]);
  });

  test('where the parameter is wrong by many small errors, all beyond half of the tolerance', () => {
    // Of a size of about 2 half of the tolerance is 0.1.
    const many = sixteen({ 2: 1.12, 5: 1.09, 8: 1.15, 11: 0.85 });
    expect(suspectsOf(many, TOLERANCE, false)).toEqual([]);
    expect(suspectsOf(many, TOLERANCE, true)).toEqual([2, 8, 11]);
    // Not what is more than the least is allowed, and little beside its own size.
    const large = sixteen({ 2: 103, 8: 60 }, {}, { 2: 100, 8: 50 });
    expect(suspectsOf(large, TOLERANCE, true)).toEqual([8]);
    // Not where some are wrong by themselves.
    expect(suspectsOf(sixteen({ 2: 1.12, 5: 2 }), TOLERANCE, true)).toEqual([5]);
  });
});

describe('to be reported', () => {
  const noted = (one: ReturnType<typeof group>, most: number, order = one.analytic.keys()): Suspect[] => {
    const suspects: Suspect[] = [];
    for (const i of order) noteSuspect(suspects, one, { parameter: 4, entry: i }, TOLERANCE, most);
    return suspects;
  };

  test('are the entries beyond the tolerance, worst first, with the verdict of each', () => {
    const one = sixteen({ 3: 2, 7: 9, 9: 1.5, 12: 1.05 }, { 9: 0.9 });
    const found = noted(one, 10);
    expect(found.map(({ entry, verdict, parameter }) => [entry, verdict, parameter])).toEqual([
      [7, 'wrong', 4],
      [3, 'wrong', 4],
      [9, 'inconclusive', 4],
    ]);
    // (|g − n| − U) / size, which is what is typical beside a claim of 9.
    expect(found.map(({ score }) => score)).toEqual([
      expect.closeTo(8 / 10, 12),
      expect.closeTo(1 / one.change, 12),
      expect.closeTo((0.5 - 0.9) / one.change, 12),
    ]);
  });

  test('as many as are wanted, of those that are as bad the first', () => {
    const one = sixteen({ 1: 2, 3: 2, 7: 9, 9: 3, 12: 2 });
    expect(noted(one, 2).map(({ entry }) => entry)).toEqual([7, 9]);
    expect(noted(one, 3).map(({ entry }) => entry)).toEqual([7, 9, 1]);
    expect(noted(one, 9).map(({ entry }) => entry)).toEqual([7, 9, 1, 3, 12]);
    expect(noted(one, 3, [12, 9, 7, 3, 1].values()).map(({ entry }) => entry)).toEqual([7, 9, 12]);
  });

  test('what is not finite first, and what was not measured last', () => {
    const one = group({ analytic: [1, 9, Number.NaN, Infinity], numeric: [Number.NaN, 1, 1, Number.NaN] });
    expect(noted(one, 9).map(({ entry, score, verdict }) => [entry, score, verdict])).toEqual([
      [2, WORST_SCORE, 'wrong'],
      [3, WORST_SCORE, 'wrong'],
      [1, expect.any(Number), 'wrong'],
      [0, UNMEASURED_SCORE, 'inconclusive'],
    ]);
  });

  test('with its numbers', () => {
    const suspect = { parameter: 4, entry: 1, score: 1, verdict: 'wrong' } as const;
    expect(
      offender(suspect, 'W', [0, 1], group({ analytic: [0, 3], numeric: [0, 1], uncertainty: [0, 0.5] })),
    ).toEqual({
      parameter: 'W',
      index: [0, 1],
      analytic: 3,
      numeric: 1,
      uncertainty: 0.5,
      difference: 0.5,
      verdict: 'wrong',
    });
  });
});

test.each([
  ['is its error beyond what is uncertain, over its size', { 3: 3 }, { 3: 0.5 }, 3, 1.5 / 4],
  ['is never negative', { 3: 1.1 }, { 3: 0.5 }, 3, 0],
  ['is 0 where nothing is off', {}, {}, 3, 0],
  ['is infinite where the claim is not finite', { 3: Number.NaN }, {}, 3, Infinity],
])('the excess of an entry %s', (_, claims, uncertainty, i, expected) => {
  expect(excessOf(sixteen(claims, uncertainty), i)).toBeCloseTo(expected, 12);
});

test('the excess of an entry is none where it was not measured', () => {
  expect(excessOf(group({ analytic: [1, 1], numeric: [1, Number.NaN] }), 1)).toBeNaN();
});

test.each([
  [0, 0, 0],
  [0, -0, 0],
  [1, -1, 1],
  [3, 1, 0.5],
  [1.5e308, 0.5e308, 0.5],
  [1.5e308, -1.5e308, 1],
  [Number.NaN, 1, Number.NaN],
])('the difference of %d and %d is %d', (analytic, numeric, expected) => {
  expect(entryDifference(analytic, numeric)).toBe(expected);
});
