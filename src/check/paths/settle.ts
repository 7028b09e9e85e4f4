/**
 * Paths along which a claim looks wrong → the derivative along each, from samples at as many distances as it takes to tell.
 *
 * Curvature, a kink or the edge of the domain within the first step look like a mistake. So each suspect is looked at again: once, where
 * noise leaves an eighth of the discrepancy; then, if that has not told, on a whole ladder of steps; at last with means of several samples.
 * Each round is one request for all suspects that are left: hundreds of kinks cost as much each as one.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { NOISE_COVERAGE } from '../../numerics/difference.js';
import { estimate, type Estimate, type Sample } from '../../numerics/estimate.js';
import { DOUBLE_SPACING, STEP_RATIO } from '../../numerics/step.js';
import type { Paths } from './paths.js';

/** A path, what is claimed of it, and what was seen of it so far. */
export interface Suspect {
  readonly path: number;
  /** The claimed derivative. */
  readonly analytic: number;
  /** What was seen of it, and at which steps. */
  readonly samples: readonly Sample[];
  readonly steps: readonly number[];
  /** How far a claim may be from a derivative of this size, whatever is uncertain of it. */
  readonly allowed: (numeric: number) => number;
  /** An uncertainty that is small enough, where the claim lies within it, and the first step was off by more than that. */
  readonly sharp: number;
}

/** A suspect while it is settled. */
interface Open extends Suspect {
  readonly estimate: Estimate;
  /** What was seen first, and at which step. */
  readonly first: { readonly sample: Sample; readonly step: number };
}

/** At the second look noise is this share of the discrepancy; at the end of a ladder half of that. */
const NOISE_SHARE = 1 / 8;

/** A ladder begins so many steps above the first, */
const RUNGS_ABOVE = 2;
/** and has no more than 4^24 = 10^14 between its ends, more than double precision can use. */
const MOST_RUNGS = 24;

/** Samples whose mean is taken: they have a sixth of the noise of one. */
const AVERAGED = 32;

/** Of so many suspects the derivative is to be known well, as they will be shown: they are looked at beside the first step, too. */
const SHOWN = 8;

/** The steps that a round asks for, and how many samples make a mean. */
interface Round {
  readonly size: number;
  /** @param isShown whether the suspect is one of few */
  stepsFor(paths: Paths, suspect: Open, isShown: boolean): readonly number[];
}

const SECOND_LOOK: Round = {
  size: 1,
  stepsFor(paths, suspect, isShown) {
    const { least, largest } = paths.limits(suspect.path);
    const first = suspect.first.step;
    const wanted = stepForNoise(suspect, NOISE_SHARE);
    const above = first * STEP_RATIO;
    // Where noise leaves no room below, truncation and kinks show above.
    const lower =
      first / STEP_RATIO ** Math.max(1, Math.ceil(Math.log(first / wanted) / Math.log(STEP_RATIO) - 1));
    if (wanted > first / STEP_RATIO && above <= largest) return [above];
    const beside = first / STEP_RATIO;
    return isShown && lower < beside && beside >= least
      ? [beside, Math.max(lower, least)]
      : [Math.max(lower, least)];
  },
};

const LADDER: Round = {
  size: 1,
  stepsFor(paths, suspect) {
    const { least, largest, own } = paths.limits(suspect.path);
    const first = suspect.first.step;
    const last = Math.max(stepForNoise(suspect, NOISE_SHARE / 2), least);
    const steps = ladder(first, last);
    // Numbers of another unit than the others of their array have a ladder of their own.
    if (own < 1) steps.push(...ladder(first * own, Math.max(last * own, least)));
    return [...new Set(steps)].filter((step) => step <= largest && !suspect.steps.includes(step));
  },
};

/** From some steps above the first down to the last. */
function ladder(first: number, last: number): number[] {
  const steps: number[] = [];
  for (let k = 0; k < MOST_RUNGS; k += 1) {
    steps.push(first * STEP_RATIO ** (RUNGS_ABOVE - k));
    if (steps.at(-1)! <= last) break;
  }
  return steps;
}

const MEANS: Round = {
  size: AVERAGED,
  stepsFor(paths, { path, steps, estimate: { uncertainty }, samples }) {
    const { least, largest } = paths.limits(path);
    // Means help where noise is what is uncertain: at the steps at which it is about as large as what is left.
    const place = samples.findIndex((sample) => 2 * noiseOf(sample) > uncertainty);
    const middle = steps[place < 0 ? steps.length - 1 : place]!;
    const lowest = Math.min(Math.max(middle / 2, least), largest / 4);
    return [4, 2, 1].flatMap((factor) =>
      Array.from({ length: AVERAGED }, (_, j) => factor * lowest * (1 + j / (2 * AVERAGED))),
    );
  },
};

/**
 * Settles some suspects, all at once.
 * @returns the derivative of each; undefined where it was not told before a budget ended
 */
export function* settle(
  paths: Paths,
  suspects: readonly Suspect[],
): Generator<LossRequest, readonly (Estimate | undefined)[], void> {
  const settled = new Map<Suspect, Estimate>();
  let open = suspects.map((suspect) => ({ origin: suspect, state: estimated(paths, suspect) }));
  for (const round of [SECOND_LOOK, LADDER, MEANS]) {
    open = open.filter(({ origin, state }) => {
      if (isTold(state)) settled.set(origin, state.estimate);
      return !isTold(state);
    });
    if (open.length === 0) break;
    const wanted = open.map(({ state }) => round.stepsFor(paths, state, open.length <= SHOWN));
    const places = wanted.flatMap((steps, k) => steps.map((step) => ({ path: open[k]!.state.path, step })));
    const taken = yield* paths.sample(places);
    if (taken === undefined) return suspects.map((suspect) => settled.get(suspect));
    let next = 0;
    open = open.map(({ origin, state }, k) => {
      const steps = wanted[k]!;
      const own = taken.slice(next, (next += steps.length));
      return { origin, state: estimated(paths, withSamples(state, steps, own, round.size), state.first) };
    });
  }
  for (const { origin, state } of open) settled.set(origin, state.estimate);
  return suspects.map((suspect) => settled.get(suspect));
}

function estimated(
  paths: Paths,
  suspect: Suspect,
  first: Open['first'] = { sample: suspect.samples[0]!, step: suspect.steps[0]! },
): Open {
  const spacing = DOUBLE_SPACING * paths.size(suspect.path);
  return { ...suspect, first, estimate: estimate(suspect.samples, paths.loss, spacing) };
}

/** Whether nothing more has to be asked: the claim is wrong beyond all that is uncertain, or lies within what is known well enough. */
function isTold({ analytic, allowed, sharp, samples, first, estimate: found }: Open): boolean {
  const { value, uncertainty, hidden, kink, isSingular = false } = found;
  if (isSingular) return true;
  if (Number.isNaN(value)) return false;
  const nearest = kink === undefined ? value : Math.min(Math.max(analytic, kink.low), kink.high);
  const excess = Math.abs(analytic - nearest) - allowed(nearest);
  const isWrong = excess > uncertainty + hidden && (kink !== undefined || agree(samples, excess));
  // A look is overruled by a sharper one only: what the first step was off by has to show.
  const discrepancy = Math.abs(analytic - slopeOf(first.sample));
  const wanted = kink === undefined && discrepancy / 2 < sharp ? discrepancy / 2 : sharp;
  return isWrong || (excess <= uncertainty && uncertainty <= Math.max(wanted, allowed(nearest)));
}

/** A derivative exists only where two scales agree on it: to well within what the claim is off by. */
function agree(samples: readonly Sample[], excess: number): boolean {
  const [last, before] = samples.slice(-2).map(slopeOf).toReversed();
  return !(Math.abs(last! - before!) > excess / 2);
}

function slopeOf({ above, below, forward, backward }: Sample): number {
  return (forward / 2 - backward / 2) / (above / 2 + below / 2);
}

/** The step at which noise is a share of what is between claim and derivative, as far as that is known. */
function stepForNoise(
  { analytic, first: { sample, step }, estimate: { value } }: Open,
  share: number,
): number {
  const seen = Number.isNaN(value) ? slopeOf(sample) : value;
  const discrepancy = Math.abs(analytic - seen);
  // Where there is no number to go by, as far as storage goes.
  if (!(discrepancy > 0 && discrepancy < Infinity)) return 0;
  return (step * noiseOf(sample)) / (share * discrepancy);
}

/** What noise makes uncertain in the difference of a sample. */
function noiseOf({ noise, above, below }: Sample): number {
  return (NOISE_COVERAGE * Math.SQRT2 * noise) / (above + below);
}

/** A suspect with more samples, in the order of their distances. */
function withSamples(
  suspect: Open,
  steps: readonly number[],
  taken: readonly Sample[],
  size: number,
): Suspect {
  const all = suspect.samples.map((sample, k) => ({ sample, step: suspect.steps[k]! }));
  for (let k = 0; k < taken.length; k += size)
    all.push({ sample: meanOf(taken.slice(k, k + size)), step: steps[k]! });
  all.sort((a, b) => b.sample.above + b.sample.below - (a.sample.above + a.sample.below));
  return { ...suspect, samples: all.map(({ sample }) => sample), steps: all.map(({ step }) => step) };
}

/** Several samples at distances that differ a little, as one at their mean: noise is independent, and its deviation falls like 1/√k. */
function meanOf(samples: readonly Sample[]): Sample {
  const { length } = samples;
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample) / length, 0);
  return {
    above: mean(({ above }) => above),
    below: mean(({ below }) => below),
    forward: mean(({ forward }) => forward),
    backward: mean(({ backward }) => backward),
    noise: mean(({ noise }) => noise) / Math.sqrt(length),
  };
}
