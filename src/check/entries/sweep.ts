/**
 * The exhaustive method: every entry of a parameter by itself, θ ± h, in blocks that share their memory. Entries that then
 * look wrong are looked at again by `suspects.ts`.
 */

import type { EntryRange } from '../../model/tree/shard.js';
import type { SweepRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import type { Sweep } from '../measurement.js';
import { type Budget, MOST_ENTRIES } from '../run/budget.js';
import { centralDifference, isBeyondNoise, noiseUncertainty } from '../../numerics/difference.js';
import { pooled, spreadStep } from '../../numerics/averages.js';
import { chosenStep, clearStep, entryScale } from '../../numerics/step.js';

/** How steps are to be taken. */
export interface StepRule {
  /** ε as the user gave it; undefined: chosen by scale. */
  readonly epsilon: number | undefined;
  /** η, noise of the loss relative to its size. */
  readonly relativeNoise: number;
  /** Steps are taken that differ by factors of four at least, so that measurements of unlike noise meet at the same points. */
  readonly shared?: boolean;
}

/** What is known about one parameter while it is measured. */
export interface ParameterTask {
  readonly subject: Frame;
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  /** Its entries that are to be checked. */
  readonly due: EntryRange;
  /** J(θ). */
  readonly loss: number;
  /** σ, in the unit of the loss. */
  readonly noise: number;
  /** Root mean square of the parameter's entries. */
  readonly scale: number;
  /** Root mean square of its claimed gradient. */
  readonly slope: number;
  readonly rule: StepRule;
  readonly budget: Budget;
  /** Tells that all but so many entries of this parameter are done. */
  readonly tell: (left: number) => void;
}

/** A sweep of `due` of `count` entries in which nothing was measured yet. */
export function emptySweep(count: number, due: number = count): Sweep {
  return {
    numeric: new Float64Array(count).fill(Number.NaN),
    uncertainty: new Float64Array(count).fill(Number.NaN),
    step: { min: 0, max: 0 },
    moved: false,
    movedBeyondNoise: false,
    kinks: 0,
    unreached: due,
  };
}

/** What a request reads and fills. */
type Room = Omit<SweepRequest, 'kind' | 'parameter' | 'count'>;

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

/** The step for one entry: the user's ε, or the chosen one. */
export function stepFor(task: ParameterTask, entry: number): number {
  return stepAt(task, task.subject.saved[task.parameter]![entry]!);
}

function stepAt({ subject, parameter, scale, slope, noise, rule }: ParameterTask, value: number): number {
  if (rule.epsilon !== undefined) return rule.epsilon;
  const { spacing } = subject.parameters[parameter]!.values;
  const own = entryScale(value, scale);
  const step = chosenStep(own, rule.relativeNoise, spacing);
  const clear = Math.max(step, clearStep(own, noise, slope));
  return rule.shared === true ? powerOfFour(clear) : clear;
}

/** The nearest power of four to a step, by its logarithm. */
function powerOfFour(step: number): number {
  return 4 ** Math.round(Math.log2(step) / 2);
}

/** Takes the derivative by every entry of one parameter, at the chosen steps. */
export function* sweepParameter(task: ParameterTask): Generator<SweepRequest, Sweep, void> {
  const { parameter, due } = task;
  const sweep = emptySweep(task.subject.parameters[parameter]!.count, due.count);
  sweep.step.min = Infinity;
  const size = Math.min(MOST_ENTRIES, due.count);
  const room = sweepRoom(size);
  const { budget } = task;
  while (sweep.unreached > 0 && !budget.spent()) {
    const from = due.to - sweep.unreached;
    const taken = budget.entries(sweep.unreached);
    if (taken === 0) break;
    planBlock(task, from, taken, room);
    yield { kind: 'sweep', parameter, count: taken, ...room };
    readBlock(task, from, taken, room, sweep);
    sweep.unreached -= taken;
    task.tell(sweep.unreached);
  }
  return sweep;
}

/** Leaves suspects unchecked that the budget allows no second look: without one nothing is called wrong. */
export function leaveOpen(sweep: Sweep, entries: readonly number[]): void {
  for (const entry of entries) {
    sweep.numeric[entry] = Number.NaN;
    sweep.uncertainty[entry] = Number.NaN;
  }
  sweep.unreached += entries.length;
}

/** Takes the losses beside θ for some entries of a parameter, each at a step of its own. */
export function* takeEntries(
  { parameter }: ParameterTask,
  entries: readonly number[],
  stepOf: (entry: number) => number,
): Generator<SweepRequest, Room, void> {
  const room = sweepRoom(entries.length);
  for (const [k, entry] of entries.entries()) {
    room.entries[k] = entry;
    room.steps[k] = stepOf(entry);
  }
  yield { kind: 'sweep', parameter, count: entries.length, ...room };
  return room;
}

/** Takes the derivative by some entries of a parameter, at the chosen steps times `factor`, a power of two. */
export function* sweepEntries(
  task: ParameterTask,
  sweep: Sweep,
  entries: readonly number[],
  factor = 1,
): Generator<SweepRequest, void, void> {
  const room = yield* takeEntries(task, entries, (entry) => stepFor(task, entry) * factor);
  for (const [k, entry] of entries.entries()) {
    sweep.numeric[entry] = centralDifference(room, k);
    sweep.uncertainty[entry] = noiseUncertainty(task.noise, room.above[k]! + room.below[k]!);
  }
}

/** Takes the mean of several differences by some entries of a parameter, at steps from the chosen ones to twice as much. */
export function* sweepOften(
  task: ParameterTask,
  sweep: Sweep,
  entries: readonly number[],
  times: number,
): Generator<SweepRequest, void, void> {
  const { parameter, noise } = task;
  const size = Math.max(1, Math.floor(MOST_ENTRIES / times));
  const room = sweepRoom(Math.min(size, entries.length) * times);
  for (let from = 0; from < entries.length; from += size) {
    const block = entries.slice(from, from + size);
    for (let place = 0; place < block.length * times; place += 1) {
      const entry = block[Math.floor(place / times)]!;
      room.entries[place] = entry;
      room.steps[place] = spreadStep(stepFor(task, entry), place % times, times);
    }
    yield { kind: 'sweep', parameter, count: block.length * times, ...room };
    const means = pooled(room, block.length, times);
    for (const [k, entry] of block.entries()) {
      sweep.numeric[entry] = centralDifference(means, k);
      sweep.uncertainty[entry] = noiseUncertainty(
        noise / Math.sqrt(times),
        means.above[k]! + means.below[k]!,
      );
    }
  }
}

// Loops over entries stay out of the generator: as functions of their own they are compiled early, and stay so.

function planBlock(task: ParameterTask, from: number, count: number, room: Room): void {
  const saved = task.subject.saved[task.parameter]!;
  // Entries within the parameter's scale, which most are, share one step.
  const shared = stepAt(task, 0);
  for (let k = 0; k < count; k += 1) {
    const value = saved[from + k]!;
    room.entries[k] = from + k;
    room.steps[k] = Math.abs(value) <= task.scale ? shared : stepAt(task, value);
  }
}

function readBlock(
  { loss, noise }: ParameterTask,
  from: number,
  count: number,
  room: Room,
  sweep: Sweep,
): void {
  let { min, max } = sweep.step;
  for (let k = 0; k < count; k += 1) {
    const distance = room.above[k]! + room.below[k]!;
    sweep.numeric[from + k] = centralDifference(room, k);
    sweep.uncertainty[from + k] = noiseUncertainty(noise, distance);
    if (distance / 2 < min) min = distance / 2;
    if (distance / 2 > max) max = distance / 2;
    if (sweep.movedBeyondNoise) continue;
    const ahead = room.forward[k]! - loss;
    const behind = room.backward[k]! - loss;
    sweep.moved ||= ahead !== 0 || behind !== 0;
    sweep.movedBeyondNoise = isBeyondNoise(ahead, behind, noise);
  }
  sweep.step.min = min;
  sweep.step.max = max;
}
