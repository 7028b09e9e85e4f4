import { describe, expect, test } from 'vitest';
import { brief, briefFactor, entries } from '../../src/diagnoses/brief.js';

describe('a number is said with five digits', () => {
  test.each([
    [2, '2'],
    [1 / 3, '0.33333'],
    [123456, '123460'],
    [-0.5, '−0.5'],
    [1.23456e-9, '1.2346e-9'],
    [-1.5e-7, '−1.5e-7'],
    [0, '0'],
  ])('%d as %s', (value, said) => {
    expect(brief(value)).toBe(said);
  });
});

describe('a factor is said with as many digits as tell it from one', () => {
  test.each([
    [1, '1'],
    [-1, '−1'],
    [1.23456789, '1.2346'],
    [1.0012345, '1.0012'],
    // 1e-4 is the fifth digit, and a sixth tells how far it is off.
    [1.0001234, '1.00012'],
    [1.0001, '1.0001'],
    [1.00004, '1.00004'],
    [0.99996, '0.99996'],
    [-1.000002, '−1.000002'],
    [1.0000000001234, '1.00000000012'],
    [1 + 4e-11, '1.00000000004'],
    // More digits are rounding.
    [1 + 4e-12, '1'],
  ])('%d as %s', (factor, said) => {
    expect(briefFactor(factor)).toBe(said);
  });
});

test.each([
  [1, '1 entry'],
  [3, '3 entries'],
])('%d: %s', (count, said) => {
  expect(entries(count)).toBe(said);
});
