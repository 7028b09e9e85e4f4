/**
 * An object that has its numbers behind methods → the view of it as an array: a matrix (`rows`, `columns`, `get(i, j)`, `set(i, j, x)`), an
 * array that is read by a list of indices (`size()`, `get([i, j])`, `set([i, j], x)`), a list (`length`, `get(i)`, `set(i, x)`); or at
 * indices of its own (`length`, `0`, `1`, …).
 */

import { isShape, isSize, sizeOf, unravel } from './shape.js';
import { genericKey } from './sizes-beside.js';
import { AccessedValues, type Values } from './values.js';

/** Some fields of an object; a getter of the user's that throws has nothing to say. */
export function fieldsOf(object: object, keys: readonly string[]): readonly unknown[] {
  return keys.map((key) => {
    try {
      return (object as Record<string, unknown>)[key];
    } catch {
      return undefined;
    }
  });
}

/** What matrices have whose numbers are behind methods. */
const MATRIX: readonly string[] = ['rows', 'columns', 'cols', 'get', 'at', 'set'];

/** `{ rows, columns, get(i, j), set(i, j, x) }`, as ml-matrix and its relatives are, or `at(i, j)` for `get`. */
export function matrixValues(value: object): Values | undefined {
  const [rows, columns, cols, get, at, set] = fieldsOf(value, MATRIX);
  const width = columns ?? cols;
  const read = get ?? at;
  if (!isSize(rows) || !isSize(width) || typeof read !== 'function' || typeof set !== 'function')
    return undefined;
  // What has its numbers in the open may mean anything by `get` and `set`.
  if (columns === undefined && (read.length !== 2 || genericKey(value) !== undefined)) return undefined;
  return new AccessedValues(
    [rows, width],
    rows * width,
    (i) => Reflect.apply(read, value, [Math.floor(i / width), i % width]) as number,
    (i, number) => {
      Reflect.apply(set, value, [Math.floor(i / width), i % width, number]);
    },
  );
}

interface Indexed {
  get(index: readonly number[]): number;
  set(index: readonly number[], value: number): unknown;
  size(): unknown;
}

/** `{ size(), get(index), set(index, x) }`, as the matrices of mathjs are, of any number of dimensions. */
export function indexedValues(value: object): Values | undefined {
  const [get, set, size] = fieldsOf(value, ['get', 'set', 'size']);
  // Of what takes an index for each dimension, `get` has as many parameters.
  if (
    typeof get !== 'function' ||
    get.length !== 1 ||
    typeof set !== 'function' ||
    typeof size !== 'function'
  )
    return undefined;
  const indexed = value as Indexed;
  const shape = sizesOf(indexed);
  if (!Array.isArray(shape) || !isShape(shape)) return undefined;
  const extents = Array.from(shape);
  return new AccessedValues(
    extents,
    sizeOf(extents),
    (i) => indexed.get(unravel(i, extents)),
    (i, number) => {
      indexed.set(unravel(i, extents), number);
    },
  );
}

/** What `size()` says; nothing where it throws, as it is then something else than the shape. */
function sizesOf(value: Indexed): unknown {
  try {
    return value.size();
  } catch {
    return undefined;
  }
}

interface ListLike {
  readonly length: number;
  readonly shape?: unknown;
  get(i: number): number;
  set(i: number, value: number): unknown;
}

/** `{ length, get(i), set(i, x) }`, numbers that are scattered or behind methods; a `shape` of that size beside them is theirs. */
export function listValues(value: object): Values | undefined {
  if (!isListLike(value)) return undefined;
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
export function rowValues(value: object): Values | undefined {
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
