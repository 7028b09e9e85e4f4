/**
 * A swept parameter with entries far below its scale, which may be of another unit → what was seen of them when they were moved at their own
 * scale, too, where that tells more.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { centralDifference, noiseUncertainty } from '../../numerics/difference.js';
import { noiseAt, type NoiseLevel } from '../../numerics/noise.js';
import type { Paths } from '../paths/paths.js';
import type { Sweep } from './sweep.js';

/**
 * Moves such entries at their own scale, and keeps what tells more in the sweep.
 * @param step of the sweep, in units of the entries' scales
 * @returns the steps of those that it was kept of
 */
export function* sweepAtOwnScale(
  sweep: Sweep,
  paths: Paths,
  step: number,
  noise: NoiseLevel,
): Generator<LossRequest, ReadonlyMap<number, number>, void> {
  const kept = new Map<number, number>();
  const places = unlikeEntries(sweep, paths).map((path) => ({
    path,
    step: Math.max(step * paths.limits(path).own, paths.limits(path).least),
  }));
  const taken = places.length === 0 ? [] : yield* paths.sample(places);
  for (const [j, sample] of (taken ?? []).entries()) {
    const { path, step: own } = places[j]!;
    const k = path - sweep.from;
    const uncertainty = noiseUncertainty(sample.noise, sample.above + sample.below);
    const value = (sample.forward / 2 - sample.backward / 2) / (sample.above / 2 + sample.below / 2);
    if (!Number.isFinite(value) || !isSharper({ value, uncertainty }, sweep, k, noise)) continue;
    sweep.above[k] = sample.above;
    sweep.below[k] = sample.below;
    sweep.forward[k] = sample.forward;
    sweep.backward[k] = sample.backward;
    kept.set(path, own);
  }
  return kept;
}

function unlikeEntries({ from, reached }: Sweep, paths: Paths): number[] {
  const unlike: number[] = [];
  for (let i = from; i < from + reached; i += 1) if (paths.limits(i).own < 1) unlike.push(i);
  return unlike;
}

/** Whether a difference at the entry's own scale is less uncertain than the one of the sweep, or contradicts it: then that is off by curvature. */
function isSharper(
  own: { readonly value: number; readonly uncertainty: number },
  sweep: Sweep,
  k: number,
  noise: NoiseLevel,
): boolean {
  const swept = centralDifference(sweep, k);
  const level = noiseAt(noise, sweep.forward[k]!, sweep.backward[k]!);
  const uncertainty = noiseUncertainty(level, sweep.above[k]! + sweep.below[k]!);
  return !(own.uncertainty >= uncertainty && Math.abs(swept - own.value) <= own.uncertainty + uncertainty);
}
