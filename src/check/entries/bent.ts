/**
 * Entries whose slopes on the two sides differ within the first step → which of them have a kink at θ.
 *
 * Curvature does the same, most of all where the slopes are small. One direction of all such entries tells the two apart: along it the gap
 * falls with the step where the loss is smooth, and stays where any of them has a kink. Only then is each looked at again.
 */

import type { LossRequest, Weights } from '../../model/evaluate/requests.js';
import { bendUncertainty } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/estimate.js';
import { type Shape, shapeAt } from '../../numerics/gaps.js';
import { noiseAt, type NoiseLevel } from '../../numerics/noise.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';
import { STEP_RATIO } from '../../numerics/step.js';
import type { Paths } from '../paths/paths.js';
import type { Sweep } from './sweep.js';
import { sampleAt } from './sweep.js';
import type { ParameterTask } from './task.js';

/** The gap of a smooth loss at the first step is this share of a typical slope at most. */
const SMALL_GAP: number = 2 ** -6;

/** The slopes at a kink are the same at so many scales; those that grow are looked at on one more. */
const KINK_SCALES = 2;
const MOST_SCALES = 3;

/** The entries whose gap is more than noise makes and than a smooth loss with slopes of this size would have. */
export function bentEntries(
  { loss }: ParameterTask,
  sweep: Sweep,
  noise: NoiseLevel,
  typical: number,
): number[] {
  const bent: number[] = [];
  for (let k = 0; k < sweep.reached; k += 1) {
    const [forward, backward] = [sweep.forward[k]!, sweep.backward[k]!];
    const bend = Math.abs(forward - loss - (loss - backward));
    const least = bendUncertainty(noiseAt(noise, forward, backward));
    if (bend > least && bend > (SMALL_GAP * typical * (sweep.above[k]! + sweep.below[k]!)) / 2)
      bent.push(sweep.from + k);
  }
  return bent;
}

/** Those of some bent entries that have a kink at θ, or no derivative, with what was seen of them: each sample at a step of the ladder. */
export function* kinksAmong(
  task: ParameterTask,
  paths: Paths,
  bent: readonly number[],
  sweep: Sweep,
  { step, noise }: { readonly step: number; readonly noise: NoiseLevel },
): Generator<LossRequest, ReadonlyMap<number, readonly Sample[]>, void> {
  if (!(yield* bendsTogether(task, bent, step, noise))) return new Map();
  const samples = new Map(bent.map((entry) => [entry, [sampleAt(sweep, entry, noise)]]));
  const shape = (entry: number): Shape => shapeAt(samples.get(entry)!, task.loss);
  let open: readonly number[] = bent;
  for (let k = 1; k <= MOST_SCALES && open.length > 0; k += 1) {
    const taken = yield* paths.sample(open.map((path) => ({ path, step: step / STEP_RATIO ** k })));
    if (taken === undefined) break;
    for (const [j, entry] of open.entries()) samples.get(entry)!.push(taken[j]!);
    const least: Shape = k < KINK_SCALES ? 'kink' : 'singular';
    open = open.filter((entry) => shape(entry) === 'singular' || shape(entry) === least);
  }
  return new Map([...samples].filter(([entry]) => shape(entry) !== 'smooth'));
}

/** Whether a direction of all these entries has a kink at θ. */
function* bendsTogether(
  { frame, parameter, range, loss, scale, seed, budget }: ParameterTask,
  bent: readonly number[],
  step: number,
  level: NoiseLevel,
): Generator<LossRequest, boolean, void> {
  if (!budget.allows(4)) return false;
  const weights = among(new RandomWeights(seedFor(frame.parameters[parameter]!.name, seed), scale), bent);
  const path = [{ parameter, from: range.from, to: range.to, weights }];
  const smaller = step / STEP_RATIO;
  const losses = new Float64Array(4);
  yield { kind: 'path', path, multiples: Float64Array.of(step, -step, smaller, -smaller), losses };
  const [ahead, behind, near, nearBehind] = losses as unknown as [number, number, number, number];
  const noise = noiseAt(level, ahead, behind);
  const samples: Sample[] = [
    { above: step, below: step, forward: ahead, backward: behind, noise },
    { above: smaller, below: smaller, forward: near, backward: nearBehind, noise },
  ];
  // Where the loss is not finite the direction tells nothing, and each entry has to.
  return !losses.every(Number.isFinite) || shapeAt(samples, loss) !== 'smooth';
}

/** Weights for some of the entries only. */
function among(weights: Weights, entries: readonly number[]): Weights {
  const chosen = new Set(entries);
  return {
    key: `${weights.key} of ${entries.join()}`,
    at: (i) => (chosen.has(i) ? weights.at(i) : 0),
  };
}
