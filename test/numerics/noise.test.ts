import { describe, expect, test } from 'vitest';
import { estimateNoise, NOISE_POINTS } from '../../src/numerics/noise.js';
import { randomIntegers } from '../../src/numerics/random.js';

/** Uniform noise of standard deviation `sigma`: ±√3 σ. */
function noisy(sigma: number, seed: number): () => number {
  const integers = randomIntegers(seed);
  return () => (integers() / 2 ** 31 - 1) * Math.sqrt(3) * sigma;
}

const along = (f: (t: number) => number, spacing: number): Float64Array =>
  Float64Array.from({ length: NOISE_POINTS }, (_, i) => f((i - 4) * spacing));

describe('known noise is found to within a factor of three', () => {
  for (const sigma of [1e-15, 1e-12, 1e-7, 1e-3])
    for (const [name, f] of [
      ['a steep line', (t: number) => 1 + 50 * t],
      ['a parabola', (t: number) => 3 + t * t],
      ['an exponential', (t: number) => Math.exp(3 * t)],
    ] as const)
      test(`${sigma} on ${name}`, () => {
        const levels = Array.from({ length: 41 }, (_, seed) => {
          const noise = noisy(sigma, seed);
          return estimateNoise(along((t) => f(t) + noise(), 2 ** -26)).level;
        }).toSorted((a, b) => a - b);
        const median = levels[20]!;
        expect(median / sigma).toBeGreaterThan(1 / 2);
        expect(median / sigma).toBeLessThan(2);
        expect(levels[2]! / sigma).toBeGreaterThan(1 / 3);
        expect(levels[38]! / sigma).toBeLessThan(3);
      });
});

test('rounding to float32 shows as half a float32 digit, whatever the storage type', () => {
  const { level, quality } = estimateNoise(along((t) => Math.fround(Math.exp(1 + t)), 2 ** -18));
  expect(quality).toBe('measured');
  // Rounding to the grid 2^-22 between 2 and 4 has the standard deviation 2^-22 / √12.
  expect(level / (2 ** -22 / Math.sqrt(12))).toBeGreaterThan(1 / 3);
  expect(level / (2 ** -22 / Math.sqrt(12))).toBeLessThan(3);
});

test('never less than half a unit in the last place', () => {
  const { level } = estimateNoise(along((t) => 2 + t, 2 ** -20));
  expect(level).toBeGreaterThanOrEqual(2 ** -52);
});

test('values in single precision that step by one of its numbers each show no noise, but have that of rounding', () => {
  const spacing = 2 ** -22;
  const { level } = estimateNoise(Float64Array.from({ length: NOISE_POINTS }, (_, i) => 2.5 + i * spacing));
  expect(level / spacing).toBeCloseTo(Math.sqrt(1 / 12), 10);
});

test('values that hardly differ are called constant', () => {
  expect(estimateNoise(new Float64Array(NOISE_POINTS).fill(3)).quality).toBe('constant');
  expect(estimateNoise(along((t) => Math.fround(1 + t), 2 ** -26)).quality).toBe('constant');
});

test('values that stand still, climb and stand still again show the step by which they climb', () => {
  const steps = (...values: number[]): number => estimateNoise(Float64Array.from(values)).step;
  expect(steps(5, 5, 5, 7, 7, 7, 7, 7, 7)).toBe(2);
  expect(steps(5, 6, 6, 8, 9, 9, 9, 10, 10)).toBe(1);
  expect(steps(5, 6, 7, 8, 9, 10, 11, 12, 13)).toBe(0);
  // Of a kink, only one side stands still.
  expect(steps(5, 5, 5, 5, 6, 7, 8, 9, 10)).toBe(0);
  expect(steps(5, 6, 7, 8, 8, 8, 8, 8, 8)).toBe(0);
});

test('a loss of zero everywhere has no noise', () => {
  expect(estimateNoise(new Float64Array(NOISE_POINTS))).toEqual({ level: 0, quality: 'constant', step: 0 });
});

test('the weight of the k-th difference is (k!)² / (2k)!', () => {
  // White noise of σ has k-th differences of mean square σ² (2k)!/(k!)²: one spike of size 1 shows it exactly.
  const spike = along((t) => (t === 0 ? 1 : 0), 1);
  const squares = (k: number): number => {
    let table = [...spike];
    for (let i = 0; i < k; i += 1) table = table.slice(1).map((value, j) => value - table[j]!);
    return table.reduce((sum, value) => sum + value * value, 0);
  };
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  const level = (k: number): number =>
    Math.sqrt((factorial(k) ** 2 / factorial(2 * k)) * (squares(k) / (NOISE_POINTS - k)));
  // Six of eight first differences vanish, so that the spike alone is "constant"; a tilt that differences remove undoes it.
  const tilted = along((t) => (t === 0 ? 1 : 0) + 1e-9 * t, 1);
  expect(estimateNoise(tilted).level).toBeCloseTo(level(1), 8);
});
