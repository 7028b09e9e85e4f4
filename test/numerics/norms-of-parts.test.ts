/** Norms at the edge of the range of doubles, and of parts that are measured against their share of the whole. */

import { describe, expect, test } from 'vitest';
import {
  combinedNorms,
  type Compared,
  finiteNorm,
  groupNorms,
  partNorms,
  relativeDifference,
  resolution,
  rootMeanSquare,
  squaringScale,
} from '../../src/numerics/norms.js';

const compared = (analytic: number[], numeric: number[], uncertainty = numeric.map(() => 0)): Compared => ({
  analytic: Float64Array.from(analytic),
  numeric: Float64Array.from(numeric),
  uncertainty: Float64Array.from(uncertainty),
});

/** Norms between these are taken as they are: their squares lie within 2^±900, well in the range of doubles. */
const [LARGEST_SQUARABLE, SMALLEST_SQUARABLE] = [2 ** 450, 2 ** -450];

describe('the scale', () => {
  test.each([
    ['is 1 in the ordinary range', LARGEST_SQUARABLE, 1],
    ['at both of its ends', SMALLEST_SQUARABLE, 1],
    ['is the power of two below what is larger', 1.5 * LARGEST_SQUARABLE, 2 ** 450],
    ['or smaller', 0.75 * SMALLEST_SQUARABLE, 2 ** -451],
    ['has an inverse that is finite', 2 ** -1074, 2 ** -1022],
    ['is 1 of what is no number', Number.NaN, 1],
  ])('%s', (_, largest, expected) => {
    expect(squaringScale(largest)).toBe(expected);
  });

  test('of a group is that of its largest number, of either gradient', () => {
    expect(groupNorms(compared([3, 4], [3, 4])).scale).toBe(1);
    expect(groupNorms(compared([3 * 2 ** 500, 1], [1, 1])).scale).toBe(2 ** 501);
    expect(groupNorms(compared([1, 1], [1, -3 * 2 ** 500])).scale).toBe(2 ** 501);
    expect(groupNorms(compared([2 ** -600, 0], [0, -(2 ** -500)])).scale).toBe(2 ** -500);
    expect(groupNorms(compared([-(2 ** -500), 0], [0, 2 ** -600])).scale).toBe(2 ** -500);
    expect(groupNorms(compared([0, 0], [0, 0])).scale).toBe(1);
  });

  test('of a group leaves out what was not measured, and what is not finite', () => {
    expect(groupNorms(compared([2 ** -500, 2 ** 600], [2 ** -500, Number.NaN])).scale).toBe(2 ** -500);
    const { scale, analytic, numeric } = groupNorms(compared([Infinity, 2 ** 600], [2 ** 500, 2 ** 500]));
    expect([scale, analytic]).toEqual([2 ** 600, Infinity]);
    expect(numeric * scale).toBe(Math.SQRT2 * 2 ** 500);
  });

  test('changes no norm', () => {
    for (const size of [2 ** -1020, 2 ** -500, 1, 2 ** 500, 2 ** 1000]) {
      const norms = groupNorms(compared([3 * size, 4 * size], [0, 2 * size], [6 * size, 8 * size]));
      const unit = norms.scale / size;
      expect(norms.analytic * unit).toBeCloseTo(5, 12);
      expect(norms.claimed * unit).toBeCloseTo(5, 12);
      expect(norms.numeric * unit).toBeCloseTo(2, 12);
      expect(norms.difference * unit).toBeCloseTo(Math.sqrt(9 + 4), 12);
      expect(norms.uncertainty * unit).toBeCloseTo(10, 12);
      expect(norms).toMatchObject({ share: 1, checked: 2 });
    }
  });
});

describe('a part', () => {
  const group = compared([3, 4, 0, 12], [3, Number.NaN, Number.NaN, Number.NaN], [1, 9, 9, 9]);

  test('has its share of the norm of the whole claim', () => {
    expect(groupNorms(group, 1)).toEqual({
      scale: 1,
      analytic: 3,
      claimed: 13 * Math.sqrt(1 / 4),
      share: 1 / 4,
      numeric: 3,
      difference: 0,
      uncertainty: 1,
      checked: 1,
    });
    expect(groupNorms(group, 4)).toMatchObject({ share: 1, claimed: 3 });
    expect(groupNorms(group)).toMatchObject({ share: 1, claimed: 3 });
  });

  test('keeps what is not finite in it', () => {
    const broken = compared([Infinity, 4], [1, Number.NaN]);
    expect(groupNorms(broken, 1)).toMatchObject({ analytic: Infinity, claimed: Infinity });
    const beside = compared([1, Infinity], [1, Number.NaN]);
    expect(groupNorms(beside, 1).claimed).toBe(Math.sqrt(1 / 2));
  });

  test('has the scale of the whole, where that is the larger', () => {
    const own = groupNorms(compared([3, 4], [1, 0], [2, 0]));
    const part = partNorms(own, 2 ** 500, 1 / 4);
    expect(part.scale).toBe(2 ** 500);
    for (const key of ['analytic', 'numeric', 'difference', 'uncertainty'] as const)
      expect(part[key] * part.scale).toBe(own[key]);
    expect(part).toMatchObject({ claimed: 1 / 2, share: 1 / 4, checked: 2 });
    expect(partNorms({ ...own, scale: 2 ** 600 }, 2 ** 500, 1 / 4)).toMatchObject({
      scale: 2 ** 600,
      analytic: 5,
      claimed: 2 ** -101,
    });
  });

  test('of all parts the squares of the claims add up to the whole', () => {
    const whole = Math.hypot(3, 4, 12);
    const parts = [1 / 4, 3 / 4].map((share) => partNorms(groupNorms(group), whole, share));
    expect(combinedNorms(parts).claimed).toBeCloseTo(whole, 12);
  });
});

describe('norms together', () => {
  test('have the largest scale', () => {
    const [large, small] = [
      groupNorms(compared([2 ** 500], [0], [1])),
      groupNorms(compared([1], [1], [2 ** 499])),
    ];
    const both = combinedNorms([large, small]);
    expect(both).toMatchObject({
      scale: 2 ** 500,
      analytic: 1,
      claimed: 1,
      difference: 1,
      checked: 2,
      share: 1,
    });
    expect(both.numeric).toBe(2 ** -500);
    expect(both.uncertainty).toBe(0.5);
  });

  test('of nothing are nothing', () => {
    expect(combinedNorms([])).toMatchObject({ scale: 1, analytic: 0, numeric: 0, checked: 0 });
  });

  test('over what is finite', () => {
    expect(finiteNorm([Float64Array.of(3, Number.NaN), Float64Array.of(Infinity, 4)])).toBeCloseTo(5, 12);
    expect(finiteNorm([Float64Array.of(3e300), Float64Array.of(4e300)]) / 5e300).toBeCloseTo(1, 12);
    expect(finiteNorm([])).toBe(0);
    expect(finiteNorm([new Float64Array(0), Float64Array.of(2)])).toBe(2);
  });
});

test('a difference and a resolution are relative to the claim and the numeric gradient', () => {
  const norms = groupNorms(compared([3], [2], [0.25]));
  expect(relativeDifference(norms)).toBe(1 / 5);
  expect(resolution(norms)).toBe(0.25 / 5);
  const part = { ...norms, claimed: 0.5 };
  expect(relativeDifference(part)).toBe(1 / 2.5);
  expect(resolution(part)).toBe(0.25 / 2.5);
  expect(resolution({ ...part, uncertainty: 0, claimed: 0, numeric: 0 })).toBe(0);
  expect(resolution({ ...part, claimed: Infinity })).toBe(0.25 / 4);
});

test.each([
  [[2 ** 450, 0], 2 ** 449.5],
  [[-3 * 2 ** 600, 4 * 2 ** 600], Math.sqrt(12.5) * 2 ** 600],
  [[-3 * 2 ** -600, 4 * 2 ** -600], Math.sqrt(12.5) * 2 ** -600],
  [[2 ** -1074, 2 ** -1074], 2 ** -1074],
])('the root mean square of %j is %d', (values, expected) => {
  expect(rootMeanSquare(Float64Array.from(values)) / expected).toBeCloseTo(1, 12);
});

test('the root mean square of what is not finite is not', () => {
  expect(rootMeanSquare(Float64Array.of(1, Infinity))).toBe(Infinity);
  expect(rootMeanSquare(Float64Array.of(1, Number.NaN))).toBeNaN();
});
