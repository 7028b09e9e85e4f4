/**
 * Second looks. An entry that the sweep finds beyond tolerance and noise is only a suspect: curvature, a kink or the edge of
 * the domain inside the step look the same. Each suspect gets a ladder of shrinking steps; what the smaller steps bear out
 * replaces the first value, or, where the user gave ε, tells how far off the difference at ε is.
 */

import type { Sweep } from '../measurement.js';
import type { SweepRequest } from '../../model/evaluate/requests.js';
import { RUNG_RATIO, type Settled } from '../../numerics/ladder.js';
import { type Compared, groupNorms } from '../../numerics/norms.js';
import { climbDown } from './step-ladder.js';
import { openEntries, suspectsOf } from '../../verdict/ranking.js';
import { isEntryWrong, isWrong, type Measured, measured } from '../../verdict/rules.js';
import { doubtful } from './screening.js';
import type { Settings } from '../settings.js';
import { clarify, type CloserLooks, type Found } from './averaged-ladder.js';
import { type ParameterTask, leaveOpen, sweepEntries, sweepOften } from './sweep.js';
import { tolerancesFor } from '../../verdict/tolerance.js';

/** How often differences are repeated where noise leaves an entry open: the second time where the first did not suffice. */
const REPEATS: readonly number[] = [4, 16];

/** Suspects that get a ladder before it is decided what to do about the rest. */
const FIRST_LOOKS = 8;

/** Further suspects per parameter that get a ladder of their own. */
const MOST_LADDERS = 256;

/** Suspects per parameter that get the hundreds of differences of a closer look. */
const MOST_CLOSER_LOOKS = 8;

/** Settles the suspects of one parameter, in place. */
export function* settleSuspects(
  task: ParameterTask,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
): Generator<SweepRequest, void, void> {
  yield* repeatOpen(task, sweep, analytic, settings);
  const seen = new Set<number>();
  yield* settleView(task, sweep, analytic, settings, seen);
  if (seen.size === 0 || task.budget.spent()) return;
  // An entry that was far off hid others, which are measured against what is typical of the parameter, until it was settled.
  const view = look(task, sweep, analytic, settings);
  const hidden = view.suspects.filter((i) => !seen.has(i)).slice(0, MOST_LADDERS);
  yield* settleEach(task, sweep, view, settings, hidden, { left: MOST_CLOSER_LOOKS, onlyWrong: false });
}

/** Settles the entries that are suspects now, and notes which they were. */
function* settleView(
  task: ParameterTask,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
  seen: Set<number>,
): Generator<SweepRequest, void, void> {
  const view = look(task, sweep, analytic, settings);
  for (const entry of view.suspects) seen.add(entry);
  if (task.budget.spent()) {
    leaveOpen(sweep, view.suspects);
    return;
  }
  const first = view.suspects.slice(0, FIRST_LOOKS);
  const rest = view.suspects.slice(FIRST_LOOKS);
  const closer: CloserLooks = { left: MOST_CLOSER_LOOKS, onlyWrong: false };
  const wrong = (): number => first.filter((i) => isEntryWrong(view.group, i, view.tolerance)).length;
  const before = wrong();
  const rungs = yield* settleEach(task, sweep, view, settings, first, closer);
  if (rest.length === 0) return;
  // Another sweep and a quick look, two losses each.
  if (!task.budget.allows(4 * rest.length)) {
    leaveOpen(sweep, rest);
    return;
  }
  const after = wrong();
  const factor = RUNG_RATIO ** -median(rungs);
  // Many suspects, and the worst of them all innocent: the step was bad, not the gradient.
  const isBadStep = after === 0 && factor !== 1 && settings.epsilon === undefined;
  if (isBadStep) yield* sweepEntries(task, sweep, rest, factor);
  const again = isBadStep ? look(task, sweep, analytic, settings) : view;
  const among = new Set(rest);
  const left = again.suspects.filter((i) => among.has(i));
  // Where any of the worst stays wrong, so do others that look it; where none does, each needs a ladder.
  const entries = after === 0 && before > 0 ? left : yield* doubtful(task, sweep, analytic, left);
  yield* settleEach(task, sweep, again, settings, entries.slice(0, MOST_LADDERS), closer);
}

/** Repeats the differences that noise leaves open. With ε given there is no other step to repeat them at. */
function* repeatOpen(
  task: ParameterTask,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
): Generator<SweepRequest, void, void> {
  for (const times of settings.epsilon === undefined ? REPEATS : []) {
    const { group, tolerance } = look(task, sweep, analytic, settings);
    const entries = openEntries(group, tolerance);
    if (entries.length > 0 && task.budget.allows(2 * entries.length * times))
      yield* sweepOften(task, sweep, entries, times);
  }
}

/** A parameter's numbers so far, its tolerance, and the entries to look at again. */
interface View {
  readonly group: Measured;
  readonly tolerance: number;
  readonly suspects: readonly number[];
}

function look(
  task: ParameterTask,
  { numeric, uncertainty }: Sweep,
  analytic: Float64Array,
  settings: Settings,
): View {
  const compared: Compared = { numeric, uncertainty, analytic };
  const norms = groupNorms(compared, task.due.count);
  const tolerance = tolerancesFor(settings, compared, norms).wrong;
  const group = measured(compared, norms, task.due);
  const saved = task.subject.saved[task.parameter]!;
  // A parameter that is not finite has no points beside it, at any step.
  const suspects = [
    ...suspectsOf(group, tolerance, isWrong(norms, tolerance)),
    ...(settings.epsilon === undefined ? openEntries(group, tolerance) : []),
  ].filter((i) => Number.isFinite(saved[i]));
  return { group, tolerance, suspects };
}

/** The middle one, the upper of two. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Gives each entry a ladder and takes what it found; the rungs that the values came from. */
function* settleEach(
  task: ParameterTask,
  sweep: Sweep,
  view: View,
  settings: Settings,
  entries: readonly number[],
  closer: CloserLooks,
): Generator<SweepRequest, readonly number[], void> {
  const rungs: number[] = [];
  for (const entry of entries) {
    const claimed = view.group.analytic[entry]!;
    const climbed = yield* climbDown(task, sweep, claimed, entry);
    if (climbed === undefined) {
      leaveOpen(sweep, [entry]);
      continue;
    }
    const { settled, sure, noise } = climbed;
    rungs.push(settled.rung < 0 ? 0 : settled.rung);
    const found = accepted(settled, claimed, settings);
    const clear = yield* clarify({ ...task, noise }, view, entry, found, sure, closer);
    if (clear === undefined) leaveOpen(sweep, [entry]);
    else apply(sweep, clear, entry, settings);
  }
  return rungs;
}

/**
 * Gives some entries of a parameter that is not swept as a whole a ladder each.
 * @param looks how many of those that look wrong may have a closer look
 */
export function* settleEntries(
  task: ParameterTask,
  sweep: Sweep,
  analytic: Float64Array,
  settings: Settings,
  entries: readonly number[],
  looks: number = MOST_CLOSER_LOOKS,
): Generator<SweepRequest, void, void> {
  const compared: Compared = { numeric: sweep.numeric, uncertainty: sweep.uncertainty, analytic };
  const norms = groupNorms(compared, task.due.count);
  const { wrong: tolerance } = tolerancesFor(settings, compared, norms);
  const view = { group: measured(compared, norms, task.due), tolerance, suspects: entries };
  yield* settleEach(task, sweep, view, settings, entries, { left: looks, onlyWrong: true });
}

/** Puts what was found in the place of the first value. */
function apply(sweep: Sweep, found: Found, entry: number, settings: Settings): void {
  const { numeric, uncertainty, atKink } = found;
  if (Number.isNaN(numeric)) return;
  if (atKink === true) sweep.kinks += 1;
  if (settings.epsilon === undefined) {
    sweep.numeric[entry] = numeric;
    sweep.uncertainty[entry] = uncertainty;
    return;
  }
  // The difference at ε is what was asked for; how far smaller steps lie from it is part of its uncertainty.
  const off = Math.abs(sweep.numeric[entry]! - numeric) + uncertainty;
  if (off > sweep.uncertainty[entry]!) sweep.uncertainty[entry] = off;
}

/** The value to hold against the claim: at a kink the nearest between the one-sided slopes, unless kinks are rejected. */
function accepted({ numeric, uncertainty, kink }: Settled, claimed: number, settings: Settings): Found {
  if (kink === undefined) return { numeric, uncertainty };
  // The centred difference tends to the mean of the slopes.
  if (settings.kinks === 'reject')
    return { numeric: (kink.low + kink.high) / 2, uncertainty: kink.uncertainty, atKink: false };
  const nearest = Math.min(Math.max(claimed, kink.low), kink.high);
  const atKink = Math.abs(nearest - claimed) <= kink.uncertainty;
  return { numeric: nearest, uncertainty: kink.uncertainty, atKink };
}
