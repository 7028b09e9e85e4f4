/** Suspects settled along made paths: which distances are asked for, what is found, and what a budget leaves open. */

import { describe, expect, test } from 'vitest';
import type { Limits, Paths, Place } from '../../../src/check/paths/paths.js';
import { looked, sampled, settle } from '../../../src/check/paths/settle-suspects.js';
import type { Suspect } from '../../../src/check/paths/suspect.js';
import type { LossRequest } from '../../../src/model/evaluate/requests.js';
import { NOISE_COVERAGE } from '../../../src/numerics/difference.js';
import { type Estimate, isStill } from '../../../src/numerics/estimate.js';
import type { Sample } from '../../../src/numerics/sample.js';
import { randomIntegers } from '../../../src/numerics/random.js';
import { DOUBLE_SPACING, STEP_RATIO } from '../../../src/numerics/step.js';

/** At the second look noise is this share of the discrepancy, at the end of a ladder half of that. */
const NOISE_SHARE = 1 / 8;
/** A ladder begins so many steps above the first, and has so many at most. */
const [RUNGS_ABOVE, MOST_RUNGS] = [2, 24];
/** Samples of a mean. */
const AVERAGED = 24;

/** The first step, and the slope of what is claimed. */
const FIRST = 2 ** -10;

type Loss = (t: number) => number;

/** Paths that all have one loss, and what was asked of them. */
class Made implements Paths {
  readonly loss: number;
  readonly asked: Place[][] = [];
  readonly #f: Loss;
  readonly #noise: number;
  readonly #limits: Limits;
  readonly #rounds: number;

  constructor(
    f: Loss,
    { noise = 0, rounds = Infinity, ...limits }: Partial<Limits> & { noise?: number; rounds?: number } = {},
  ) {
    this.loss = f(0);
    this.#f = f;
    this.#noise = noise;
    this.#limits = { least: 2 ** -30, largest: 1 / 8, own: 1, ...limits };
    this.#rounds = rounds;
  }

  size = (): number => 1;
  stored = (): number => DOUBLE_SPACING;
  limits = (): Limits => this.#limits;

  at(step: number): Sample {
    return { above: step, below: step, forward: this.#f(step), backward: this.#f(-step), noise: this.#noise };
  }

  // oxlint-disable-next-line require-yield -- what a path of a model would ask for is known here
  *sample(places: readonly Place[]): Generator<LossRequest, readonly Sample[] | undefined, void> {
    if (this.asked.length === this.#rounds) return undefined;
    this.asked.push([...places]);
    return places.map(({ step }) => this.at(step));
  }

  /** The steps that were asked for in each round, in units of the first. */
  get steps(): number[][] {
    return this.asked.map((places) => places.map(({ step }) => step / FIRST));
  }

  suspect(analytic: number, more: Partial<Suspect> = {}): Suspect {
    return {
      path: 0,
      analytic,
      samples: [this.at(FIRST)],
      steps: [FIRST],
      allowed: () => 1e-9,
      sharp: () => 2 ** -6,
      known: () => 2 ** -6,
      ...more,
    };
  }
}

function settled(paths: Made, ...suspects: readonly Suspect[]): readonly (Estimate | undefined)[] {
  return resultOf(settle(paths, suspects));
}

function resultOf<Result>(procedure: Generator<LossRequest, Result, void>): Result {
  const turn = procedure.next();
  if (turn.done !== true) throw new Error('nothing is asked of a made path');
  return turn.value;
}

/** The noise of a loss with which that of the first difference is a share of a discrepancy. */
const noiseFor = (share: number, discrepancy = 1): number =>
  (share * discrepancy * 2 * FIRST) / (NOISE_COVERAGE * Math.SQRT2);

describe('at the second look', () => {
  const line: Loss = (t) => 3 * t;

  test('noise is an eighth of the discrepancy, to within a step of the ladder', () => {
    // At 4^-k of the first step noise is an eighth.
    const at = (k: number): number[][] => {
      const paths = new Made(line, { noise: noiseFor(NOISE_SHARE * STEP_RATIO ** -k) });
      settled(paths, paths.suspect(4));
      return paths.steps;
    };
    // As the claim is off, the derivative is then looked at beside the first step.
    expect(at(3.5)).toEqual([[1 / 64], [1 / 4]]);
    expect(at(2.5)).toEqual([[1 / 16], [1 / 4]]);
    expect(at(1.5)).toEqual([[1 / 4]]);
  });

  test('of several is asked for at once', () => {
    const paths = new Made(line, { noise: noiseFor(NOISE_SHARE * STEP_RATIO ** -3.5) });
    settled(paths, ...[4, 3, 5].map((claim, path) => paths.suspect(claim, { path })));
    expect(paths.asked[0]!.map(({ path }) => path)).toEqual([0, 1, 2]);
    // Beside the first step those that are off.
    expect(paths.asked.at(-1)!.map(({ path }) => path)).toEqual([0, 2]);
  });

  test('a larger step is taken where noise leaves no room below', () => {
    const paths = new Made(line, { noise: noiseFor(NOISE_SHARE * STEP_RATIO ** -0.5) });
    settled(paths, paths.suspect(4));
    expect(paths.steps[0]).toEqual([4]);
    const short = new Made(line, { noise: noiseFor(NOISE_SHARE * STEP_RATIO ** -0.5), largest: 2 * FIRST });
    settled(short, short.suspect(4));
    expect(short.steps[0]).toEqual([1 / 4]);
  });

  test('samples are held against each other by their distances, in whatever order they were taken', () => {
    const noise = noiseFor(NOISE_SHARE * STEP_RATIO ** -0.5);
    const paths = new Made((t) => 3 * t + 1e3 * t ** 3, { noise });
    const [found] = settled(paths, paths.suspect(4));
    expect(paths.steps[0]).toEqual([4]);
    const orderly = new Made((t) => 3 * t + 1e3 * t ** 3, { noise });
    const samples = [4 * FIRST, FIRST].map((step) => orderly.at(step));
    expect(found!.value).toBe(
      settled(orderly, orderly.suspect(4, { samples, steps: [4 * FIRST, FIRST] }))[0]!.value,
    );
  });

  test('no step is below what can be stored', () => {
    const paths = new Made(line, { least: FIRST / 8 });
    settled(paths, paths.suspect(4));
    expect(paths.steps).toEqual([[1 / 8], [1 / 4]]);
    const coarse = new Made(line, { least: FIRST / 2 });
    settled(coarse, coarse.suspect(4));
    expect(coarse.steps).toEqual([[1 / 2]]);
  });

  test('a wrong claim is settled', () => {
    const paths = new Made((t) => 3 * t + t ** 3);
    const [found] = settled(paths, paths.suspect(4));
    expect(paths.asked).toHaveLength(2);
    expect(Math.abs(found!.value - 3)).toBeLessThanOrEqual(found!.uncertainty);
    expect(found!.uncertainty).toBeLessThan(1e-6);
  });

  test('so is a right one, that curvature made look wrong', () => {
    const paths = new Made((t) => 3 * t + 1e5 * t ** 3, { noise: 1e-12 });
    const [found] = settled(paths, paths.suspect(3));
    expect(paths.asked).toHaveLength(1);
    expect(Math.abs(found!.value - 3)).toBeLessThanOrEqual(found!.uncertainty + 1e-9);
  });

  test('nothing is asked of what is told already', () => {
    const paths = new Made(line);
    const seen = paths.suspect(4, {
      samples: [paths.at(FIRST), paths.at(FIRST / 4)],
      steps: [FIRST, FIRST / 4],
    });
    expect(settled(paths, seen)[0]).toMatchObject({ value: 3 });
    expect(paths.asked).toEqual([]);
  });
});

describe('a loss that stands still at the first step', () => {
  /** Steps as wide as so many first ones, of a slope of 3 over all of them. */
  const stairs =
    (width: number): Loss =>
    (t) =>
      3 * width * FIRST * Math.round(t / (width * FIRST));

  test('is looked at from the largest step on', () => {
    const paths = new Made(stairs(3));
    settled(paths, paths.suspect(3));
    expect(paths.steps[0]).toEqual([1 / 8 / FIRST]);
  });

  test('may climb by steps: then the slope over them is not wrong, and zero is not known', () => {
    const paths = new Made(stairs(3));
    const [found] = settled(paths, paths.suspect(3));
    expect(Math.abs(found!.value - 3)).toBeLessThanOrEqual(found!.uncertainty + found!.hidden);
    const [zero] = settled(paths, paths.suspect(0));
    expect(Math.abs(zero!.value)).toBeGreaterThan(zero!.uncertainty);
  });

  test('is flat where it rises from next to nothing further away, and where it never moves', () => {
    // A unit that is not active before 0.03.
    for (const f of [(t: number) => Math.max(0, t - 0.03), () => 0]) {
      const paths = new Made(f, { noise: 1e-16 });
      const [found] = settled(paths, paths.suspect(0.5));
      expect(Math.abs(found!.value)).toBeLessThan(0.05);
      expect(0.5).toBeGreaterThan(found!.uncertainty + found!.hidden + Math.abs(found!.value));
    }
  });

  test('stands still in the mean of several samples, too, however that is rounded', () => {
    const paths = new Made((t) => 4.636418664190122 + (Math.abs(t) < 2 * FIRST ? 0 : t));
    const steps = Array.from({ length: AVERAGED }, (_, j) => FIRST * (1 + j / (2 * AVERAGED)));
    const [open] = resultOf(sampled(paths, [paths.suspect(3)], []));
    const [seen] = resultOf(looked(paths, [open!], { stepsFor: () => [steps] }))!;
    expect(seen!.taken.map(({ forward }) => forward === paths.loss)).toContain(false);
    expect(seen!.taken.every((sample) => isStill(sample, paths.loss))).toBe(true);
  });
});

describe('what is not told then', () => {
  /** A loss that oscillates below the first step. */
  const wave: Loss = (t) => 3 * t + 1e-4 * Math.sin(t / (FIRST / 40));

  test('is looked at on a ladder, from two steps above the first on', () => {
    const paths = new Made(wave, { noise: 1e-12 });
    settled(paths, paths.suspect(3));
    const [second, ladder] = paths.steps;
    expect(ladder![0]).toBe(STEP_RATIO ** RUNGS_ABOVE);
    expect(ladder!.length).toBeLessThanOrEqual(MOST_RUNGS);
    expect(ladder!.filter((step) => second!.includes(step) || step === 1)).toEqual([]);
    for (const [k, step] of ladder!.slice(1).entries()) expect(step).toBeLessThan(ladder![k]!);
  });

  test('goes as far as storage does, where nothing shows that the claim is off by', () => {
    const paths = new Made((t) => 3 * t, { noise: 1e-12, least: 2 ** -20 });
    settled(paths, paths.suspect(3, { sharp: () => 0, allowed: () => 0 }));
    const steps = paths.steps.slice(0, 2).flat();
    expect(Math.min(...steps) * FIRST).toBe(2 ** -20);
    expect(steps).toContain(STEP_RATIO ** RUNGS_ABOVE);
  });

  test('takes no step beyond the largest', () => {
    const paths = new Made(wave, { noise: 1e-12, largest: 5 * FIRST });
    settled(paths, paths.suspect(3));
    expect(Math.max(...paths.steps[1]!)).toBe(4);
  });

  test('has a ladder of its own where it may be of another unit', () => {
    const paths = new Made(wave, { noise: 1e-12, own: 2 ** -11, least: 2 ** -29 });
    settled(paths, paths.suspect(3));
    expect(paths.steps[1]).toContain(STEP_RATIO ** RUNGS_ABOVE * 2 ** -11);
  });

  test('is told by means of many samples at last, where noise is all that hides it', () => {
    const integers = randomIntegers(3);
    const sigma = noiseFor(1 / 3);
    const noise = (): number => (integers() / 2 ** 31 - 1) * Math.sqrt(3) * sigma;
    const paths = new Made((t) => 5 + (t === 0 ? 0 : 3 * t + noise()), { noise: sigma, largest: FIRST });
    const [found] = settled(paths, paths.suspect(4));
    const means = paths.steps.at(-1)!;
    expect(means).toHaveLength(3 * AVERAGED);
    expect(Math.max(...means)).toBeLessThanOrEqual(1.5);
    expect(Math.abs(found!.value - 3)).toBeLessThanOrEqual(found!.uncertainty);
    // A third is uncertain at the first step, and a sixth of that in a mean, but for truncation.
    expect(found!.uncertainty).toBeLessThan(1 / 4);
    expect(found!.uncertainty).toBeGreaterThan(1 / 3 / Math.sqrt(AVERAGED) / 2);
  });
});

describe('a kink', () => {
  test('is found, and a claim between its slopes is right', () => {
    const paths = new Made((t) => Math.max(t, 0));
    const [between, beyond] = settled(paths, paths.suspect(0.7), paths.suspect(1.5, { path: 1 }));
    expect(between!.kink).toEqual({ low: 0, high: 1 });
    expect(beyond!.kink).toEqual({ low: 0, high: 1 });
  });

  test('within the first step is no mistake', () => {
    const paths = new Made((t) => 3 * t + Math.max(t - FIRST / 3, 0));
    const [found] = settled(paths, paths.suspect(3));
    expect(found!.kink).toBeUndefined();
    expect(Math.abs(found!.value - 3)).toBeLessThanOrEqual(found!.uncertainty);
  });
});

test('a jump has no derivative', () => {
  const paths = new Made((t) => Number(t > 0));
  expect(settled(paths, paths.suspect(0))[0]).toMatchObject({ isSingular: true });
});

test('at the edge of a domain the other side tells', () => {
  const paths = new Made((t) => (t < 0 ? Number.NaN : 3 * t + t ** 2));
  const [found] = settled(paths, paths.suspect(3));
  expect(Math.abs(found!.value - 3)).toBeLessThanOrEqual(found!.uncertainty);
});

describe('where a budget ends', () => {
  test('what was not told is left open', () => {
    const paths = new Made((t) => 3 * t, { rounds: 0 });
    expect(settled(paths, paths.suspect(4))).toEqual([undefined]);
  });

  test('what was told before is kept', () => {
    const paths = new Made((t) => 3 * t, { rounds: 0 });
    const seen = paths.suspect(4, {
      samples: [paths.at(FIRST), paths.at(FIRST / 4)],
      steps: [FIRST, FIRST / 4],
    });
    expect(settled(paths, paths.suspect(5, { path: 1 }), seen)).toEqual([
      undefined,
      expect.objectContaining({ value: 3 }),
    ]);
  });
});
