/** The gaps between slopes on two sides: what they say of kinks, in numbers made by hand, and each threshold on both of its sides. */

import { describe, expect, test } from 'vitest';
import { bendUncertainty } from '../../src/numerics/difference.js';
import type { Sample } from '../../src/numerics/sample.js';
import { type Gap, gapsOf, GROWING, grows, shapeAt, shapeOf } from '../../src/numerics/gaps.js';

/** A loss on both sides of 0 at falling distances. */
const samples = (f: (t: number) => number, distances: readonly number[], noise = 0): Sample[] =>
  distances.map((h) => ({ above: h, below: h, forward: f(h), backward: f(-h), noise }));

/** Of a kink that noise hides so much of the coverage counts. */
/** This share of a gap has to be too much, and to stay. */
const STAYING_SHARE = 1 / 2;
/** Growth that is more than a kink's. */
const LARGEST_GROWTH = 1 / 40;
/** What grows does so by this share of what it grew by before. */
const LEAST_REGROWTH = 9 / 10;

/** Each distance is a quarter of the one above it. */
const QUARTERS = [16, 4, 1];

const fields = (gaps: readonly Gap[], key: keyof Gap): number[] => gaps.map((gap) => gap[key]);

describe('the gaps', () => {
  test('of a smooth loss fall with the distance and say nothing of kinks', () => {
    const gaps = gapsOf(
      samples((t) => 3 * t ** 2 + 5 * t + 7, QUARTERS),
      7,
    );
    expect(fields(gaps, 'gap')).toEqual([96, 24, 6]);
    expect(fields(gaps, 'kink')).toEqual([0, 0, 0]);
    expect(fields(gaps, 'bias')).toEqual([0, 0, 0]);
    expect(fields(gaps, 'uncertainty')).toEqual([Infinity, 0, 0]);
    expect(fields(gaps, 'hidden')).toEqual([0, 0, 0]);
  });

  test('of a kink at θ stay, and are it', () => {
    const gaps = gapsOf(
      samples((t) => 8 * Math.max(t, 0) + 1, QUARTERS),
      1,
    );
    expect(fields(gaps, 'gap')).toEqual([8, 8, 8]);
    expect(fields(gaps, 'kink')).toEqual([0, 8, 8]);
    // Half of it as it is; or half of what the gap below has too much, 8 − 8/4, were the kink between the two distances.
    expect(fields(gaps, 'bias')).toEqual([12, 12, 4]);
  });

  test('of a kink between two distances put those beyond it off', () => {
    // κ = 8 at c = 2, between 4 and 1: the gaps of 16 and 4 are κ (1 − c/h).
    const gaps = gapsOf(
      samples((t) => 8 * Math.max(t - 2, 0), QUARTERS),
      0,
    );
    expect(fields(gaps, 'gap')).toEqual([7, 4, 0]);
    expect(fields(gaps, 'kink')).toEqual([0, (4 - 7 / 4) / 0.75, -1 / 0.75]);
    expect(fields(gaps, 'bias')).toEqual([(4 - 7 / 4) / 0.25 / 2, 2, 1 / 0.75 / 2]);
    // That covers what the centred differences are off by, κ (1 − c/h) / 2.
    expect(gaps[0]!.bias).toBeGreaterThan(7 / 2);
    expect(gaps[1]!.bias).toBeGreaterThanOrEqual(4 / 2);
  });

  test('are uncertain by noise, and by that of the gap above', () => {
    const noise = 0.01;
    const error = (h: number): number => bendUncertainty(noise) / h;
    const gaps = gapsOf(
      samples(() => 0, QUARTERS, noise),
      0,
    );
    const excess = [error(4) + error(16) / 4, error(1) + error(4) / 4];
    expect(gaps[0]!.uncertainty).toBe(Infinity);
    expect(gaps[1]!.uncertainty).toBeCloseTo(excess[0]! / 0.75, 14);
    expect(gaps[2]!.uncertainty).toBeCloseTo(excess[1]! / 0.75, 14);
    // Of a kink that noise hides half of the coverage, and of that half, as of any kink.
    expect(gaps[0]!.hidden).toBeCloseTo(excess[0]! / 0.25 / 2, 14);
    expect(gaps[1]!.hidden).toBeCloseTo(excess[0]! / 0.75 / 2, 14);
    expect(gaps[2]!.hidden).toBeCloseTo(excess[1]! / 0.75 / 2, 14);
  });

  test('put a difference off by what is more than noise', () => {
    const noise = 0.01;
    const excess = (bendUncertainty(noise) * (1 + 1 / 4 / 4)) / 4;
    const kinked = (size: number): Gap[] =>
      gapsOf(
        samples((t) => size * Math.max(t, 0), [16, 4], noise),
        0,
      );
    expect(fields(kinked((0.999 * excess) / 0.75), 'bias')).toEqual([0, 0]);
    const [first, second] = kinked(2 * excess).map(({ bias }) => bias);
    expect(first).toBeCloseTo((1.5 * excess - excess) / 0.25 / 2, 14);
    expect(second).toBeCloseTo((1.5 * excess - excess) / 0.75 / 2, 14);
    expect(fields(kinked(-2 * excess), 'bias')).toEqual([first, second]);
    expect(kinked(-2 * excess)[1]!.kink).toBeCloseTo(-2 * excess, 14);
  });

  test('where kinks show may be of several that hide each other: KINK_CAUTION, twice what one may do', () => {
    const KINK_CAUTION = 2;
    const noise = 0.01;
    const gaps = gapsOf(
      samples((t) => 8 * Math.max(t, 0), [16, 4], noise),
      0,
    );
    const [first, second] = gaps as [Gap, Gap];
    expect(first.largest).toBeCloseTo((8 + bendUncertainty(noise) / 16) / 2, 14);
    expect(first.hidden).toBeCloseTo(Math.max(0, KINK_CAUTION * first.largest - first.bias), 14);
    expect(second.largest).toBeCloseTo((8 + bendUncertainty(noise) / 4) / 2, 14);
    expect(second.hidden).toBeCloseTo(KINK_CAUTION * second.largest - second.bias, 14);
    expect(second.hidden).toBeGreaterThan(0);
  });

  test('are taken for kinks where KINKED_SHARE, an eighth, of one is too much', () => {
    const KINKED_SHARE = 1 / 8;
    // J″ of 2 and a kink of κ: the gap of 4 is 8 + κ, of which ¾ κ is too much.
    const hidden = (size: number): number =>
      gapsOf(
        samples((t) => t ** 2 + size * Math.max(t, 0), [16, 4]),
        0,
      )[1]!.hidden;
    const share = (size: number): number => (0.75 * size) / (8 + size);
    expect(share(1.5)).toBeLessThan(KINKED_SHARE);
    expect(hidden(1.5)).toBe(0);
    expect(share(1.7)).toBeGreaterThan(KINKED_SHARE);
    expect(hidden(1.7)).toBeGreaterThan(1);
  });

  test('go by what was stored on each side', () => {
    const [gap] = gapsOf([{ above: 2, below: 6, forward: 11, backward: 3, noise: 1 }], 5);
    expect(gap).toMatchObject({ gap: 6 / 2 - 2 / 6, bias: 0, hidden: Infinity });
    const one = { above: 1, below: 1, forward: 5, backward: 5, noise: 1 };
    const two = gapsOf([{ above: 2, below: 6, forward: 5, backward: 5, noise: 1 }, one], 5);
    expect(two[1]!.uncertainty).toBeCloseTo((bendUncertainty(1) * (1 + 1 / 4 / 4)) / 0.75, 12);
  });
});

/** A gap that is explained by a kink of so much, where not said otherwise. */
const gapOf = (kink: number, { gap = kink, uncertainty = 0 }: Partial<Gap> = {}): Gap => ({
  bias: 0,
  hidden: 0,
  largest: 0,
  kink,
  uncertainty,
  gap,
});

describe('the shape', () => {
  test.each([
    ['no gap', [], 'smooth'],
    ['a gap that stays', [gapOf(0), gapOf(8)], 'kink'],
    ['of either sign', [gapOf(0), gapOf(-8)], 'kink'],
    ['within its uncertainty', [gapOf(8, { uncertainty: 8 })], 'smooth'],
    ['just beyond it', [gapOf(8, { uncertainty: 7.9 })], 'kink'],
    ['of which less than half is too much', [gapOf(8, { gap: 8 / STAYING_SHARE + 0.1 })], 'smooth'],
    ['of which half is too much', [gapOf(8, { gap: 8 / STAYING_SHARE })], 'kink'],
    ['that is too small', [gapOf(8, { gap: -8 })], 'smooth'],
    ['that is zero', [gapOf(0)], 'smooth'],
  ])('by %s is %s', (_, gaps, expected) => {
    expect(shapeOf(gaps)).toBe(expected);
  });

  test('is smooth where a smaller distance excludes half of the last gap that stays', () => {
    // Of a gap that is much larger than what is too much of it, so that it does not stay itself.
    const after = (kink: number, uncertainty: number): string =>
      shapeOf([gapOf(8), gapOf(kink, { uncertainty, gap: 50 })]);
    expect([1.9, 2.1].map((uncertainty) => after(2, uncertainty))).toEqual(['smooth', 'kink']);
    expect([1.9, 2.1].map((uncertainty) => after(-2, uncertainty))).toEqual(['smooth', 'kink']);
    expect(shapeOf([gapOf(8), gapOf(2, { uncertainty: 9 }), gapOf(1, { uncertainty: 2.9, gap: 50 })])).toBe(
      'smooth',
    );
  });

  test('is that of the last gap that stays', () => {
    // What is smaller than half of the first is not refuted by it.
    expect(shapeOf([gapOf(8), gapOf(1)])).toBe('kink');
  });

  test('is singular where the gaps that stay grow', () => {
    expect(shapeOf([gapOf(7), gapOf(8), gapOf(9)])).toBe('singular');
    expect(shapeOf([gapOf(7), gapOf(8), gapOf(8.1)])).toBe('kink');
    // One that does not stay is not asked.
    expect(shapeOf([gapOf(7), gapOf(8), gapOf(20, { gap: 50 }), gapOf(9)])).toBe('singular');
    expect(shapeOf([gapOf(7), gapOf(8), gapOf(5, { gap: 50 }), gapOf(9)])).toBe('singular');
    expect(shapeOf([gapOf(7), gapOf(8), gapOf(9), gapOf(9, { uncertainty: 10 })])).toBe('singular');
    // A kink between two distances makes a gap grow once.
    expect(shapeOf([gapOf(8), gapOf(9)])).toBe('kink');
    expect(shapeOf([gapOf(7), gapOf(8), gapOf(9), gapOf(9, { uncertainty: 0.4 })])).toBe('kink');
  });

  const distances = [1, 1 / 4, 1 / 16, 1 / 64];
  test.each([
    ['a parabola', (t: number) => t ** 2, 'smooth'],
    ['a kink', (t: number) => Math.abs(t), 'kink'],
    ['a cusp', (t: number) => Math.sqrt(Math.abs(t)), 'singular'],
    ['a jump', (t: number) => Number(t > 0), 'singular'],
  ])('of %s is %s', (_, f, expected) => {
    expect(shapeAt(samples(f, distances), f(0))).toBe(expected);
  });

  test('goes by losses on both sides', () => {
    const kink = samples(Math.abs, distances);
    const without = (side: 'forward' | 'backward', from: number): Sample[] =>
      kink.map((sample, k) => (k >= from ? { ...sample, [side]: Number.NaN } : sample));
    expect(shapeAt(without('forward', 2), 0)).toBe('kink');
    expect(shapeAt(without('backward', 2), 0)).toBe('kink');
    expect(shapeAt(without('forward', 0), 0)).toBe('smooth');
    const between = kink.map((sample, k) => (k === 1 ? { ...sample, forward: Infinity } : sample));
    expect(shapeAt(between.slice(0, 3), 0)).toBe('kink');
  });
});

describe('sizes grow', () => {
  const sizes = (...all: readonly (number | readonly [number, number])[]): boolean =>
    grows(
      all.map((one) =>
        typeof one === 'number' ? { size: one, uncertainty: 0 } : { size: one[0], uncertainty: one[1] },
      ),
    );

  test('by more than a fortieth', () => {
    const by = (share: number, sign = 1): boolean => {
      const growth = 1 + share * LARGEST_GROWTH;
      return sizes(sign, sign * growth, growth ** 2);
    };
    expect(by(0.99)).toBe(false);
    expect(by(1.01)).toBe(true);
    expect(by(1.01, -1)).toBe(true);
    expect(sizes(1.21, 1.1, 1)).toBe(false);
  });

  test('of two alone by their size', () => {
    expect(sizes(1, 1.9)).toBe(false);
    expect(sizes(1, 2)).toBe(true);
    expect(sizes(-1, 2)).toBe(true);
    expect(sizes([1, 1], 1, 2)).toBe(true);
  });

  test('by as much each time, but for a tenth', () => {
    expect(sizes(1, 2, 2 + 0.99 * LEAST_REGROWTH)).toBe(false);
    expect(sizes(1, 2, 2 + 1.01 * LEAST_REGROWTH)).toBe(true);
    // What grew before the last three is not asked.
    expect(sizes(1, 9, 10, 11)).toBe(true);
  });

  test('not where there is one, or none', () => {
    expect(sizes()).toBe(false);
    expect(sizes(1)).toBe(false);
  });

  test('at the last three distances', () => {
    expect(GROWING).toBe(3);
    expect(sizes(1, 1.1, 1.11)).toBe(false);
    expect(sizes(1.1, 1.11, 1.3)).toBe(false);
    expect(sizes(1, 1.1, 1.3)).toBe(true);
    expect(sizes(5, 1, 1.1, 1.3)).toBe(true);
  });

  test('as far as they are known to half of that', () => {
    const known = (share: number): [number, number] => [5, 5 * share * (LARGEST_GROWTH / 2)];
    expect(sizes(1, 1.1, known(0.99), 1.2)).toBe(false);
    expect(sizes(1, 1.1, known(1.01), 1.2)).toBe(true);
    const back = ([size, uncertainty]: [number, number]): [number, number] => [-size, uncertainty];
    expect(sizes(1, 1.1, back(known(0.99)), 1.2)).toBe(false);
    expect(sizes([1, 1], [2, 2], [4, 4])).toBe(false);
  });

  test('not where a smaller distance excludes half of the growth again', () => {
    expect(sizes(1, 2, [1.5, 0.9])).toBe(false);
    expect(sizes(1, 2, [-1.5, 0.9])).toBe(false);
    expect(sizes(1, 2, [1.5, 1.1])).toBe(true);
    expect(sizes(1, 2, [-1.5, 1.1])).toBe(true);
    expect(sizes(1, -2, [1.5, 0.9])).toBe(false);
    expect(sizes(1, 2, [1.5, 1.1], [1.5, 0.9])).toBe(false);
    expect(sizes(1, 1.1, 1.3, [1.3, 0.09])).toBe(false);
    expect(sizes(1, 1.1, 1.3, [1.3, 0.11])).toBe(true);
    // What is above it, and little known, excludes nothing.
    expect(sizes(1, [1.5, 0.1], 2)).toBe(true);
  });
});
