/** A centred difference and what noise makes uncertain of it: each by its formula. */

import { describe, expect, test } from 'vitest';
import {
  bendBetween,
  bendUncertainty,
  centralDifference,
  NOISE_COVERAGE,
  noiseUncertainty,
  stepDifference,
} from '../../src/numerics/difference.js';

/** The difference of one entry, at the second of two places. */
function difference(above: number, below: number, forward: number, backward: number): number {
  const at = (value: number): Float64Array => Float64Array.of(Number.NaN, value);
  const sides = { above: at(above), below: at(below), forward: at(forward), backward: at(backward) };
  return centralDifference(sides, 1);
}

describe('the centred difference', () => {
  test.each([
    ['is over the whole of what was stored', 1, 3, 7, -1, 2],
    ['needs no step to one of the sides', 0, 2, 7, 3, 2],
    ['is none where no step was stored', 0, 0, 7, 3, Number.NaN],
    ['is none where the step went the wrong way', -1, 0, 7, 3, Number.NaN],
    ['is none where a loss is infinite', 1, 1, Infinity, 3, Number.NaN],
    ['is none where a loss is no number', 1, 1, 7, Number.NaN, Number.NaN],
    ['does not overflow', 1, 1, 1.5e308, -1.5e308, 1.5e308],
  ])('%s', (_, above, below, forward, backward, expected) => {
    expect(difference(above, below, forward, backward)).toBe(expected);
  });
});

test('six standard deviations of noise are covered, three of them twice', () => {
  expect(NOISE_COVERAGE).toBe(2 * 3);
});

test('the difference of two losses has √2 times the noise of one', () => {
  expect(noiseUncertainty(0.5, 4)).toBeCloseTo((6 * Math.sqrt(0.5 ** 2 + 0.5 ** 2)) / 4, 14);
});

test('a bend has √(1 + 1 + 4) times the noise of one loss', () => {
  expect(bendUncertainty(0.5)).toBeCloseTo(6 * 0.5 * Math.sqrt(1 + 1 + 4), 14);
});

describe('the differences of a sample', () => {
  test('are over what was stored: to both sides, and to each', () => {
    const sample = { above: 2, below: 1, forward: 9, backward: 2, noise: 0.5 };
    expect(stepDifference(sample, 5)).toEqual({
      step: 1.5,
      numeric: 7 / 3,
      uncertainty: noiseUncertainty(0.5, 3),
      forward: 2,
      backward: 3,
    });
  });

  test('do not overflow where both losses are large', () => {
    const sample = { above: 1, below: 1, forward: 1.5e308, backward: -1.5e308, noise: 0 };
    expect(stepDifference(sample, 0).numeric).toBe(1.5e308);
  });

  test('are none where there is no loss', () => {
    const sample = { above: 1, below: 1, forward: 7, backward: Number.NaN, noise: 0.5 };
    expect(stepDifference(sample, 5)).toMatchObject({
      numeric: Number.NaN,
      forward: 2,
      backward: Number.NaN,
    });
  });
});

test('the bend is what a loss moves unlike to the two sides by, whichever moves more', () => {
  expect([bendBetween(7, 2, 4), bendBetween(2, 7, 4), bendBetween(6, 2, 4), bendBetween(1, 2, 4)]).toEqual([
    1, 1, 0, 5,
  ]);
});
