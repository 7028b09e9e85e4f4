/**
 * The directional method, for models of many entries: each parameter along a few random directions of ±1, two losses each. Where
 * the claim is wrong along one, bisection leads to the entries, which are then measured like any other suspects; where bends of the
 * loss hide what is asked, the parameter is taken in parts. What the directions show to be right is taken as claimed.
 */

import type { Sweep } from '../measurement.js';
import type { DirectionRequest, SweepRequest } from '../../model/evaluate/requests.js';
import { groupNorms } from '../../numerics/norms.js';
import { fillSignBytes, randomIntegers, seedFor } from '../../numerics/random.js';
import type { Run } from './along.js';
import { clearest, type Course, LEAST_AGREEING, type Taken, takeDirections } from './draw.js';
import { estimateOf, movesOf, type State } from './directional-estimate.js';
import { localise } from './bisect-entries.js';
import { isOff, isSampleWrong, type Sample, sampleOf, settleWorst } from './entry-sample.js';
import type { Settings } from '../settings.js';
import { settleEntries } from '../entries/recheck.js';
import { emptySweep, type ParameterTask, sweepEntries } from '../entries/sweep.js';
import { tolerancesFor } from '../../verdict/tolerance.js';

/**
 * Directions for a parameter: two equal and opposite errors cancel in half of all directions, and in all of eight with a
 * probability of 1/256; with many parameters fewer each, so that a correct model costs about a hundred losses, but never fewer
 * than two.
 */
const MOST_DIRECTIONS = 8;
const ALL_DIRECTIONS = 36;

/** How many directions each of so many parameters gets. */
export function directionsFor(parameters: number): number {
  return Math.min(MOST_DIRECTIONS, Math.max(LEAST_AGREEING, Math.floor(ALL_DIRECTIONS / parameters)));
}

/** A run that can't be told as a whole is taken in so many parts; one of few entries, entry by entry. */
const PARTS = 8;
const FEW_ENTRIES = 64;

/** Checks one parameter along random directions, at first `directions` of them over all its entries that are due. */
export function* checkAlong(
  task: ParameterTask,
  analytic: Float64Array,
  settings: Settings,
  directions: number,
): Generator<DirectionRequest | SweepRequest, Sweep, void> {
  const { length } = analytic;
  const { budget, due } = task;
  const empty = emptySweep(length, due.count);
  if (budget.spent()) return empty;
  const { numeric, uncertainty } = empty;
  numeric.set(analytic.subarray(due.from, due.to), due.from);
  const found: Sweep = { ...empty, uncertainty: uncertainty.fill(0, due.from, due.to), unreached: 0 };
  const compared = { analytic, numeric, uncertainty };
  const { wrong: tolerance } = tolerancesFor(settings, compared, groupNorms(compared, due.count));
  const { name } = task.subject.parameters[task.parameter]!;
  const seeds = randomIntegers(seedFor(name, settings.seed));
  const { kinks } = settings;
  const course: Course = { claimed: found.numeric, signs: new Int8Array(length), tolerance, seeds, kinks };
  const state: State = { analytic, found, wrong: [], told: [], all: [], open: false };
  const queue: { readonly run: Run; readonly draws: number }[] = [{ run: due, draws: directions }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { run, draws } = next;
    const taken = yield* takeDirections(task, run, draws, course);
    state.all.push(...taken);
    const wrong = clearest(taken);
    const agreeing = taken.filter(({ outcome }) => outcome === 'agrees');
    if (wrong === undefined && agreeing.length >= Math.min(LEAST_AGREEING, taken.length)) {
      state.told.push({ ...run, taken: agreeing });
      continue;
    }
    const few = run.to - run.from <= FEW_ENTRIES;
    if (wrong !== undefined && !few) {
      const before = state.wrong.length;
      const sample = yield* lookInto(task, run, wrong, settings, course, state);
      if (sample !== undefined)
        return { ...sample, ...movesOf(state.all), estimate: estimateOf(task, state, sample) };
      if (state.wrong.length >= settings.worst) {
        state.open = true;
        break;
      }
      // With the entries found put right, other directions tell whether there are more, as errors may cancel along one.
      if (state.wrong.length > before) {
        queue.unshift({ run, draws: LEAST_AGREEING });
        continue;
      }
    }
    if (!budget.allows(few ? 2 * (run.to - run.from) : 2)) state.open = true;
    else if (few) {
      yield* takeRun(task, settings, run, state, course);
      // A parameter of so few entries is then measured like any other.
      if (run.to - run.from === due.count) return { ...found, ...movesOf(state.all) };
    } else queue.push(...partsOf(run).map((part) => ({ run: part, draws: LEAST_AGREEING })));
  }
  const estimate = estimateOf(task, state);
  const sweep: Sweep = { ...found, ...movesOf(state.all), estimate };
  if (estimate.complete || !budget.spent()) return sweep;
  const checked = state.told.reduce((sum, { from, to }) => sum + to - from, state.wrong.length);
  return {
    ...sweep,
    unreached: due.count - checked,
    estimate: { ...estimate, norms: { ...estimate.norms, checked } },
  };
}

/** Looks for the wrong entries of a run; a sample of its entries, where the error turns out to be in most of them. */
function* lookInto(
  task: ParameterTask,
  run: Run,
  along: Taken,
  settings: Settings,
  course: Course,
  state: State,
): Generator<DirectionRequest | SweepRequest, Sample | undefined, void> {
  const { signs, tolerance } = course;
  const { analytic, found } = state;
  let rest = along.discrepancy;
  const allowed = Math.abs(along.discrepancy) - along.excess;
  /** Measures an entry that the search led to; whether there is more to look for. */
  function* confirm(entry: number): Generator<SweepRequest, boolean, void> {
    yield* sweepEntries(task, found, [entry]);
    yield* settleEntries(task, found, analytic, settings, [entry]);
    if (!noteWrong(entry, state, tolerance)) return true;
    rest -= (analytic[entry]! - found.numeric[entry]!) * signs[entry]!;
    return state.wrong.length < settings.worst && Math.abs(rest) > allowed + found.uncertainty[entry]!;
  }
  fillSignBytes(signs, along.seed);
  const search = { bound: tolerance * 2 * task.slope, confirm };
  const { claimed } = course;
  if (!(yield* localise(task, claimed, signs, run, along, { ...search, narrow: false }))) return undefined;
  const sample = sampleOf(task, settings.seed);
  if (!task.budget.allows(2 * sample.entries.length)) return undefined;
  yield* sweepEntries(task, sample, sample.entries);
  yield* settleWorst(task, sample, analytic, settings, tolerance);
  if (isSampleWrong(sample, analytic, tolerance)) return sample;
  yield* localise(task, claimed, signs, run, along, { ...search, narrow: true });
  return undefined;
}

/** Whether a measured entry is wrong; if not, what was claimed stands. */
function noteWrong(entry: number, { analytic, found, wrong }: State, tolerance: number): boolean {
  const claimed = analytic[entry]!;
  if (isOff(claimed, found.numeric[entry]!, found.uncertainty[entry]!, tolerance)) {
    wrong.push(entry);
    return true;
  }
  found.numeric[entry] = claimed;
  return false;
}

/** Every entry of a run by itself. */
function* takeRun(
  task: ParameterTask,
  settings: Settings,
  { from, to }: Run,
  state: State,
  { tolerance }: Course,
): Generator<SweepRequest, void, void> {
  const entries = Array.from({ length: to - from }, (_, k) => from + k);
  yield* sweepEntries(task, state.found, entries);
  yield* settleWorst(task, { ...state.found, entries }, state.analytic, settings, tolerance);
  for (const entry of entries) noteWrong(entry, state, tolerance);
}

function partsOf({ from, to }: Run): Run[] {
  const size = (to - from) / PARTS;
  return Array.from({ length: PARTS }, (_, k) => ({
    from: from + Math.floor(k * size),
    to: from + Math.floor((k + 1) * size),
  }));
}
