/** How numbers are written that stand by themselves. */

import { expect, test } from 'vitest';
import { counted, grouped, magnitude, plain } from '../../src/render/numbers.js';

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
