/**
 * What is measured along random directions before the sweep: the noise of the loss; and after it, whether a parameter that
 * small steps did not move is alive at all.
 */

import { totalOf } from '../../model/array/concat.js';
import type { LineRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import type { Budget } from '../run/budget.js';
import { estimateNoise, NOISE_POINTS, ROUNDING_DEVIATION } from '../../numerics/noise.js';
import { fillJittered, fillSigns, randomIntegers } from '../../numerics/random.js';
import { powerOfTwo } from '../../numerics/step.js';
import { demandSameBeside, lossesByEach } from './loss-functions.js';

/**
 * Spacings tried, in units of each parameter's scale, closest first: so close that a smooth loss is a straight line between
 * them, and wider while its values hardly differ.
 */
const SPACINGS: readonly number[] = [2 ** -32, 2 ** -26, 2 ** -20, 2 ** -17, 2 ** -14, 2 ** -8];

/** A spacing must be this many spacings of the coarsest storage, so that jittered points are really equally spaced. */
const LEAST_SPACINGS = 64;

/** Bits left free below a jittered displacement, so that small multiples of it added to θ are still exact. */
const SPARE_BITS = 3;
const MOST_JITTER_BITS = 30;

/**
 * How many random bits fit between a spacing of the line and the spacing of the numbers in storage. Beside zero there is no such spacing,
 * and with fewer bits the sum of a bias and what it is added to may be exact at all points of the line, though not at smaller steps.
 * @param saved the numbers that are moved
 */
function jitterBits(spacing: number, storage: number, saved: Float64Array): number {
  if (saved.every((value) => value === 0)) return MOST_JITTER_BITS;
  const room = Math.floor(Math.log2(spacing / storage)) - SPARE_BITS;
  return Math.min(Math.max(room, 1), MOST_JITTER_BITS);
}

/** Where levels of differences disagree, as at a kink on the ray, so many rays are tried, and the least level is taken. */
const COARSE_TRIES = 2;

/**
 * Nine values tell a level to within a factor of about two. Where the noise is above this share of the loss, it decides what
 * can be told at all, and the median of as many rays is taken.
 */
const NOISY: number = 2 ** -36;
const NOISY_RAYS = 3;

/**
 * At wider spacings than the closest a quiet ray proves nothing: a loss that is made of few single precision numbers may climb by
 * the same whole number of their units from each point to the next, and does so on one ray in eight of some networks, on every
 * other one where there are few entries. So up to so many rays are tried until enough are not below the loudest by this factor.
 * Noise that shows on two is noise; what shows on one may be a kink.
 */
const WIDE_RAYS = 7;
const QUIET: number = 2 ** -6;

/** About so many entries are moved along a ray: moving all of a large model would meet all of its kinks at once. */
const MOVED_ENTRIES = 64;

/** Displacements, in units of the parameter's scale, by which a parameter that small steps don't move is tried. */
const LIVENESS_MULTIPLES: readonly number[] = [2 ** -10, -(2 ** -10), 1, -1];
export const LIVENESS_LOSSES: number = LIVENESS_MULTIPLES.length;

/**
 * The noise level of the loss in its own unit, from about ten evaluations, or thirty where it is coarse; NaN where the budget has no
 * room for them.
 * @param scales one per parameter, in its unit
 * @param together whether the losses to come move all entries of a parameter at once: what rounding does to few of them is less than
 * what it does to all (in float32 three to five times, for a perceptron of 30 000 entries), so all are moved here too
 */
export function* measureNoise(
  subject: Frame,
  loss: number,
  scales: readonly number[],
  seed: number,
  budget: Budget,
  together: boolean,
): Generator<LineRequest, number, void> {
  const integers = randomIntegers(seed);
  const coarsest = subject.parameters.reduce((most, { values }) => Math.max(most, values.spacing), 0);
  const entries = totalOf(subject.parameters);
  const shares = MOVED_ENTRIES < entries && !together ? [MOVED_ENTRIES / entries, 1] : [1];
  const seen = { step: Infinity };
  const orRounding = (level: number): number =>
    seen.step < Infinity ? Math.max(level, ROUNDING_DEVIATION * seen.step) : level;
  for (const spacing of SPACINGS) {
    if (spacing < LEAST_SPACINGS * coarsest) continue;
    // The few entries of a sparse ray may be ones that the loss hardly depends on; all of them together are not.
    for (const share of shares) {
      if (!budget.allows(NOISE_POINTS - 1)) return Number.NaN;
      const level = yield* levelAt(subject, loss, { scales, spacing, share, integers, budget, seen });
      if (!Number.isNaN(level)) return orRounding(level);
    }
  }
  return orRounding(estimateNoise(new Float64Array(NOISE_POINTS).fill(loss)).level);
}

/** How rays are drawn. */
interface Rays {
  readonly scales: readonly number[];
  /** Distance of neighbouring points, in units of the parameters' scales. */
  readonly spacing: number;
  /** The share of the entries that are moved. */
  readonly share: number;
  readonly integers: () => number;
  readonly budget: Budget;
  /** The least step by which the losses were seen to climb as on a staircase, on all rays so far. */
  readonly seen: { step: number };
}

/** The noise level from some rays of one kind; NaN where they don't tell. */
function* levelAt(subject: Frame, loss: number, rays: Rays): Generator<LineRequest, number, void> {
  const measured: number[] = [];
  const coarse: number[] = [];
  // Noisy ones that are not far below the loudest.
  const loud = (): readonly number[] => {
    const least = Math.max(NOISY * Math.abs(loss), QUIET * Math.max(...measured));
    return measured.filter((level) => level > least);
  };
  while (
    loud().length < NOISY_RAYS &&
    measured.length < WIDE_RAYS &&
    coarse.length < COARSE_TRIES &&
    rays.budget.allows(NOISE_POINTS - 1)
  ) {
    const { level, quality, step } = estimateNoise(yield* alongRay(subject, loss, rays));
    if (step > 0) rays.seen.step = Math.min(rays.seen.step, step);
    if (quality === 'constant' || Number.isNaN(level)) break;
    const quiet = level <= NOISY * Math.abs(loss);
    const close = rays.spacing === SPACINGS[0];
    if (quality === 'coarse' && (close || !quiet)) coarse.push(level);
    else if (close && quiet) return level;
    else measured.push(level);
  }
  if (measured.length > 0) return lowerMedian(loud().length > 1 ? loud() : measured);
  return coarse.length > 0 ? Math.min(...coarse) : Number.NaN;
}

/**
 * The losses at NOISE_POINTS equally spaced points from θ on, along a fresh random direction. To one side only: a kink in θ
 * itself, which biases of zero make common, would be in the middle of every line.
 */
function* alongRay(
  subject: Frame,
  loss: number,
  { scales, spacing, share, integers }: Rays,
): Generator<LineRequest, Float64Array, void> {
  const direction = subject.parameters.map(({ count, values }, p) => {
    const steps = new Float64Array(count);
    fillJittered(
      steps,
      powerOfTwo(scales[p]!),
      jitterBits(spacing, values.spacing, subject.saved[p]!),
      share,
      integers,
    );
    return steps;
  });
  const losses = new Float64Array(NOISE_POINTS - 1);
  const multiples = Array.from(losses, (_, i) => (i + 1) * spacing);
  yield { kind: 'line', direction, multiples, losses };
  return Float64Array.of(loss, ...losses);
}

/** The middle one, the lower of two. */
function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}

/** Whether the loss moves when all of one parameter is moved by much; `analytic`: the claimed gradients. */
export function* isAlive(
  subject: Frame,
  analytic: readonly Float64Array[],
  parameter: number,
  loss: number,
  scale: number,
  seed: number,
): Generator<LineRequest, boolean, void> {
  const signs = new Float64Array(subject.parameters[parameter]!.count);
  fillSigns(signs, scale, randomIntegers(seed));
  const direction = subject.parameters.map((_, p) => (p === parameter ? signs : undefined));
  const losses = yield* lossesByEach(subject, { direction, multiples: LIVENESS_MULTIPLES });
  const alive = losses[0]!.some((value) => value !== loss);
  // It may be `losses` that forgot the parameter.
  if (!alive) demandSameBeside(subject, analytic, losses);
  return alive;
}
