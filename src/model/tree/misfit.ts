/**
 * A value in a tree that is no number, array of numbers or container of those → what is wrong with it, in words, and whether it could
 * still become one: fields are empty before the first call of a model that makes them then.
 */

import { describe, isPromiseLike, isTensor } from '../../errors.js';
import type { Segment } from '../path.js';
import { readKey } from '../references.js';

/** Something in a tree that can't be a parameter. */
export interface Misfit {
  readonly name: string;
  /** What is wrong with it, a sentence without a full stop. */
  readonly text: string;
  /** What else to do than to leave it out; empty where that is all. */
  readonly advice: string;
  /** Whether it is one whatever happens. */
  readonly isCertain: boolean;
  /** Whether a check makes sense without it: not without one of many numbers. */
  readonly canBeLeftOut: boolean;
}

/** What is wrong with something that was found. */
export type Fault = Omit<Misfit, 'name' | 'canBeLeftOut'>;

/** Objects that hold no parameters by name or index. */
const OPAQUE: readonly (new (...args: never[]) => object)[] = [
  Set,
  Date,
  RegExp,
  WeakMap,
  WeakSet,
  ArrayBuffer,
  DataView,
  BigInt64Array,
  BigUint64Array,
];

/** What is wrong with a value that should be numbers or hold some; undefined where nothing is. */
export function faultOf(place: string, value: unknown): Fault | undefined {
  const expected = `${place} must be a number, an array of numbers, or an object, array or Map of those, but it is ${describe(value)}`;
  if (typeof value !== 'object' || value === null) {
    const isEmpty = value === null || value === undefined;
    return { text: expected, advice: '', isCertain: !isEmpty };
  }
  if (isTensor(value))
    return certain(`${place} is ${describe(value)}, a tensor whose values can't be written in place`);
  if (isPromiseLike(value) || OPAQUE.some((kind) => value instanceof kind)) return certain(expected);
  return undefined;
}

export function certain(text: string, advice = ''): Fault {
  return { text, advice, isCertain: true };
}

/** What is wrong with an array of what is no number, nor holds any, such as names: it is left out as a whole. */
export function elementFault(place: string, array: object): Fault | undefined {
  if (!Array.isArray(array) || array.some((element) => isContainer(element) || typeof element === 'number'))
    return undefined;
  const k = array.findIndex((element) => element !== undefined);
  return k < 0 ? undefined : faultOf(`${place}[${k}]`, array[k]);
}

/** Whether something is an element of an array of numbers, or should be one: nothing is checked without it. */
export function isElement(holder: object, key: Segment): boolean {
  return Array.isArray(holder) && !isContainer(readKey(holder, key)) && !holder.some(isContainer);
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
