/** Ladders of shrinking steps, for one entry each: from where to where they lead, and what is found on them. */

import type { Sweep } from '../measurement.js';
import type { SweepRequest } from '../../model/evaluate/requests.js';
import type { Sides } from '../../numerics/difference.js';
import { RUNG_RATIO, settle, type Settled } from '../../numerics/ladder.js';
import { type Sharp, sharpest } from '../../numerics/averages.js';
import { entryScale, LEAST_SPACINGS } from '../../numerics/step.js';
import { type ParameterTask, stepFor, sweepRoom } from './sweep.js';

/** Steps go down until noise is this share of the discrepancy: it would then hide what is being asked. */
const NOISE_SHARE = 1 / 2;

/** The longest ladder: 4^20 = 10^12 between the first step and the last, more than double precision can use. */
const LONGEST_LADDER = 20;
/** The shortest: where noise takes over before, the ladder starts as many rungs above the sweep's step. */
const SHORTEST_LADDER = 5;
/** The largest step on a ladder, in scales of the entry. */
const LARGEST_STEP = 1 / 4;

/** What a ladder found: the derivative as it settles, and what it is sure to be whether or not a kink hides in the noise. */
export interface Climbed {
  readonly settled: Settled;
  readonly sure: Sharp;
  /** σ along this ladder, in the unit of the loss: the noise of the loss, or more where small steps are lost in it. */
  readonly noise: number;
}

/** Takes one entry's derivative at steps that fall by RUNG_RATIO, from the sweep's own to where noise takes over; undefined where the budget has no room for it. */
export function* climbDown(
  task: ParameterTask,
  sweep: Sweep,
  claimed: number,
  entry: number,
): Generator<SweepRequest, Climbed | undefined, void> {
  const { subject, parameter, loss } = task;
  const { up, down } = rungsFor(task, sweep, claimed, entry);
  const first = stepFor(task, entry) * RUNG_RATIO ** up;
  const count = up + 1 + down;
  if (!task.budget.allows(2 * count)) return undefined;
  const room = sweepRoom(count);
  for (let k = 0; k < count; k += 1) {
    room.entries[k] = entry;
    room.steps[k] = first / RUNG_RATIO ** k;
  }
  yield { kind: 'sweep', parameter, count, ...room };
  // Steps that vanish in storage end the ladder.
  let usable = 0;
  const least = Math.abs(subject.saved[parameter]![entry]!) * subject.parameters[parameter]!.values.spacing;
  while (usable < count && room.above[usable]! > least && room.below[usable]! > least) usable += 1;
  // Beside other numbers the storage itself ends the ladder first.
  const isZero = subject.saved[parameter]![entry] === 0;
  const lost = isZero ? lostFrom(room, usable, loss, LOST * entryScale(0, task.scale)) : usable;
  const noise = Math.max(task.noise, lostNoise(room, lost, usable));
  usable = lost;
  const settled = settle(room, usable, loss, noise);
  return {
    noise,
    settled: { ...settled, rung: settled.rung - up },
    sure: sharpest({
      sides: room,
      count: usable,
      ratio: RUNG_RATIO,
      noise,
      noiseAfter: noise,
      centre: { loss, noise },
    }),
  };
}

/**
 * The first of the rungs from which on no step moves the loss at all, where larger ones do: what is added is lost in a larger number, as
 * a small bias in 3 + b, which rounds to 3. They say nothing of the slope.
 */
function lostFrom({ above, forward, backward }: Sides, count: number, loss: number, largest: number): number {
  let lost = count;
  while (lost > 0 && forward[lost - 1] === loss && backward[lost - 1] === loss) lost -= 1;
  return lost === 0 || (lost < count && above[lost]! > largest) ? count : lost;
}

/** Steps are lost below this share of a parameter's scale, in numbers up to a million times it; above, the loss is flat. */
const LOST: number = 2 ** -32;

/** What is lost is rounded to steps of that size for all rungs: by the slope just above it, this much of the loss. */
function lostNoise({ above, below, forward, backward }: Sides, lost: number, count: number): number {
  if (lost === count) return 0;
  const k = lost - 1;
  const slope = Math.abs(forward[k]! - backward[k]!) / (above[k]! + below[k]!);
  return Number.isFinite(slope) ? slope * Math.max(above[lost]!, below[lost]!) : 0;
}

/**
 * How many rungs a ladder needs below the sweep's step, down to where noise or the spacing of the storage takes over, and
 * above it, where that leaves too few.
 */
export function rungsFor(
  task: ParameterTask,
  sweep: Sweep,
  claimed: number,
  entry: number,
): { readonly up: number; readonly down: number } {
  const first = stepFor(task, entry);
  const discrepancy = Math.abs(claimed - sweep.numeric[entry]!);
  const drop = (NOISE_SHARE * discrepancy) / sweep.uncertainty[entry]!;
  const { subject, parameter, scale } = task;
  const value = Math.abs(subject.saved[parameter]![entry]!);
  const least = LEAST_SPACINGS * subject.parameters[parameter]!.values.spacing * value;
  const byStorage = value === 0 ? LONGEST_LADDER : Math.floor(rungsBetween(first, least));
  // A loss that was not finite gives no discrepancy to go by: then as far as storage goes.
  const byNoise = Number.isFinite(discrepancy) ? 1 + Math.ceil(rungsBetween(drop, 1)) : LONGEST_LADDER - 1;
  const down = Math.max(0, Math.min(byNoise, byStorage, LONGEST_LADDER - 1));
  const room = Math.floor(rungsBetween(LARGEST_STEP * entryScale(value, scale), first));
  return { up: Math.max(0, Math.min(SHORTEST_LADDER - 1 - down, room)), down };
}

/** How many rungs, not always a whole number, lead from one step down to another; 0 when it is not below. */
function rungsBetween(from: number, to: number): number {
  const ratio = from / to;
  return ratio > 1 ? Math.log(ratio) / Math.log(RUNG_RATIO) : 0;
}
