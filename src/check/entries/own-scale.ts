/**
 * A swept parameter with entries far below its scale, which may be of another unit → what was seen of them when they were moved at their own
 * scale, too, where that tells more.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { noiseOf, slopeOf } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/sample.js';
import { isUnlike } from '../../numerics/step.js';
import type { Paths } from '../paths/paths.js';
import type { Probed } from './probe.js';
import { sampleAt, type Sweep } from './sweep.js';
import type { ParameterTask } from './task.js';

/**
 * Moves such entries at their own scale, and keeps what tells more in the sweep.
 * @param probed the step of the sweep, and the noise there
 * @returns the steps of those that it was kept of
 */
export function* sweepAtOwnScale(
  task: ParameterTask,
  sweep: Sweep,
  paths: Paths,
  { step, noise }: Probed,
): Generator<LossRequest, ReadonlyMap<number, number>, void> {
  const kept = new Map<number, number>();
  const places = unlikeEntries(task, sweep).map((path) => {
    const { own, least } = paths.limits(path);
    return { path, step: Math.max(step * own, least) };
  });
  const taken = places.length === 0 ? [] : yield* paths.sample(places);
  for (const [j, sample] of (taken ?? []).entries()) {
    const { path, step: own } = places[j]!;
    if (!isSharper(sample, sampleAt(sweep, path, noise))) continue;
    const k = path - sweep.from;
    sweep.above[k] = sample.above;
    sweep.below[k] = sample.below;
    sweep.forward[k] = sample.forward;
    sweep.backward[k] = sample.backward;
    kept.set(path, own);
  }
  return kept;
}

function unlikeEntries({ frame, parameter, scale }: ParameterTask, { from, reached }: Sweep): number[] {
  const saved = frame.saved[parameter]!;
  const unlike: number[] = [];
  for (let i = from; i < from + reached; i += 1) if (isUnlike(saved[i]!, scale)) unlike.push(i);
  return unlike;
}

/** Whether a difference at the entry's own scale is less uncertain than the one of the sweep, or contradicts it: then that is off by curvature. */
function isSharper(own: Sample, swept: Sample): boolean {
  const value = slopeOf(own);
  const [less, more] = [noiseOf(own), noiseOf(swept)];
  return Number.isFinite(value) && !(less >= more && Math.abs(slopeOf(swept) - value) <= less + more);
}
