/**
 * An object and the count of an array in it → the shape that the fields beside the array say it has: `rows` and `cols`, `shape`, `n` and
 * `d`, … These are sizes, and never parameters.
 */

import { isNumberRow, isTypedArray } from './storage.js';
import { isShape, isSize, sizeOf } from './shape.js';

type Fields = Readonly<Record<string, unknown>>;

/** How the count of some things is called: `rows`, `nrows`, `numRows`, `rowCount`, … */
const COUNTED: readonly ((things: string) => string)[] = [
  (things) => things,
  ...['n', 'num', 'num_', 'n_', 'number_of_'].map((before) => (things: string) => before + things),
  ...['n', 'num', 'numberOf'].map((before) => (things: string) => before + capitalised(things)),
  ...['Count', '_count'].map((behind) => (things: string) => things.slice(0, -1) + behind),
];

/** Fields that together are a shape, in the order of its dimensions. */
const OPEN_SIZES: readonly (readonly string[])[] = [
  ['shape'],
  ['dims'],
  ['size'],
  ['length'],
  ...['columns', 'cols'].flatMap((columns) => COUNTED.map((count) => ['rows', columns].map(count))),
  ['r', 'c'],
  ['n', 'd'],
  ['m', 'n'],
  ['height', 'width'],
];

/** The same of what is private by its mark. */
const SIZES: readonly (readonly string[])[] = [
  ...OPEN_SIZES,
  ...OPEN_SIZES.map((keys) => keys.map((key) => `_${key}`)),
];

/** Those that are a count, where they are a single number. */
const COUNTS: ReadonlySet<string> = new Set(['size', 'length', '_size', '_length']);

/** Names of an array that say nothing of what it is, so that it goes by the name of the object that it is in. */
const GENERIC: readonly string[] = [
  'data',
  '_data',
  'values',
  'value',
  'elements',
  'entries',
  'array',
  'buffer',
  'storage',
  'cells',
  'items',
];

/** The shape of an array of so many numbers, by the fields beside it; undefined where none make its count. */
export function shapeBeside(object: object, count: number): readonly number[] | undefined {
  const keys = sizeKeys(object, count);
  return keys && shapeOf(object as Fields, keys);
}

/** The fields beside an array of so many numbers that make its shape. */
export function sizeKeys(object: object, count: number): readonly string[] | undefined {
  return SIZES.find((keys) => {
    const shape = shapeOf(object as Fields, keys);
    return shape !== undefined && count > 0 && sizeOf(shape) === count;
  });
}

function shapeOf(fields: Fields, keys: readonly string[]): readonly number[] | undefined {
  const [first, ...rest] = keys.map((key) => valueAt(fields, key));
  if (rest.length === 0 && isShape(first)) return Array.from(first);
  const sizes = [first, ...rest];
  return (rest.length > 0 || COUNTS.has(keys[0]!)) && sizes.every(isSize) ? sizes : undefined;
}

/** The key of the array of numbers that has such a name. */
export function genericKey(object: object): string | undefined {
  return GENERIC.find((key) => {
    const value = key in object ? valueAt(object, key) : undefined;
    return isTypedArray(value) || (Array.isArray(value) && isNested(value));
  });
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What a field holds; a getter of the user's may throw. */
function valueAt(object: object, key: string): unknown {
  try {
    return (object as Fields)[key];
  } catch {
    return undefined;
  }
}

/** Whether an array is one of numbers, or of arrays, as far as its first element tells. */
function isNested(value: readonly unknown[]): boolean {
  const [first] = value;
  return isNumberRow(value.slice(0, 1)) || Array.isArray(first) || isTypedArray(first);
}
