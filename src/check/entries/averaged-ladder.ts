/**
 * Closer looks, at suspects that noise leaves in doubt after their ladder: several differences at each rung, at steps that differ
 * a little, and their mean. First few, then more, until the entry is seen to be wrong or to be within bounds.
 */

import type { SweepRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import { centreOf, pooled, type Sharp, sharpest, spreadStep } from '../../numerics/averages.js';
import { entryScale, LEAST_SPACINGS, powerOfTwo } from '../../numerics/step.js';
import { entrySize, type Measured } from '../../verdict/rules.js';
import { LARGEST_DEFAULT_TOLERANCE } from '../../verdict/tolerance.js';
import { type ParameterTask, sweepRoom } from './sweep.js';

/** How many differences are taken at each rung; the next time where those before did not suffice, and noise is halved. */
const ROUNDS: readonly number[] = [4, 16, 64];

/** Ratio of neighbouring steps. */
const RATIO = 2;

/** At the lowest rung noise of the means is this share of the discrepancy. */
const NOISE_SHARE = 1 / 2;

/** So many rungs lead up from there, or fewer where the scale is reached: one should be below all kinks, and clear of noise. */
const MOST_RUNGS = 5;

/** The fewest that tell a kink from curvature. With fewer more differences are needed to see anything at lower steps. */
const LEAST_RUNGS = 3;

/** The largest step, in scales of the entry. It serves to tell curvature from kinks at the smaller ones. */
const LARGEST_STEP = 1 / 2;

/** J(θ) is told by steps so many times shorter than those of the lowest rung. */
const CENTRE_RATIO = 8;

/** A discrepancy is gone when it is this share of what it was. */
const PERSISTENCE = 1 / 2;

/**
 * An entry is wrong beyond doubt when its excess is so many times what is uncertain: of a ladder of single differences, and of
 * means. Else more differences are to bear it out.
 */
const LADDER_CERTAINTY = 4;
const MEANS_CERTAINTY = 2;

/** A kink within this share of the scale is unlikely: one entry in so many has one, of those that any kink is near. */
const LEAST_LIKELY: number = 2 ** -20;

/** A claim is not between the slopes at a kink when it is out by this many times what is uncertain of them. */
const CLEAR_KINK = 64;

/** What is to be held against a claim. */
export interface Found extends Sharp {
  /** Set where there is a kink: whether the claim lies between its one-sided slopes. */
  readonly atKink?: boolean;
}

/** How many closer looks a parameter may still have. */
export interface CloserLooks {
  left: number;
  /** Whether an entry that agrees within noise may stay as it is. */
  readonly onlyWrong: boolean;
}

/**
 * Looks closer where a ladder calls an entry wrong but a kink may hide in the noise, or where noise leaves open whether the
 * claim is off by more than any default tolerance allows.
 * @param found by the ladder
 * @param sure the same with all that might hide in its uncertainty
 */
export function* clarify(
  task: ParameterTask,
  { group, tolerance }: { readonly group: Measured; readonly tolerance: number },
  entry: number,
  found: Found,
  sure: Sharp,
  closer: CloserLooks,
): Generator<SweepRequest, Found | undefined, void> {
  const claimed = group.analytic[entry]!;
  const offBy = ({ numeric }: Sharp): number => Math.abs(claimed - numeric);
  const allowed = ({ numeric }: Sharp, share: number): number => share * entrySize(group, claimed, numeric);
  const isWrong = (value: Sharp, certainty = 1): boolean =>
    offBy(value) - allowed(value, tolerance) > certainty * value.uncertainty;

  // At a wall there is one side only, and a claim that is not finite needs no second look.
  if (Number.isNaN(sure.numeric) || !Number.isFinite(claimed)) return found;
  const looksWrong = isWrong(found);
  // A kink that is well above the noise is not hidden in it.
  if (found.atKink !== undefined && (!looksWrong || isWrong(found, CLEAR_KINK))) return found;
  if (!looksWrong && closer.onlyWrong) return found;
  const bound = Math.max(tolerance, LARGEST_DEFAULT_TOLERANCE);
  const certainty = isKinkLikely(task, entry, offBy(found)) ? LADDER_CERTAINTY : 1;
  if (looksWrong ? isWrong(sure, certainty) : offBy(found) <= allowed(found, bound)) return found;
  let best: Sharp | undefined;
  if (closer.left > 0) {
    closer.left -= 1;
    const gone = looksWrong ? PERSISTENCE * offBy(found) : Infinity;
    for (const count of ROUNDS) {
      if (!task.budget.allows(2 * count * (MOST_RUNGS + 1))) return looksWrong ? undefined : found;
      const means = yield* averaged(task, entry, offBy(found) - allowed(found, tolerance), count);
      if (means === undefined) continue;
      best = means;
      const isWithin =
        offBy(means) <= Math.max(allowed(means, tolerance), Math.min(allowed(means, bound), gone));
      if (isWithin || isWrong(means, MEANS_CERTAINTY)) break;
    }
  }
  return best ?? (looksWrong ? sure : found);
}

/**
 * Whether a kink may well lie where noise would hide it: at distances at which noise is as large as the discrepancy. Kinks lie
 * anywhere within the scale of an entry, so that the nearer these distances, the fewer do.
 */
function isKinkLikely(
  { subject, parameter, scale, noise }: ParameterTask,
  entry: number,
  discrepancy: number,
): boolean {
  const value = Math.abs(subject.saved[parameter]![entry]!);
  return !(noiseUncertainty(noise, 2) / discrepancy < LEAST_LIKELY * entryScale(value, scale));
}

/** The mean of `count` differences at each rung of a ladder; undefined where there is no room for rungs. */
function* averaged(
  { subject, parameter, scale, noise }: ParameterTask,
  entry: number,
  discrepancy: number,
  count: number,
): Generator<SweepRequest, Sharp | undefined, void> {
  const value = Math.abs(subject.saved[parameter]![entry]!);
  const mean = noise / Math.sqrt(count);
  const least = LEAST_SPACINGS * subject.parameters[parameter]!.values.spacing * value;
  const byNoise = noiseUncertainty(mean, 2) / (NOISE_SHARE * discrepancy);
  const lowest = powerOfTwo(Math.max(byNoise, least));
  const largest = powerOfTwo(LARGEST_STEP * entryScale(value, scale));
  const rungs = Math.min(MOST_RUNGS, 1 + Math.floor(Math.log2(largest / lowest)));
  if (!(rungs >= LEAST_RUNGS)) return undefined;
  // One more place, where the mean of both sides tells J(θ).
  const size = (rungs + 1) * count;
  const room = sweepRoom(size);
  for (let place = 0; place < size; place += 1) {
    const rung = Math.floor(place / count);
    const step = rung < rungs ? lowest * RATIO ** (rungs - 1 - rung) : Math.max(lowest / CENTRE_RATIO, least);
    room.entries[place] = entry;
    room.steps[place] = spreadStep(step, place % count, count);
  }
  yield { kind: 'sweep', parameter, count: size, ...room };
  const sides = pooled(room, rungs + 1, count);
  const centre = centreOf(sides, rungs, mean);
  const found = sharpest({ sides, count: rungs, ratio: RATIO, noise: mean, noiseAfter: noise, centre });
  return Number.isNaN(found.numeric) ? undefined : found;
}
