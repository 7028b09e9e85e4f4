/**
 * A path → the claims at points of it, with a loss before each: close to θ, and far away, where the user's code may throw; and how close they
 * may be without being the same.
 */

import { moveTo } from '../../model/evaluate/points.js';
import type { GradientsRequest, Path, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { coarsestSpacingOf, type Format, isOpenAlong } from '../../numerics/format.js';
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

/** Where numbers are stored or computed in a coarser format, they are moved by so many bits of it. */
const STORED_BITS = 3;

/**
 * A distance from θ at which claims are others than there, in units of the scales.
 * @param least where parameters are stored, and claims computed, in doubles
 */
export function distanceApart(frame: Frame, formats: readonly Format[], least: number): number {
  const stored = frame.parameters.map(({ values }) => values.spacing);
  return Math.max(least, 2 ** STORED_BITS * Math.max(...stored, coarsestSpacingOf(formats)));
}

/** Asks for the claims at a point of a path, and returns the loss there: that first, as backward passes read what the forward pass cached. */
export function* claimsAt(
  path: Path,
  multiple: number,
  into: Float64Array[],
): Generator<PathRequest | GradientsRequest, number, void> {
  const losses = new Float64Array(1);
  yield { kind: 'path', path, multiples: Float64Array.of(multiple), using: 'loss', losses };
  yield { kind: 'gradients', path, multiple, into };
  return losses[0]!;
}

/** Looks along a path; where the user's code throws there, puts the parameters back, and says what is known without it. */
export function unlessThrownAlong<Asked, Found>(
  frame: Frame,
  path: Path,
  looking: Generator<Asked, Found, void>,
  otherwise: Found,
): Generator<Asked, Found, void> {
  return unlessThrown(looking, () => {
    moveTo(frame, path, 0);
    return otherwise;
  });
}

/** The claims far away; none where the user's code throws there. */
export function* claimsFar(
  path: Path,
  source: ClaimSource,
): Generator<PathRequest | GradientsRequest, Arrays[], void> {
  const asking = function* (): Generator<PathRequest | GradientsRequest, Arrays[], void> {
    return (yield* claimsAlong(path, source, FAR)) ?? [];
  };
  return yield* unlessThrownAlong(source.frame, path, asking(), []);
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
  return yield* unlessThrownAlong(source.frame, path, asking(), found);
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
    yield* claimsAt(path, multiple, into);
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
