/**
 * Entries whose slopes on the two sides differ within the first step → which of them have a kink at θ.
 *
 * Curvature does the same, most of all where the slopes are small. One direction of all such entries tells the two apart: along it the gap
 * falls with the step where the loss is smooth, and stays where any of them has a kink. Only then is each looked at again.
 */

import type { LossRequest, Weights } from '../../model/evaluate/requests.js';
import { bendBetween, bendUncertainty } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/sample.js';
import { atPlaces } from '../../numerics/estimate.js';
import { type Shape, shapeAt } from '../../numerics/gaps.js';
import { noiseAt, type NoiseLevel } from '../../numerics/noise.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';
import { DOUBLE_SPACING, STEP_RATIO } from '../../numerics/step.js';
import type { Limits, Paths, Place } from '../paths/paths.js';
import type { Sweep } from './sweep.js';
import { sampleAt } from './sweep.js';
import type { ParameterTask } from './task.js';

/** The gap of a smooth loss at the first step is this share of a typical slope at most. */
const SMALL_GAP: number = 2 ** -6;

/** Close to θ noise is this share of the gap: so close a kink is looked for that may not be at θ itself. */
const NOISE_SHARE = 1 / 8;

/** So many spacings of doubles apart slopes are known to a 100th, whatever is rounded on the way: 4 roundings of both places, √3 times as much for a gap. */
const CLEAR_SPACINGS: number = 2 ** 10;

/** Slopes that grow are looked at on one more scale. */
const MOST_SCALES = 3;

/** The entries whose gap is more than noise makes and than a smooth loss with slopes of this size would have. */
export function bentEntries(
  { loss }: ParameterTask,
  sweep: Sweep,
  noise: NoiseLevel,
  typical: number,
  paths: Pick<Paths, 'stored'>,
): number[] {
  const bent: number[] = [];
  const { from, reached, above, below } = sweep;
  for (let k = 0; k < reached; k += 1) {
    const forward = sweep.forward[k]!;
    const backward = sweep.backward[k]!;
    const bend = bendBetween(forward, backward, loss);
    if (!(bend > (SMALL_GAP * typical * (above[k]! + below[k]!)) / 2)) continue;
    if (!(bend > bendUncertainty(noiseAt(noise, forward, backward)))) continue;
    const [sample] = atPlaces([sampleAt(sweep, from + k, noise)], loss, paths.stored(from + k));
    if (bend > bendUncertainty(sample!.noise)) bent.push(from + k);
  }
  return bent;
}

/** How the entries were swept: at which step, but for those that were moved at their own scale. */
interface BentTask {
  readonly step: number;
  readonly noise: NoiseLevel;
  readonly ownSteps?: ReadonlyMap<number, number>;
}

/** What was seen of an entry, and at which steps. */
export interface Seen {
  readonly samples: readonly Sample[];
  readonly steps: readonly number[];
}

/**
 * Those of some bent entries that seem to have a kink at θ, or no derivative, with what was seen of them: at the first step, at the next smaller
 * one, and as close to θ as noise allows.
 */
export function* kinksAmong(
  task: ParameterTask,
  paths: Paths,
  bent: readonly number[],
  sweep: Sweep,
  { step, noise, ownSteps }: BentTask,
): Generator<LossRequest, ReadonlyMap<number, Seen>, void> {
  const found = new Map<number, Seen>();
  const isBent = yield* bendsTogether(task, bent, step, noise);
  for (const entry of isBent ? bent : [])
    found.set(entry, { samples: [sampleAt(sweep, entry, noise)], steps: [ownSteps?.get(entry) ?? step] });
  let open: readonly number[] = [...found.keys()];
  for (let k = 1; k <= MOST_SCALES && open.length > 0; k += 1) {
    const places = open.flatMap((path) => {
      const steps = nextSteps(k, found.get(path)!, paths.limits(path), task.loss);
      return steps.map((next) => ({ path, step: next }));
    });
    if (places.length === 0) break;
    const taken = yield* paths.sample(places);
    if (taken === undefined) break;
    noteSamples(found, places, taken);
    const shapeOf = (entry: number): Shape =>
      shapeAt(atPlaces(found.get(entry)!.samples, task.loss, paths.stored(entry)), task.loss);
    const shapes = new Map(open.map((entry) => [entry, shapeOf(entry)]));
    if (k === 1) for (const [entry, shape] of shapes) if (shape === 'smooth') found.delete(entry);
    open = open.filter((entry) => shapes.get(entry) === 'singular' || (k === 1 && found.has(entry)));
  }
  return found;
}

function noteSamples(found: Map<number, Seen>, places: readonly Place[], taken: readonly Sample[]): void {
  for (const [j, { path, step }] of places.entries()) {
    const { samples, steps } = found.get(path)!;
    found.set(path, { samples: [...samples, taken[j]!], steps: [...steps, step] });
  }
}

/**
 * The steps of the k-th look: one scale closer; as close as noise allows, and on the way there where slopes are known well enough to see whether
 * they grow; and one scale closer still. None is closer than storage tells places apart.
 */
function nextSteps(k: number, { samples, steps }: Seen, { least, own }: Limits, loss: number): number[] {
  const last = steps.at(-1)!;
  const near = k === 2 ? closest(samples.at(-1)!, last, loss) : last / STEP_RATIO;
  const clear = CLEAR_SPACINGS * DOUBLE_SPACING * own;
  const wanted = k === 2 && near < clear ? [clear, near] : [near];
  return [...new Set(wanted.map((step) => Math.max(step, least)))].filter((step) => step < last);
}

/** The step at which noise is a share of the gap that was seen at some step; one scale below it at least. */
function closest({ above, forward, backward, noise }: Sample, step: number, loss: number): number {
  const bend = bendBetween(forward, backward, loss);
  const times = (NOISE_SHARE * bend) / bendUncertainty(noise);
  const scales = Math.floor(Math.log(times) / Math.log(STEP_RATIO));
  return above > 0 && scales > 1 && scales < Infinity ? step / STEP_RATIO ** scales : step / STEP_RATIO;
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
