/**
 * Second looks. An entry that the sweep finds beyond tolerance and noise is only a suspect: curvature, a kink or the edge of
 * the domain inside the step look the same. Each suspect gets a ladder of shrinking steps; what the smaller steps bear out
 * replaces the first value, or, where the user gave ε, tells how far off the difference at ε is.
 */

import type { SweepRequest } from '../model/requests.js';
import { centralDifference, noiseUncertainty, type Sides } from '../numerics/differences.js';
import { RUNG_RATIO, settle, type Settled } from '../numerics/ladder.js';
import { type Compared, groupNorms } from '../numerics/norms.js';
import { entryScale, LEAST_SPACINGS } from '../numerics/steps.js';
import { isEntryWrong, isWrong, type Measured, measured, suspectsOf } from './judge.js';
import type { Settings } from './settings.js';
import { type Ground, type Sweep, stepFor, sweepParameter, sweepRoom } from './sweep.js';
import { tolerancesFor } from './tolerance.js';

/** Steps go down until noise is this share of the discrepancy: it would then hide what is being asked. */
const NOISE_SHARE = 1 / 2;

/** The longest ladder: 4^20 = 10^12 between the first step and the last, more than double precision can use. */
const LONGEST_LADDER = 20;
/** The shortest: where noise takes over before, the ladder starts as many rungs above the sweep's step. */
const SHORTEST_LADDER = 5;
/** The largest step on a ladder, in scales of the entry. */
const LARGEST_STEP = 1 / 4;

/** Suspects that get a ladder before it is decided what to do about the rest. */
const FIRST_LOOKS = 8;

/** Doubtful suspects per parameter that get a ladder of their own after the quick look. */
const MOST_LADDERS = 256;

/**
 * A quick look is taken so many rungs above the last, where noise is at most an eighth of the discrepancy, and a quarter in a
 * one-sided slope.
 */
const QUICK_LOOK_MARGIN = 3;

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
  const factor = RUNG_RATIO ** -median(rungs);
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
  const tolerance = tolerancesFor(settings, compared, norms).wrong;
  const group = measured(compared, norms);
  const saved = ground.subject.saved[ground.parameter]!;
  // A parameter that is not finite has no points beside it, at any step.
  const suspects = suspectsOf(group, tolerance, isWrong(norms, tolerance)).filter((i) =>
    Number.isFinite(saved[i]),
  );
  return { group, tolerance, suspects };
}

/** Whether a claim lies between the one-sided slopes at place k, as far as noise lets them be known. */
function isBetweenSlopes(
  claimed: number,
  { above, below, forward, backward }: Sides,
  k: number,
  { loss, noise }: Ground,
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
 * still there, and no kink can be behind it, the entry stays as it is, wrong; the others get a ladder.
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
    const { down } = rungsFor(ground, sweep, analytic[entry]!, entry);
    room.entries[k] = entry;
    room.steps[k] = stepFor(ground, entry) / RUNG_RATIO ** Math.max(0, down - QUICK_LOOK_MARGIN);
  }
  yield { kind: 'sweep', parameter: ground.parameter, count: entries.length, ...room };
  const doubtful = entries.filter((entry, k) => {
    const before = Math.abs(analytic[entry]! - sweep.numeric[entry]!);
    const now = Math.abs(analytic[entry]! - centralDifference(room, k));
    return (
      !(now > PERSISTENCE * before && now < before / PERSISTENCE) ||
      isBetweenSlopes(analytic[entry]!, room, k, ground)
    );
  });
  yield* settleEach(ground, sweep, analytic, settings, doubtful.slice(0, MOST_LADDERS));
}

/** The middle one, the upper of two. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Gives each entry a ladder and takes what it found; the rungs that the values came from. */
export function* settleEach(
  ground: Ground,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
  entries: readonly number[],
): Generator<SweepRequest, readonly number[], void> {
  const rungs: number[] = [];
  for (const entry of entries) {
    const settled = yield* climbDown(ground, sweep, analytic[entry]!, entry);
    rungs.push(settled.rung < 0 ? 0 : settled.rung);
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
  const { up, down } = rungsFor(ground, sweep, claimed, entry);
  const first = stepFor(ground, entry) * RUNG_RATIO ** up;
  const count = up + 1 + down;
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
  const settled = settle(room, usable, loss, noise);
  return { ...settled, rung: settled.rung - up };
}

/**
 * How many rungs a ladder needs below the sweep's step, down to where noise or the spacing of the storage takes over, and
 * above it, where that leaves too few.
 */
function rungsFor(
  ground: Ground,
  sweep: Sweep,
  claimed: number,
  entry: number,
): { readonly up: number; readonly down: number } {
  const first = stepFor(ground, entry);
  const discrepancy = Math.abs(claimed - sweep.numeric[entry]!);
  const drop = (NOISE_SHARE * discrepancy) / sweep.uncertainty[entry]!;
  const { subject, parameter, scale } = ground;
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
  if (kink === undefined) return { value: numeric, uncertainty, atKink: false };
  // The centred difference tends to the mean of the slopes.
  if (settings.kinks === 'reject')
    return { value: (kink.low + kink.high) / 2, uncertainty: kink.uncertainty, atKink: false };
  const value = Math.min(Math.max(claimed, kink.low), kink.high);
  return { value, uncertainty: kink.uncertainty, atKink: Math.abs(value - claimed) <= kink.uncertainty };
}
