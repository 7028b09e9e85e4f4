/**
 * Paths along which a claim looks wrong → the derivative along each, from samples at as many distances as it takes to tell.
 *
 * Curvature, a kink or the edge of the domain within the first step look like a mistake. So each suspect is looked at again: once, where
 * noise leaves an eighth of the discrepancy; then, if that has not told, on a whole ladder of steps; at last with means of several samples.
 * Each round is one request for all suspects that are left: hundreds of kinks cost as much each as one.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { estimate, type Estimate, type Sample } from '../../numerics/estimate.js';
import { DOUBLE_SPACING, STEP_RATIO } from '../../numerics/step.js';
import type { Paths } from './paths.js';
import { type Looked, noiseOf, slopeOf, withSamples } from './looked.js';

/** A path, what is claimed of it, and what was seen of it so far. */
export interface Suspect extends Looked {
  readonly path: number;
  /** The claimed derivative. */
  readonly analytic: number;
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

/** Of so few suspects the step beside the first is asked for at once: two requests would take longer. */
const FEW = 8;

/** The steps that a round asks for, and how many samples make a mean. */
interface Round {
  readonly size: number;
  /** @param areFew whether there are few suspects */
  stepsFor(paths: Paths, suspect: Open, areFew: boolean): readonly number[];
}

const SECOND_LOOK: Round = {
  size: 1,
  stepsFor(paths, suspect, areFew) {
    const { least, largest } = paths.limits(suspect.path);
    const first = suspect.first.step;
    const wanted = stepForNoise(suspect, NOISE_SHARE);
    const above = first * STEP_RATIO;
    // Where noise leaves no room below, truncation and kinks show above.
    const lower =
      first / STEP_RATIO ** Math.max(1, Math.ceil(Math.log(first / wanted) / Math.log(STEP_RATIO) - 1));
    if (wanted > first / STEP_RATIO && above <= largest) return [above];
    const beside = first / STEP_RATIO;
    return areFew && lower < beside && beside >= least
      ? [beside, Math.max(lower, least)]
      : [Math.max(lower, least)];
  },
};

/** What shows that a claim is wrong may be a step at which noise is large; what is right is known best close to the first. */
const BESIDE: Round = {
  size: 1,
  stepsFor(paths, { path, steps, first: { step } }) {
    const beside = step / STEP_RATIO;
    return beside >= paths.limits(path).least && !steps.includes(beside) ? [beside] : [];
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
  const settled = new Map<Suspect, Open>();
  let open = suspects.map((suspect) => ({ origin: suspect, state: estimated(paths, suspect) }));
  for (const round of [SECOND_LOOK, LADDER, MEANS]) {
    open = open.filter(({ origin, state }) => {
      if (isTold(state)) settled.set(origin, state);
      return !isTold(state);
    });
    if (open.length === 0) break;
    const taken = yield* looked(paths, open, round);
    if (taken === undefined) break;
    open = taken;
    if (round === MEANS) for (const { origin, state } of open) settled.set(origin, state);
  }
  const wrong = [...settled].flatMap(([origin, state]) => (isWrong(state) ? [{ origin, state }] : []));
  for (const { origin, state } of (yield* looked(paths, wrong, BESIDE)) ?? [])
    if (isWrong(state)) settled.set(origin, state);
  return suspects.map((suspect) => settled.get(suspect)?.estimate);
}

/** A suspect as it was handed over, and as it is known by now. */
interface Pending {
  readonly origin: Suspect;
  readonly state: Open;
}

/** Some suspects with what a round shows of them, by one request; undefined where the budget has no room for it. */
function* looked(
  paths: Paths,
  open: readonly Pending[],
  round: Round,
): Generator<LossRequest, Pending[] | undefined, void> {
  const wanted = open.map(({ state }) => round.stepsFor(paths, state, open.length <= FEW));
  const places = wanted.flatMap((steps, k) => steps.map((step) => ({ path: open[k]!.state.path, step })));
  if (places.length === 0) return [...open];
  const taken = yield* paths.sample(places);
  if (taken === undefined) return undefined;
  let next = 0;
  return open.map(({ origin, state }, k) => {
    const steps = wanted[k]!;
    const own = taken.slice(next, (next += steps.length));
    return { origin, state: estimated(paths, withSamples(state, steps, own, round.size), state.first) };
  });
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
function isTold(suspect: Open): boolean {
  const { analytic, allowed, sharp, first, estimate: found } = suspect;
  const { value, uncertainty, kink, isSingular = false } = found;
  if (isSingular || isWrong(suspect)) return true;
  if (Number.isNaN(value)) return false;
  const nearest = nearestTo(analytic, found);
  // A look is overruled by a sharper one only: what the first step was off by has to show.
  const discrepancy = Math.abs(analytic - slopeOf(first.sample));
  const wanted = kink === undefined && discrepancy / 2 < sharp ? discrepancy / 2 : sharp;
  const excess = Math.abs(analytic - nearest) - allowed(nearest);
  return excess <= uncertainty && uncertainty <= Math.max(wanted, allowed(nearest));
}

/** Whether the claim is wrong beyond all that is uncertain. */
function isWrong({ analytic, allowed, samples, estimate: found }: Open): boolean {
  const { uncertainty, hidden, kink } = found;
  const nearest = nearestTo(analytic, found);
  const excess = Math.abs(analytic - nearest) - allowed(nearest);
  return excess > uncertainty + hidden && (kink !== undefined || agree(samples, excess));
}

/** The derivative; at a kink the one between the slopes that is nearest to the claim. */
function nearestTo(analytic: number, { value, kink }: Estimate): number {
  return kink === undefined ? value : Math.min(Math.max(analytic, kink.low), kink.high);
}

/** A derivative exists only where two scales agree on it: to well within what the claim is off by. */
function agree(samples: readonly Sample[], excess: number): boolean {
  const [last, before] = samples.slice(-2).map(slopeOf).toReversed();
  return !(Math.abs(last! - before!) > excess / 2);
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
