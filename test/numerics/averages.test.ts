import { describe, expect, test } from 'vitest';
import { noiseUncertainty, type Sides } from '../../src/numerics/difference.js';
import { randomIntegers } from '../../src/numerics/random.js';
import { centreOf, pooled, type Sharp, sharpest, spreadStep } from '../../src/numerics/averages.js';

const RATIO = 2;
const RUNGS = 5;
/** J(θ) is told by steps so many times shorter than the last rung's. */
const CENTRE_RATIO = 8;

/** Errors of standard deviation `noise` that look independent, the same for the same seed. */
function errorsOf(noise: number, seed: number): () => number {
  const integers = randomIntegers(seed);
  return () => noise * Math.sqrt(12) * (integers() / 2 ** 32 - 0.5);
}

/** The means of `count` differences of a noisy loss at 0 on each of RUNGS rungs, as a check takes them. */
function sharpened(f: (x: number) => number, first: number, noise: number, count = 16, seed = 1): Sharp {
  const error = errorsOf(noise, seed);
  const steps = Array.from({ length: RUNGS + 1 }, (_, k) =>
    k < RUNGS ? first / RATIO ** k : first / RATIO ** (RUNGS - 1) / CENTRE_RATIO,
  ).flatMap((step) => Array.from({ length: count }, (_, j) => spreadStep(step, j, count)));
  const all: Sides = {
    above: Float64Array.from(steps),
    below: Float64Array.from(steps),
    forward: Float64Array.from(steps, (h) => f(h) + error()),
    backward: Float64Array.from(steps, (h) => f(-h) + error()),
  };
  const sides = pooled(all, RUNGS + 1, count);
  const mean = noise / Math.sqrt(count);
  const centre = centreOf(sides, RUNGS, mean);
  return sharpest({ sides, count: RUNGS, ratio: RATIO, noise: mean, noiseAfter: noise, centre });
}

test('steps are spread evenly from h to 2h', () => {
  expect([0, 1, 2, 3].map((j) => spreadStep(8, j, 4))).toEqual([8, 10, 12, 14]);
});

test('pooled sides are the means at each rung', () => {
  const four = Float64Array.of(1, 3, 10, 30);
  const { above, below, forward, backward } = pooled(
    { above: four, below: four, forward: four, backward: four },
    2,
    2,
  );
  for (const means of [above, below, forward, backward]) expect([...means]).toEqual([2, 20]);
});

describe('smooth losses', () => {
  test('are known better the more differences are taken', () => {
    const noise = 1e-7;
    const f = (x: number): number => Math.exp(x / 4) + 0.01 * x;
    const truth = 0.26;
    const [few, many] = [4, 64].map((count) => sharpened(f, 2 ** -3, noise, count)) as [Sharp, Sharp];
    for (const { numeric, uncertainty } of [few, many])
      expect(Math.abs(numeric - truth)).toBeLessThanOrEqual(uncertainty);
    expect(many.uncertainty).toBeLessThan(few.uncertainty / 2);
  });

  test('may curve: that is no kink', () => {
    // The gap between the one-sided slopes is 10 h and more, a hundred times what is uncertain in the end.
    const { numeric, uncertainty } = sharpened((x) => x + 5 * x * x, 2 ** -3, 1e-9);
    expect(Math.abs(numeric - 1)).toBeLessThanOrEqual(uncertainty);
    expect(uncertainty).toBeLessThan(1e-4);
  });
});

describe('kinks: the truth lies within the uncertainty, wherever they are', () => {
  const corner = (x: number, a: number): number => Math.max(0, x - a);
  const distances = Array.from({ length: 60 }, (_, i) => 2 ** (-i / 5));

  test.each<[string, (x: number, a: number) => number]>([
    ['one', (x, a) => corner(x, a)],
    ['one that curvature hides at some steps', (x, a) => corner(x, a) - 3 * x * x],
    ['one on each side', (x, a) => corner(x, a) - 0.25 * corner(-x, a / 3)],
    ['two on one side', (x, a) => corner(x, a) + corner(x, a / 5)],
  ])('%s', (_, f) => {
    for (const a of distances)
      for (const noise of [1e-9, 1e-5, 1e-3])
        for (const seed of [1, 2, 3]) {
          const { numeric, uncertainty } = sharpened((x) => x + f(x, a), 2 ** -3, noise, 16, seed);
          expect(Math.abs(numeric - 1), `a = ${a}, noise = ${noise}`).toBeLessThanOrEqual(uncertainty);
        }
  });

  test('one at which the gap falls just as if the loss were smooth: the rung above tells', () => {
    // At 4/5 of the last step the gaps of the last two steps, 1/5 and 4/5 of the kink's, are as 1 to 4.
    const steps = [16, 4, 1];
    const sides: Sides = {
      above: Float64Array.from(steps),
      below: Float64Array.from(steps),
      forward: Float64Array.from(steps, (h) => h + corner(h, 4 / 5)),
      backward: Float64Array.from(steps, (h) => -h),
    };
    const exact = { noise: 0, noiseAfter: 0, centre: { loss: 0, noise: 0 } };
    const { numeric, uncertainty } = sharpest({ sides, count: steps.length, ratio: 4, ...exact });
    expect(Math.abs(numeric - 1)).toBeLessThanOrEqual(uncertainty);
  });

  test('one that noise would hide is allowed for, though none is seen', () => {
    const steps = [4, 2, 1];
    const sides: Sides = {
      above: Float64Array.from(steps),
      below: Float64Array.from(steps),
      forward: Float64Array.from(steps),
      backward: Float64Array.from(steps, (h) => -h),
    };
    const noise = 1e-3;
    const centre = { loss: 0, noise: 0 };
    const { uncertainty } = sharpest({ sides, count: 3, ratio: 2, noise, noiseAfter: noise, centre });
    // Beside J(θ), which is known here, the gap is as uncertain as the sum of the losses on both sides.
    expect(uncertainty).toBeGreaterThan(noiseUncertainty(noise, 4) + (3 * Math.SQRT2 * noise) / 2 / 2);
  });

  test('below a kink the derivative is known', () => {
    const { numeric, uncertainty } = sharpened((x) => x + corner(x, 0.1), 2 ** -3, 1e-6);
    expect(Math.abs(numeric - 1)).toBeLessThan(0.01);
    expect(uncertainty).toBeLessThan(0.01);
  });

  test('as measured on a network in single precision: a kink at θ that curvature all but undoes at one step', () => {
    // Step, slope to the right, slope to the left; the truth is a subgradient, −0.36506 … −0.36938.
    const rungs: readonly (readonly [number, number, number])[] = [
      [2 ** -8, -0.364349, -0.370789],
      [2 ** -10, -0.368042, -0.368286],
      [2 ** -12, -0.368652, -0.365723],
      [2 ** -14, -0.367188, -0.367188],
    ];
    const sides: Sides = {
      above: Float64Array.from(rungs, ([h]) => h),
      below: Float64Array.from(rungs, ([h]) => h),
      forward: Float64Array.from(rungs, ([h, right]) => right * h),
      backward: Float64Array.from(rungs, ([h, , left]) => -left * h),
    };
    const noise = 6.632e-8;
    const { numeric, uncertainty } = sharpest({
      sides,
      count: rungs.length,
      ratio: 4,
      noise,
      noiseAfter: noise,
      centre: { loss: 0, noise },
    });
    expect(Math.abs(numeric - -0.36506)).toBeLessThanOrEqual(uncertainty);
  });
});
