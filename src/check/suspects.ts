/**
 * Second looks. An entry that the sweep finds beyond tolerance and noise is only a suspect: curvature, a kink or the edge of
 * the domain inside the step look the same. Each suspect gets a ladder of shrinking steps; what the smaller steps bear out
 * replaces the first value, or, where the user gave ε, tells how far off the difference at ε is.
 */

import type { SweepRequest } from '../model/requests.js';
import { centralDifference } from '../numerics/differences.js';
import { RUNG_RATIO, settle, type Settled } from '../numerics/ladder.js';
import { type Compared, groupNorms } from '../numerics/norms.js';
import { LEAST_SPACINGS } from '../numerics/steps.js';
import { isEntryWrong, isWrong, type Measured, measured, suspectsOf } from './judge.js';
import type { Settings } from './settings.js';
import { type Ground, type Sweep, stepFor, sweepParameter, sweepRoom } from './sweep.js';
import { toleranceFor } from './tolerance.js';

/** Steps go down until noise is this share of the discrepancy: it would then hide what is being asked. */
const NOISE_SHARE = 1 / 2;

/** The longest ladder: 4^20 = 10^12 between the first step and the last, more than double precision can use. */
const LONGEST_LADDER = 20;
/** The shortest: a kink shows itself over three rungs. */
const SHORTEST_LADDER = 4;

/** Suspects that get a ladder before it is decided what to do about the rest. */
const FIRST_LOOKS = 8;

/** Doubtful suspects per parameter that get a ladder of their own after the quick look. */
const MOST_LADDERS = 256;

/** A discrepancy is still there when it is within this factor of what it was. */
const PERSISTENCE = 1 / 2;

/** Settles the suspects of one parameter. Changes `sweep` in place, or returns another where the step was bad. */
export function* settleSuspects(
  ground: Ground,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
): Generator<SweepRequest, Sweep, void> {
  const view = look(ground, sweep, analytic, settings);
  const first = view.suspects.slice(0, FIRST_LOOKS);
  const rest = view.suspects.slice(FIRST_LOOKS);
  const rungs = yield* settleEach(ground, sweep, analytic, settings, first);
  if (rest.length === 0) return sweep;
  const cleared = first.every((i) => !isEntryWrong(view.group, i, view.tolerance));
  const factor = RUNG_RATIO ** -Math.max(...rungs);
  if (!cleared || factor === 1 || settings.epsilon !== undefined) {
    yield* settleDoubtful(ground, sweep, analytic, settings, rest);
    return sweep;
  }
  // Many suspects, and the worst of them all innocent: the step was bad, not the gradient.
  const again = yield* sweepParameter(ground, factor);
  yield* settleDoubtful(ground, again, analytic, settings, look(ground, again, analytic, settings).suspects);
  return again;
}

/** A parameter's numbers so far, its tolerance, and the entries to look at again. */
interface View {
  readonly group: Measured;
  readonly tolerance: number;
  readonly suspects: readonly number[];
}

function look(
  ground: Ground,
  { numeric, uncertainty }: Sweep,
  analytic: Float64Array,
  settings: Settings,
): View {
  const compared: Compared = { numeric, uncertainty, analytic };
  const norms = groupNorms(compared);
  const tolerance = toleranceFor(settings, compared, norms);
  const group = measured(compared, norms);
  const saved = ground.subject.saved[ground.parameter]!;
  // A parameter that is not finite has no points beside it, at any step.
  const suspects = suspectsOf(group, tolerance, isWrong(norms, tolerance)).filter((i) =>
    Number.isFinite(saved[i]),
  );
  return { group, tolerance, suspects };
}

/**
 * A quick look at each of many suspects: one difference at the step where noise takes over. Where the discrepancy is still
 * there, with no kink in sight, the entry stays as it is, wrong; the others get a ladder.
 */
function* settleDoubtful(
  ground: Ground,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
  entries: readonly number[],
): Generator<SweepRequest, void, void> {
  if (entries.length === 0) return;
  const room = sweepRoom(entries.length);
  for (const [k, entry] of entries.entries()) {
    const rungs = rungsFor(ground, sweep, analytic[entry]!, entry);
    room.entries[k] = entry;
    room.steps[k] = stepFor(ground, entry) / RUNG_RATIO ** (rungs - 1);
  }
  yield { kind: 'sweep', parameter: ground.parameter, count: entries.length, ...room };
  const doubtful = entries.filter((entry, k) => {
    const before = Math.abs(analytic[entry]! - sweep.numeric[entry]!);
    const now = Math.abs(analytic[entry]! - centralDifference(room, k));
    const persists = now > PERSISTENCE * before && now < before / PERSISTENCE;
    const rising = (room.forward[k]! - ground.loss) / room.above[k]!;
    const falling = (ground.loss - room.backward[k]!) / room.below[k]!;
    return !persists || !(Math.abs(rising - falling) < PERSISTENCE * before);
  });
  yield* settleEach(ground, sweep, analytic, settings, doubtful.slice(0, MOST_LADDERS));
}

/** Gives each entry a ladder and takes what it found; the rungs that the values came from. */
function* settleEach(
  ground: Ground,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
  entries: readonly number[],
): Generator<SweepRequest, readonly number[], void> {
  const rungs: number[] = [];
  for (const entry of entries) {
    const settled = yield* climbDown(ground, sweep, analytic[entry]!, entry);
    rungs.push(Math.max(0, settled.rung));
    apply(sweep, settled, analytic[entry]!, entry, settings);
  }
  return rungs;
}

/** Takes one entry's derivative at steps that fall by RUNG_RATIO, from the sweep's own to where noise takes over. */
function* climbDown(
  ground: Ground,
  sweep: Sweep,
  claimed: number,
  entry: number,
): Generator<SweepRequest, Settled, void> {
  const { subject, parameter, loss, noise } = ground;
  const first = stepFor(ground, entry);
  const count = rungsFor(ground, sweep, claimed, entry);
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
  return settle(room, usable, loss, noise);
}

/** How many rungs lie between the sweep's step and the one at which noise, or the spacing of the storage, takes over. */
function rungsFor(ground: Ground, sweep: Sweep, claimed: number, entry: number): number {
  const first = stepFor(ground, entry);
  const discrepancy = Math.abs(claimed - sweep.numeric[entry]!);
  const uncertainty = sweep.uncertainty[entry]!;
  const drop = (NOISE_SHARE * discrepancy) / uncertainty;
  const byNoise = Number.isFinite(drop) && drop > 1 ? Math.log(drop) / Math.log(RUNG_RATIO) : 0;
  const { subject, parameter } = ground;
  const value = Math.abs(subject.saved[parameter]![entry]!);
  const least = LEAST_SPACINGS * subject.parameters[parameter]!.values.spacing * value;
  const byStorage = value === 0 ? LONGEST_LADDER : Math.log(first / least) / Math.log(RUNG_RATIO) + 1;
  // A loss that was not finite gives no discrepancy to go by: then as far as storage goes.
  const wanted = Number.isFinite(discrepancy) ? Math.ceil(byNoise) + 2 : LONGEST_LADDER;
  return Math.max(SHORTEST_LADDER, Math.min(wanted, Math.floor(byStorage), LONGEST_LADDER));
}

/** Puts what a ladder found in the place of the first value. */
function apply(sweep: Sweep, settled: Settled, claimed: number, entry: number, settings: Settings): void {
  const { value, uncertainty, atKink } = accepted(settled, claimed, settings);
  if (Number.isNaN(value)) return;
  if (atKink) sweep.kinks += 1;
  if (settings.epsilon === undefined) {
    sweep.numeric[entry] = value;
    sweep.uncertainty[entry] = uncertainty;
    return;
  }
  // The difference at ε is what was asked for; how far smaller steps lie from it is part of its uncertainty.
  const off = Math.abs(sweep.numeric[entry]! - value) + uncertainty;
  if (off > sweep.uncertainty[entry]!) sweep.uncertainty[entry] = off;
}

/** The value to hold against the claim: at a kink the nearest between the one-sided slopes, unless kinks are rejected. */
function accepted(
  { numeric, uncertainty, kink }: Settled,
  claimed: number,
  settings: Settings,
): { readonly value: number; readonly uncertainty: number; readonly atKink: boolean } {
  const between =
    kink !== undefined && claimed >= kink.low - kink.uncertainty && claimed <= kink.high + kink.uncertainty;
  if (!between || settings.kinks === 'reject') return { value: numeric, uncertainty, atKink: between };
  const value = Math.min(Math.max(claimed, kink.low), kink.high);
  return { value, uncertainty: kink.uncertainty, atKink: true };
}
