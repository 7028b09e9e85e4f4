/** A path → the claims at points of it, with a loss before each: close to θ, and far away, where the user's code may throw. */

import { moveTo } from '../../model/evaluate/points.js';
import type { GradientsRequest, Path, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { isOpenAlong } from '../../numerics/format.js';
import type { Budget } from '../run/budget.js';
import { unlessThrown } from './unless-thrown.js';

/** So far away, to both sides, a claim of zero may show what it is rounded to. */
export const FAR: readonly number[] = [1 / 16, -1 / 16];

/** And farther, one after another, until numbers of half precision show it: those of one binade don't. */
const FARTHER: readonly number[] = [-1 / 4, 1 / 2, -1, 2, -4, 8];
/** Of so many entries of a parameter the noise is measured, evenly spread: nine claims of all would take more memory than the model. */
const MOST_KEPT: number = 2 ** 16;

/** Claims at a point, an array for each parameter. */
export type Arrays = readonly Float64Array[];

/** What claims are measured with. */
export interface ClaimSource {
  readonly frame: Frame;
  /** Of the parameters, in their units. */
  readonly scales: readonly number[];
  /** The claims at θ. */
  readonly claims: readonly Float64Array[];
  readonly seed: number;
  readonly budget: Budget;
}

/** The claims far away; none where the user's code throws there. */
export function* claimsFar(
  path: Path,
  source: ClaimSource,
): Generator<PathRequest | GradientsRequest, Arrays[], void> {
  const asking = function* (): Generator<PathRequest | GradientsRequest, Arrays[], void> {
    return (yield* claimsAlong(path, source, FAR)) ?? [];
  };
  return yield* unlessThrown(asking(), () => {
    moveTo(source.frame, path, 0);
    return [];
  });
}

/** The claims farther away, as long as they may tell the format of some; none where the user's code throws there. */
export function* fartherClaims(
  path: Path,
  source: ClaimSource,
  far: readonly Arrays[],
): Generator<PathRequest | GradientsRequest, readonly Arrays[], void> {
  // What could not be asked far away is not asked farther away.
  if (far.length < FAR.length) return [];
  const found: Arrays[] = [];
  const isOpen = (): boolean =>
    source.claims.some((_, p) => isOpenAlong([source.claims, ...far, ...found], p));
  const asking = function* (): Generator<PathRequest | GradientsRequest, readonly Arrays[], void> {
    for (const multiple of FARTHER) {
      if (!isOpen()) break;
      found.push(...((yield* claimsAlong(path, source, [multiple])) ?? []));
    }
    return found;
  };
  return yield* unlessThrown(asking(), () => {
    moveTo(source.frame, path, 0);
    return found;
  });
}

/** The claims at some points of a path; undefined where the budget ends before. */
export function* claimsAlong(
  path: Path,
  { claims, budget }: ClaimSource,
  multiples: readonly number[],
): Generator<PathRequest | GradientsRequest, Arrays[] | undefined, void> {
  const found: Arrays[] = [];
  const into = claims.map(({ length }) => new Float64Array(length));
  for (const multiple of multiples) {
    if (budget.spent()) return undefined;
    // A loss first, as backward passes read what the forward pass cached.
    yield {
      kind: 'path',
      path,
      multiples: Float64Array.of(multiple),
      using: 'loss',
      losses: new Float64Array(1),
    };
    yield { kind: 'gradients', path, multiple, into };
    found.push(into.map(kept));
  }
  return found;
}

/** Some entries of a parameter, evenly spread: all, where it has no more than are kept. */
export function kept(numbers: Float64Array): Float64Array {
  const stride = Math.ceil(numbers.length / MOST_KEPT);
  if (stride === 1) return numbers.slice();
  return Float64Array.from({ length: Math.ceil(numbers.length / stride) }, (_, k) => numbers[k * stride]!);
}

/** Bounds for all entries by those of some: of the others no more is known than the largest. */
export function spread(bounds: Float64Array, length: number): Float64Array {
  if (bounds.length === length) return bounds;
  const stride = Math.ceil(length / MOST_KEPT);
  const all = new Float64Array(length).fill(bounds.reduce((most, own) => Math.max(most, own), 0));
  for (const [k, own] of bounds.entries()) all[k * stride] = own;
  return all;
}
