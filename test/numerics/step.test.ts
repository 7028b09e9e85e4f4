/** Steps and scales: each by its formula, and on both sides of every threshold. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  balancedStep,
  binary,
  DOUBLE_SPACING,
  entryScale,
  LARGEST_STEP,
  LEAST_SPACINGS,
  movedScale,
  nearestStep,
  relativeNoise,
  STEP_MANTISSA,
  STEP_RATIO,
  stepAbove,
} from '../../src/numerics/step.js';

test('the constants are what their names say', () => {
  expect(DOUBLE_SPACING).toBe(Number.EPSILON);
  // φ² = φ + 1.
  expect(STEP_MANTISSA ** 2).toBeCloseTo(STEP_MANTISSA + 1, 15);
  expect(STEP_RATIO).toBe(4);
  expect(LARGEST_STEP).toBe(STEP_MANTISSA / 16);
  expect(LEAST_SPACINGS).toBe(8);
});

/** An entry below this share of its scale may be of another unit. */
const UNLIKE_SHARE = 2 ** -10;
/** Between these lies the noise relative to the loss: the unit round-off of doubles, and what makes a step a tenth. */
const [LEAST_RELATIVE_NOISE, MOST_RELATIVE_NOISE] = [Number.EPSILON / 2, 2 ** -10];

/** A step of the ladder. */
const step = (k: number): number => STEP_MANTISSA * 4 ** k;

describe('the ladder φ 4^k', () => {
  test.each([-200, -9, -1, 0, 1, 200])('at k = %d has the nearest step by its logarithm', (k) => {
    expect(nearestStep(step(k))).toBe(step(k));
    expect([1.99, 2.01].map((ratio) => nearestStep(step(k) * ratio))).toEqual([step(k), step(k + 1)]);
    expect([1.99, 2.01].map((ratio) => nearestStep(step(k) / ratio))).toEqual([step(k), step(k - 1)]);
  });

  test.each([-200, -9, -1, 0, 1, 200])('at k = %d has the least step that is no smaller', (k) => {
    expect([0.26, 0.99].map((ratio) => stepAbove(step(k) * ratio))).toEqual([step(k), step(k)]);
    expect([1.01, 3.99].map((ratio) => stepAbove(step(k) * ratio))).toEqual([step(k + 1), step(k + 1)]);
  });
});

describe('the scale of an entry', () => {
  test.each([
    [0.5, 2, 2],
    [-5, 2, 5],
    [0, 0, 1],
    [0, 1e-200, 1e-200],
    [-1e-200, 0, 1e-200],
  ])('of %d in a parameter of root mean square %d is %d', (value, rms, expected) => {
    expect(entryScale(value, rms)).toBe(expected);
  });

  test.each([
    ['the scale of the parameter, above a 2^-10th of it', 2 ** -10, 2],
    ['whatever its sign', -1, 2],
    ['where it is larger', 64, 2],
    ['of an entry that is zero', 0, 2],
    ['the power of two below an entry that is smaller', -3 * 2 ** -12, 2 ** -11],
    ['or at it', 2 ** -30, 2 ** -30],
  ])('moved with others is %s', (_, value, expected) => {
    expect(movedScale(value, value === 2 ** -10 ? 1 : 2)).toBe(value === 2 ** -10 ? 1 : expected);
  });

  test('of another unit begins right below a 2^-10th', () => {
    expect([1.001, 0.999].map((share) => movedScale(share * UNLIKE_SHARE, 1))).toEqual([1, 2 ** -11]);
  });

  test.each([
    [1, 1],
    [1.99, 1],
    [0.75, 0.5],
    [1e-300, 2 ** -997],
  ])('in binary, of %d, is %d', (scale, expected) => {
    expect(binary(scale)).toBe(expected);
  });
});

describe('the relative noise', () => {
  test.each([
    ['is noise over size', 1e-6, 10, 1e-7],
    ['is not below the unit round-off', 0, 1, LEAST_RELATIVE_NOISE],
    ['is not below it by a little', 0.9 * 2 ** -53, 1, 2 ** -53],
    ['is above it by a little', 1.5 * 2 ** -53, 1, 1.5 * 2 ** -53],
    ['is not above 2^-10', 1, 1, MOST_RELATIVE_NOISE],
    ['is below it by a little', 0.9 * 2 ** -10, 1, 0.9 * 2 ** -10],
    ['is the unit round-off when there is no size to compare with', 1e-30, 0, 2 ** -53],
    ['is the unit round-off when the size is no number', 1e-30, Number.NaN, 2 ** -53],
    ['is the unit round-off when the noise is no number', Number.NaN, 1, 2 ** -53],
  ])('%s', (_, noise, size, expected) => {
    expect(relativeNoise(noise, size)).toBe(expected);
  });
});

describe('the balanced step', () => {
  test('is the cube root of the noise, to within a factor of two', () => {
    fc.assert(
      fc.property(fc.double({ min: -52, max: -13, noNaN: true }), (exponent) => {
        const chosen = balancedStep(5 * 2 ** exponent, 5, DOUBLE_SPACING);
        expect(Math.abs(Math.log2(chosen) - exponent / 3)).toBeLessThanOrEqual(1.001);
        expect(nearestStep(chosen)).toBe(chosen);
      }),
    );
  });

  test('is at least eight spacings of what is stored', () => {
    expect(balancedStep(0, 1, 2 ** -23)).toBe(balancedStep(0, 1, DOUBLE_SPACING));
    expect(balancedStep(0, 1, 2 ** -10)).toBe(stepAbove(2 ** -7));
    // 8 spacings are just below a step, or just above.
    const bound = step(-4);
    expect([0.99, 1.01].map((share) => balancedStep(0, 1, (share * bound) / 8))).toEqual([
      step(-4),
      step(-3),
    ]);
  });

  test('is a tenth of the scale at most', () => {
    expect(balancedStep(1, 1, DOUBLE_SPACING)).toBe(LARGEST_STEP);
    expect(balancedStep(0, 1, 1)).toBe(LARGEST_STEP);
  });
});
