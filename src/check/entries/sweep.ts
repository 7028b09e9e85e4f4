/** Every entry of a parameter by itself: the losses at θ ± h, in blocks that share their memory, and the differences that they make. */

import type { SweepRequest } from '../../model/evaluate/requests.js';
import type { Sample } from '../../numerics/sample.js';
import { centralDifference, noiseUncertainty, type Sides } from '../../numerics/difference.js';
import { noiseAt, type NoiseLevel } from '../../numerics/noise.js';
import { MOST_ENTRIES } from '../run/budget.js';
import type { ParameterTask, StepPolicy } from './task.js';

/** What a request reads and fills. */
type Room = Omit<SweepRequest, 'kind' | 'parameter' | 'count'>;

/** The losses on both sides of θ, for the entries from `from` on that the budget had room for. */
export interface Sweep extends Sides {
  readonly from: number;
  /** How many entries were reached. */
  readonly reached: number;
}

/** The room for a request of up to `size` differences. */
export function sweepRoom(size: number): Room {
  return {
    entries: new Uint32Array(size),
    steps: new Float64Array(size),
    above: new Float64Array(size),
    below: new Float64Array(size),
    forward: new Float64Array(size),
    backward: new Float64Array(size),
  };
}

/** Takes the losses on both sides of every entry that is to be checked. */
export function* sweepEntries(task: ParameterTask, steps: StepPolicy): Generator<SweepRequest, Sweep, void> {
  const { parameter, range, budget } = task;
  const whole = sweepRoom(range.count);
  const room = sweepRoom(Math.min(MOST_ENTRIES, range.count));
  let reached = 0;
  while (reached < range.count && !budget.spent()) {
    const count = budget.entries(range.count - reached);
    plan(task, steps, range.from + reached, count, room);
    yield { kind: 'sweep', parameter, count, ...room };
    keep(room, count, whole, reached);
    reached += count;
    task.tell(range.count - reached);
  }
  return { ...whole, from: range.from, reached };
}

// Loops over entries stay out of the generator: as functions of their own they are compiled early, and stay so.

function plan(task: ParameterTask, steps: StepPolicy, from: number, count: number, room: Room): void {
  const saved = task.frame.saved[task.parameter]!;
  // Entries within the parameter's scale, which most are, share one step.
  const shared = steps.stepFor(0);
  for (let k = 0; k < count; k += 1) {
    const value = saved[from + k]!;
    room.entries[k] = from + k;
    room.steps[k] = Math.abs(value) <= task.scale ? shared : steps.stepFor(value);
  }
}

function keep(room: Room, count: number, whole: Room, at: number): void {
  whole.above.set(room.above.subarray(0, count), at);
  whole.below.set(room.below.subarray(0, count), at);
  whole.forward.set(room.forward.subarray(0, count), at);
  whole.backward.set(room.backward.subarray(0, count), at);
}

/** Writes down the differences of a sweep, and what noise makes uncertain of them; NaN where there is none. */
export function readDifferences(
  sweep: Sweep,
  noise: NoiseLevel,
  numeric: Float64Array,
  uncertainty: Float64Array,
): void {
  for (let k = 0; k < sweep.reached; k += 1) {
    numeric[sweep.from + k] = centralDifference(sweep, k);
    const own = noiseAt(noise, sweep.forward[k]!, sweep.backward[k]!);
    uncertainty[sweep.from + k] = noiseUncertainty(own, sweep.above[k]! + sweep.below[k]!);
  }
}

/** What a sweep saw of one entry. */
export function sampleAt(
  { from, above, below, forward, backward }: Sweep,
  entry: number,
  noise: NoiseLevel,
): Sample {
  const k = entry - from;
  const [ahead, behind] = [forward[k]!, backward[k]!];
  return {
    above: above[k]!,
    below: below[k]!,
    forward: ahead,
    backward: behind,
    noise: noiseAt(noise, ahead, behind),
  };
}
