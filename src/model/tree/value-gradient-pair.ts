/**
 * Parameter objects that carry value and gradient side by side, recognised by their pair of names: micrograd and its
 * relatives `{data, grad}`, recurrentjs and neurojs `{w, dw}`, convnetjs `{params, grads}`, brain.js `{weights, deltas}`,
 * adnn `{x, dx}`.
 */

import { valuesOf } from '../array/array-kinds.js';
import { isTypedArray } from '../array/storage.js';
import { isShape, sizeOf } from '../array/shape.js';
import type { Values } from '../array/values.js';

/** The names of a value and of its gradient. */
export interface PairNames {
  readonly value: string;
  readonly gradient: string;
}

const PAIRS: readonly PairNames[] = [
  { value: 'data', gradient: 'grad' },
  { value: 'w', gradient: 'dw' },
  { value: 'params', gradient: 'grads' },
  { value: 'weights', gradient: 'deltas' },
  { value: 'x', gradient: 'dx' },
];

/** Someone else's object, whose fields are looked at by name. */
export type Fields = Record<string, unknown>;

/**
 * The names under which `object` carries value and gradient, or undefined when it is no such pair. A record that has
 * further keys with a `d…` twin, as `{w, dw, b, db}` has, is a record of parameters and not a pair.
 */
export function pairOf(object: object): PairNames | undefined {
  const pair = PAIRS.find(({ value, gradient }) => value in object && gradient in object);
  if (pair === undefined) return undefined;
  const value = (object as Fields)[pair.value];
  if (typeof value !== 'number' && valuesOf(value) === undefined) return undefined;
  const twins = Object.keys(object).some((key) => key !== pair.value && `d${key}` in object);
  return twins ? undefined : pair;
}

/**
 * The view of a pair's value, when that is an array. The pair may itself be an ndarray or a matrix; else the sizes beside a
 * flat array are its shape: a `shape`, `rows` and `columns`, or `n` and `d` as recurrentjs calls them.
 */
export function pairValues(object: object, names: PairNames): Values {
  const fields = object as Fields;
  const value = fields[names.value];
  const values = valuesOf(value)!;
  const whole = valuesOf(object);
  if (whole?.count === values.count) return whole;
  if (!isTypedArray(value) && !Array.isArray(value)) return values;
  const { shape, rows, columns, n, d } = fields;
  const sizes = [shape, [rows, columns], [n, d]].find(
    (candidate) => isShape(candidate) && sizeOf(candidate) === values.count,
  );
  return sizes === undefined ? values : values.reshaped(Array.from(sizes as readonly number[]));
}
