/** The numbers of a block: one format, and the digits that are known. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pair, pairsInWords, relativeFormat } from '../../src/render/columns.js';

const pair = (numeric: number, analytic: number, uncertainty: number): Pair => ({
  numeric,
  analytic,
  uncertainty,
});

/** Whether a decimal number is off a double by no more than 0.51 times a bound, exactly: read as a double it may be off by more. */
function isWithin(text: string, value: number, bound: number): boolean {
  const [digits = '', power = '0'] = text.trim().split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  const exponent = Number(power) - decimals.length;
  // All in units of which each is a whole multiple.
  const unit = 10n ** BigInt(Math.max(0, -exponent));
  const written = BigInt(whole + decimals) * 10n ** BigInt(Math.max(0, exponent)) * 2n ** 1074n;
  const off = written - multipleOfLeast(value) * unit;
  return 100n * (off < 0n ? -off : off) <= 51n * multipleOfLeast(bound) * unit;
}

/** A double in units of the least, 2^-1074. */
function multipleOfLeast(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(Math.abs(value)).buffer)[0]!;
  const power = Number(bits >> 52n);
  const mantissa = (bits & (2n ** 52n - 1n)) + (power === 0 ? 0n : 2n ** 52n);
  const size = mantissa * 2n ** BigInt(Math.max(0, power - 1));
  return value < 0 ? -size : size;
}

describe('a pair', () => {
  test.each<[Pair, numeric: string, analytic: string, uncertainty: string]>([
    [pair(5.9, 2.95, 8.13e-8), ' 5.90000000', ' 2.95000000', '0.00000009'],
    [pair(-5.9, 2.95, 8e-8), '-5.90000000', ' 2.95000000', '0.00000008'],
    // A bound is rounded up, and then has one digit less.
    [pair(1, 2, 9.5e-9), ' 1.00000000', ' 2.00000000', '0.00000001'],
    [pair(12345.678, 0, 30), ' 12350', ' 0', '30'],
    // What is uncertain by more than both hides the one, and not the other.
    [pair(0.4, 2.95, 40), ' 0', ' 3.0', '40'],
    [pair(0.01, -0.95, 3), ' 0', '-0.95', '3'],
    [pair(0, 1.5, 1e-9), ' 0.000000000', ' 1.500000000', '0.000000001'],
    [pair(-1e-12, 1.5, 1e-9), ' 0.000000000', ' 1.500000000', '0.000000001'],
    // Without a bound as many as show the difference.
    [pair(1, 2, 0), ' 1.00000', ' 2.00000', ''],
    [pair(1, 1 + 1e-9, 0), ' 1.0000000000', ' 1.0000000010', ''],
    [pair(Number.NaN, 2, Number.NaN), ' NaN', ' 2.00000', ''],
    [pair(1, Number.NEGATIVE_INFINITY, 1e-3), ' 1.000', '-Infinity', '0.001'],
    [pair(0, 0, 0), ' 0', ' 0', ''],
    // With exponents, of one style.
    [pair(1e-300, -2e-300, 1e-304), ' 1.0000e-300', '-2.0000e-300', '1e-304'],
    [pair(-1e9, 2e300, 1e3), '-1.000000e+9', ' 2.00000000000000e+300', '1e+3'],
    [pair(0, 0, 8.1e186), ' 0', ' 0', '9e+186'],
    [pair(7e-16, -1.5e-17, 4e-15), ' 1e-15', '-1.5e-17', '4e-15'],
  ])('%j', (given, numeric, analytic, uncertainty) => {
    expect(pairsInWords([given])).toEqual([{ numeric, analytic, uncertainty }]);
  });
});

test('pairs that stand together have exponents all, or none', () => {
  const [first, second] = pairsInWords([pair(1, 2, 1e-3), pair(1e-20, 2e9, 1e-22)]);
  expect(first).toEqual({ numeric: ' 1.000e+0', analytic: ' 2.000e+0', uncertainty: '1e-3' });
  expect(second!.numeric).toBe(' 1.00e-20');
});

test('what is written is right to within what is uncertain', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 });
  const bound = fc.double({ noNaN: true, min: 1e-200, max: 1e200 });
  fc.assert(
    fc.property(number, number, bound, (numeric, analytic, uncertainty) => {
      const [words] = pairsInWords([pair(numeric, analytic, uncertainty)]);
      const written = Number(words!.uncertainty);
      expect(written).toBeGreaterThanOrEqual(uncertainty * (1 - 1e-12));
      expect(isWithin(words!.numeric, numeric, written)).toBe(true);
      expect(words!.uncertainty.replaceAll(/e.*|[0.]/g, '')).toHaveLength(1);
    }),
  );
});

test('relative numbers have three digits, or an exponent where one of them needs it', () => {
  expect([0.25, 1, 0].map(relativeFormat([0.25, 1, 0]))).toEqual(['0.250', '1.00', '0']);
  expect([0.25, 1e-9, 0].map(relativeFormat([0.25, 1e-9, 0]))).toEqual(['2.5e-1', '1.0e-9', '0']);
  expect(relativeFormat([Number.NaN, 0.5])(Number.NaN)).toBe('NaN');
});
