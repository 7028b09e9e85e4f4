/** What a correction leaves of an error, and the numbers that correct best: each bound on both of its sides. */

import { describe, expect, test } from 'vitest';
import {
  type Bounded,
  isSeen,
  isShared,
  isTelling,
  measuredEntries,
  proportion,
  proportions,
  shareLeft,
  weightsOf,
} from '../../src/numerics/fit.js';

const array = (...values: number[]): Float64Array => Float64Array.from(values);

function group(
  analytic: readonly number[],
  numeric: readonly number[],
  {
    uncertainty = numeric.map(() => 0),
    tolerance = 1e-7,
  }: { uncertainty?: number[]; tolerance?: number } = {},
): Bounded {
  return {
    analytic: Float64Array.from(analytic),
    numeric: Float64Array.from(numeric),
    uncertainty: Float64Array.from(uncertainty),
    tolerance,
  };
}

/** A correction may leave this share of an error. */
const LARGEST_SHARE_LEFT = 1 / 10;
/** What is neither tolerated nor uncertain may be this share of the error. */
const NEGLIGIBLE_SHARE = 2 ** -10;
/** A fit may explain an error by chance this often. */
const LARGEST_CHANCE = 1 / 10;
/** A rule without a number to fit may explain an error by chance this often. */
const LARGEST_CHANCE_OF_RULES = 1e-3;
/** Two columns are told apart where this share of the product of their squares is left. */
const LEAST_INDEPENDENCE = 2 ** -20;

describe('of an error a correction leaves', () => {
  const doubled = group([2, 4], [1, 2]);

  test.each([
    ['nothing that is the numeric gradient', doubled, array(1, 2), 0],
    ['nothing known where nothing is corrected', doubled, array(2, 4), undefined],
    ['too much in one entry', doubled, array(1, 2.5), undefined],
    ['no number', doubled, array(1, Number.NaN), undefined],
  ])('%s', (_, one, corrected, share) => {
    expect(shareLeft([one], [corrected])).toBe(share);
  });

  test('the share of the worst group', () => {
    const bad = group([2, 4], [1, 2], { uncertainty: [0.1, 0.1] });
    const share = shareLeft([bad, bad], [array(1.02, 2), array(1, 2.05)]);
    expect(share).toBeCloseTo(0.05 / Math.sqrt(5), 12);
    expect(shareLeft([bad, doubled], [array(1, 2), array(2, 4)])).toBeUndefined();
  });

  test('at most a tenth, whatever is uncertain', () => {
    const vague = group([2, 4], [1, 2], { uncertainty: [9, 9] });
    const left = (share: number): number | undefined => shareLeft([vague], [array(1 + share, 2 + 2 * share)]);
    expect(left(0.99 * LARGEST_SHARE_LEFT)).toBeCloseTo(0.99 * LARGEST_SHARE_LEFT, 12);
    expect(left(1.01 * LARGEST_SHARE_LEFT)).toBeUndefined();
  });

  test('nothing of what was not measured', () => {
    expect(shareLeft([group([2, 9], [1, Number.NaN])], [array(1, 5)])).toBe(0);
  });

  test('the same at any magnitude', () => {
    for (const size of [1e-300, 1e300])
      expect(shareLeft([group([2 * size, 4 * size], [size, 2 * size])], [array(size, 2 * size)])).toBe(0);
  });
});

describe('what is left is let pass', () => {
  const isExplained = (one: Bounded, ...corrected: number[]): boolean =>
    shareLeft([one], [Float64Array.from(corrected)]) !== undefined;
  test('where it is a 2^-10th of the error, of the group and of the entry', () => {
    const doubled = group([2, 2, 2, 2], [1, 1, 1, 1], { tolerance: 1e-9 });
    const all = (share: number): number[] => Array.from({ length: 4 }, () => 1 + share * NEGLIGIBLE_SHARE);
    expect([0.99, 1.01].map((share) => isExplained(doubled, ...all(share)))).toEqual([true, false]);
    // One alone is below the bound of the group, twice as large.
    expect(isExplained(doubled, 1 + 0.99 * NEGLIGIBLE_SHARE, 1, 1, 1)).toBe(true);
    expect(isExplained(doubled, 1 + 1.01 * NEGLIGIBLE_SHARE, 1, 1, 1)).toBe(false);
  });

  test.each([2 ** -600, 8, 2 ** 600])('where all is %d times as large', (size) => {
    const doubled = group([2 * size, 2 * size], [size, size], {
      tolerance: 0.01,
      uncertainty: [0.03 * size, 0.03 * size],
    });
    // ‖c − n‖ beside 0.01 (‖c‖ + ‖n‖) + ‖u‖, and a 2^-10th of the error.
    const bound = (0.02 + 0.03 + NEGLIGIBLE_SHARE) / 0.99;
    const both = (share: number): number[] => [size * (1 + share * bound), size * (1 + share * bound)];
    expect([0.99, 1.01].map((share) => isExplained(doubled, ...both(share)))).toEqual([true, false]);
  });

  test('or of the own error of an entry, where that is larger than others', () => {
    const one = group([5, 1, 1, 1], [1, 1, 1, 1], { tolerance: 1e-9 });
    expect([0.99, 1.01].map((share) => isExplained(one, 1 + 4 * share * NEGLIGIBLE_SHARE, 1, 1, 1))).toEqual([
      true,
      false,
    ]);
  });

  test('within the tolerance on the group', () => {
    const large = (tolerance: number): Bounded => group([200, 0], [100, 0], { tolerance });
    // ‖c − n‖ is a hundredth of ‖c‖ + ‖n‖; negligible besides is a thousandth of it.
    const corrected = [100 + 2.0202, 0];
    expect(isExplained(large(0.0102), ...corrected)).toBe(true);
    expect(isExplained(large(0.0092), ...corrected)).toBe(false);
  });

  test('within the tolerance on an entry, measured against its group', () => {
    // The group allows for 0.004 (8 + 8); an entry for 0.004 of its size, or of the typical 1 + 1, and for a 2^-10th of the error.
    const equal = group(
      Array.from({ length: 64 }, () => 2),
      Array.from({ length: 64 }, () => 1),
      { tolerance: 0.004 },
    );
    const one = (off: number): number[] => [1 + off, ...Array.from({ length: 63 }, () => 1)];
    expect([0.0088, 0.0092].map((off) => isExplained(equal, ...one(off)))).toEqual([true, false]);
    const small = group(
      [...Array.from({ length: 63 }, () => 2), 0.02],
      [...Array.from({ length: 63 }, () => 1), 0.01],
      { tolerance: 0.004 },
    );
    const last = (off: number): number[] => [...Array.from({ length: 63 }, () => 1), 0.01 + off];
    expect([0.0086, 0.0092].map((off) => isExplained(small, ...last(off)))).toEqual([true, false]);
    const steep = group(
      [...Array.from({ length: 63 }, () => 2), 40],
      [...Array.from({ length: 63 }, () => 1), 20],
      { tolerance: 0.004 },
    );
    const top = (off: number): number[] => [...Array.from({ length: 63 }, () => 1), 20 + off];
    expect([0.17, 0.19].map((off) => isExplained(steep, ...top(off)))).toEqual([true, false]);
  });

  test('within uncertainty, of the group and of the entry', () => {
    const vague = group([20, 20], [10, 10], { uncertainty: [0.3, 0], tolerance: 1e-9 });
    expect(isExplained(vague, 10.3, 10)).toBe(true);
    expect(isExplained(vague, 10.32, 10)).toBe(false);
    // As much as the group is uncertain, where nothing is.
    expect(isExplained(vague, 10, 10.2)).toBe(false);
    // Each by as much as it may be, and together by more than the group.
    const both = group([20, 20], [10, 10], { uncertainty: [0.3, 0.3], tolerance: 1e-9 });
    expect(isExplained(both, 10.3, 10.3)).toBe(true);
  });
});

describe('a slope', () => {
  test.each([
    ['is seen beyond what is uncertain', [group([1, 1], [0.5, 0], { uncertainty: [0.3, 0.3] })], true],
    ['is not below it', [group([1, 1], [0.4, 0], { uncertainty: [0.3, 0.3] })], false],
    ['is not at it', [group([1], [0.4], { uncertainty: [0.4] })], false],
    ['is seen in one of several', [group([1], [0], { uncertainty: [0.4] }), group([1], [1])], true],
    ['is seen where it was measured', [group([1, 1], [0.1, Number.NaN], { uncertainty: [0.2, 0] })], false],
  ])('%s', (_, groups, expected) => {
    expect(isSeen(groups)).toBe(expected);
  });
});

test('entries are measured that have a numeric derivative', () => {
  expect(measuredEntries({ numeric: array(1, Number.NaN, 0, Number.NaN) })).toEqual([0, 2]);
});

describe('weights', () => {
  test('are less where more is uncertain, in units of a 2^-10th of the error', () => {
    // The root mean square of the error is 5.
    const unit = 5 / 1024;
    const one = group([8, 10, 9, 9], [1, 9, Number.NaN, Number.NaN], { uncertainty: [0, unit, 0, 0] });
    expect([...weightsOf(one)]).toEqual([1, 0.25, 0, 0]);
  });

  test('are the same whatever the magnitude', () => {
    const at = (size: number): number[] => [
      ...weightsOf(group([8 * size, 10 * size], [size, 9 * size], { uncertainty: [0, size / 100] })),
    ];
    expect(at(1)[1]).toBeCloseTo(1 / (1 + 10.24 / 5) ** 2, 12);
    for (const size of [1e-300, 1e300]) expect(at(size)[1]).toBeCloseTo(at(1)[1]!, 12);
  });
});

describe('the best factor', () => {
  const ones = [array(1, 1, 1)];

  test('is that of the weighted least squares', () => {
    const [x, y] = [[array(1, 2, 3)], [array(2, 4, 9)]];
    expect(proportion(x, y, ones)).toBeCloseTo((2 + 8 + 27) / 14, 12);
    expect(proportion(x, y, [array(1, 1, 0)])).toBe(2);
    expect(proportion(x, y, [array(1, 0, 3)])).toBeCloseTo((2 + 81) / 28, 12);
    expect(proportion([array(0, 0, 0)], y, ones)).toBeNaN();
  });

  test('over several groups', () => {
    expect(proportion([array(1), array(2, 0)], [array(3), array(4, 5)], [array(1), array(1, 1)])).toBe(
      11 / 5,
    );
  });

  test('leaves out what was not measured', () => {
    expect(proportion([array(1, Number.NaN)], [array(3, 4)], [array(1, 0)])).toBe(3);
  });

  test('and the two best of two columns', () => {
    const [x, z] = [[array(1, 2, 3)], [array(1, 0, -1)]];
    const y = [array(1, 2, 3).map((value, i) => 2 * value - 0.5 * z[0]![i]!)];
    const { f, m } = proportions(x, z, y, [array(1, 2, 3)])!;
    expect([f, m]).toEqual([expect.closeTo(2, 12), expect.closeTo(-0.5, 12)]);
    // Not what lies on neither: normal equations, with weights.
    const other = proportions([array(1, 0, 1)], [array(0, 1, 1)], [array(1, 2, 5)], [array(2, 1, 1)])!;
    expect([other.f, other.m]).toEqual([expect.closeTo(1.4, 12), expect.closeTo(2.8, 12)]);
  });

  test('are none of columns that are the same to 2^-20', () => {
    const beside = (off: number): unknown => {
      // Of orthogonal columns a and b: 1 − cos² of the angle between a and a + off·b is off² / (1 + off²).
      const [a, b] = [array(1, 1), array(1, -1)];
      return proportions([a], [a.map((value, i) => value + off * b[i]!)], [array(1, 2)], [array(1, 1)]);
    };
    expect(beside(1.01 * Math.sqrt(LEAST_INDEPENDENCE))).toBeDefined();
    expect(beside(0.99 * Math.sqrt(LEAST_INDEPENDENCE))).toBeUndefined();
  });
});

describe('an error is shared by entries enough', () => {
  /** Errors e of which a share is let pass, by the uncertainty: NaN for one that says nothing. */
  const shares = (...each: number[]): Bounded =>
    group(
      each.map(() => 1),
      each.map(() => 0),
      // Negligible is a 2^-10th of the errors, which are all 1, besides.
      { uncertainty: each.map((share) => share - 2 ** -10), tolerance: 0 },
    );

  test.each([
    ['two, where the second passes by chance in one of ten', [shares(0.05, 0.99 * LARGEST_CHANCE)], true],
    ['not where it does more often', [shares(0.05, 1.01 * LARGEST_CHANCE)], false],
    ['whichever of the two is the first', [shares(0.099, 0.05)], true],
    ['one entry never is', [shares(0.001)], false],
    ['three, by what both others pass together', [shares(0.05, 0.3, 0.3)], true],
    ['three, that pass too often', [shares(0.05, 0.34, 0.3)], false],
    ['of entries that say nothing', [shares(0.05, 2, 3)], false],
    ['of two groups', [shares(0.05), shares(0.09)], true],
    ['not of two that say little', [shares(0.05), shares(0.11)], false],
  ])('%s', (_, groups, expected) => {
    expect(isShared(groups)).toBe(expected);
  });

  test('tells by itself where all entries together pass by chance once in a thousand, the most telling one too', () => {
    expect(isTelling([shares(0.99 * LARGEST_CHANCE_OF_RULES)])).toBe(true);
    expect(isTelling([shares(1.01 * LARGEST_CHANCE_OF_RULES)])).toBe(false);
    expect(isTelling([shares(0.02), shares(0.049)])).toBe(true);
    expect(isTelling([shares(0.02), shares(0.051)])).toBe(false);
  });

  test('the same at any size', () => {
    const [g, n] = [
      [8, 8],
      [0, 0],
    ];
    const uncertain = (share: number): Bounded =>
      group(g, n, {
        uncertainty: [0.4 - 8 * NEGLIGIBLE_SHARE, 8 * (share - NEGLIGIBLE_SHARE)],
        tolerance: 0,
      });
    expect(isShared([uncertain(0.99 * LARGEST_CHANCE)])).toBe(true);
    expect(isShared([uncertain(1.01 * LARGEST_CHANCE)])).toBe(false);
  });

  test('beyond the tolerance on the typical size', () => {
    // Sizes are 3 and 1, their root mean square √5; the errors are 1.
    const one = (tolerance: number): Bounded => group([2, 1], [1, 0], { tolerance });
    expect(isShared([one(0.098 / Math.sqrt(5))])).toBe(true);
    expect(isShared([one(0.1 / Math.sqrt(5))])).toBe(false);
  });

  test('by what was measured', () => {
    expect(isShared([group([1, 1, 1], [0, Number.NaN, 0])])).toBe(true);
    expect(isShared([group([1, 1, 1], [0, Number.NaN, Number.NaN])])).toBe(false);
    // An entry that is right says nothing.
    expect(isShared([group([1, 1], [0, 1])])).toBe(false);
  });
});
