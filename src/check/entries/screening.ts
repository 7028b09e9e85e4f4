/** Quick looks, at suspects beside others that stay wrong after a ladder: one difference each, to tell which need a ladder too. */

import type { Sweep } from '../measurement.js';
import type { SweepRequest } from '../../model/evaluate/requests.js';
import { centralDifference, noiseUncertainty, type Sides } from '../../numerics/difference.js';
import { RUNG_RATIO } from '../../numerics/ladder.js';
import { rungsFor } from './step-ladder.js';
import { type ParameterTask, stepFor, takeEntries } from './sweep.js';

/**
 * A quick look is taken so many rungs above the last, where noise is at most an eighth of the discrepancy, and a quarter in a
 * one-sided slope.
 */
const QUICK_LOOK_MARGIN = 3;

/** A discrepancy is still there when it is within this factor of what it was. */
const PERSISTENCE = 1 / 2;

/** Whether a claim lies between the one-sided slopes at place k, as far as noise lets them be known. */
function isBetweenSlopes(
  claimed: number,
  { above, below, forward, backward }: Sides,
  k: number,
  { loss, noise }: ParameterTask,
): boolean {
  const rising = (forward[k]! - loss) / above[k]!;
  const falling = (loss - backward[k]!) / below[k]!;
  const uncertainty = noiseUncertainty(noise, Math.min(above[k]!, below[k]!));
  return (
    claimed >= Math.min(rising, falling) - uncertainty && claimed <= Math.max(rising, falling) + uncertainty
  );
}

/**
 * A quick look at each of many suspects: one difference at a step shortly before noise takes over. Where the discrepancy is
 * still there, and no kink can be behind it, the entry stays as it is, wrong; the others are returned.
 */
export function* doubtful(
  task: ParameterTask,
  sweep: Sweep,
  analytic: Float64Array,
  entries: readonly number[],
): Generator<SweepRequest, readonly number[], void> {
  const room = yield* takeEntries(task, entries, (entry) => {
    const { down } = rungsFor(task, sweep, analytic[entry]!, entry);
    return stepFor(task, entry) / RUNG_RATIO ** Math.max(0, down - QUICK_LOOK_MARGIN);
  });
  return entries.filter((entry, k) => {
    const before = Math.abs(analytic[entry]! - sweep.numeric[entry]!);
    const now = Math.abs(analytic[entry]! - centralDifference(room, k));
    return (
      !(now > PERSISTENCE * before && now < before / PERSISTENCE) ||
      isBetweenSlopes(analytic[entry]!, room, k, task)
    );
  });
}
