/**
 * The directional method, for models of many entries: each parameter along a few random directions of ±1, two losses each. Where
 * the claim is wrong along one, bisection leads to the entries, which are then measured like any other suspects; where bends of the
 * loss hide what is asked, the parameter is taken in parts. What the directions show to be right is taken as claimed.
 */

import type { DirectionRequest, SweepRequest } from '../model/requests.js';
import { groupNorms, type GroupNorms } from '../numerics/norms.js';
import { fillSignBytes, randomIntegers, signAt } from '../numerics/random.js';
import type { Run } from './directions.js';
import { clearest, type Course, LEAST_AGREEING, type Taken, takeDirections } from './draws.js';
import { localise } from './localise.js';
import { isSampleWrong, measureEntries, type Sample, sampleOf, settleWorst } from './sample.js';
import type { Settings } from './settings.js';
import { settleEach } from './suspects.js';
import { emptySweep, type Estimate, type Ground, type Sweep } from './sweep.js';
import { tolerancesFor } from './tolerance.js';

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

/** Spreads the seeds of neighbouring parameters: an odd number near 2^32 divided by the golden ratio. */
const SEED_STRIDE = 0x9e3779b1;

/** A run that can't be told as a whole is taken in so many parts; one of few entries, entry by entry. */
const PARTS = 8;
const FEW_ENTRIES = 64;

/** Entries looked for beyond those shown, as some of those that a search leads to turn out right. */
const SPARE_ENTRIES = 3;

/** What is known of a parameter while it is looked through. */
interface State {
  readonly found: Sweep;
  /** Entries measured one by one. */
  readonly entries: number[];
  /** Each run that was told, with its directions. */
  readonly told: (Run & { readonly taken: readonly Taken[] })[];
  readonly all: Taken[];
  /** A run could not be told, or something wrong in it not be found. */
  open: boolean;
}

/** Checks one parameter along random directions, at first `directions` of them over all its entries. */
export function* checkAlong(
  ground: Ground,
  analytic: Float64Array,
  settings: Settings,
  directions: number,
  spent: () => boolean,
): Generator<DirectionRequest | SweepRequest, Sweep, void> {
  const { length } = analytic;
  const found: Sweep = { ...emptySweep(0), numeric: analytic.slice(), uncertainty: new Float64Array(length) };
  const { wrong: tolerance } = tolerancesFor(settings, { analytic, ...found });
  const seeds = randomIntegers((settings.seed + Math.imul(ground.parameter, SEED_STRIDE)) | 0);
  const course: Course = { analytic, signs: new Int8Array(length), tolerance, seeds, spent };
  const state: State = { found, entries: [], told: [], all: [], open: false };
  const queue: Run[] = [{ from: 0, to: length }];
  for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
    const isWhole = run.to - run.from === length;
    const taken = yield* takeDirections(ground, run, isWhole ? directions : LEAST_AGREEING, course);
    state.all.push(...taken);
    const wrong = clearest(taken);
    const agreeing = taken.filter(({ outcome }) => outcome === 'agrees');
    if (wrong === undefined && agreeing.length >= Math.min(LEAST_AGREEING, taken.length)) {
      state.told.push({ ...run, taken: agreeing });
      continue;
    }
    if (wrong !== undefined && run.to - run.from > FEW_ENTRIES) {
      const sample = yield* lookInto(ground, run, wrong, settings, course, state);
      if (sample !== undefined)
        return { ...sample, ...movesOf(state.all), estimate: estimateOf(ground, analytic, state, sample) };
      if (wrongEntries(state, analytic, tolerance).length > 0) {
        state.open ||= queue.length > 0 || !isExplained(taken, state, analytic, tolerance);
        break;
      }
    }
    if (spent()) state.open = true;
    else if (run.to - run.from <= FEW_ENTRIES) yield* takeEntries(ground, analytic, settings, run, state);
    else queue.push(...partsOf(run));
  }
  return { ...found, ...movesOf(state.all), estimate: estimateOf(ground, analytic, state) };
}

/** Looks for the wrong entries of a run; a sample of its entries, where the error turns out to be in most of them. */
function* lookInto(
  ground: Ground,
  run: Run,
  wrong: Taken,
  settings: Settings,
  { analytic, signs, tolerance, spent }: Course,
  state: State,
): Generator<DirectionRequest | SweepRequest, Sample | undefined, void> {
  const { found, entries } = state;
  const most = entries.length + settings.worst + SPARE_ENTRIES;
  /** Measures an entry that the search led to; whether there is more to look for. */
  function* confirm(entry: number): Generator<SweepRequest, boolean, void> {
    entries.push(entry);
    yield* measureEntries(ground, found, [entry]);
    yield* settleEach(ground, found, analytic, settings, [entry]);
    return entries.length < most && !isExplained([wrong], state, analytic, tolerance);
  }
  fillSignBytes(signs, wrong.seed);
  const search = { bound: tolerance * 2 * ground.slope, confirm, spent };
  if (!(yield* localise(ground, analytic, signs, run, wrong, { ...search, narrow: false }))) return undefined;
  const sample = sampleOf(ground, analytic.length, settings.seed);
  yield* measureEntries(ground, sample, sample.entries);
  yield* settleWorst(ground, sample, analytic, settings);
  if (isSampleWrong(sample, analytic, tolerance)) return sample;
  yield* localise(ground, analytic, signs, run, wrong, { ...search, narrow: true });
  return undefined;
}

/** Every entry of a run by itself. */
function* takeEntries(
  ground: Ground,
  analytic: Float64Array,
  settings: Settings,
  { from, to }: Run,
  { found, entries }: State,
): Generator<SweepRequest, void, void> {
  const all = Array.from({ length: to - from }, (_, k) => from + k);
  entries.push(...all);
  yield* measureEntries(ground, found, all);
  yield* settleWorst(ground, { ...found, entries: all }, analytic, settings);
}

function partsOf({ from, to }: Run): Run[] {
  const size = (to - from) / PARTS;
  return Array.from({ length: PARTS }, (_, k) => ({
    from: from + Math.floor(k * size),
    to: from + Math.floor((k + 1) * size),
  }));
}

/** The entries found wrong by their own differences. */
function wrongEntries(
  { found, entries }: State,
  analytic: Float64Array,
  tolerance: number,
): readonly number[] {
  return entries.filter((i) => {
    const [g, n] = [analytic[i]!, found.numeric[i]!];
    return Math.abs(g - n) > tolerance * (Math.abs(g) + Math.abs(n)) + found.uncertainty[i]!;
  });
}

/** Whether the errors of the entries found wrong are all that the directions show. */
function isExplained(
  taken: readonly Taken[],
  state: State,
  analytic: Float64Array,
  tolerance: number,
): boolean {
  const wrong = wrongEntries(state, analytic, tolerance);
  const { numeric, uncertainty } = state.found;
  return (
    wrong.length > 0 &&
    taken.every(({ discrepancy, excess, bend, seed, outcome }) => {
      const allowed = Math.abs(discrepancy) - excess + (outcome === 'agrees' ? 0 : bend);
      let rest = discrepancy;
      let doubt = 0;
      for (const i of wrong) {
        rest -= (analytic[i]! - numeric[i]!) * signAt(seed, i);
        doubt += uncertainty[i]!;
      }
      return Math.abs(rest) <= allowed + doubt;
    })
  );
}

type Moves = Pick<Sweep, 'step' | 'moved' | 'movedBeyondNoise'>;

function movesOf(taken: readonly Taken[]): Moves {
  const steps = taken.map(({ step }) => step);
  return {
    step: { min: least(steps), max: -least(steps.map((step) => -step)) },
    moved: taken.some(({ moved }) => moved),
    movedBeyondNoise: taken.some(({ movedBeyondNoise }) => movedBeyondNoise),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((min, value) => (value < min ? value : min), Infinity);
}

/**
 * What the directions tell of the whole: ‖v‖ is √N, and (d·v)² is ‖d‖² on average, so that the mean square over the directions of a run
 * estimates its ‖d‖², and the sum over the runs that of all.
 * @param sample where the error is widespread: what was measured of it
 */
function estimateOf(ground: Ground, analytic: Float64Array, state: State, sample?: Sample): Estimate {
  const size = ground.slope * Math.sqrt(analytic.length);
  const directions = state.all.length;
  const average = (taken: readonly Taken[], of: (one: Taken) => number): number =>
    taken.reduce((sum, one) => sum + of(one) ** 2, 0) / taken.length;
  const over = (of: (one: Taken) => number): number =>
    Math.sqrt(state.told.reduce((sum, { taken }) => sum + average(taken, of), 0));
  if (sample !== undefined) {
    const whole = (of: (one: Taken) => number): number => Math.sqrt(average(state.all, of));
    return {
      norms: normsOf(
        analytic.length,
        size,
        whole(({ numeric }) => numeric),
        whole(({ discrepancy }) => discrepancy),
        whole(({ uncertainty }) => uncertainty),
      ),
      directions,
      widespread: true,
      complete: false,
    };
  }
  const measured = groupNorms({ analytic, ...state.found });
  const [found, numeric, doubt] = [measured.difference, measured.numeric, measured.uncertainty].map(
    (norm) => norm * measured.scale,
  ) as [number, number, number];
  const difference = Math.hypot(
    found,
    over(({ discrepancy }) => discrepancy),
  );
  const uncertainty = Math.hypot(
    doubt,
    over((one) => one.uncertainty),
  );
  return {
    // Where the claim holds it is as large as the gradient.
    norms: normsOf(analytic.length, size, numeric, difference, uncertainty),
    directions,
    widespread: false,
    complete: !state.open,
  };
}

function normsOf(
  checked: number,
  analytic: number,
  numeric: number,
  difference: number,
  uncertainty: number,
): GroupNorms {
  return { scale: 1, analytic, numeric, difference, uncertainty, checked };
}
