/** A place that holds numbers → what keeps them from being moved: integers, what is frozen, read-only, or a copy that nobody reads. */

import { describe } from '../../errors.js';
import { coarsestSpacing, isTypedArray } from '../array/storage.js';
import { valuesOf } from '../array/array-kinds.js';
import type { Segment } from '../path.js';
import { readKey } from '../references.js';
import { isWritable } from './children.js';
import { certain, type Fault } from './misfit.js';
import { isAssigned } from './path-view.js';

/** Of a number that is a field. */
export function fieldFault(place: string, holder: object, key: Segment): Fault | undefined {
  return isWritable(holder, key) ? undefined : certain(`${place} is read-only, so it can't be perturbed`);
}

/** Of an array. */
export function arrayFault(
  place: string,
  { holder, key }: { readonly holder: object; readonly key: Segment },
  value: unknown,
): Fault | undefined {
  const values = valuesOf(value);
  if (values === undefined || values.count === 0) return undefined;
  const arrays = [value, ...values.references.map(({ held }) => held)];
  return integerFault(place, arrays) ?? frozenFault(place, { holder, key }, arrays);
}

/** Of what an object holds under a key, a number or an array. */
export function faultUnder(place: string, holder: object, key: Segment): Fault | undefined {
  const value = readKey(holder, key);
  return typeof value === 'number'
    ? fieldFault(place, holder, key)
    : arrayFault(place, { holder, key }, value);
}

function integerFault(place: string, arrays: readonly unknown[]): Fault | undefined {
  const integers = arrays.find((array) => isTypedArray(array) && coarsestSpacing([array]) === 0);
  if (integers === undefined) return undefined;
  return certain(
    `${place} is stored in ${describe(integers)}: integers can't be moved by a small step`,
    'Use Float64Array or number[].',
  );
}

function frozenFault(
  place: string,
  { holder, key }: { readonly holder: object; readonly key: Segment },
  arrays: readonly unknown[],
): Fault | undefined {
  // What a getter copies is changed through its setter, and a copy may be frozen.
  if (isAssigned(holder, key, arrays[0]))
    return isWritable(holder, key)
      ? undefined
      : certain(`${place} is another array at each reading and has no setter, so it can't be perturbed`);
  const frozen = arrays.find((array) => Array.isArray(array) && Object.isFrozen(array));
  if (frozen === undefined) return undefined;
  const what = frozen === arrays[0] ? place : `a row of ${place}`;
  return certain(`${what} is frozen, so it can't be perturbed in place`);
}
