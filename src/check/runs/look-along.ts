/** Some directions of a run → what the claim is off by along each: looked at all at once, and those that look wrong again, until they are settled. */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/sample.js';
import { CONFIRM, isBentBeyondNoise, PATH_ROUNDS } from '../paths/rounds.js';
import { looked, sampled } from '../paths/settle-suspects.js';
import type { Suspect } from '../paths/suspect.js';
import { type Along, DirectionPaths, type Direction, type Taken } from './direction-paths.js';
import type { Look, LookRule } from './look.js';
import { isDoubtful, settledLook } from './settled-look.js';
import { cleanSide } from './sides.js';

/**
 * Looks along some directions, all at once; those that look wrong again, until they are settled.
 * @param taken what was sampled along them before, at falling steps; undefined: nothing, so that the rule's step is the first
 */
export function* lookAlong(
  task: Along,
  claim: Float64Array,
  directions: readonly Direction[],
  rule: LookRule,
  taken?: readonly Taken[],
): Generator<LossRequest, readonly Look[] | undefined, void> {
  const paths = new DirectionPaths(task, claim, directions, rule);
  const first = taken ?? (yield* paths.take(directions.map((_, path) => ({ path, step: rule.step }))));
  if (first === undefined) return undefined;
  const own = directions.map((_, path) => first.filter((one) => one.path === path));
  const looks = directions.map((direction, k): Look => {
    const seen = firstLook(claim, direction, paths.sampleOf(own[k]![0]!), rule);
    return { ...seen, taken: own[k]!.map((one) => ({ ...one, path: 0 })) };
  });
  const suspects = looks.flatMap((look, path): Suspect[] => {
    if (look.outcome === 'right') return [];
    const least = Math.max(look.allowed, noiseUncertainty(rule.noise.level, 2 * rule.step), rule.sharp ?? 0);
    const sharp = (): number => least;
    return [
      {
        path,
        analytic: 0,
        samples: own[path]!.map((one) => paths.sampleOf(one)),
        steps: own[path]!.map(({ step }) => step),
        allowed: () => look.allowed,
        sharp,
        asked: rule.sharp && Math.max(rule.sharp, look.allowed),
        known: () => Math.max(least, rule.known ?? 0),
        isFreeAtKink: rule.rejectsKinks !== true,
        isRight: (samples) => rule.rejectsKinks !== true && isToldByTwo(samples, look.allowed, least),
      },
    ];
  });
  if (suspects.length === 0) return looks;
  const seen = yield* sampled(paths, suspects, rule.isBrief === true ? [] : PATH_ROUNDS);
  for (const [k, { path }] of suspects.entries()) {
    const state = seen[k];
    const look = looks[path]!;
    looks[path] = state === undefined ? { ...look, outcome: 'open' } : settledLook(look, state, rule);
  }
  if (rule.isBrief === true) return looks;
  const doubtful = seen.filter((one) => one !== undefined).filter(({ path }) => isDoubtful(looks[path]!));
  const closer = yield* looked(paths, doubtful, CONFIRM);
  for (const one of closer ?? []) looks[one.path] = settledLook(looks[one.path]!, one, rule);
  return looks;
}

/** Whether a side tells that a claim is right, at one of two steps at least. */
function isToldByTwo(samples: readonly Sample[], allowed: number, least: number): boolean {
  const clean = samples.length < 2 ? undefined : cleanSide(samples, allowed);
  return clean !== undefined && Math.abs(clean.value) + clean.uncertainty <= least;
}

/** What the first step along a direction says. */
function firstLook(
  claim: Float64Array,
  direction: Direction,
  sample: Sample,
  { tolerance, corrected, isKinky = false }: LookRule,
): Omit<Look, 'taken'> {
  const { above: step, forward, backward, noise } = sample;
  let [squares, claims, product] = [0, 0, 0];
  const { run, weights } = direction;
  for (let i = run.from; i < run.to; i += 1) {
    const weight = weights.at(i);
    squares += weight * weight;
    claims += claim[i]! * claim[i]!;
    product += claim[i]! * weight;
  }
  const length = Math.sqrt(squares);
  const error = -(forward / 2 - backward / 2) / step;
  const uncertainty = noiseUncertainty(noise, 2 * step);
  const typical = 2 * Math.sqrt(claims / (run.to - run.from));
  const size = typical * length;
  let allowed = tolerance * size;
  for (const [entry, own] of corrected) allowed += own * Math.abs(weights.at(entry));
  const moved = error !== product;
  const isRight = Math.abs(error) <= allowed + uncertainty && !(isKinky && isBentBeyondNoise(sample, 0));
  return {
    ...direction,
    error,
    uncertainty,
    allowed,
    numeric: product - error,
    length,
    step,
    toldAt: step,
    moved,
    size,
    claimNoise: 0,
    isKinked: false,
    isBent: false,
    atFirst: { error, uncertainty },
    isBorneOut: false,
    outcome: isRight ? 'right' : 'open',
  };
}
