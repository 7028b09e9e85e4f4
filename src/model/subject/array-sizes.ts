/**
 * The sizes of the arrays that a model holds beside its parameters, such as its samples: a wrong factor is often one of them.
 * Only plain fields are looked at, as a getter could do anything.
 */

import { nameOf, type Segment } from '../path.js';
import { isTypedArray } from '../array/storage.js';

/** A dimension of an array in the model. */
export interface Size {
  /** The array, as the user would write it. */
  readonly name: string;
  readonly size: number;
}

/** How far below the model arrays are looked for: `model.data.inputs`. */
const DEEPEST = 2;
/** Models may hold anything; so many fields are looked at. */
const MOST_FIELDS = 256;

/** The lengths of arrays in the model's fields, its parameters left out, with the lengths of their rows. */
export function sizesBeside(model: object): readonly Size[] {
  const sizes: Size[] = [];
  const seen = new Set<unknown>([valueAt(model, 'parameters')]);
  let fields = 0;
  const visit = (value: unknown, path: readonly Segment[]): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value) || isTypedArray(value)) {
      addLengths(value, path, sizes);
      return;
    }
    if (path.length >= DEEPEST) return;
    for (const key of Object.keys(value)) {
      fields += 1;
      if (fields > MOST_FIELDS) return;
      visit(valueAt(value, key), [...path, key]);
    }
  };
  visit(model, []);
  return sizes;
}

function addLengths(array: ArrayLike<unknown>, path: readonly Segment[], sizes: Size[]): void {
  const name = nameOf(path);
  let at: unknown = array;
  while ((Array.isArray(at) || isTypedArray(at)) && at.length > 0) {
    sizes.push({ name, size: at.length });
    at = at[0];
  }
}

function valueAt(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
