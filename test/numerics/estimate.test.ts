/** The derivative along a path from losses at falling distances: of smooth losses, of kinks and edges, and of those that have none. */

import { describe, expect, test } from 'vitest';
import { bendUncertainty, NOISE_COVERAGE, noiseUncertainty } from '../../src/numerics/difference.js';
import {
  atPlaces,
  estimate,
  type Estimate,
  OPEN,
  placeNoise,
  withSteps,
} from '../../src/numerics/estimate.js';
import { ROUNDING_DEVIATION } from '../../src/numerics/noise.js';
import type { Sample } from '../../src/numerics/sample.js';

/** Where a loss begins to move is known to within this factor. */
const NARROW = 2 ** (1 / 4);

/** Roundings of a place. */
const PLACE_ROUNDINGS = 4;

interface Given {
  readonly noise?: number;
  readonly spacing?: number;
}

const QUARTERS = [1 / 4, 1 / 16, 1 / 64, 1 / 256, 1 / 1024];

const samplesOf = (f: (t: number) => number, distances: readonly number[], noise = 0): Sample[] =>
  distances.map((h) => ({ above: h, below: h, forward: f(h), backward: f(-h), noise }));

/** The derivative of a function at 0. */
const derivative = (
  f: (t: number) => number,
  distances: readonly number[] = QUARTERS,
  { noise = 0, spacing = 0 }: Given = {},
): Estimate => estimate(samplesOf(f, distances, noise), f(0), spacing);

test('a kink that noise all but hides is within the bound', () => {
  // One unit of a network in single precision bends between the two distances and below the smaller one: the slope at 0 is that to the right.
  const bent = (t: number): number =>
    -0.01389 * t + 0.0011 * Math.min(0, t + 0.0065) - 0.0033 * Math.max(0, t - 0.0415);
  const NOISE = 1.65e-7;
  const { value, uncertainty, hidden } = derivative(bent, [0.0468, 0.0117], { noise: NOISE });
  // What the gap has too much is no more than noise may make of it.
  const gap = (h: number): number => (bent(h) + bent(-h)) / h;
  expect(Math.abs(gap(0.0117) - gap(0.0468) / 4)).toBeLessThan((1.25 * bendUncertainty(NOISE)) / 0.0117);
  expect(Math.abs(value + 0.01389)).toBeLessThanOrEqual(uncertainty + hidden);
});

describe('a loss that stands still', () => {
  const stairs = (t: number): number => 3 * Math.round(10 * t);

  test('has the noise of the step that it begins to move by, further away and closer', () => {
    const samples = samplesOf(stairs, [1 / 4, 1 / 8, 1 / 32]);
    expect(withSteps(samples, 0).map(({ noise }) => noise)).toEqual(
      Array.from({ length: 3 }, () => ROUNDING_DEVIATION * 3),
    );
    // On one side that of the side that moves less.
    const [uneven] = withSteps([{ ...samples[0]!, backward: -1 }, samples[2]!], 0);
    expect(uneven!.noise).toBe(ROUNDING_DEVIATION);
  });

  test('has no more than it was measured to have, where that is more', () => {
    const samples = samplesOf(stairs, [1 / 4, 1 / 32], 2);
    expect(withSteps(samples, 0)).toEqual(samples);
  });

  test('has its own where it moves to one side, where it never moves, or always', () => {
    for (const f of [(t: number) => Math.max(0, t), () => 1, (t: number) => 1 + t]) {
      const samples = samplesOf(f, QUARTERS, 1e-9);
      expect(withSteps(samples, f(0))).toEqual(samples);
    }
  });

  test('does not climb where it begins no faster than it goes on, or jumps once, as far as it is seen where it begins', () => {
    const begin = 1 / 16;
    const ramp = (t: number): number => Math.max(0, Math.abs(t) - begin);
    const jump = (t: number): number => Number(t > begin);
    const seen = (f: (t: number) => number, ratio: number): readonly Sample[] =>
      withSteps(samplesOf(f, [1, 1 / 4, begin * ratio, begin]), 0);
    for (const f of [ramp, jump]) {
      expect(seen(f, NARROW * 0.99).every(({ noise }) => noise === 0)).toBe(true);
      expect(seen(f, NARROW * 1.01).every(({ noise }) => noise > 0)).toBe(true);
    }
    // Several steps do not begin like that, however closely it is seen.
    const climb = (t: number): number => Math.trunc(t / begin / 1.01);
    expect(seen(climb, 1.02)[0]!.noise).toBe(ROUNDING_DEVIATION);
  });

  test('is told by the loss itself, where what is claimed of it was taken off', () => {
    const samples = [1 / 4, 1 / 32].map((h): Sample => ({
      above: h,
      below: h,
      forward: stairs(h) - 30 * h,
      backward: stairs(-h) + 30 * h,
      moves: [stairs(h), stairs(-h)],
      noise: 0,
    }));
    // Downwards a half is rounded towards zero.
    expect(withSteps(samples, 0)[1]!.noise).toBe(ROUNDING_DEVIATION * 6);
  });
});

describe('a smooth loss', () => {
  test.each([
    ['a line', (t: number) => 3 * t + 1, 3],
    ['a cubic', (t: number) => 3 * t + 5 * t ** 3, 3],
    ['a sine', Math.sin, 1],
    ['an exponential', Math.exp, 1],
    ['a parabola at its turn', (t: number) => t ** 2, 0],
    ['where its third derivative jumps', (t: number) => 2 * t + Math.abs(t) ** 3, 2],
    ['where its second derivative jumps', (t: number) => 2 * t + t * Math.abs(t), 2],
  ])('%s has its slope within its bound', (_, f, slope) => {
    const { value, uncertainty, hidden, kink, isSingular } = derivative(f);
    expect(Math.abs(value - slope)).toBeLessThanOrEqual(uncertainty);
    expect(uncertainty).toBeLessThan(0.02);
    expect({ hidden, kink, isSingular }).toEqual({ hidden: 0, kink: undefined, isSingular: undefined });
  });

  test('is known no better than the noise of its losses allows', () => {
    const noise = 1e-3;
    const { value, uncertainty, hidden } = derivative((t) => 5 * t, [1 / 4, 1 / 16], { noise });
    // The first distance, and what the second may be off by, over 1 − 1/4.
    const errors = [noiseUncertainty(noise, 2 / 4), noiseUncertainty(noise, 2 / 16)] as const;
    expect(value).toBe(5);
    expect(uncertainty).toBeCloseTo(Math.min(errors[0] + errors[1] / (3 / 4), errors[1]), 14);
    // A quarter of what a kink could be between the two: see the test of gaps.
    const excess = bendUncertainty(noise) * (16 + 4 / 4);
    expect(hidden).toBeCloseTo(excess / (3 / 4) / 2, 12);
  });

  test('is known no better than the places of its losses: four roundings of each', () => {
    const spacing = 2 ** -20;
    const { value, uncertainty } = derivative((t) => 5 * t, [1 / 4, 1 / 16], { spacing });
    expect(value).toBe(5);
    expect(uncertainty).toBeCloseTo((PLACE_ROUNDINGS * spacing * 5) / (2 / 16), 14);
    expect(derivative((t) => -5 * t, [1 / 4, 1 / 16], { spacing }).uncertainty).toBeCloseTo(uncertainty, 14);
  });

  test('of a slope has noise by these roundings', () => {
    expect(placeNoise(3, 2 ** -20) * NOISE_COVERAGE * Math.SQRT2).toBeCloseTo(
      PLACE_ROUNDINGS * 3 * 2 ** -20,
      18,
    );
    expect(placeNoise(-3, 2 ** -20)).toBe(placeNoise(3, 2 ** -20));
  });

  test('may be as large as numbers get, of opposite signs', () => {
    expect(derivative((t) => 3e307 * t, [4, 1])).toMatchObject({ value: 3e307, uncertainty: 0 });
  });

  test('goes by what was stored on each side', () => {
    const stored = samplesOf((t) => 3 * t, QUARTERS).map((sample) => ({
      ...sample,
      above: 1.5 * sample.above,
      forward: 1.5 * sample.forward,
    }));
    expect(estimate(stored, 0, 0)).toMatchObject({ value: 3, uncertainty: 0 });
  });
});

describe('a kink', () => {
  test('at θ has the slopes to both sides, and their mean', () => {
    expect(derivative((t) => 5 * Math.max(t, 0) - Math.min(t, 0))).toEqual({
      value: 2,
      uncertainty: 0,
      kink: { low: -1, high: 5 },
      hidden: 0,
    });
  });

  test('downwards has the lower of them first', () => {
    expect(derivative((t) => -Math.abs(t)).kink).toEqual({ low: -1, high: 1 });
    expect(derivative((t) => 4e307 * Math.abs(t) + 1e308 * t)).toMatchObject({
      value: expect.closeTo(1e308, -300) as number,
      kink: { low: expect.closeTo(6e307, -300) as number, high: expect.closeTo(1.4e308, -300) as number },
    });
  });

  test('is seen where larger distances leave the domain on one side', () => {
    const kink = { low: -1, high: 1 };
    expect(derivative((t) => (t > 1 / 8 ? Number.NaN : Math.abs(t))).kink).toEqual(kink);
    expect(derivative((t) => (t < -1 / 8 ? Infinity : Math.abs(t))).kink).toEqual(kink);
  });

  test('is as uncertain as the worse of its slopes', () => {
    const spacing = 2 ** -20;
    const bend = derivative((t) => (t > 0 ? 8 * t : t), [1 / 4, 1 / 16], { spacing });
    // Of the larger slope, to one side.
    expect(bend.uncertainty).toBeCloseTo((PLACE_ROUNDINGS * spacing * 8) / (1 / 16), 14);
    const mirrored = derivative((t) => (t > 0 ? t : 8 * t), [1 / 4, 1 / 16], { spacing });
    expect(mirrored.uncertainty).toBeCloseTo(bend.uncertainty, 14);
  });

  test('has slopes with the noise of both losses', () => {
    const noise = 1e-4;
    const { uncertainty } = derivative((t) => Math.abs(t), [1 / 4, 1 / 16], { noise });
    const errors = [noiseUncertainty(noise, 1 / 4), noiseUncertainty(noise, 1 / 16)] as const;
    expect(uncertainty).toBeCloseTo(Math.min(errors[1], errors[0] + errors[1] / (1 / 2)), 14);
  });

  test('is none where noise could make both slopes of it', () => {
    const kinked = (noise: number): unknown =>
      derivative((t) => Math.abs(t), [1 / 4, 1 / 16], { noise }).kink;
    // Both slopes are as uncertain as the second distance makes them; noise of the gaps alone would let a little more pass.
    const bound = 1 / noiseUncertainty(1, 1 / 16);
    expect(kinked(0.5 * bound)).toBeDefined();
    expect(kinked(1.01 * bound)).toBeUndefined();
  });

  test('beside θ is part of the bound', () => {
    // κ = 1 at 1/8: the first distance is off by κ (1 − 1/2) / 2, the others are not.
    const { value, uncertainty, kink } = derivative((t) => Math.max(t - 1 / 8, 0));
    expect(kink).toBeUndefined();
    expect(Math.abs(value)).toBeLessThanOrEqual(uncertainty);
    const near = derivative((t) => Math.max(t - 1 / 8, 0), [1 / 4, 1 / 16]);
    expect(Math.abs(near.value)).toBeLessThanOrEqual(near.uncertainty);
  });
});

describe('the noise of places', () => {
  const spacing = 2 ** -20;
  const noises = (f: (t: number) => number): number[] =>
    atPlaces(samplesOf(f, [1 / 4, 1 / 16]), f(0), spacing).map(({ noise }) => noise);

  test('goes by the steeper side, as beside a kink the slope through both may be zero', () => {
    expect(noises(Math.abs)).toEqual(noises((t) => t));
    expect(noises((t) => Math.max(3 * t, t))).toEqual([placeNoise(3, spacing), placeNoise(3, spacing)]);
    expect(noises((t) => (t < 0 ? Number.NaN : 2 * t))[0]).toBe(placeNoise(2, spacing));
  });

  test('adds to that of the samples', () => {
    const [sample] = atPlaces(
      samplesOf((t) => t, [1 / 4], 1e-3),
      0,
      spacing,
    );
    expect(sample!.noise).toBe(1e-3 + placeNoise(1, spacing));
  });
});

describe('numbers that are stored as floats, and rounded like them on the way', () => {
  const [spacing, stored] = [2 ** -52, 2 ** -23];
  /** So far off θ is, rounded to the numbers that it is stored in. */
  const rounded = (t: number): number => stored * Math.round((t + 0.4 * stored) / stored);
  const far = [2 ** -8, 2 ** -10, 2 ** -12, 2 ** -14, 2 ** -16, 2 ** -18];
  const known = (f: (t: number) => number, by: number, distances = far): Estimate =>
    estimate(samplesOf(f, distances), f(0), spacing, by);

  test('have no jump or kink at θ where θ itself is rounded', () => {
    const offset = (t: number): number => t + (t === 0 ? stored / 4 : 0);
    expect(known(offset, spacing).isSingular).toBe(true);
    const { value, uncertainty, isSingular } = known(offset, stored);
    expect(isSingular).toBeUndefined();
    expect(Math.abs(value - 1)).toBeLessThanOrEqual(uncertainty);
  });

  test('have the slope of further away, with what rounding may put it off by', () => {
    const close = [2 ** -12, 2 ** -22, 2 ** -23, 2 ** -24];
    const loss = (t: number): number => 3 * rounded(t);
    const { value, uncertainty, doubt } = known(loss, stored, close);
    expect(Math.abs(value - 3)).toBeLessThanOrEqual(uncertainty + doubt!);
    expect(doubt).toBeLessThan(0.01);
    expect(known((t) => 3 * t, spacing).doubt).toBeUndefined();
  });

  test('have the slope of further away where the loss stands still, which says nothing', () => {
    const still = [2 ** -12, 2 ** -14, 2 ** -28, 2 ** -30];
    const { value } = known((t) => 3 * rounded(t), stored, still);
    expect(value).toBeCloseTo(3, 2);
    expect(known((t) => 3 * rounded(t), spacing, still).value).toBe(0);
  });

  test('have a vertical tangent only where it grows by more than that', () => {
    expect(known(Math.cbrt, stored).isSingular).toBe(true);
    expect(known(Math.cbrt, 1e3 * stored).isSingular).toBeUndefined();
  });
});

describe('no derivative', () => {
  test.each([
    ['a jump', (t: number) => Number(t > 0)],
    ['a cusp', (t: number) => Math.sqrt(Math.abs(t))],
    ['a vertical tangent', Math.cbrt],
    ['a pole', (t: number) => (t === 0 ? 0 : 1 / t)],
  ])('has %s', (_, f) => {
    expect(derivative(f)).toEqual({ ...OPEN, isSingular: true });
  });

  test('is known where nothing was seen', () => {
    expect(OPEN).toEqual({ value: Number.NaN, uncertainty: Infinity, kink: undefined, hidden: Infinity });
    expect(estimate([], 0, 0)).toEqual({ ...OPEN, isSingular: false });
    expect(derivative(() => Number.NaN)).toEqual({ ...OPEN, isSingular: false });
    expect(derivative((t) => t, [1 / 4])).toEqual(OPEN);
  });

  test('is singular by four changes at least, of which the last three grow by more than noise', () => {
    expect(derivative(Math.cbrt, QUARTERS.slice(0, 4)).isSingular).toBeUndefined();
    expect(derivative(Math.cbrt, QUARTERS).isSingular).toBe(true);
    expect(derivative((t) => -Math.cbrt(t), QUARTERS).isSingular).toBe(true);
    expect(derivative(Math.cbrt, QUARTERS, { noise: 0.01 }).isSingular).toBeUndefined();
    // The slopes h^(−2/3) change by 4^(2/3) times more each time; the errors of both have to be below an 80th of that.
    const change = (k: number): number => QUARTERS[k]! ** (-2 / 3) - QUARTERS[k - 1]! ** (-2 / 3);
    const bound =
      change(2) / 80 / (noiseUncertainty(1, 2 * QUARTERS[2]!) + noiseUncertainty(1, 2 * QUARTERS[1]!));
    const smaller =
      change(4) / 80 / (noiseUncertainty(1, 2 * QUARTERS[4]!) + noiseUncertainty(1, 2 * QUARTERS[3]!));
    expect(bound).toBeGreaterThan(smaller);
    expect(derivative(Math.cbrt, QUARTERS, { noise: 0.99 * smaller }).isSingular).toBe(true);
    expect(derivative(Math.cbrt, QUARTERS, { noise: 1.01 * bound }).isSingular).toBeUndefined();
  });

  test('is where a step was stored to the wrong side', () => {
    const lost = samplesOf((t) => t, QUARTERS).map((sample) => ({ ...sample, above: 0, below: 0 }));
    expect(estimate(lost, 0, 0)).toEqual({ ...OPEN, isSingular: false });
  });
});

describe('at an edge of the domain', () => {
  const inside =
    (f: (t: number) => number): ((t: number) => number) =>
    (t) =>
      t >= 0 ? f(t) : Number.NaN;
  const mirrored =
    (f: (t: number) => number): ((t: number) => number) =>
    (t) =>
      f(-t);

  test('the slope is that of the side with losses', () => {
    const line = { value: 3, uncertainty: 0, kink: undefined, hidden: 0 };
    expect(derivative(inside((t) => 3 * t + 1))).toEqual(line);
    expect(derivative(mirrored(inside((t) => -3 * t + 1)))).toEqual(line);
    expect(derivative((t) => (t >= 0 ? 3 * t : Infinity))).toEqual(line);
    const curve = derivative(inside((t) => 3 * t + t ** 2));
    expect(Math.abs(curve.value - 3)).toBeLessThanOrEqual(curve.uncertainty);
    expect(curve.uncertainty).toBeLessThan(0.02);
    const root = derivative(inside((t) => 3 * t + t ** 1.5));
    expect(Math.abs(root.value - 3)).toBeLessThanOrEqual(root.uncertainty);
  });

  test('there is none where it grows', () => {
    expect(derivative(inside(Math.sqrt))).toEqual({ ...OPEN, isSingular: true });
    expect(derivative(mirrored(inside(Math.sqrt)))).toEqual({ ...OPEN, isSingular: true });
    expect(derivative((t) => (t >= 0 ? Math.sqrt(t) : -Infinity))).toEqual({ ...OPEN, isSingular: true });
  });

  test('there is none where it does not settle', () => {
    expect(
      derivative(
        inside((t) => 3 * t),
        [1 / 4],
      ),
    ).toEqual({ ...OPEN, isSingular: false });
  });

  test('that is beyond some distances only, the others tell', () => {
    expect(derivative((t) => (t >= -1 / 32 ? 3 * t : Number.NaN))).toMatchObject({
      value: 3,
      uncertainty: 0,
    });
    expect(derivative((t) => (t <= 1 / 32 ? 3 * t : Number.NaN))).toMatchObject({ value: 3, uncertainty: 0 });
  });
});
