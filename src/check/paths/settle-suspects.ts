/**
 * Paths along which a claim looks wrong → the derivative along each, from samples at as many distances as it takes to tell.
 *
 * Curvature, a kink or the edge of the domain within the first step look like a mistake. So each suspect is looked at again: once, where
 * noise leaves an eighth of the discrepancy; then, if that has not told, on a whole ladder of steps; at last with means of several samples. One
 * that stands still is looked at from far away first, as it says nothing where it stands.
 * Each round is one request for all suspects that are left: hundreds of kinks cost as much each as one.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { stepDifference } from '../../numerics/difference.js';
import { atPlaces, estimate, type Estimate, movesOf, withSteps } from '../../numerics/estimate.js';
import type { Sample } from '../../numerics/sample.js';
import { DOUBLE_SPACING } from '../../numerics/step.js';
import type { Paths } from './paths.js';
import { BESIDE, ENTRY_ROUNDS, type Round } from './rounds.js';
import { decided, isOff, isTold, type Open, type Suspect } from './suspect.js';
import type { StepDifference } from '../../step-difference.js';

/** The derivative along a path, and the differences that it was told from, with falling steps. */
export interface Settled extends Estimate {
  readonly differences: readonly StepDifference[];
}

/**
 * Settles some suspects, all at once.
 * @param rounds of looks that are taken, one after the other, until all are told
 * @returns the derivative of each; undefined where it was not told before a budget ended
 */
export function* settle(
  paths: Paths,
  suspects: readonly Suspect[],
  rounds: readonly Round[] = ENTRY_ROUNDS,
): Generator<LossRequest, readonly (Settled | undefined)[], void> {
  const settled = [...(yield* sampled(paths, suspects, rounds))];
  // Of those that were told before a budget ended.
  const off = [...settled.keys()].filter((k) => settled[k] !== undefined && isOff(settled[k]));
  const isCut = settled.includes(undefined);
  const shown = isCut
    ? undefined
    : yield* looked(
        paths,
        off.map((k) => settled[k]!),
        BESIDE,
      );
  for (const [j, k] of off.entries()) if (shown !== undefined && isOff(shown[j]!)) settled[k] = shown[j]!;
  return settled.map((state) => state && { ...decided(state), differences: differencesOf(state) });
}

function differencesOf({ samples, loss, size }: Open): StepDifference[] {
  return atPlaces(samples, loss, DOUBLE_SPACING * size).map((sample) => stepDifference(sample, loss));
}

/** Samples some suspects until they are told, or a round is not left: what was seen of each; undefined where a budget ended before. */
export function* sampled(
  paths: Paths,
  suspects: readonly Suspect[],
  rounds: readonly Round[],
): Generator<LossRequest, readonly (Open | undefined)[], void> {
  const settled: (Open | undefined)[] = suspects.map(() => undefined);
  const all = suspects.map((suspect) => estimated(paths, suspect));
  let open = [...all.keys()];
  for (const round of rounds) {
    for (const k of open) if (isTold(all[k]!)) settled[k] = all[k]!;
    open = open.filter((k) => settled[k] === undefined);
    if (open.length === 0) break;
    const taken = yield* looked(
      paths,
      open.map((k) => all[k]!),
      round,
    );
    if (taken === undefined) return settled;
    for (const [j, k] of open.entries()) all[k] = taken[j]!;
  }
  for (const k of open) settled[k] = all[k]!;
  return settled;
}

/** Some suspects after a round; undefined where a budget ended before. */
export function* looked(
  paths: Paths,
  suspects: readonly Open[],
  round: Round,
): Generator<LossRequest, readonly Open[] | undefined, void> {
  const wanted = suspects.map((suspect) => round.stepsFor(paths, suspect));
  const places = wanted.flatMap((groups, k) =>
    groups.flat().map((step) => ({ path: suspects[k]!.path, step })),
  );
  const taken = places.length === 0 ? [] : yield* paths.sample(places);
  if (taken === undefined) return undefined;
  let next = 0;
  return suspects.map((suspect, k) => {
    const means = wanted[k]!.map((steps) => ({
      sample: meanOf(taken.slice(next, (next += steps.length)), paths.loss),
      step: steps[0]!,
    }));
    return estimated(paths, withSamples(suspect, means), suspect.first.step);
  });
}

/** @param step at which it was looked at first */
function estimated(paths: Paths, suspect: Suspect, step: number = suspect.steps[0]!): Open {
  const size = paths.size(suspect.path);
  const { loss } = paths;
  const samples = withSteps(suspect.samples, loss);
  return {
    ...suspect,
    taken: suspect.samples,
    samples,
    first: { sample: samples[suspect.steps.indexOf(step)]!, step },
    loss,
    size,
    estimate: estimate(samples, loss, DOUBLE_SPACING * size, paths.stored(suspect.path)),
  };
}

/** A suspect with more samples, in the order of their distances. */
function withSamples(
  suspect: Open,
  more: readonly { readonly sample: Sample; readonly step: number }[],
): Suspect {
  const all = [...suspect.taken.map((sample, k) => ({ sample, step: suspect.steps[k]! })), ...more];
  all.sort((a, b) => b.sample.above + b.sample.below - (a.sample.above + a.sample.below));
  return { ...suspect, samples: all.map(({ sample }) => sample), steps: all.map(({ step }) => step) };
}

/** Several samples at distances that differ a little, as one at their mean: noise is independent, and its deviation falls like 1/√k. */
function meanOf(samples: readonly Sample[], loss: number): Sample {
  const { length } = samples;
  const [only] = samples as readonly [Sample];
  if (length === 1) return only;
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample) / length, 0);
  const most = (side: number): number =>
    Math.max(...samples.map((sample) => Math.abs(movesOf(sample, loss)[side]!)));
  return {
    above: mean(({ above }) => above),
    below: mean(({ below }) => below),
    forward: mean(({ forward }) => forward),
    backward: mean(({ backward }) => backward),
    // Where it stood still each time the mean of its values may be rounded to another; and where it moved once, it was by as much.
    moves: [most(0), most(1)],
    noise: mean(({ noise }) => noise) / Math.sqrt(length),
  };
}
