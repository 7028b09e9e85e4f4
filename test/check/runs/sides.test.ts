/** What the sides of samples tell where kinks are about: losses less the claim's product, whose slope at θ is what the claim is off by. */

import { describe, expect, test } from 'vitest';
import {
  cleanSide,
  errorOnBothSides,
  isBorneOut,
  isOffOnBothSides,
  isSmooth,
  staysKinked,
} from '../../../src/check/runs/sides.js';
import { NOISE_COVERAGE } from '../../../src/numerics/difference.js';
import type { Sample } from '../../../src/numerics/sample.js';

/** Steps, and the noise that leaves 0.1 of the slope to one side at the closest. */
const STEPS = [1, 1 / 4, 1 / 16];
const NOISE = 0.1 / 16 / (NOISE_COVERAGE * Math.SQRT2);

const samplesOf = (f: (at: number) => number, noise = NOISE): Sample[] =>
  STEPS.map((h) => ({ above: h, below: h, forward: f(h), backward: f(-h), noise }));

/** A slope, a kink of some size at some place, and a kink at θ. */
const bent =
  ({ slope = 0, size = 0, place = 0, curvature = 0 }) =>
  (at: number): number =>
    slope * at + (curvature * at * at) / 2 + size * Math.max(0, place < 0 ? place - at : at - place);

describe('a right claim', () => {
  test('is told by both sides where there is no kink, and there is half the noise', () => {
    expect(cleanSide(samplesOf(bent({})), 0)).toEqual({ value: 0, uncertainty: 0.1 / 16 / 2, step: 1 });
  });

  test.each([1 / 2, 1 / 8, -1 / 2, -1 / 8])('is told by the other side where a kink is at %d', (place) => {
    const clean = cleanSide(samplesOf(bent({ size: 9, place })), 0)!;
    expect(Math.abs(clean.value)).toBe(0);
    expect(clean.uncertainty).toBeLessThan(0.1);
  });

  test('is not told by a side that is clean at one step only, where closer ones are not', () => {
    // Both kinks cancel at the largest step, to both sides.
    const f = (at: number): number => bent({ slope: 3 })(Math.min(Math.abs(at), 1 / 2)) * Math.sign(at);
    const both = (at: number): number => f(at) - 1.5 * (Math.abs(at) > 1 / 2 ? Math.sign(at) : 0);
    expect(cleanSide(samplesOf(both), 0)).toBeUndefined();
  });
});

describe('a wrong claim', () => {
  test.each([0.5, -2])('is off by %d on both sides', (slope) => {
    const samples = samplesOf(bent({ slope }));
    expect(cleanSide(samples, 0)).toBeUndefined();
    expect(isOffOnBothSides(samples, slope)).toBe(true);
    expect(errorOnBothSides(samples)!.value).toBeCloseTo(slope, 12);
  });

  test('is allowed what a right one may be off by', () => {
    expect(cleanSide(samplesOf(bent({ slope: 0.5 })), 0.5)!.value).toBeCloseTo(0.5, 12);
  });

  test('shows it beside a kink that the closest steps do not reach', () => {
    const samples = samplesOf(bent({ slope: 2, size: 9, place: 1 / 2 }));
    expect(errorOnBothSides(samples)!.value).toBeCloseTo(2, 12);
  });

  test('is not believed where one side says so, or where what is off falls away', () => {
    expect(isOffOnBothSides(samplesOf(bent({ size: 4 })), 2)).toBe(false);
    const falling = samplesOf((at) => Math.sign(at) * at * at * 4);
    expect(errorOnBothSides(falling)).toBeUndefined();
  });

  test('is not believed where noise would explain it', () => {
    expect(isOffOnBothSides(samplesOf(bent({ slope: 2 }), 1), 2)).toBe(false);
  });
});

describe('what the first step is off by', () => {
  test.each<[string, Parameters<typeof bent>[0], boolean]>([
    ['is borne out by a closer one, whatever curvature there is', { slope: 0.5, curvature: 8 }, true],
    ['is not where kinks put it off, of which less is left closer by', { size: 9, place: 1 / 2 }, false],
    ['is nothing where noise explains it', {}, false],
  ])('%s', (_, given, expected) => {
    expect(isBorneOut(samplesOf(bent(given)).slice(0, 2), 1)).toBe(expected);
  });

  test('is borne out by both sides where there is no closer step, and by one of them it is not', () => {
    expect(isBorneOut(samplesOf(bent({ slope: 0.5 })).slice(0, 1), 1)).toBe(true);
    expect(isBorneOut(samplesOf(bent({ size: 1 })).slice(0, 1), 1)).toBe(false);
  });

  test('is not where noise hides at all closer steps whether less is left', () => {
    expect(isBorneOut(samplesOf(bent({ slope: 0.5 }), 50 * NOISE).slice(0, 2), 1)).toBe(false);
  });
});

describe('the gap between both sides', () => {
  test.each<[string, Parameters<typeof bent>[0], boolean, boolean]>([
    ['is lost in noise along a straight line', {}, true, false],
    ['falls like the step where the loss is smooth', { curvature: 8 }, true, false],
    ['stays at a kink of θ', { size: 4 }, false, true],
    ['rises closer by at a kink of θ with another beside it', { size: 4, place: -1e-3 }, false, true],
    ['falls away at once at a kink beside θ', { size: 9, place: 1 / 2 }, false, false],
  ])('%s', (_, given, smooth, kinked) => {
    const samples = samplesOf(bent(given));
    expect([isSmooth(samples), staysKinked(samples)]).toEqual([smooth, kinked]);
  });
});
