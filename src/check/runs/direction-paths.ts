/** Directions, as paths along which the loss is sampled less the product of the claim with the displacement. */

import type { LossRequest, PathRequest } from '../../model/evaluate/requests.js';
import { placeNoise } from '../../numerics/estimate.js';
import { noiseAt, type NoiseLevel } from '../../numerics/noise.js';
import type { Sample } from '../../numerics/sample.js';
import { DOUBLE_SPACING } from '../../numerics/step.js';
import type { Run } from '../../verdict/rules.js';
import type { ParameterTask } from '../entries/task.js';
import type { Limits, Paths, Place } from '../paths/paths.js';

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

/** What moves along a direction. */
export type Along = Pick<ParameterTask, 'parameter' | 'loss' | 'budget'>;

/** How far steps may go, and the noise of the loss. */
export interface SamplingRule {
  readonly largest: number;
  readonly least: number;
  readonly noise: NoiseLevel;
}

/** The losses at a step to both sides of θ, and the products of the claim with the displacements. */
export interface Taken extends Place {
  readonly losses: Float64Array;
  readonly products: Float64Array;
}

/** Takes the losses on both sides of θ at some places of some directions; undefined where the budget has no room for all of them. */
export function* takeAlong(
  { parameter, budget }: Along,
  claim: Float64Array,
  directions: readonly Direction[],
  places: readonly Place[],
): Generator<LossRequest, readonly Taken[] | undefined, void> {
  if (!budget.allows(2 * places.length)) return undefined;
  const taken = places.map((place) => ({
    ...place,
    losses: new Float64Array(2),
    products: new Float64Array(2),
  }));
  const requests = taken.map(({ path, step, losses, products }): PathRequest => {
    const { run, weights } = directions[path]!;
    const segments = [{ parameter, from: run.from, to: run.to, weights, gradient: claim }];
    return { kind: 'path', path: segments, multiples: Float64Array.of(step, -step), losses, products };
  });
  for (let at = 0; at < requests.length;) {
    if (budget.spent()) return undefined;
    const of = requests.slice(at, at + Math.max(1, budget.losses(2 * requests.length) >> 1));
    yield { kind: 'joint', of };
    at += of.length;
  }
  return taken;
}

export class DirectionPaths implements Paths {
  readonly loss = 0;
  readonly #task: Along;
  readonly #claim: Float64Array;
  readonly #directions: readonly Direction[];
  readonly #rule: SamplingRule;
  readonly #placing: readonly number[];

  constructor(task: Along, claim: Float64Array, directions: readonly Direction[], rule: SamplingRule) {
    this.#task = task;
    this.#claim = claim;
    this.#directions = directions;
    this.#rule = rule;
    // What is sampled has little slope of its own; that of the loss is what the rounding of places makes noise of.
    this.#placing = directions.map(({ run, weights }) => {
      let squares = 0;
      for (let i = run.from; i < run.to; i += 1) squares += (claim[i]! * weights.at(i)) ** 2;
      return placeNoise(Math.sqrt(squares), DOUBLE_SPACING);
    });
  }

  size(): number {
    return 1;
  }

  stored(): number {
    return DOUBLE_SPACING;
  }

  limits(): Limits {
    const { least, largest } = this.#rule;
    return { least, largest, own: 1 };
  }

  take(places: readonly Place[]): Generator<LossRequest, readonly Taken[] | undefined, void> {
    return takeAlong(this.#task, this.#claim, this.#directions, places);
  }

  *sample(places: readonly Place[]): Generator<LossRequest, readonly Sample[] | undefined, void> {
    const taken = yield* this.take(places);
    return taken?.map((one) => this.sampleOf(one));
  }

  /** The losses less J(θ) and the products of the claim. */
  sampleOf({ path, step, losses, products }: Taken): Sample {
    const { loss } = this.#task;
    const moves = [losses[0]! - loss, losses[1]! - loss] as const;
    const [forward, backward] = [moves[0] - products[0]!, moves[1] - products[1]!];
    const own = noiseAt(this.#rule.noise, losses[0]!, losses[1]!) + this.#placing[path]!;
    return { above: step, below: step, forward, backward, moves, noise: own };
  }
}
