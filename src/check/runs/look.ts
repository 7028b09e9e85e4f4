/**
 * A run of entries and random weights → what the claim is off by along them. An error in a single entry shows with its weight, at the cost of
 * two losses for any number of entries.
 *
 * The claim's product is taken with the displacement as it was stored, and the loss is sampled less that product: what is left has the slope
 * (n − g)·v at θ. It is settled like the slope by a single entry, by the same rules.
 */

import type { LossRequest, PathRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import { type Estimate, placeNoise } from '../../numerics/estimate.js';
import type { Sample } from '../../numerics/sample.js';
import { noiseAt, type NoiseLevel } from '../../numerics/noise.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';
import { DOUBLE_SPACING } from '../../numerics/step.js';
import type { Run } from '../../verdict/rules.js';
import type { Paths, Place } from '../paths/paths.js';
import { settle } from '../paths/settle-suspects.js';
import { KNOWN, type Suspect } from '../paths/suspect.js';
import type { ParameterTask } from '../entries/task.js';

/** A run of entries with weights of its own. */
export interface Direction {
  readonly run: Run;
  readonly weights: Weighted;
}

/** Weights of entries, 0 outside of a run or of a part of it. */
export interface Weighted {
  readonly key: string;
  at(entry: number): number;
}

/** What a claim is off by along a direction. */
export interface Seen extends Direction {
  /** (g − n)·v: the error of the claim. */
  readonly error: number;
  /** What is uncertain of it, and what a right claim may be off by. */
  readonly uncertainty: number;
  readonly allowed: number;
  readonly outcome: 'right' | 'wrong' | 'open';
}

/** What was seen along a direction of a run of entries. */
export interface Look extends Seen {
  /** n·v, as the first step shows it. */
  readonly numeric: number;
  /** √Σ v². */
  readonly length: number;
  readonly step: number;
  readonly moved: boolean;
  /** What an entry that is as large as is typical has a share of it. */
  readonly single: number;
  /** What all entries of the claim have, were they as large as is typical: a tolerance of one would allow so much. */
  readonly size: number;
  /** What noise makes uncertain of the claim, as far as it was asked for. */
  readonly claimNoise: number;
}

/** How looks are taken. */
export interface LookRule {
  /** The first step, in units of the weights. */
  readonly step: number;
  readonly largest: number;
  readonly least: number;
  readonly noise: NoiseLevel;
  /** The bound on what a right claim may be off by, relative to its size. */
  readonly tolerance: number;
  /** What is uncertain of the entries of the claim that were put right. */
  readonly corrected: ReadonlyMap<number, number>;
  /** Whether only the mean of the slopes at a kink is right, and not any value between. */
  readonly rejectsKinks?: boolean;
}

/** The k-th direction of a run, of all its entries. */
export function directionOf(
  { frame, parameter, scale, seed }: ParameterTask,
  run: Run,
  k: number,
): Direction {
  const { name } = frame.parameters[parameter]!;
  return { run, weights: new RandomWeights(seedFor(`${name} ${run.from} ${run.to} ${k}`, seed), scale) };
}

/** What moves along a direction. */
type Along = Pick<ParameterTask, 'parameter' | 'loss' | 'budget'>;

/** Looks along some directions, all at once; those that look wrong again, until they are settled. */
export function* lookAlong(
  task: Along,
  claim: Float64Array,
  directions: readonly Direction[],
  rule: LookRule,
): Generator<LossRequest, readonly Look[] | undefined, void> {
  const paths = runPaths(task, claim, directions, rule);
  const first = yield* paths.sample(directions.map((_, path) => ({ path, step: rule.step })));
  if (first === undefined) return undefined;
  const looks = directions.map((direction, k) => firstLook(claim, direction, first[k]!, rule));
  const suspects = looks.flatMap((look, path): Suspect[] =>
    look.outcome === 'right'
      ? []
      : [
          {
            path,
            analytic: 0,
            samples: [first[path]!],
            steps: [rule.step],
            allowed: () => look.allowed,
            sharp: () => Math.max(look.allowed, noiseUncertainty(rule.noise.level, 2 * rule.step)),
            known: () => KNOWN * look.single,
          },
        ],
  );
  if (suspects.length === 0) return looks;
  const settled = yield* settle(paths, suspects);
  for (const [k, { path }] of suspects.entries())
    looks[path] = settledLook(looks[path]!, settled[k], rule.rejectsKinks);
  return looks;
}

/** Directions as paths, with the claim's product taken away from the loss. */
function runPaths(
  { parameter, loss, budget }: Along,
  claim: Float64Array,
  directions: readonly Direction[],
  { noise, largest, least }: LookRule,
): Paths {
  // What is sampled has little slope of its own; that of the loss is what the rounding of places makes noise of.
  const placing = directions.map(({ run, weights }) => {
    let squares = 0;
    for (let i = run.from; i < run.to; i += 1) squares += (claim[i]! * weights.at(i)) ** 2;
    return placeNoise(Math.sqrt(squares), DOUBLE_SPACING);
  });
  return {
    loss: 0,
    size: () => 1,
    limits: () => ({ least, largest, own: 1 }),
    *sample(places: readonly Place[]): Generator<PathRequest, readonly Sample[] | undefined, void> {
      if (!budget.allows(2 * places.length)) return undefined;
      const samples: Sample[] = [];
      for (const { path, step } of places) {
        if (budget.spent()) return undefined;
        const { run, weights } = directions[path]!;
        const losses = new Float64Array(2);
        const products = new Float64Array(2);
        const segments = [{ parameter, from: run.from, to: run.to, weights, gradient: claim }];
        yield { kind: 'path', path: segments, multiples: Float64Array.of(step, -step), losses, products };
        const [forward, backward] = [0, 1].map((k) => losses[k]! - loss - products[k]!) as [number, number];
        const own = noiseAt(noise, losses[0]!, losses[1]!) + placing[path]!;
        samples.push({ above: step, below: step, forward, backward, noise: own });
      }
      return samples;
    },
  };
}

/** What the first step along a direction says. */
function firstLook(
  claim: Float64Array,
  direction: Direction,
  { above: step, forward, backward, noise }: Sample,
  { tolerance, corrected }: LookRule,
): Look {
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
  const single =
    (Math.max(typical, Math.abs(product - error) / length) * length) / Math.sqrt(run.to - run.from);
  const outcome = Math.abs(error) <= allowed + uncertainty ? 'right' : 'open';
  return {
    ...direction,
    error,
    uncertainty,
    allowed,
    numeric: product - error,
    length,
    step,
    moved,
    single,
    size,
    claimNoise: 0,
    outcome,
  };
}

/** A look with what was found by closer ones. Along a direction with a kink at θ a right claim may have any value. */
function settledLook(look: Look, found: Estimate | undefined, rejectsKinks = false): Look {
  const isFree = found?.kink !== undefined && !rejectsKinks;
  if (found === undefined || Number.isNaN(found.value) || isFree) return { ...look, outcome: 'open' };
  const error = -found.value;
  const uncertainty = found.uncertainty + found.hidden;
  const excess = Math.abs(error) - look.allowed;
  const outcome = excess > uncertainty ? 'wrong' : 'right';
  return { ...look, error, uncertainty, outcome, numeric: look.numeric + look.error - error };
}

/** The look as it would have been with another claim for one entry. */
export function withClaim(look: Seen, entry: number, change: number): Seen {
  const error = look.error + change * look.weights.at(entry);
  const excess = Math.abs(error) - look.allowed;
  return {
    ...look,
    error,
    outcome: excess > look.uncertainty ? 'wrong' : look.outcome === 'open' ? 'open' : 'right',
  };
}

/**
 * The look with what noise makes uncertain of each entry of the claim.
 * @param risen by how much the tolerance has risen since
 */
export function withBounds(look: Look, bounds: Float64Array, risen = 0): Look {
  const { run, weights, error, uncertainty, outcome } = look;
  let squares = 0;
  for (let i = run.from; i < run.to; i += 1) squares += (bounds[i]! * weights.at(i)) ** 2;
  const claimNoise = Math.sqrt(squares);
  const allowed = look.allowed + risen * look.size + claimNoise;
  const stands = outcome !== 'wrong' || Math.abs(error) - allowed > uncertainty;
  return { ...look, allowed, claimNoise, outcome: stands ? outcome : 'right' };
}
