/** An object with a length → the view of the numbers behind its accessors, or at its indices. */

import { isShape, isSize, sizeOf } from './shape.js';
import { AccessedValues, type Values } from './values.js';

interface ListLike {
  readonly length: number;
  readonly shape?: unknown;
  get(i: number): number;
  set(i: number, value: number): unknown;
}

/** `{ length, get(i), set(i, x) }`, numbers that are scattered or behind methods; a `shape` of that size beside them is theirs. */
export function listValues(value: object): Values | undefined {
  if (!isListLike(value)) return indexedValues(value);
  const { length, shape } = value;
  return new AccessedValues(
    isShape(shape) && sizeOf(shape) === length ? Array.from(shape) : [length],
    length,
    (i) => value.get(i),
    (i, number) => {
      value.set(i, number);
    },
  );
}

function isListLike(value: object): value is ListLike {
  const { length, get, set } = value as Record<string, unknown>;
  return Number.isInteger(length) && typeof get === 'function' && typeof set === 'function';
}

/** `{ 0: x, 1: y, length: 2 }`, as an object of a class of vectors may be. */
function indexedValues(value: object): Values | undefined {
  const row = value as { readonly length?: unknown; [index: number]: unknown };
  const { length } = row;
  if (!isSize(length) || length === 0) return undefined;
  for (let i = 0; i < length; i += 1) if (typeof row[i] !== 'number') return undefined;
  return new AccessedValues(
    [length],
    length,
    (i) => row[i] as number,
    (i, number) => {
      row[i] = number;
    },
  );
}
