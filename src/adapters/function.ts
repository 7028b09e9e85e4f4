/** A function of a list of numbers and its gradient, as optimisers take them. */

import { describe, misuse } from '../errors.js';
import type { PlainModel } from '../model/gradient-model.js';
import { isTypedArray } from '../model/array/storage.js';
import { type Following, settle } from './settle.js';

/** A point: one number after the other. */
export type Point = number[] | Float64Array | Float32Array;

/** The model of a function, whose one parameter is `x`. */
export type PointModel<X, Value, Slopes> = PlainModel<{ x: X }> & {
  loss(parameters: { x: X }): Value;
  gradients(parameters: { x: X }): Following<Slopes, { x: object }>;
};

/**
 * The model whose loss is `f(x)` and whose gradient is `gradient(x)`, one number for each of `x`.
 * @param x the point to check at, perturbed in place and put back
 * @throws UsageError when `f` or `gradient` is no function, or `x` no array
 */
export function fromFunction<
  X extends Point,
  Value extends number | PromiseLike<number>,
  Slopes extends object | PromiseLike<object>,
>(f: (x: X) => Value, gradient: (x: X) => Slopes, x: X): PointModel<X, Value, Slopes>;
/** The same for a function that fills its second argument with the gradient, and returns the loss. */
export function fromFunction<X extends Point>(
  f: (x: X, gradient: number[]) => number,
  x: X,
): PointModel<X, number, object>;
export function fromFunction(
  f: (x: never, gradient: never) => unknown,
  gradient: Point | ((x: Point) => object),
  x?: Point,
): PlainModel<{ x: Point }> {
  const point = x ?? (gradient as Point);
  if (typeof f !== 'function') throw misuse(`fromFunction needs a function f(x), but it got ${describe(f)}.`);
  if (!Array.isArray(point) && !isTypedArray(point))
    throw misuse(`fromFunction needs an array of numbers x, but it got ${describe(point)}.`);
  if (x !== undefined && typeof gradient !== 'function')
    throw misuse(`fromFunction needs a function gradient(x), but it got ${describe(gradient)}.`);
  // Without a function for it, f itself fills an array with the gradient; and may rely on having one.
  const call = f as (x: Point, gradient?: number[]) => number;
  const filled = (at: Point): [loss: number, gradient: number[]] => {
    const into = Array.from(at, () => 0);
    return [call(at, into), into];
  };
  return {
    parameters: { x: point },
    loss: (parameters) => (x === undefined ? filled(parameters.x)[0] : call(parameters.x)),
    gradients: (parameters) =>
      settle(
        () => (typeof gradient === 'function' ? gradient(parameters.x) : filled(parameters.x)[1]),
        (slopes) => ({ x: slopes }),
      ),
  };
}
