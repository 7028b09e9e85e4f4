/**
 * An object → the names under which it carries a value and its gradient, where that is all it is for: micrograd and its relatives
 * `{data, grad}`, `{value, grad}`, recurrentjs and neurojs `{w, dw}`, convnetjs `{params, grads}`, brain.js `{weights, deltas}`, adnn
 * `{x, dx}`. Such an object is one parameter, and goes by its own name.
 */

import { isNumeric, valuesOf } from '../array/array-kinds.js';
import { sizeKeys } from '../array/sizes-beside.js';
import type { Fields } from '../references.js';
import { GRADIENT_WORDS, gradientNames } from './gradient-names.js';
import { hasNumbersBeside, type MayRead } from './siblings.js';

/** The names of a value and of its gradient. */
export interface PairNames {
  readonly value: string;
  readonly gradient: string;
}

/** Names that say nothing but that a number is held: whatever else stands beside it is about it. */
const HOLDERS: readonly string[] = ['data', 'value', 'values', 'val', 'params', 'param'];

/** Names of variables, beside which another variable may stand that was forgotten. */
const VARIABLES: readonly PairNames[] = [
  { value: 'w', gradient: 'dw' },
  { value: 'x', gradient: 'dx' },
  { value: 'weights', gradient: 'deltas' },
];

const PAIRS: readonly PairNames[] = [
  ...HOLDERS.flatMap((value) => GRADIENT_WORDS.map((gradient) => ({ value, gradient }))),
  ...VARIABLES,
];

/**
 * The names under which `object` carries value and gradient, or undefined when it is no such pair. A record that has further values
 * with gradients of their own, as `{w, dw, b, db}` has, or numbers that lack one, as `{w, dw, b}`, is a record of parameters.
 */
export function pairOf(object: object, mayRead: MayRead = () => true): PairNames | undefined {
  const pair = PAIRS.find(({ value, gradient }) => value in object && gradient in object);
  if (pair === undefined || !isNumeric((object as Fields)[pair.value])) return undefined;
  const others = Object.keys(object).filter((key) => key !== pair.value && key !== pair.gradient);
  if (others.some((key) => gradientNames(key).some((name) => name in object))) return undefined;
  if (!VARIABLES.includes(pair) || isSized(object, pair)) return pair;
  return hasNumbersBeside(object, [pair.value, pair.gradient], mayRead) ? undefined : pair;
}

/** Whether its sizes stand beside the value: then the object is that one array, and what else it has is about it. */
function isSized(object: object, { value }: PairNames): boolean {
  const values = valuesOf((object as Fields)[value]);
  return values !== undefined && sizeKeys(object, values.count) !== undefined;
}

/** The same where nothing is a gradient by its name alone, as among outputs: `{x, dx}` are two of them, a tensor is one. */
export function tensorOf(object: object): PairNames | undefined {
  const pair = pairOf(object, () => false);
  return pair === undefined || VARIABLES.includes(pair) ? undefined : pair;
}
