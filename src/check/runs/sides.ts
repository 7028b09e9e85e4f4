/**
 * Samples along a direction at falling steps → what both sides of θ tell of an error of the claim where kinks are about.
 *
 * A wrong claim is off on both sides, at all steps. A kink is off on one side, and only at steps that reach beyond it. So a side that is off by
 * no more than noise, at a step and at all smaller ones, tells that the claim is right; and a claim is wrong only where both sides say so.
 */

import { noiseUncertainty } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/sample.js';
import { STEP_RATIO } from '../../numerics/step.js';
import { AGREEMENT } from '../paths/suspect.js';

/** What a side, or both of them, leave of an error. */
export interface Clean {
  /** The slope of what is left of the loss without the claim's product. */
  readonly value: number;
  readonly uncertainty: number;
  /** Where that was seen. */
  readonly step: number;
}

/** The slope to one side, with the bound on its noise. */
interface Slope {
  readonly value: number;
  readonly noise: number;
}

/** Both sides together agree to within this share: there noise is half of what it is on each. */
const CLOSE_AGREEMENT: number = AGREEMENT / 2;

/** Gaps that stay differ by no more than this factor. */
const STAYING = 2;

/** And fall by no more than to this share: as other kinks are beside that at θ, by which gaps grow with the step, they may rise. */
const LEAST_STAYING = 7 / 8;

/** Gaps that are known well, by so different steps: those of kinks beside θ fall about like the step; of others by the square of it. */
const STAYING_RATIO: number = STEP_RATIO / 1.1;

/** And over so many steps. */
const STAYING_STEPS = 3;

/** What is known best of a right claim's error; undefined where no side is clean. @param allowed what a right claim may be off by */
export function cleanSide(samples: readonly Sample[], allowed: number): Clean | undefined {
  const both = samples.map(slopesOf);
  const found = both.flatMap(([forward, backward], k): Clean[] => {
    const clean = [forward, backward].filter((own, side) => isClean(own, allowed) && staysAt(both, k, side));
    const step = samples[k]!.above;
    const sides = clean.map(({ value, noise }) => ({ value, uncertainty: noise, step }));
    // A gap that noise explains leaves both sides to be taken together.
    const centre = centreOf([forward, backward]);
    const isWhole = clean.length === 2 && isClean(centre, allowed);
    return isWhole ? [{ value: centre.value, uncertainty: centre.noise, step }, ...sides] : sides;
  });
  const doubt = ({ value, uncertainty }: Clean): number => Math.max(Math.abs(value), allowed) + uncertainty;
  return found.toSorted((a, b) => doubt(a) - doubt(b))[0];
}

/** Whether both sides say at the smallest step that noise lets tell that a claim is off by so much: of what kinks put off less is left there. */
export function isOffOnBothSides(samples: readonly Sample[], error: number): boolean {
  const size = Math.abs(error);
  const closest = samples.map(slopesOf).findLast(([{ noise }]) => noise / 2 <= AGREEMENT * size);
  if (closest === undefined) return false;
  return (
    isAbout(centreOf(closest), error, CLOSE_AGREEMENT * size) &&
    closest.every((side) => isAbout(side, error, AGREEMENT * size))
  );
}

/**
 * Whether what the first step is off by is that of a claim, as far as a closer one tells: there a wrong claim is off by the same, and of what kinks
 * and curvature put off less is left. Without a closer step both sides have to say so.
 * @param step the first
 */
export function isBorneOut(samples: readonly Sample[], step: number): boolean {
  const first = centreOf(slopesOf(samples.find(({ above }) => above === step)!));
  const size = Math.abs(first.value);
  if (!(size > first.noise)) return false;
  const closer = samples.filter(({ above }) => above < step).map((sample) => centreOf(slopesOf(sample)));
  const known = closer.filter(({ noise }) => noise <= size);
  if (closer.length === 0) return isOffOnBothSides(samples, first.value);
  return known.length > 0 && closer.every((one) => isAbout(one, first.value, CLOSE_AGREEMENT * size));
}

/** What both sides say at the two smallest steps that a claim is off by; undefined where they don't agree. */
export function errorOnBothSides(samples: readonly Sample[]): Clean | undefined {
  const all = samples.map((sample) => centreOf(slopesOf(sample)));
  const place = all.findLastIndex(({ value, noise }) => noise <= AGREEMENT * Math.abs(value));
  const [before, closest] = [all[place - 1], all[place]];
  if (before === undefined || closest === undefined) return undefined;
  const { value, noise } = closest;
  const agrees = isAbout(before, value, AGREEMENT * Math.abs(value)) && isOffOnBothSides(samples, value);
  return agrees ? { value, uncertainty: noise, step: samples[place]!.above } : undefined;
}

function centreOf([forward, backward]: readonly [Slope, Slope]): Slope {
  return { value: forward.value / 2 + backward.value / 2, noise: forward.noise / 2 };
}

/** Whether a slope is the same as another, to within half of what noise may do at most: three standard deviations. */
function isAbout({ value, noise }: Slope, other: number, allowed: number): boolean {
  return Math.abs(value - other) <= Math.max(noise / 2, allowed);
}

/** Whether the gap between both sides stays however small the step, as at a kink of θ; those of kinks beside it fall away. */
export function staysKinked(samples: readonly Sample[]): boolean {
  const gaps = samples.map(gapOf);
  const known = gaps.filter(isKnown);
  const closest = known.at(-1);
  const before = closest && known.findLast(({ step }) => step >= STAYING_RATIO * closest.step);
  if (before !== undefined) {
    const share = closest!.gap / before.gap;
    return share >= LEAST_STAYING && share <= STAYING;
  }
  const seen = gaps.filter(({ gap, noise }) => Math.abs(gap) > noise);
  const sizes = seen.map(({ gap }) => Math.abs(gap));
  const isFar = seen.length > 0 && seen[0]!.step >= STAYING_RATIO ** 2 * seen.at(-1)!.step;
  return sizes.length >= STAYING_STEPS && isFar && Math.max(...sizes) <= STAYING * Math.min(...sizes);
}

interface Gap {
  readonly gap: number;
  readonly noise: number;
  readonly step: number;
}

function gapOf(sample: Sample): Gap {
  const [{ value, noise }, backward] = slopesOf(sample);
  return { gap: value - backward.value, noise: 2 * noise, step: sample.above };
}

/** A gap is known well where noise is no more than this share of it. */
const KNOWN_SHARE = 1 / 16;

function isKnown({ gap, noise }: Gap): boolean {
  return noise <= KNOWN_SHARE * Math.abs(gap);
}

/** Whether two numbers that are known well are the same. */
function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= 2 * KNOWN_SHARE * Math.abs(other);
}

/** Whether the gap between both sides falls like the step, as far as it is known well, so that no kink is seen; or is lost in noise at all steps. */
export function isSmooth(samples: readonly Sample[]): boolean {
  const gaps = samples.map(gapOf);
  if (gaps.every(({ gap, noise }) => Math.abs(gap) <= noise)) return true;
  const [before, closest] = gaps
    .filter(isKnown)
    .map(({ gap, step }) => gap / step)
    .slice(-2);
  return before !== undefined && closest !== undefined && isSame(closest, before);
}

function slopesOf({ above, below, forward, backward, noise }: Sample): readonly [Slope, Slope] {
  return [
    { value: forward / above, noise: noiseUncertainty(noise, above) },
    { value: -backward / below, noise: noiseUncertainty(noise, below) },
  ];
}

function isClean({ value, noise }: Slope, allowed: number): boolean {
  return Math.abs(value) <= noise + allowed;
}

/** Whether a slope is the same at all smaller steps, to within noise. */
function staysAt(both: readonly (readonly [Slope, Slope])[], k: number, side: number): boolean {
  const own = both[k]![side]!;
  return both
    .slice(k + 1)
    .every((smaller) => Math.abs(smaller[side]!.value - own.value) <= smaller[side]!.noise + own.noise);
}
