/** How numbers are written: with the digits that a comparison needs, and no more. */

import { describe, expect, test } from 'vitest';
import { counted, grouped, magnitude, pairOfNumbers, plain } from '../../src/render/numbers.js';

describe('a pair of numbers', () => {
  test.each<[a: number, b: number, difference: number, texts: [string, string]]>([
    // Four digits at least, three beyond the first that differs, and seventeen at most.
    [1, 2, 1 / 3, [' 1.000', ' 2.000']],
    [1, 1.02, 0.01, [' 1.0000', ' 1.0200']],
    [1, 1.00001, 5e-6, [' 1.00000000', ' 1.00001000']],
    [0.1, 0.1, 0, [' 0.10000000000000001', ' 0.10000000000000001']],
    [0.1, 0.1, 1e-30, [' 0.10000000000000001', ' 0.10000000000000001']],
    [1, 2, Number.NaN, [' 1.000', ' 2.000']],
    // Decimals by the larger of the two.
    [12345.678, 0, 1, [' 12346', ' 0    ']],
    [123.4, 0.002, 1, [' 123.4', ' 0.0  ']],
    [-1, 1, 1, ['-1.000', ' 1.000']],
    [0, 0, 0, [' 0', ' 0']],
    // From 1e-3 on and below 1e6 without an exponent, if both are.
    [0.001, 0.002, 1 / 3, [' 0.001000', ' 0.002000']],
    [0.000999, 1, 1, [' 9.990e-04', ' 1.000e+00']],
    [999_999, 0, 1, [' 999999', ' 0     ']],
    [1_000_000, 1, 1, [' 1.000e+06', ' 1.000e+00']],
    [-2e300, 1e-300, 1, ['-2.000e+300', ' 1.000e-300']],
    // What is no finite number stands as it is, and decides nothing.
    [Infinity, 0.5, Number.NaN, [' Infinity', ' 0.5000  ']],
    [-Infinity, 5e-324, Number.NaN, ['-Infinity  ', ' 4.941e-324']],
    [Number.NaN, 1, Number.NaN, [' NaN  ', ' 1.000']],
  ])('%d and %d with a difference of %d', (a, b, difference, texts) => {
    expect(pairOfNumbers(a, b, difference)).toEqual(texts);
  });
});

test.each([
  [0, '0'],
  [Number.NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [0.000_999, '9.99e-4'],
  [0.001, '0.00100'],
  [1 / 3, '0.333'],
  [999, '999'],
  [1000, '1.00e+3'],
  [1e-310, '1.00e-310'],
])('the magnitude %d is %s', (value, text) => {
  expect(magnitude(value)).toBe(text);
});

test.each([
  [0, '0'],
  [-0, '0'],
  [1e-7, '1e-7'],
  [0.001, '0.001'],
  [0.000_999_9, '0.001'],
  [-0.000_25, '-2.5e-4'],
  [0.5, '0.5'],
  [1234.5, '1230'],
  [1e300, '1e+300'],
])('%d is plainly %s', (value, text) => {
  expect(plain(value)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [12_345, '12,345'],
  [1_234_567, '1,234,567'],
])('%i is grouped to %s', (count, text) => {
  expect(grouped(count)).toBe(text);
});

test('a count has its noun', () => {
  expect([counted(0, 'loss', 'losses'), counted(1, 'loss', 'losses'), counted(2, 'loss', 'losses')]).toEqual([
    '0 losses',
    '1 loss',
    '2 losses',
  ]);
  expect([counted(1, 'call'), counted(2000, 'call')]).toEqual(['1 call', '2,000 calls']);
});
