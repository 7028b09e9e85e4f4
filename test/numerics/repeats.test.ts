import { describe, expect, test } from 'vitest';
import { FLOAT32_TOLERANCE } from '../../src/verdict/tolerance.js';
import {
  areRepeated,
  areSame,
  isBeyondScatter,
  MOST_ROUNDING,
  REPEATS,
  Scatter,
  scatterOf,
} from '../../src/numerics/repeats.js';
import { noiseUncertainty } from '../../src/numerics/difference.js';
import { NOISE_POINTS } from '../../src/numerics/noise.js';

const { NaN: none } = Number;

test.each([
  [[1, 1, 1], true],
  [[0, -0], true],
  [[none, none], true],
  [[1, none], false],
  [[1, 1 + Number.EPSILON], false],
  [[Infinity, Infinity], true],
])('%j are the same: %j', (values, expected) => {
  expect(areSame(values)).toBe(expected);
});

describe('values that differ by rounding are repeated', () => {
  test('as far as two results of float32 may be apart', () => {
    expect(MOST_ROUNDING).toBe(2 * FLOAT32_TOLERANCE);
    expect(areRepeated([1, 1 + MOST_ROUNDING / 2])).toBe(true);
    expect(areRepeated([1, 1 + 2 * MOST_ROUNDING])).toBe(false);
    expect(areRepeated([-3, -3 * (1 + MOST_ROUNDING / 2)])).toBe(true);
  });

  test('or of what was added up, where that was larger', () => {
    expect(areRepeated([1e-6, 2e-6])).toBe(false);
    expect(areRepeated([1e-6, 2e-6], 1)).toBe(true);
  });

  test('but not where one is no number, or infinite', () => {
    expect(areRepeated([1, none], 1e9)).toBe(false);
    expect(areRepeated([Infinity, 1], Infinity)).toBe(false);
  });

  test('nor where each goes on from the one before', () => {
    const rising = Array.from({ length: REPEATS }, (_, k) => 1 + k * 1e-9);
    expect(areRepeated(rising)).toBe(false);
    expect(areRepeated(rising.toReversed())).toBe(false);
    expect(areRepeated(rising.slice(1))).toBe(true);
    expect(areRepeated([...rising, 1])).toBe(true);
  });
});

describe('a loss is beyond scatter', () => {
  const scatter = 1e-6;
  const [within, beyond] = [noiseUncertainty(scatter, 1) / 2, 2 * noiseUncertainty(scatter, 1)];

  test.each([
    [3 + within, { scatter }, false],
    [3 - within, { scatter }, false],
    [3 + beyond, { scatter }, true],
    [3 - beyond, { scatter }, true],
    [Number.NaN, { scatter }, true],
    // Where losses are repeated to the bit, all that differs is.
    [3 + within, {}, true],
    [3, {}, false],
  ])('%d beside 3 with %j: %s', (value, known, expected) => {
    expect(isBeyondScatter(value, 3, known)).toBe(expected);
  });
});

describe('scatter', () => {
  test('is the standard deviation', () => {
    expect(scatterOf([1, 2, 3, 4])).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(scatterOf([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4])).toBeCloseTo(Math.sqrt(5 / 3), 14);
    expect(scatterOf([7, 7, 7])).toBe(0);
    expect(scatterOf([7])).toBe(0);
  });

  test('of many numbers at once', () => {
    const scatter = new Scatter(2);
    for (const values of [
      [1, 5],
      [3, 5],
      [2, 5],
    ])
      scatter.add(values);
    expect([...scatter.deviations()]).toEqual([1, 0]);
  });

  test('is estimated from as many values as noise is', () => {
    expect(REPEATS).toBe(NOISE_POINTS);
  });
});
