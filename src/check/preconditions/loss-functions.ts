/**
 * The ways that a model offers to evaluate its loss, `losses` for many points and `loss` for one: asked about the same points, and
 * held to be the same function. Where they are not, a difference of the one says nothing about a gradient of the other.
 */

import { misuse } from '../../errors.js';
import type { PathRequest } from '../../model/evaluate/requests.js';
import type { LossFunction } from '../../model/gradient-model.js';
import type { Frame } from '../../model/subject/subject.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { FLOAT32_TOLERANCE } from '../../verdict/tolerance.js';
import { scaleOf } from './parameter-scale.js';

/** Points of a path through θ. */
export type Places = Pick<PathRequest, 'path' | 'multiples'>;

/** The losses at some points by one way; a point is counted once, by whichever way it is evaluated first. */
export function* lossesBy(
  using: LossFunction,
  subject: Frame,
  places: Places,
): Generator<PathRequest, Float64Array, void> {
  const losses = new Float64Array(places.multiples.length);
  yield { kind: 'path', ...places, using, losses };
  if (using !== subject.lossFunctions[0]) subject.evaluations.loss -= losses.length;
  return losses;
}

/** The losses at some points by every way, `loss` last, as backward passes read what it cached. */
export function* lossesByEach(
  subject: Frame,
  places: Places,
): Generator<PathRequest, readonly Float64Array[], void> {
  const all: Float64Array[] = [];
  for (const using of subject.lossFunctions) all.push(yield* lossesBy(using, subject, places));
  return all;
}

/**
 * How far two of these functions may be apart at a point: by what rounding to float32 does to the loss, and to the parameters, by which it moves as
 * their gradient says. In the unit of the loss.
 */
function allowance(subject: Frame, analytic: readonly Float64Array[], losses: readonly number[]): number {
  const reaches = analytic.map((gradient, p) => {
    const unit = scaleOf(subject.saved[p]!);
    return rootMeanSquare(gradient) * Math.sqrt(gradient.length) * unit;
  });
  const sizes = [...losses.map(Math.abs), ...reaches].filter(Number.isFinite);
  return FLOAT32_TOLERANCE * Math.max(0, ...sizes);
}

/** Whether two losses are no values of one function at the same point; a NaN and a NaN may be. */
function contradict(one: number, other: number, allowed: number): boolean {
  return !Object.is(one, other) && !(Math.abs(one - other) <= allowed);
}

/**
 * Holds the loss at θ by one way against that by the other.
 * @param analytic the claimed gradients at θ
 * @throws TypeError where the two are not the same function
 */
export function demandSame(
  subject: Frame,
  analytic: readonly Float64Array[],
  [many, one]: readonly number[],
): void {
  if (many === undefined || one === undefined) return;
  if (!contradict(many, one, allowance(subject, analytic, [many, one]))) return;
  throw misuse(`losses([{}]) must be loss(parameters), but it gave ${many} where loss() gave ${one}.`);
}

/** The same beside θ, where the loss may leave its domain, or overflow in one precision and not in another. */
export function demandSameBeside(
  subject: Frame,
  analytic: readonly Float64Array[],
  [many, one]: readonly Float64Array[],
): void {
  if (many === undefined || one === undefined) return;
  for (const [k, value] of many.entries()) {
    const other = one[k]!;
    if (!Number.isFinite(value) || !Number.isFinite(other)) continue;
    if (contradict(value, other, allowance(subject, analytic, [value, other])))
      throw misuse(
        `losses() must be loss() at the displaced parameters, but it gave ${value} where loss() gave ${other}.`,
      );
  }
}
