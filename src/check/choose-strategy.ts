/** A point, and the time that its losses take → how it is measured, and the noise of the loss as that asks for. */

import { totalOf } from '../model/array/concat.js';
import type { LossRequest } from '../model/evaluate/requests.js';
import type { PointTask } from './point-task.js';
import { firstDistance, type LossNoise, measureNoise, MOVED_ENTRIES } from './preconditions/loss-noise.js';
import { now } from './run/clock.js';
import { DIRECTIONAL, EXHAUSTIVE, isCheap, SLOW_START, type Strategy, strategyOf } from './strategy.js';

/** @param given how it is measured; undefined: by the time that it takes */
export function* chooseStrategy(
  point: PointTask,
  scales: readonly number[],
  given: Strategy | undefined,
): Generator<LossRequest, { readonly strategy: Strategy; readonly noise: LossNoise }, void> {
  const { frame, settings, lossTime } = point;
  const losses = 2 * totalOf(frame.due);
  if (given !== undefined) return { strategy: given, noise: yield* noiseOf(point, scales, given) };
  if (settings.method !== undefined) {
    const strategy = strategyOf(settings.method);
    return { strategy, noise: yield* noiseOf(point, scales, strategy) };
  }
  if (isCheap(losses, lossTime / SLOW_START, settings.checkTime)) {
    const started = now();
    const before = frame.evaluations.loss;
    const noise = yield* noiseOf(point, scales, EXHAUSTIVE);
    const later = (now() - started) / (frame.evaluations.loss - before);
    if (isCheap(losses, Math.min(lossTime, later), settings.checkTime))
      return { strategy: EXHAUSTIVE, noise };
  }
  return { strategy: DIRECTIONAL, noise: yield* noiseOf(point, scales, DIRECTIONAL) };
}

function* noiseOf(
  { frame, settings: { seed }, loss, scatter = 0, budget }: PointTask,
  scales: readonly number[],
  { method, moved = MOVED_ENTRIES }: Strategy,
): Generator<LossRequest, LossNoise, void> {
  const parameters = scales.map((scale, place) => ({ place, scale }));
  const share = method === 'exhaustive' ? Math.min(1, moved / totalOf(frame.parameters)) : 1;
  const source = { frame, loss, scatter, parameters, share, seed, budget };
  return yield* measureNoise(source, firstDistance(source));
}
