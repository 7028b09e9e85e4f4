/** The tolerance of a group: each constant by its formula, and what raises it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BFLOAT16, DOUBLE, FLOAT16, FLOAT32 } from '../../src/numerics/format.js';
import { combinedNorms } from '../../src/numerics/norms.js';
import {
  combinedTolerance,
  DEFAULT_TOLERANCE,
  FLOAT32_TOLERANCE,
  LARGEST_DEFAULT_TOLERANCE,
  LEAST_KNOWN,
  tolerancesFor,
} from '../../src/verdict/tolerance.js';
import { norms } from './numbers.js';

/** Numbers of half precision were rounded twice, each time by half of their spacing. */
const HALF_ROUNDINGS = 2;

const BY_DEFAULT = { tolerance: undefined };

test('the constants are what their comments say', () => {
  expect(DEFAULT_TOLERANCE).toBe(1e-7);
  expect(LARGEST_DEFAULT_TOLERANCE).toBe(1 / 100);
  // 64 roundings, √4096, of 2^-23 each.
  expect(FLOAT32_TOLERANCE).toBe(Math.sqrt(4096) * 2 ** -23);
  // Twice or half is 1/3 off, which shows beside what is not known.
  expect(LEAST_KNOWN).toBeLessThan((2 - 1) / (2 + 1));
  expect(LEAST_KNOWN).toBe(0.3);
});

describe('the tolerances of a parameter', () => {
  test('are the user’s, to the letter, whatever is uncertain', () => {
    const vague = norms({ uncertainty: 0.1 });
    for (const tolerance of [0, 1e-12, 0.5])
      expect(tolerancesFor({ tolerance }, FLOAT16, vague)).toEqual({ wrong: tolerance, correct: tolerance });
  });

  test('are 1e-7 of doubles', () => {
    // However small the numbers are, and however few bits that leaves them.
    for (const scale of [1, 2 ** -1070])
      expect(tolerancesFor(BY_DEFAULT, DOUBLE, norms({ scale }))).toEqual({ wrong: 1e-7, correct: 1e-7 });
  });

  test('are 1e-7 where both gradients are zero', () => {
    const zero = norms({ analytic: 0, numeric: 0, uncertainty: 1 });
    expect(tolerancesFor(BY_DEFAULT, FLOAT16, zero)).toEqual({ wrong: 1e-7, correct: 1e-7 });
  });

  test.each([
    ['2^-17 of floats', FLOAT32, 2 ** -17],
    ['of half precision one spacing', FLOAT16, HALF_ROUNDINGS * 2 ** -11],
    ['of bfloat16 one spacing', BFLOAT16, HALF_ROUNDINGS * 2 ** -8],
  ])('are %s', (_, format, expected) => {
    expect(tolerancesFor(BY_DEFAULT, format, norms())).toEqual({ wrong: expected, correct: expected });
  });

  test('are what half precision leaves of numbers below its normal range', () => {
    // Typical is (1 + 3) 2^-14 / √16, the spacing there 2^-24, of which half is off, twice.
    const small = norms({ scale: 2 ** -14, analytic: 1, numeric: 3, checked: 16 });
    expect(tolerancesFor(BY_DEFAULT, FLOAT16, small).wrong).toBe(2 ** -10);
    const smaller = { ...small, scale: 2 ** -16 };
    expect(tolerancesFor(BY_DEFAULT, FLOAT16, smaller).wrong).toBe(2 ** -8);
    expect(tolerancesFor(BY_DEFAULT, FLOAT16, { ...smaller, checked: 0 }).wrong).toBe(2 ** -10);
  });

  test('leave room for what is uncertain where something is called correct', () => {
    const vague = norms({ analytic: 1, numeric: 3, uncertainty: 0.4 });
    expect(tolerancesFor(BY_DEFAULT, DOUBLE, vague)).toEqual({ wrong: 1e-7, correct: 1e-7 + 0.1 });
    expect(tolerancesFor(BY_DEFAULT, FLOAT32, vague)).toEqual({ wrong: 2 ** -17, correct: 2 ** -17 + 0.1 });
  });

  test('leave no more of it than a parameter that is known may have', () => {
    const correctAt = (resolution: number): number =>
      tolerancesFor(BY_DEFAULT, DOUBLE, norms({ uncertainty: 2 * resolution })).correct;
    expect(correctAt(0.29)).toBeCloseTo(1e-7 + 0.29, 12);
    expect(correctAt(0.31)).toBeCloseTo(1e-7 + 0.3, 12);
  });

  test('measure a part against its share of the claim', () => {
    const part = norms({
      analytic: 9,
      claimed: 1,
      numeric: 3,
      uncertainty: 0.4,
      checked: 16,
      scale: 2 ** -16,
    });
    expect(tolerancesFor(BY_DEFAULT, DOUBLE, part).correct).toBeCloseTo(1e-7 + 0.1, 12);
    expect(tolerancesFor(BY_DEFAULT, FLOAT16, part).wrong).toBe(2 ** -8);
  });
});

describe('the tolerance of a model', () => {
  const [small, large] = [norms({ analytic: 3, numeric: 3 }), norms({ analytic: 4, numeric: 4, scale: 4 })];
  const whole = combinedNorms([small, large]);

  test('is the user’s', () => {
    expect(combinedTolerance({ tolerance: 1e-9 }, [0.1, 0.1], [small, large], whole)).toBe(1e-9);
  });

  test('is the root of the squares of those of its parameters, by their share of the gradients', () => {
    const combined = combinedTolerance(BY_DEFAULT, [0.1, 0.2], [small, large], whole);
    expect(combined).toBeCloseTo(Math.hypot(0.1 * 6, 0.2 * 32) / (2 * Math.hypot(3, 16)), 14);
  });

  test('is 1e-7 at least, and where there is nothing to measure against', () => {
    expect(combinedTolerance(BY_DEFAULT, [1e-9, 1e-9], [small, large], whole)).toBe(1e-7);
    const nothing = norms({ analytic: 0, numeric: 0 });
    expect(combinedTolerance(BY_DEFAULT, [1], [nothing], nothing)).toBe(1e-7);
    expect(combinedTolerance(BY_DEFAULT, [2e-7], [small], small)).toBe(2e-7);
  });

  test('holds what its parameters hold', () => {
    const size = fc.double({ min: 0.01, max: 1, noNaN: true });
    const parameters = fc.array(fc.record({ size, other: size, tolerance: size }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(parameters, (drawn) => {
        const own = drawn.map(({ size: analytic, other: numeric, tolerance }) =>
          norms({ analytic, numeric, difference: tolerance * (analytic + numeric) }),
        );
        const all = combinedNorms(own);
        const tolerances = drawn.map(({ tolerance }) => tolerance);
        const bound = combinedTolerance(BY_DEFAULT, tolerances, own, all);
        expect(all.difference).toBeLessThanOrEqual(bound * (all.analytic + all.numeric) * (1 + 1e-12));
      }),
    );
  });
});
