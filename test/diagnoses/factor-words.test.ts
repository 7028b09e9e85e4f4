/** What a factor is read as. */

import { describe, expect, test } from 'vitest';
import { factorInWords } from '../../src/diagnoses/factor-words.js';
import { scaled } from '../../src/diagnoses/causes/errors/scaled.js';
import { contextFor, explanation, generic, type Numbers, preconditionsOf } from './evidence.js';

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
  [3.0005, '3.0005'],
])('%d is said as %s', (factor, said) => {
  expect(factorInWords(factor, contextFor([{ numeric, analytic: numeric }]).parameters)).toBe(said);
});

test.each([
  [3.0005, '3'],
  [1 / 3.0005, '0.33333'],
  [3.004, '3.004'],
  // Of larger numbers a thousandth is no less than a whole one.
  [125.96, '125.96'],
  // One is no factor.
  [1.0005, '1.0005'],
  [-1.0005, '−1.0005'],
])('%d that is uncertain by a thousandth is said as %s', (factor, said) => {
  const rough = numeric.map((n) => Math.abs(n) / 1000);
  const { parameters } = contextFor([{ numeric, analytic: numeric, uncertainty: rough }]);
  expect(factorInWords(factor, parameters)).toBe(said);
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

  test('what another parameter stands for, as a temperature', () => {
    const beside = (factor: number, name: string, value: number): string =>
      explanation(scaled, [
        { numeric, analytic: numeric.map((n) => factor * n) },
        { name, numeric: [1], analytic: [1], values: [value] },
      ])!.advice;
    expect(beside(Math.exp(0.37), 'logT', 0.37)).toMatch(
      /^That is exp\(logT\): one of the two leaves it out\. Else/,
    );
    expect(beside(Math.exp(-0.37), 'logT', 0.37)).toContain('That is one over exp(logT): one');
    expect(beside(Math.exp(0.74), 'logT', 0.37)).toContain('That is exp(2·logT): one');
    expect(beside(0.37 ** 2, 's', -0.37)).toContain('That is s²: one');
    expect(beside(1 / 0.37, 's', -0.37)).toContain('That is one over s: one');
    expect(beside(0.371, 's', 0.37)).toMatch(/^Look for a constant/);
  });

  test('n over n − 1', () => {
    expect(advice(6 / 5)).toBe(
      'That is 6/5: perhaps one of the two divides by n, the other by n − 1, for n = 6. Else look for a constant factor that only one of loss() and gradients() has: a weight of a term, a keep rate, a temperature.',
    );
    expect(advice(9 / 10)).toContain(
      'That is 9/10: perhaps one of the two divides by n, the other by n − 1, for n = 10.',
    );
    expect(advice(1.21)).not.toContain('n − 1');
  });

  test('a root of what is uncertain', () => {
    const uncertainty = numeric.map((n) => Math.abs(n) / 1000);
    expect(advice(Math.SQRT2 * 1.0005, { uncertainty })).toContain('That is √2');
    expect(advice(Math.SQRT2 * 1.004, { uncertainty })).not.toContain('√');
  });

  test('a length of a parameter', () => {
    const shape = { shape: [1, 5] };
    expect(advice(1 / 2, { shape: [5], analytic: numeric.map((n) => n / 2) })).not.toContain('length');
    const pair = { numeric: numeric.slice(0, 4), shape: [2, 2] };
    expect(advice(1 / 2, { ...pair, analytic: pair.numeric.map((n) => n / 2) })).toBe(
      'A factor of ½ is often the derivative of a square without its 2, or a ½ that the loss does not have. But 2 is a length of a, and may be the number of samples, or of outputs: perhaps loss() takes a sum, gradients() a mean.',
    );
    expect(advice(1 / 5, shape)).toBe(
      '5 is a length of a, and may be the number of samples, or of outputs: perhaps loss() takes a sum, gradients() a mean. Else look for a constant 1/5.',
    );
  });
});
