/** Lepskii's balancing: bounds by their formulas, on values at distances of which each is a quarter of the one above. */

import { describe, expect, test } from 'vitest';
import {
  balance,
  type Balanced,
  CENTRAL,
  type Orders,
  type Point,
  SIDED,
} from '../../src/numerics/balance.js';

/** What no bound reaches: where all but one value may be off by so much, that one is taken. */
const MUCH = 1e6;

interface Given {
  readonly value: number;
  readonly error?: number;
  readonly bias?: number;
}

/** Values at falling distances; with `only`, all others may be off by much. */
function points(given: readonly Given[], only?: number): Point[] {
  return given.map(({ value, error = 0, bias = 0 }, k) => {
    const hidden = only === undefined || only === k ? 0 : MUCH;
    return { distance: 4 ** -k, value, error, bias, largest: bias, hidden };
  });
}

const balanced = (given: readonly Given[], only?: number, orders: Orders = CENTRAL): Balanced | undefined =>
  balance(points(given, only), orders);

const boundOf = (given: readonly Given[], only: number, orders: Orders = CENTRAL): number => {
  const best = balanced(given, only, orders)!;
  expect(best).toMatchObject({ value: given[only]!.value, place: only, hidden: 0 });
  return best.uncertainty;
};

test('a centred difference is off by h², one of Richardson’s by h⁴, a one-sided one by h, and by h² then', () => {
  expect(CENTRAL).toEqual({ own: 2, extrapolated: 4, slowest: 1 });
  expect(SIDED).toEqual({ own: 1, extrapolated: 2, slowest: 1 / 2 });
});

/** What is estimated of truncation is taken twice. */
const TRUNCATION_CAUTION = 2;
/** The noise of the last distance, which no other bears out, counts twice. */
const LAST_COVERAGE = 2;

/** Of a change that falls by this ratio at each distance. */
const truncation = (change: number, ratio: number): number =>
  (TRUNCATION_CAUTION * change * ratio) / (1 - ratio);

describe('a value is bound by its error, its bias, and its truncation', () => {
  test('the first by the change after it, and what that leaves at the slowest fall', () => {
    const given = [{ value: 7, error: 0.5, bias: 0.25 }, { value: 4, error: 0.125, bias: 8 }, { value: 4 }];
    expect(boundOf(given, 0)).toBeCloseTo(0.5 + 0.25 + (3 + 0.125) / (1 - 1 / 4), 12);
    expect(boundOf(given, 0, SIDED)).toBeCloseTo(0.75 + (3 + 0.125) / (1 - 1 / 2), 12);
  });

  test('the second by the change before it, at the slowest fall', () => {
    const given = [{ value: 1 }, { value: 4, error: 0.5, bias: 0.25 }, { value: 4 }];
    expect(boundOf(given, 1)).toBeCloseTo(0.75 + truncation(3, 1 / 4), 12);
    expect(boundOf(given, 1, SIDED)).toBeCloseTo(0.75 + truncation(3, 1 / 2), 12);
  });

  test('others at the fall that two changes show', () => {
    const given = [{ value: 20 }, { value: 12 }, { value: 10, error: 0.5, bias: 0.25 }];
    expect(boundOf(given, 2)).toBeCloseTo(0.75 + truncation(2, 2 / 8), 12);
    const falling = [{ value: 20 }, { value: 12 }, { value: 11 }];
    expect(boundOf(falling, 2)).toBeCloseTo(truncation(1, 1 / 8), 12);
    expect(boundOf(falling, 2, SIDED)).toBeCloseTo(truncation(2, 1 / 4), 12);
  });

  test('no faster than that of a smooth function', () => {
    // Two values agree by chance: they are taken for an h² away.
    const given = [{ value: 20 }, { value: 12 }, { value: 12 }];
    expect(boundOf(given, 2)).toBeCloseTo(truncation(8 / 16, 1 / 16), 12);
    expect(boundOf(given, 2, SIDED)).toBeCloseTo(truncation(8 / 4, 1 / 4), 12);
  });

  test('at the slowest where noise hides the change before', () => {
    const given = (first: number, second: number): Given[] => [
      { value: 20, error: first },
      { value: 12, error: second },
      { value: 11 },
    ];
    expect(boundOf(given(4, 3.99), 2)).toBeCloseTo(truncation(1, 1 / 8), 12);
    expect(boundOf(given(4, 4.01), 2)).toBeCloseTo(truncation(1, 1 / 4), 12);
    expect(boundOf(given(0, 8.01), 2)).toBeCloseTo(truncation(1, 1 / 4), 12);
    expect(boundOf(given(8.01, 0), 2)).toBeCloseTo(truncation(1, 1 / 4), 12);
    expect(boundOf(given(4, 4.01), 2, SIDED)).toBeCloseTo(truncation(2, 1 / 2), 12);
  });

  test('or its own', () => {
    const given = (error: number): Given[] => [{ value: 20 }, { value: 12 }, { value: 11, error }];
    expect(boundOf(given(0.99), 2) - 0.99).toBeCloseTo(truncation(1, 1 / 8), 12);
    expect(boundOf(given(1.01), 2) - 1.01).toBeCloseTo(truncation(1, 1 / 4), 12);
  });

  test('by nothing at all where changes grow', () => {
    const given = [{ value: 20 }, { value: 12 }, { value: 2 }, { value: 2, error: 50 }];
    expect(balanced(given, 2)!.hidden).toBeGreaterThan(0);
    expect(boundOf([{ value: 20 }, { value: 12 }, { value: 5 }, { value: 5, error: 50 }], 2)).toBeCloseTo(
      truncation(7, 7 / 8),
      12,
    );
  });

  test('whichever way the values go', () => {
    const given = [{ value: -20 }, { value: -12 }, { value: -11 }];
    expect(boundOf(given, 2)).toBeCloseTo(truncation(1, 1 / 8), 12);
    expect(boundOf(given, 1)).toBeCloseTo(truncation(8, 1 / 4), 12);
    expect(boundOf(given, 0)).toBeCloseTo(8 / (3 / 4), 12);
  });
});

describe('extrapolation', () => {
  test('of two neighbours is Richardson’s: it takes the h² away', () => {
    const parabola = [16, 4, 1].map((d) => ({ value: 7 + 3 * (d / 16) ** 2 }));
    expect(balanced(parabola)).toMatchObject({
      value: expect.closeTo(7, 12) as number,
      uncertainty: expect.closeTo(0, 12) as number,
    });
    // To one side it is an h.
    const sided = [16, 4, 1].map((d) => ({ value: 7 + 3 * (d / 16) }));
    expect(balanced(sided, undefined, SIDED)!.value).toBeCloseTo(7, 12);
  });

  test('goes by the distances', () => {
    const at = (distance: number): Point => ({
      distance,
      value: 1 + distance ** 2,
      error: 0,
      bias: 0,
      largest: 0,
      hidden: 0,
    });
    expect(balance([at(3), at(2), at(1)], CENTRAL)!.value).toBeCloseTo(1, 12);
  });

  /** 7 + d², at three distances, each with bounds of its own. */
  const smooth = (hidden: readonly number[]): Point[] =>
    [
      { distance: 4, error: 0.3, bias: 0.2 },
      { distance: 1, error: 0.1, bias: 0.05 },
      { distance: 1 / 4, error: 0.02, bias: 0.01 },
    ].map((point, k) => ({
      ...point,
      largest: point.bias,
      value: 7 + point.distance ** 2,
      hidden: hidden[k]!,
    }));
  /** Of v + (v − above) / 15. */
  const ofBoth = (own: number, above: number): number => (16 * own + above) / 15;

  test('has the bounds of both, and what the next leaves', () => {
    const next = ofBoth(0.02, 0.1);
    expect(balance(smooth([0.15, 0.3, MUCH]), CENTRAL)).toEqual({
      value: 7,
      uncertainty: expect.closeTo(ofBoth(0.1, 0.3) + ofBoth(0.05, 0.2) + next / (1 - 1 / 4), 12) as number,
      hidden: expect.closeTo(ofBoth(0.3, 0.15), 12) as number,
      doubt: 0,
      place: 1,
    });
  });

  test('has the place of the smaller of its distances', () => {
    expect(balance(smooth([1, 1, 0]), CENTRAL)).toEqual({
      value: 7,
      uncertainty: expect.closeTo(ofBoth(0.02, 0.1) + ofBoth(0.01, 0.05), 12) as number,
      hidden: expect.closeTo(1 / 15, 12) as number,
      doubt: 0,
      place: 2,
    });
  });

  test('leaves what falls like h⁴', () => {
    /** Values whose extrapolated ones are these. */
    const extrapolatedTo = (...wanted: readonly number[]): Given[] => {
      const given = [{ value: 0 }];
      for (const value of wanted) given.push({ value: (15 * value + given.at(-1)!.value) / 16 });
      return given;
    };
    const boundAt3 = (orders: Orders, ...wanted: readonly number[]): number => {
      const given = points(extrapolatedTo(...wanted)).map((point, k) => ({
        ...point,
        hidden: k < 2 ? MUCH : 0,
      }));
      return balance(given, orders)!.uncertainty;
    };
    expect(boundAt3(CENTRAL, 263, 7, 7)).toBeCloseTo(truncation(1, 1 / 256), 12);
    expect(boundAt3(CENTRAL, 263, 7, 7 + 2)).toBeCloseTo(truncation(2, 2 / 256), 12);
  });
});

describe('a value is borne out', () => {
  /** Values of which the first is within its bound of the second, and the third is off. */
  const off = (third: Given, last: readonly Given[]): Given[] => [{ value: 0 }, { value: 3 }, third, ...last];
  const isTaken = (given: readonly Given[]): boolean => balanced(given, 0)?.hidden === 0;
  /** What the first may be off by: 3 / (3/4). */
  const BOUND = 4;

  test('where it is within its bound of those at all smaller distances', () => {
    expect(isTaken(off({ value: 0.999 * BOUND }, [{ value: 0 }]))).toBe(true);
    expect(isTaken(off({ value: 1.001 * BOUND }, [{ value: 0 }]))).toBe(false);
    expect(isTaken(off({ value: -1.001 * BOUND }, [{ value: 0 }]))).toBe(false);
    expect(isTaken(off({ value: 0 }, [{ value: 1.001 * BOUND }]))).toBe(false);
  });

  test('and the bounds of these', () => {
    const third = (value: number): Given => ({ value, error: 1, bias: 0.5 });
    expect(isTaken(off(third(BOUND + 1.499), [{ value: 0 }]))).toBe(true);
    expect(isTaken(off(third(BOUND + 1.501), [{ value: 0 }]))).toBe(false);
  });

  test('and twice the noise of the last', () => {
    const last = (value: number): Given => ({ value, error: 1, bias: 0.5 });
    expect(isTaken(off(last(BOUND + LAST_COVERAGE + 0.499), []))).toBe(true);
    expect(isTaken(off(last(BOUND + LAST_COVERAGE + 0.501), []))).toBe(false);
    expect(isTaken(off({ value: 0 }, [last(BOUND + LAST_COVERAGE + 0.499)]))).toBe(true);
    expect(isTaken(off({ value: 0 }, [last(BOUND + LAST_COVERAGE + 0.501)]))).toBe(false);
  });

  test('whatever larger distances say', () => {
    const given = [{ value: 1e3 }, { value: 3 }, { value: 3 }, { value: 3 }];
    expect(balanced(given, 3)).toMatchObject({ value: 3, place: 3, hidden: 0 });
  });

  test('not where it is no number', () => {
    expect(balanced([{ value: Number.NaN }, { value: Number.NaN }, { value: Number.NaN }])).toBeUndefined();
    expect(
      balanced([
        { value: 1, error: Infinity },
        { value: 1, error: Infinity },
      ]),
    ).toBeUndefined();
  });
});

describe('of those borne out', () => {
  test('the one is taken that noise which need not be there puts off least', () => {
    const two = (doubt: number): Point[] => [
      { distance: 4, value: 5, error: 2, bias: 0, largest: 0, hidden: 0 },
      { distance: 1, value: 5, error: 1, bias: 0, largest: 0, hidden: 0, doubt },
    ];
    expect(balance(two(2.3), CENTRAL)).toMatchObject({ uncertainty: 1, doubt: 2.3, place: 1 });
    expect(balance(two(2.4), CENTRAL)).toMatchObject({ doubt: 0, place: 0 });
  });

  test('are those that others miss by no more than that noise', () => {
    const off = (value: number): Point[] => [
      { distance: 16, value: 5, error: 0, bias: 0, largest: 0, hidden: 0 },
      { distance: 4, value: 5, error: 0, bias: 0, largest: 0, hidden: 0 },
      { distance: 1, value, error: 0, bias: 0, largest: 0, hidden: 0, doubt: 0.5 },
    ];
    expect(balance(off(5.49), CENTRAL)).toMatchObject({ value: 5, uncertainty: 0 });
    expect(balance(off(5.51), CENTRAL)?.uncertainty).toBeGreaterThan(0.1);
  });

  test('the one with the least doubt is taken, what is hidden included', () => {
    const two = (hidden: number): Point[] => [
      { distance: 4, value: 5, error: 2, bias: 0, largest: 0, hidden: 1 },
      { distance: 1, value: 5, error: 1, bias: 0, largest: 0, hidden },
    ];
    // The first is as uncertain as 2 + 1 / (3/4).
    expect(balance(two(3.3), CENTRAL)).toMatchObject({ value: 5, uncertainty: 1, hidden: 3.3, place: 1 });
    expect(balance(two(3.4), CENTRAL)).toMatchObject({
      value: 5,
      uncertainty: expect.closeTo(2 + 4 / 3, 12) as number,
      hidden: 1,
      place: 0,
    });
  });

  test('there is none of fewer than two distances', () => {
    expect(balanced([])).toBeUndefined();
    expect(balanced([{ value: 3 }])).toBeUndefined();
  });
});
