/** What a factor is read as. */

import { describe, expect, test } from 'vitest';
import { factorInWords } from '../../src/diagnoses/factor-words.js';
import { scaled } from '../../src/diagnoses/causes/errors/scaled.js';
import { explanation, generic, type Numbers, preconditionsOf } from './evidence.js';

const numeric = generic(5);
const advice = (factor: number, other: Partial<Numbers> = {}, loss = 1.5): string =>
  explanation(
    scaled,
    [{ numeric, analytic: numeric.map((n) => factor * n), ...other }],
    preconditionsOf({ losses: [{ by: 'loss', values: [loss, loss] }] }),
  )!.advice;

test.each([
  [-1.000000000039, '−1'],
  [1.0000016, '1.0000016'],
  [0.5, '0.5'],
  [3.0001, '3'],
  [-1 / 365, '−0.0027397'],
])('%d is said as %s', (factor, said) => {
  expect(factorInWords(factor)).toBe(said);
});

describe('a factor is read as', () => {
  test.each([
    [180 / Math.PI, 'That is 180/π: degrees stand for radians'],
    [Math.PI / 180, 'That is 1/(180/π)'],
    [1 / Math.LN10, 'That is 1/ln 10'],
    [2 * Math.PI, 'That is 2π'],
    [Math.SQRT2, 'That is √2: one of the two leaves out a scale by the root of a length'],
    [1 / Math.sqrt(7), 'That is 1/√7'],
  ])('a known number: %d', (factor, text) => {
    expect(advice(factor)).toContain(text);
  });

  test('one that nobody knows is none of them', () => {
    expect(advice(3.7)).toMatch(/^Look for a constant factor/);
    expect(advice(Math.SQRT2 * 1.0001)).toMatch(/^Look for a constant factor/);
  });

  test('the loss, of whose square, root or exponential the derivative is claimed', () => {
    expect(advice(0.737, {}, 0.737)).toContain('the derivative of half the square of it, not of the loss');
    expect(advice(2 * 0.737, {}, 0.737)).toContain('the derivative of its square');
    expect(advice(1 / (2 * 0.737), {}, 0.737)).toContain('the derivative of its root');
    expect(advice(Math.exp(0.737), {}, 0.737)).toContain('the derivative of its exponential');
  });

  test('the length of the parameter, or the parameter', () => {
    const values = generic(5, 4);
    expect(advice(Math.hypot(...values), { values })).toContain(
      'That is the length of a: where the loss divides',
    );
    expect(advice(1 / Math.hypot(...values), { values })).toContain('That is one over the length of a');
    expect(advice(2, { values: [2, 2, 2, 2, 2] })).toMatch(/^That is also the parameter itself/);
  });

  test('a length of a parameter', () => {
    const shape = { shape: [1, 5] };
    expect(advice(1 / 2, { shape: [5], analytic: numeric.map((n) => n / 2) })).not.toContain('length');
    const pair = { numeric: numeric.slice(0, 4), shape: [2, 2] };
    expect(advice(1 / 2, { ...pair, analytic: pair.numeric.map((n) => n / 2) })).toBe(
      'A factor of ½ is often the derivative of a square without its 2, or a ½ that the loss does not have. But 2 is a length of a: perhaps loss() takes a sum, gradients() a mean over it.',
    );
    expect(advice(1 / 5, shape)).toBe(
      '5 is a length of a: perhaps loss() takes a sum, gradients() a mean over it. Else look for a constant 1/5.',
    );
  });
});
