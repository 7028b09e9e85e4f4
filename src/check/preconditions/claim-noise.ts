/**
 * Claimed gradients at points close to θ → how noisy they are, entry by entry.
 *
 * A backward pass rounds, too: at a minimum nothing else is left of it. Its noise is measured as the loss's is, where it first matters, and
 * once at each point that is checked.
 */

import { moveTo } from '../../model/evaluate/points.js';
import type { GradientsRequest, Path, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { NOISE_COVERAGE } from '../../numerics/difference.js';
import type { Format } from '../../numerics/format.js';
import { noiseAlong, NOISE_POINTS, rayPoints } from '../../numerics/noise.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { movedScale } from '../../numerics/step.js';
import { randomIntegers } from '../../numerics/random.js';
import type { Budget } from '../run/budget.js';
import { randomPath } from './random-path.js';
import { unlessThrown } from './unless-thrown.js';

/** How far from θ gradients are asked for, in units of the scales: they are still a straight line there, and θ is still known to some bits. */
const DISTANCE: number = 2 ** -36;

/** Where numbers are stored or computed in a coarser format, they are moved by so many bits of it. */
const STORED_BITS = 3;

/** Nine values may agree by chance: no entry has less noise than this share of what is typical of its parameter. */
const LEAST_SHARE = 1 / 4;

/** Of so many entries of a parameter the noise is measured, evenly spread: nine claims of all would take more memory than the model. */
const MOST_KEPT: number = 2 ** 16;

/** The point whose claims are asked about. */
interface Asking {
  readonly frame: Frame;
  readonly settings: { readonly seed: number };
  readonly budget: Budget;
}

/** What is known of the noise of claims. */
export interface ClaimBounds {
  /** What noise makes uncertain of each entry of a parameter's claim; undefined where it was not asked for. */
  known(parameter: number): Float64Array | undefined;
  /** What noise makes uncertain of each entry of a parameter's claim, in its unit. */
  bounds(parameter: number): Generator<PathRequest | GradientsRequest, Float64Array, void>;
}

/** The noise of the claims at θ, measured when it is first asked for. */
export class ClaimNoise implements ClaimBounds {
  readonly #source: ClaimSource;
  #bounds: readonly Float64Array[] | undefined;

  /**
   * @param scales of the parameters, in their units
   * @param formats of their claims
   */
  constructor(
    { frame, settings: { seed }, budget }: Asking,
    scales: readonly number[],
    formats: readonly Format[],
  ) {
    this.#source = { frame, scales, formats, seed, budget };
  }

  known(parameter: number): Float64Array | undefined {
    return this.#bounds?.[parameter];
  }

  *bounds(parameter: number): Generator<PathRequest | GradientsRequest, Float64Array, void> {
    if (this.#bounds === undefined && this.#source.budget.allows(NOISE_POINTS)) {
      const { frame, scales } = this.#source;
      const sizes = frame.saved.map((values, p) => values.map((value) => movedScale(value, scales[p]!)));
      this.#bounds = yield* measureClaimNoise(this.#source, sizes);
    }
    return this.#bounds?.[parameter] ?? new Float64Array(this.#source.frame.parameters[parameter]!.count);
  }
}

/** What claims are measured with. */
interface ClaimSource {
  readonly frame: Frame;
  /** Of the parameters, in their units. */
  readonly scales: readonly number[];
  /** Of the claims. */
  readonly formats: readonly Format[];
  readonly seed: number;
  readonly budget: Budget;
}

/**
 * Asks for claims at points close to θ.
 * @param sizes for each number that is claimed, of the entry that it is by
 * @returns what noise makes uncertain of each; undefined where the budget ends before, or the user's code throws there
 */
export function* measureClaimNoise(
  source: ClaimSource,
  sizes: readonly Float64Array[],
): Generator<PathRequest | GradientsRequest, Float64Array[] | undefined, void> {
  const { frame, scales, seed } = source;
  const path = randomPath(frame, scales, seed);
  return yield* unlessThrown(boundsAlong(path, source, sizes), () => {
    moveTo(frame, path, 0);
    return undefined;
  });
}

function* boundsAlong(
  path: Path,
  { frame, formats, seed, budget }: ClaimSource,
  sizes: readonly Float64Array[],
): Generator<PathRequest | GradientsRequest, Float64Array[] | undefined, void> {
  const points = rayPoints(randomIntegers(seed));
  // Where parameters are stored, or the backward pass computes, in a coarser format, less would not move it.
  const stored = frame.parameters.map(({ values }) => values.spacing);
  const computed = formats.map(({ bits }) => 2 ** (1 - bits));
  const coarsest = Math.max(...stored, ...computed);
  const distance = Math.max(DISTANCE, 2 ** STORED_BITS * coarsest);
  const strides = sizes.map(({ length }) => Math.ceil(length / MOST_KEPT));
  const into = sizes.map(({ length }) => new Float64Array(length));
  const claims: Float64Array[][] = [];
  for (const point of points) {
    if (budget.spent()) return undefined;
    const multiple = point * distance;
    // A loss first, as backward passes read what the forward pass cached.
    yield {
      kind: 'path',
      path,
      multiples: Float64Array.of(multiple),
      using: 'loss',
      losses: new Float64Array(1),
    };
    yield { kind: 'gradients', path, multiple, into };
    claims.push(into.map((claim, p) => every(claim, strides[p]!)));
  }
  return sizes.map((own, p) => {
    const kept = boundsOf(
      points,
      claims.map((claim) => claim[p]!),
      every(own, strides[p]!),
    );
    return strides[p] === 1 ? kept : spread(kept, own.length, strides[p]!);
  });
}

/** The first of each so many numbers. */
function every(numbers: Float64Array, stride: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(numbers.length / stride) }, (_, k) => numbers[k * stride]!);
}

/** Bounds for all entries by those of some: of the others no more is known than the largest. */
function spread(kept: Float64Array, length: number, stride: number): Float64Array {
  const all = new Float64Array(length).fill(kept.reduce((most, own) => Math.max(most, own), 0));
  for (const [k, own] of kept.entries()) all[k * stride] = own;
  return all;
}

/** @param sizes of the entries that the claims are by: what is typical of numbers of unlike units is so by what moves the loss as much */
function boundsOf(points: Float64Array, claims: readonly Float64Array[], sizes: Float64Array): Float64Array {
  const noiseOf = noiseAlong(points);
  const values = new Float64Array(points.length);
  const levels = sizes.map((size, i) => {
    for (const [k, claim] of claims.entries()) values[k] = claim[i]!;
    const { level, isStill } = noiseOf(values);
    // A claim that is the same at all points may be exact, as a sign is.
    return isStill || Number.isNaN(level) ? 0 : level * size;
  });
  const least = LEAST_SHARE * rootMeanSquare(levels);
  return levels.map((level, i) => (NOISE_COVERAGE * Math.max(level, least)) / sizes[i]!);
}
