/** A root and a path → the view of the numbers that stand there now, and where the objects on the way were found. */

import { isFlat, isTypedArray } from '../array/storage.js';
import { valuesOf, withShape } from '../array/array-kinds.js';
import { shapeBeside } from '../array/sizes-beside.js';
import { fieldValues, type Values } from '../array/values.js';
import type { Segment } from '../path.js';
import { readKey, type Reference, referencesTo } from '../references.js';
import { hasSetter, isWritable } from './children.js';
import { AssignedValues, type PathView } from './live-values.js';

/** Where a tree hangs. */
export interface Root {
  /** Holds the tree, or the number that is all of it. */
  readonly box: { value: unknown };
  /** What the tree is called in names and errors. */
  readonly name: string;
  /** Where the tree itself was found. */
  readonly links: readonly Reference[];
}

/** A place in a tree: where a key leads from the root, and the key of the numbers in the object there, where they are one of its fields. */
export interface Place {
  readonly path: readonly Segment[];
  readonly field: string | undefined;
}

/** What stands from the root down to a place; it ends early where nothing does. */
export function objectsTo({ box }: Root, path: readonly Segment[]): readonly unknown[] {
  const objects: unknown[] = [box.value];
  for (const segment of path) {
    const last = objects.at(-1);
    if (typeof last !== 'object' || last === null) break;
    objects.push(readKey(last, segment));
  }
  return objects;
}

/** The view of the numbers at a place; undefined where there are none. */
export function viewAt(root: Root, { path, field }: Place): PathView | undefined {
  const objects = objectsTo(root, path);
  if (objects.length <= path.length) return undefined;
  const links = [...root.links];
  let holder: object = root.box;
  let key: Segment = 'value';
  for (const [k, segment] of path.entries()) {
    const next = objects[k] as object;
    if (k > 0) links.push(...referencesTo(holder, key, next));
    [holder, key] = [next, segment];
  }
  const value = objects.at(-1);
  if (field === undefined) return viewOf(holder, key, value, links);
  if (typeof value !== 'object' || value === null) return undefined;
  const inner = viewOf(value, field, readKey(value, field), [...links, ...linkTo(holder, key, value, path)]);
  // A pair may itself be an ndarray or a matrix.
  const whole = valuesOf(value);
  if (inner === undefined || whole === undefined || whole.count !== inner.values.count) return inner;
  return { values: whole, links: inner.links };
}

/** The link from a holder to an object; the box of a root is no object of the user's. */
function linkTo(holder: object, key: Segment, value: object, path: readonly Segment[]): readonly Reference[] {
  return path.length === 0 ? [] : referencesTo(holder, key, value);
}

function viewOf(
  holder: object,
  key: Segment,
  value: unknown,
  links: readonly Reference[],
): PathView | undefined {
  if (typeof value === 'number') return { values: fieldValues(holder, key), links };
  const values = valuesOf(value);
  if (values === undefined) return undefined;
  if (isAssigned(holder, key, value) && isWritable(holder, key))
    return { values: new AssignedValues(holder, key, values), links };
  return { values: shaped(holder, value, values), links: [...links, ...referencesTo(holder, key, value)] };
}

/** The same numbers in the shape that fields of their holder say they have. */
function shaped(holder: object, value: unknown, values: Values): Values {
  if (!isFlat(value) || Array.isArray(holder) || holder instanceof Map) return values;
  const shape = shapeBeside(holder, values.count);
  return shape === undefined ? values : withShape(value, values, shape, []);
}

/** Whether an array is changed by assigning another: each reading gives a copy, or one that is frozen, and a setter takes one. */
export function isAssigned(holder: object, key: Segment, value: unknown): boolean {
  return isCopied(holder, key, value) || (hasSetter(holder, key) && isFrozen(value));
}

function isFrozen(value: unknown): boolean {
  return Array.isArray(value) && (Object.isFrozen(value) || value.some(isFrozen));
}

/** Whether each reading gives another array, and not another view of the same memory. */
export function isCopied(holder: object, key: Segment, value: unknown): boolean {
  const again = readKey(holder, key);
  if (again === value) return false;
  return !(isTypedArray(value) && isTypedArray(again) && value.buffer === again.buffer);
}
