/**
 * Claimed gradients at points close to θ, and some farther → how noisy they are, entry by entry, and the format of their numbers.
 *
 * A backward pass rounds, too: at a minimum nothing else is left of it. Its noise is measured as the loss's is, where it first matters, and
 * once at each point that is checked.
 */

import type { GradientsRequest, Path, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { NOISE_COVERAGE } from '../../numerics/difference.js';
import { type Format, formatsAlong, formatsOf } from '../../numerics/format.js';
import { noiseAlong, NOISE_POINTS, rayPoints, roundingNoise } from '../../numerics/noise.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { areSame } from '../../numerics/repeats.js';
import { movedScale } from '../../numerics/step.js';
import { randomIntegers } from '../../numerics/random.js';
import type { Budget } from '../run/budget.js';
import {
  claimsAlong,
  claimsFar,
  type ClaimSource,
  distanceApart,
  FAR,
  fartherClaims,
  kept,
  spread,
  unlessThrownAlong,
} from './gradients-along.js';
import { randomPath } from './random-path.js';

/** How far from θ gradients are asked for, in units of the scales: they are still a straight line there, and θ is still known to some bits. */
const DISTANCE: number = 2 ** -36;

/** Nine values may agree by chance: no entry has less noise than this share of what is typical of its parameter. */
const LEAST_SHARE = 1 / 4;

/** The point whose claims are asked about. */
interface Asking {
  readonly frame: Frame;
  readonly settings: { readonly seed: number };
  /** The claims at it. */
  readonly analytic: readonly Float64Array[];
  /** The standard deviation of repeated claims, in the unit of the gradient. */
  readonly claimScatter?: readonly Float64Array[] | undefined;
  readonly budget: Budget;
}

/** What is known of the noise of claims. */
export interface ClaimBounds {
  /** The format of a parameter's claim, as far as it is known. */
  format(parameter: number): Format;
  /** What noise makes uncertain of each entry of a parameter's claim; undefined where it was not asked for. */
  known(parameter: number): Float64Array | undefined;
  /** What noise makes uncertain of each entry of a parameter's claim, in its unit. */
  bounds(parameter: number): Generator<PathRequest | GradientsRequest, Float64Array, void>;
}

/** The noise of the claims at θ, measured when it is first asked for. */
export class ClaimNoise implements ClaimBounds {
  readonly #source: ClaimSource;
  readonly #scatter: readonly Float64Array[] | undefined;
  #bounds: readonly Float64Array[] | undefined;
  #formats: readonly Format[];
  /** What could not be measured once is not asked for again. */
  #isAsked = false;

  /** @param scales of the parameters, in their units */
  constructor(
    { frame, settings: { seed }, analytic, claimScatter, budget }: Asking,
    scales: readonly number[],
  ) {
    this.#scatter = claimScatter;
    this.#source = { frame, scales, claims: analytic, seed, budget };
    this.#formats = formatsOf(analytic);
  }

  format(parameter: number): Format {
    return this.#formats[parameter]!;
  }

  known(parameter: number): Float64Array | undefined {
    return this.#bounds?.[parameter];
  }

  *bounds(parameter: number): Generator<PathRequest | GradientsRequest, Float64Array, void> {
    if (!this.#isAsked && this.#source.budget.allows(NOISE_POINTS + FAR.length)) {
      this.#isAsked = true;
      const { frame, scales } = this.#source;
      const sizes = frame.saved.map((values, p) => values.map((value) => movedScale(value, scales[p]!)));
      const found = yield* measureClaimNoise(this.#source, sizes);
      this.#bounds = found?.bounds.map((bounds, p) =>
        bounds.map((bound, i) => Math.max(bound, this.#known(p, i))),
      );
      this.#formats = found?.formats ?? this.#formats;
    }
    return (
      this.#bounds?.[parameter] ??
      new Float64Array(this.#source.frame.parameters[parameter]!.count).map((_, i) =>
        this.#known(parameter, i),
      )
    );
  }

  /** What is uncertain of an entry as far as repeated claims tell. */
  #known(parameter: number, entry: number): number {
    return NOISE_COVERAGE * (this.#scatter?.[parameter]?.[entry] ?? 0);
  }
}

/** What claims at several points tell of them. */
export interface NoisyClaims {
  /** What noise makes uncertain of each number that is claimed, in its unit. */
  readonly bounds: readonly Float64Array[];
  readonly formats: readonly Format[];
}

/**
 * Asks for claims at points close to θ.
 * @param sizes for each number that is claimed, of the entry that it is by
 * @returns undefined where the budget ends before, or the user's code throws there
 */
export function* measureClaimNoise(
  source: ClaimSource,
  sizes: readonly Float64Array[],
): Generator<PathRequest | GradientsRequest, NoisyClaims | undefined, void> {
  const { frame, scales, seed } = source;
  const path = randomPath(frame, scales, seed);
  return yield* unlessThrownAlong(frame, path, boundsAlong(path, source, sizes), undefined);
}

function* boundsAlong(
  path: Path,
  source: ClaimSource,
  sizes: readonly Float64Array[],
): Generator<PathRequest | GradientsRequest, NoisyClaims | undefined, void> {
  const { frame, claims, seed } = source;
  const points = rayPoints(randomIntegers(seed));
  const far = yield* claimsFar(path, source);
  far.push(...(yield* fartherClaims(path, source, far)));
  const distance = distanceApart(frame, formatsAlong([claims, ...far]), DISTANCE);
  const near = yield* claimsAlong(
    path,
    source,
    Array.from(points, (point) => point * distance),
  );
  if (near === undefined) return undefined;
  const formats = formatsAlong([claims, ...far, ...near]);
  const asked = [...near, ...far.slice(0, FAR.length)];
  const bounds = sizes.map((own, p) =>
    spread(
      boundsOf(
        points,
        asked.map((claim) => claim[p]!),
        kept(own),
        formats[p]!,
      ),
      own.length,
    ),
  );
  return { bounds, formats };
}

/** @param sizes of the entries that the claims are by: what is typical of numbers of unlike units is so by what moves the loss as much */
function boundsOf(
  points: Float64Array,
  claims: readonly Float64Array[],
  sizes: Float64Array,
  { bits }: Format,
): Float64Array {
  const noiseOf = noiseAlong(points);
  const values = new Float64Array(claims.length);
  const near = values.subarray(0, points.length);
  const levels = new Float64Array(sizes.length);
  for (let i = 0; i < levels.length; i += 1) {
    for (let k = 0; k < values.length; k += 1) values[k] = claims[k]![i]!;
    // A claim that is the same at all points may be exact, as a sign is; or a difference from one.
    const level = areSame(near) ? roundingNoise(spacingAtOne(values, bits)) : noiseOf(near).level;
    if (!Number.isNaN(level)) levels[i] = level * sizes[i]!;
  }
  const least = LEAST_SHARE * rootMeanSquare(levels);
  for (let i = 0; i < levels.length; i += 1)
    levels[i] = (NOISE_COVERAGE * Math.max(levels[i]!, least)) / sizes[i]!;
  return levels;
}

/**
 * The spacing of a format's numbers just below one, where some claims are differences of such numbers, as p − 1 is: multiples of it, so small
 * that half of the digits are gone. 0 where they are not.
 */
function spacingAtOne(claims: Float64Array, bits: number): number {
  const spacing = 2 ** -bits;
  for (const claim of claims) if (Math.abs(claim) >= Math.sqrt(spacing) || claim % spacing !== 0) return 0;
  return claims.some((claim) => claim !== 0) ? spacing : 0;
}
