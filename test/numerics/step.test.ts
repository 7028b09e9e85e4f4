import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noiseUncertainty } from '../../src/numerics/difference.js';
import {
  chosenStep,
  clearStep,
  DOUBLE_SPACING,
  entryScale,
  noiseRatio,
  powerOfTwo,
} from '../../src/numerics/step.js';

const FLOAT32_SPACING = 2 ** -23;

test('the spacing of doubles is what the language says', () => {
  expect(DOUBLE_SPACING).toBe(Number.EPSILON);
});

test('powers of two are the nearest by logarithm', () => {
  expect([0.7, 0.75, 1, 1.4, 1.5, 3, 1e-300].map(powerOfTwo)).toEqual([0.5, 1, 1, 1, 2, 4, 2 ** -997]);
});

describe('the scale of an entry', () => {
  test.each([
    [0.5, 2, 2],
    [-5, 2, 5],
    [0, 0, 1],
    [0, 1e-200, 1e-200],
  ])('of %d in a parameter of root mean square %d is %d', (value, rms, expected) => {
    expect(entryScale(value, rms)).toBe(expected);
  });
});

describe('the chosen step', () => {
  test('is the cube root of the noise times the scale, to within √2', () => {
    fc.assert(
      fc.property(fc.integer({ min: -250, max: 250 }), fc.integer({ min: -53, max: -10 }), (scale, noise) => {
        const step = chosenStep(10 ** scale, 2 ** noise, DOUBLE_SPACING);
        const ratio = step / (10 ** scale * Math.cbrt(2 ** noise));
        expect(ratio).toBeGreaterThan(0.7);
        expect(ratio).toBeLessThan(1.42);
        expect(Number.isInteger(Math.log2(step))).toBe(true);
      }),
    );
  });

  test('is exactly representable beside numbers of its scale, in float32 too, but across a power of two', () => {
    const mantissa = fc.float({ min: Math.fround(1.01), max: Math.fround(1.98), noNaN: true });
    fc.assert(
      fc.property(mantissa, fc.integer({ min: -60, max: 60 }), (m, exponent) => {
        const value = m * 2 ** exponent;
        const step = chosenStep(Math.abs(value), 2 ** -53, FLOAT32_SPACING);
        expect(Math.fround(value + step) - value).toBe(step);
        expect(value - Math.fround(value - step)).toBe(step);
      }),
    );
  });
});

describe('the relative noise', () => {
  test.each([
    ['is noise over size', 1e-6, 10, 1e-7],
    ['is not below the unit round-off', 0, 1, 2 ** -53],
    ['is not above 2^-10', 1, 1, 2 ** -10],
    ['is the unit round-off when there is no size to compare with', 1e-30, 0, 2 ** -53],
    ['is the unit round-off when the claimed gradient is not finite', 1e-30, Number.NaN, 2 ** -53],
  ])('%s', (_, noise, size, expected) => {
    expect(noiseRatio(noise, size)).toBe(expected);
  });
});

describe('the step for the sake of noise', () => {
  test('is where noise hides a sixty-fourth of the slope, to within √2', () => {
    for (const noise of [1e-16, 1e-9, 1e-7]) {
      const step = clearStep(1e6, noise, 0.1);
      const hidden = noiseUncertainty(noise, 2 * step) / 0.1;
      expect(hidden * 64).toBeGreaterThan(0.7);
      expect(hidden * 64).toBeLessThan(1.42);
    }
  });

  test.each([
    ['is an eighth of the scale at most', 2, 1, 1, 0.25],
    ['is none where there is no slope to go by', 1, 1e-9, 0, 0],
    ['is none where the slope is not finite', 1, 1e-9, Number.NaN, 0],
    ['is none where there is no noise', 1, 0, 1, 0],
  ])('%s', (_, scale, noise, slope, expected) => {
    expect(clearStep(scale, noise, slope)).toBe(expected);
  });
});
