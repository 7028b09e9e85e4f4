/** Losses so noisy that one difference tells little: what is right must not be called wrong, nor what is wrong right. */

import { checkGradients, type GradientReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

const COUNT = 12;
const SEEDS = Array.from({ length: 25 }, (_, i) => i);

/** A rounding error, uniform in ±½ and the same for the same numbers. */
function roundingError(x: Float64Array, seed: number): number {
  let mixed = seed;
  for (const value of x) {
    const [low, high] = new Uint32Array(Float64Array.of(value).buffer) as unknown as [number, number];
    mixed = Math.imul(mixed ^ low, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ high, 0x735a2d97);
    mixed ^= mixed >>> 15;
  }
  return (mixed >>> 0) / 2 ** 32 - 0.5;
}

/** The error of a loss of about 1 in single precision. */
const NOISE = 2 ** -22;

/** Σ slope · x plus a shape per entry, with noise, and the claim as given. */
function checked(
  seed: number,
  {
    slope,
    shape = () => 0,
    wrong = 0,
  }: { slope: number; shape?: (d: number, i: number) => number; wrong?: number },
): GradientReport {
  const start = Float64Array.from({ length: COUNT }, (_, i) => Math.sin(7 * i + seed) + 1.5);
  const x = start.slice();
  return checkGradients({
    parameters: { x },
    loss: () =>
      x.reduce((sum, v, i) => sum + slope * v + shape(v - start[i]!, i), 1) + NOISE * roundingError(x, seed),
    // One entry off by `wrong` times the root mean square.
    gradients: () => ({ x: start.map((_, i) => slope * (i === 3 ? 1 + wrong : 1)) }),
  });
}

describe('a kink at a distance below which noise hides it', () => {
  test.each([2 ** -6, 2 ** -8, 2 ** -9, 2 ** -10, 2 ** -11, 2 ** -12])('of %d is not called wrong', (a) => {
    for (const seed of SEEDS) {
      // Of 1 % to 10 % of the slope.
      const shape = (d: number, i: number): number => 0.01 * (1 + (seed % 10)) * (i % 2) * Math.max(0, d - a);
      expect(checked(seed, { slope: 0.1, shape }).verdict, `seed ${seed}`).not.toBe('wrong');
    }
  });
});

describe('a kink at θ', () => {
  test.each([1e-3, 2e-3, 4e-3])('of %d, which curvature undoes at some steps, is not called wrong', (gap) => {
    for (const seed of SEEDS) {
      const shape = (d: number, i: number): number => (i % 2) * (2.5 * d * d - gap * Math.max(0, d));
      expect(checked(seed, { slope: 0.3, shape }).verdict, `seed ${seed}`).not.toBe('wrong');
    }
  });
});

describe('a slope that noise all but hides', () => {
  const slope = 1e-5;

  test('is correct, at the cost of a few repeated differences', () => {
    for (const seed of SEEDS) {
      const { verdict, evaluations } = checked(seed, { slope });
      expect(verdict, `seed ${seed}`).toBe('correct');
      expect(evaluations.loss).toBeLessThan(10 * 2 * COUNT);
    }
  });

  test('is wrong when one entry is off by a twelfth, which a single difference can not tell', () => {
    const verdicts = SEEDS.map((seed) => checked(seed, { slope, wrong: 1 / 12 }));
    for (const [seed, { verdict, offenders }] of verdicts.entries()) {
      expect(verdict, `seed ${seed}`).toBe('wrong');
      expect(offenders[0]?.index).toEqual([3]);
    }
  });
});
