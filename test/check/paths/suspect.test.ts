/** When a suspect is told, and where it is looked at next: each rule on numbers made by hand. */

import { describe, expect, test } from 'vitest';
import type { Limits, Paths } from '../../../src/check/paths/paths.js';
import { BESIDE, LADDER, MEANS, SECOND_LOOK } from '../../../src/check/paths/rounds.js';
import { isOff, isTold, type Open } from '../../../src/check/paths/suspect.js';
import { NOISE_COVERAGE, noiseOf, slopeOf } from '../../../src/numerics/difference.js';
import { OPEN, type Estimate } from '../../../src/numerics/estimate.js';
import type { Sample } from '../../../src/numerics/sample.js';

/** At the second look noise is this share of the discrepancy. */
const NOISE_SHARE = 1 / 8;
const [RUNGS_ABOVE, MOST_RUNGS, AVERAGED] = [2, 24, 24];

/** What is seen of a line, with so much uncertain by noise. */
const sampleOf = (slope: number, step = 1, hidden = 0): Sample => ({
  above: step,
  below: step,
  forward: slope * step,
  backward: -slope * step,
  noise: (hidden * 2 * step) / (NOISE_COVERAGE * Math.SQRT2),
});

interface Given extends Partial<Omit<Open, 'estimate' | 'first'>> {
  readonly estimate?: Partial<Estimate>;
  /** The slope at the first step, and what noise makes uncertain of it. */
  readonly first?: readonly [slope: number, hidden: number];
}

/** A suspect whose derivative is 3. */
function open({ estimate, first: [slope, hidden] = [3, 0], ...more }: Given = {}): Open {
  const sample = sampleOf(slope, 1, hidden);
  return {
    path: 0,
    loss: 0,
    size: 1024,
    analytic: 3,
    samples: [sample, sample],
    taken: [sample, sample],
    steps: [1, 1],
    allowed: () => 0.25,
    sharp: () => 1,
    known: () => 0.25,
    first: { sample, step: 1 },
    estimate: { value: 3, uncertainty: 0.5, hidden: 0.125, kink: undefined, ...estimate },
    ...more,
  };
}

test('a sample has a slope, and what noise makes uncertain of it', () => {
  const sample = { above: 1, below: 3, forward: 7, backward: -1, noise: 0.5 };
  expect(slopeOf(sample)).toBe(2);
  expect(noiseOf(sample)).toBeCloseTo((6 * Math.SQRT2 * 0.5) / 4, 14);
  expect(noiseOf(sampleOf(3, 2, 0.75))).toBeCloseTo(0.75, 14);
});

describe('a claim is told', () => {
  const kink = { low: 2, high: 4 };

  test.each([
    ['wrong beyond what is uncertain, hidden and allowed', { analytic: 3 + 0.876 }, true],
    ['not just within it', { analytic: 3 + 0.874 }, false],
    ['wrong beyond what rounding in storage makes', { analytic: 3.9, estimate: { doubt: 0.64 } }, true],
    ['not within that, as others are further away', { analytic: 3.9, estimate: { doubt: 0.66 } }, false],
    ['wrong to the other side', { analytic: 3 - 0.876 }, true],
    ['right within what is uncertain and allowed', { analytic: 3.7, first: [9, 0] }, true],
    ['not where it is off by less than is hidden', { analytic: 3.8, first: [9, 0] }, false],
    ['where there is no derivative', { analytic: 3, estimate: { ...OPEN, isSingular: true } }, true],
    ['not where none was found', { analytic: 3, estimate: OPEN }, false],
    ['right between the slopes of a kink', { analytic: 2.5, estimate: { kink } }, true],
    ['right just beside them', { analytic: 4.7, estimate: { kink } }, true],
    ['wrong far beyond them', { analytic: 4.9, estimate: { kink } }, true],
    ['and below', { analytic: 1.1, estimate: { kink } }, true],
    ['not where that is hidden', { analytic: 1.2, estimate: { kink } }, false],
  ] as const)('%s', (_, given, expected) => {
    expect(isTold(open(given))).toBe(expected);
  });

  test('right only where it is known sharply', () => {
    const at = (uncertainty: number): boolean => isTold(open({ first: [9, 0], estimate: { uncertainty } }));
    expect([1, 1.01].map(at)).toEqual([true, false]);
  });

  test('or to what is allowed, where that is more', () => {
    const at = (uncertainty: number): boolean =>
      isTold(open({ first: [9, 0], allowed: () => 2, estimate: { uncertainty } }));
    expect([2, 2.01].map(at)).toEqual([true, false]);
  });

  test('by no look that is blunter than the first step was off', () => {
    // At the first step it was off by 0.8: it is to be known to half of that.
    const at = (uncertainty: number): boolean => isTold(open({ first: [3.8, 0], estimate: { uncertainty } }));
    expect([0.399, 0.401].map(at)).toEqual([true, false]);
    const below = (uncertainty: number): boolean =>
      isTold(open({ first: [2.2, 0], estimate: { uncertainty } }));
    expect([0.399, 0.401].map(below)).toEqual([true, false]);
    // At a kink the first step may have any slope.
    expect(isTold(open({ first: [3.8, 0], estimate: { uncertainty: 0.9, kink } }))).toBe(true);
  });

  test('wrong only where the two last scales agree, to a quarter of what it is off by', () => {
    const at = (last: number, estimate: Partial<Estimate> = {}): boolean =>
      isTold(open({ analytic: 13.25, samples: [sampleOf(99), sampleOf(3), sampleOf(last)], estimate }));
    // It is off by 10 beyond what is allowed.
    expect([3, 5.4, 5.6, 0.6, 0.4].map((last) => at(last))).toEqual([true, true, false, true, false]);
  });

  test('wrong only where two scales agree on the slope at a kink that is nearest', () => {
    const bent = (low: number, high: number): Sample => ({ ...sampleOf(3), forward: high, backward: -low });
    const at = (...samples: Sample[]): boolean =>
      isTold(open({ analytic: 14.25, samples, estimate: { kink } }));
    // It is off by 10 from the upper slope.
    expect(at(bent(2, 4))).toBe(false);
    expect(at(bent(2, 4), bent(2, 4))).toBe(true);
    expect([6.4, 6.6, 1.6, 1.4].map((high) => at(bent(1, high), bent(2, 4)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(at(bent(-99, 4), bent(2, 4))).toBe(true);
  });

  test('not wrong by less than single precision shows, where nothing moves the loss', () => {
    const still = (analytic: number, more: Given = {}): boolean => {
      const samples = [4, 1].map((step): Sample => ({ ...sampleOf(0, step), forward: 64, backward: 64 }));
      const zero = { value: 0, uncertainty: 0, hidden: 0 };
      const given = { analytic, samples, taken: samples, loss: 64, allowed: () => 0, estimate: zero };
      return isTold(open({ ...given, isUnmoved: true, first: [0, 0], ...more }));
    };
    const quantum = 2 ** -23 * 64;
    expect([0.99, 1.01].map((share) => still((share * quantum) / 8))).toEqual([false, true]);
    expect(still((0.99 * quantum) / 8, { isUnmoved: false })).toBe(true);
  });

  test('not wrong by what is seen farther away than what is moved is large', () => {
    const seen = (size: number): boolean =>
      isTold(open({ analytic: 9, size, samples: [sampleOf(3, 4), sampleOf(3, 1)] }));
    expect([3.9, 4].map(seen)).toEqual([false, true]);
  });

  test('by what is allowed at the derivative', () => {
    const allowed: number[] = [];
    isTold(open({ allowed: (numeric) => (allowed.push(numeric), 0.25) }));
    isTold(open({ analytic: 9, estimate: { kink }, allowed: (numeric) => (allowed.push(numeric), 0.25) }));
    expect(new Set(allowed)).toEqual(new Set([3, 4]));
  });
});

describe('a claim that is wrong at two steps is not told', () => {
  const told = (...samples: Sample[]): boolean => isTold(open({ analytic: 9, samples }));
  const far = sampleOf(3, 4, 0.3);

  test('where noise falls by more than the step: closer by it may be seen', () => {
    expect(told(far, sampleOf(3, 1, 1.2))).toBe(true);
    expect(told(far, sampleOf(3, 1, (1.01 * 1.2) / 4))).toBe(true);
    expect(told(far, sampleOf(3, 1, (0.99 * 1.2) / 4))).toBe(false);
    expect(told(far, sampleOf(3, 1, 0.1), sampleOf(3, 1 / 4, 0.4))).toBe(true);
  });

  test('where a closer one refutes them, though noise lets it tell little', () => {
    const two = [far, sampleOf(3, 1, 0.4)];
    // A quarter of an excess of 5.75 is not to be seen beside noise of 2.
    const closer = (slope: number): boolean => told(...two, sampleOf(slope, 1 / 16, 2));
    expect([6.4, 6.5, -0.4, -0.5].map(closer)).toEqual([true, false, true, false]);
  });
});

test('a claim is off where it differs beyond what is uncertain, whatever is allowed', () => {
  const at = (analytic: number, estimate: Partial<Estimate> = {}): boolean =>
    isOff(open({ analytic, allowed: () => 9, estimate }));
  expect([3.624, 3.626, 2.376, 2.374].map((analytic) => at(analytic))).toEqual([false, true, false, true]);
  const kink = { low: 2, high: 4 };
  expect([4.624, 4.626, 1.376, 1.374].map((analytic) => at(analytic, { kink }))).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(at(3, OPEN)).toBe(false);
});

const limits = (more: Partial<Limits> = {}): Paths =>
  ({ limits: () => ({ least: 2 ** -40, largest: 2 ** 6, own: 1, ...more }) }) as unknown as Paths;

/** A claim off by 8, of which noise is such a share at the first step. */
const off = (share: number, more: Given = {}): Open => open({ analytic: 11, first: [3, 8 * share], ...more });

describe('the next step', () => {
  const at = (suspect: Open, more?: Partial<Limits>): readonly number[] =>
    SECOND_LOOK.stepsFor(limits(more), suspect).flat();

  test('is the one above that at which noise is an eighth of what the claim is off by', () => {
    expect(at(off(NOISE_SHARE * 4 ** -3.5))).toEqual([4 ** -3]);
    expect(at(off(NOISE_SHARE * 4 ** -2.5))).toEqual([4 ** -2]);
    expect(at(off(NOISE_SHARE * 4 ** -1.5))).toEqual([1 / 4]);
    expect(at(off(0))).toEqual([2 ** -40]);
  });

  test('goes by the derivative where it is known', () => {
    const [suspect] = [off(NOISE_SHARE * 4 ** -3.5, { estimate: { value: 11 - 8 * 16 } })];
    expect(at(suspect)).toEqual([4 ** -5]);
    expect(at(off(NOISE_SHARE * 4 ** -3.5, { estimate: OPEN }))).toEqual([4 ** -3]);
  });

  test('is a larger one where noise leaves no room below', () => {
    expect(at(off(NOISE_SHARE * 0.26))).toEqual([4]);
    expect(at(off(NOISE_SHARE * 0.24))).toEqual([1 / 4]);
    expect(at(off(NOISE_SHARE), { largest: 4 })).toEqual([4]);
    expect(at(off(NOISE_SHARE), { largest: 3.9 })).toEqual([1 / 4]);
  });

  test('is no smaller than what can be stored', () => {
    expect(at(off(0), { least: 1 / 7 })).toEqual([1 / 7]);
    expect(at(off(NOISE_SHARE * 4 ** -3.5), { least: 1 / 7 })).toEqual([1 / 7]);
  });

  test('beside the first is a quarter of it, once, where that can be stored', () => {
    const beside = (steps: readonly number[], least: number): readonly number[] =>
      BESIDE.stepsFor(limits({ least }), off(0, { steps })).flat();
    expect(beside([1], 1 / 4)).toEqual([1 / 4]);
    expect(beside([1], 0.26)).toEqual([]);
    expect(beside([1, 1 / 4], 0)).toEqual([]);
  });
});

describe('a ladder', () => {
  const at = (suspect: Open, more?: Partial<Limits>): readonly number[] =>
    LADDER.stepsFor(limits(more), suspect).flat();
  const rungs = (from: number, to: number): number[] =>
    Array.from({ length: from - to + 1 }, (_, k) => 4 ** (from - k));

  test('goes from two steps above the first to where noise is a sixteenth of what the claim is off by', () => {
    expect(at(off((NOISE_SHARE / 2) * 4 ** -2.5))).toEqual(
      rungs(RUNGS_ABOVE, -3).filter((step) => step !== 1),
    );
    expect(at(off((NOISE_SHARE / 2) * 4 ** -2.99))).toEqual(
      rungs(RUNGS_ABOVE, -3).filter((step) => step !== 1),
    );
  });

  test('takes no step twice, none that is too large, and none that can not be stored', () => {
    const suspect = off(0, { steps: [1, 1 / 16] });
    expect(at(suspect, { least: 4 ** -4 })).toEqual([16, 4, 1 / 4, 4 ** -3, 4 ** -4]);
    expect(at(suspect, { least: 4 ** -4, largest: 4 })).toEqual([4, 1 / 4, 4 ** -3, 4 ** -4]);
  });

  test('has so many steps at most', () => {
    expect(at(off(0, { steps: [] }), { least: 0 })).toHaveLength(MOST_RUNGS);
    expect(at(off(0, { analytic: Infinity, steps: [] }), { least: 4 ** -3 })).toEqual(rungs(2, -3));
  });

  test('has another one for what may be of another unit', () => {
    const own = 2 ** -9;
    const common = rungs(2, -1).filter((step) => step !== 1);
    const suspect = off((NOISE_SHARE / 2) * 4 ** -0.5);
    expect(at(suspect, { own })).toEqual([...common, ...rungs(2, -1).map((step) => own * step)]);
    expect(at(suspect, { own, least: own })).toEqual([...common, ...rungs(2, 0).map((step) => own * step)]);
  });
});

describe('means', () => {
  const samples = [sampleOf(3, 16, 0.1), sampleOf(3, 4, 0.4), sampleOf(3, 1, 1.6)];
  const steps = [16, 4, 1];
  const first = { sample: samples[0]!, step: 16 };
  /** Of a claim that seems to be off, but for what noise may hide. */
  const at = (uncertainty: number, more?: Partial<Limits>): readonly (readonly number[])[] =>
    MEANS.stepsFor(limits({ largest: 2 ** 10, ...more }), {
      ...open({ samples, steps, analytic: 3.26 + uncertainty, estimate: { uncertainty } }),
      first,
    });
  /** Of a right one, where so much has to be known. */
  const ofRight = (uncertainty: number, known: number): readonly (readonly number[])[] =>
    MEANS.stepsFor(limits({ largest: 2 ** 10 }), {
      ...open({ samples, steps, known: () => known, estimate: { uncertainty, hidden: 0 } }),
      first,
    });
  /** The first step of each of the three. */
  const starts = (all: readonly (readonly number[])[]): number[] => all.map(([start]) => start!);

  test('are taken at the first step whose noise is half of what is uncertain', () => {
    expect(starts(at(0.79))).toEqual([8, 4, 2]);
    expect(starts(at(0.81))).toEqual([2, 1, 1 / 2]);
    expect(starts(at(0.19))).toEqual([32, 16, 8]);
    // At the last where no noise is.
    expect(starts(at(9))).toEqual([2, 1, 1 / 2]);
  });

  test('of samples that are half as far apart again', () => {
    const [all] = at(0.79);
    expect(at(0.79).map(({ length }) => length)).toEqual([AVERAGED, AVERAGED, AVERAGED]);
    expect(all![1]! - all![0]!).toBeCloseTo(8 / (2 * AVERAGED), 12);
    expect(all![AVERAGED - 1]).toBeCloseTo(8 * (1 + (AVERAGED - 1) / (2 * AVERAGED)), 12);
  });

  test('of as many as it takes for noise to be a quarter of what may be left uncertain of a right one', () => {
    // At the lowest step, 2, noise makes 0.8 uncertain, and at 4 and 8 half and a quarter of that.
    const counts = (known: number): number[] => ofRight(0.79, known).map(({ length }) => length);
    expect(counts(0.78)).toEqual([2, 5, 17]);
    expect(counts(0.7)).toEqual([2, 6, 21]);
    expect(counts(0.1)).toEqual([AVERAGED, AVERAGED, AVERAGED]);
  });

  test('are not worth it where enough is known of a right one', () => {
    expect(ofRight(0.79, 0.79)).toEqual([]);
    expect(ofRight(0.79, 0.78)).not.toEqual([]);
  });

  test('stay within what can be stored, and the largest step', () => {
    expect(starts(at(0.79, { least: 3 }))).toEqual([12, 6, 3]);
    expect(starts(at(0.79, { largest: 4 }))).toEqual([4, 2, 1]);
  });
});
