/**
 * A user's tree of parameters as a flat list of named views. Decides what is a parameter (an array of numbers, a number, or
 * a pair of value and gradient), what is a container to walk into (objects, arrays, Maps), and what is a mistake.
 */

import { valuesOf } from './arrays.js';
import { describe, isPromiseLike, misuse } from './misuse.js';
import { type Fields, type PairNames, pairOf, pairValues } from './pairs.js';
import { nameOf, type Segment } from './paths.js';
import { AccessedValues, fieldValues, type Values } from './values.js';

/** One named array of numbers, perturbed in place. */
export interface Parameter {
  readonly name: string;
  readonly values: Values;
  readonly shape: readonly number[];
  readonly count: number;
  readonly path: readonly Segment[];
  /** The object that carries value and gradient side by side, where there is one. */
  readonly pair: { readonly object: object; readonly names: PairNames } | undefined;
  /** The array or object that holds the numbers, to be told when the user's code puts another in its place. */
  readonly source: object | undefined;
  /** Puts `source` back where it was found. */
  reattach(): void;
}

/** Every parameter of a tree, in the tree's own order. A root number is held in `root.value`. */
export function listParameters(root: { value: unknown }): Parameter[] {
  const found: Parameter[] = [];
  const home: Home = {
    attach: (value) => {
      root.value = value;
    },
    scalar: () => fieldValues(root as Fields, 'value'),
  };
  visit(root.value, [], home, new Set(), found);
  return found.filter(({ count }) => count > 0);
}

/** Where a value was found: how to put it back, and how to see it when it is a plain number. */
interface Home {
  attach(value: unknown): void;
  scalar(): Values;
}

function visit(
  value: unknown,
  path: readonly Segment[],
  home: Home,
  ancestors: Set<object>,
  found: Parameter[],
): void {
  if (typeof value === 'number') {
    found.push(parameter(home.scalar(), path, home, undefined));
    return;
  }
  const object = demandContainer(value, path);
  const values = valuesOf(object);
  if (values !== undefined) {
    found.push(parameter(demandWritable(values, path, object), path, home, object));
    return;
  }
  const names = pairOf(object);
  if (names !== undefined) {
    const held = (object as Fields)[names.value];
    const within = fieldHome(object as Fields, names.value, path);
    const inner =
      typeof held === 'number' ? within.scalar() : demandWritable(pairValues(object, names), path, object);
    const source = typeof held === 'object' && held !== null ? held : undefined;
    found.push({ ...parameter(inner, path, within, source), pair: { object, names } });
    return;
  }
  if (ancestors.has(object)) throw misuse(`${nameOf(path)} refers back to an object that contains it.`);
  ancestors.add(object);
  for (const [segment, child, childHome] of childrenOf(object, path))
    visit(child, [...path, segment], childHome, ancestors, found);
  ancestors.delete(object);
}

function parameter(
  values: Values,
  path: readonly Segment[],
  home: Home,
  source: object | undefined,
): Parameter {
  return {
    name: nameOf(path),
    values,
    shape: values.shape,
    count: values.count,
    path,
    pair: undefined,
    source,
    reattach: () => {
      if (source !== undefined) home.attach(source);
    },
  };
}

/** The places to walk into below an object, holes and methods left out. */
function* childrenOf(object: object, path: readonly Segment[]): Generator<[Segment, unknown, Home]> {
  if (object instanceof Map) {
    for (const [key, child] of object as Map<unknown, unknown>) {
      if (typeof key !== 'string' && typeof key !== 'number')
        throw misuse(`the keys of ${nameOf(path)} must be strings or numbers, but one is ${describe(key)}.`);
      yield [key, child, mapHome(object, key)];
    }
    return;
  }
  const fields = object as Fields;
  if (Array.isArray(object)) {
    for (let i = 0; i < object.length; i += 1)
      if (i in object) yield [i, object[i], fieldHome(fields, String(i), [...path, i])];
    return;
  }
  // Methods of an object are no parameters; in an array a function would stand where a parameter is meant.
  for (const key of Object.keys(object))
    if (typeof fields[key] !== 'function') yield [key, fields[key], fieldHome(fields, key, [...path, key])];
}

function fieldHome(fields: Fields, key: string, path: readonly Segment[]): Home {
  return {
    attach: (value) => {
      fields[key] = value;
    },
    scalar: () => {
      if (!isWritable(fields, key)) throw misuse(`${nameOf(path)} is read-only, so it can't be perturbed.`);
      return fieldValues(fields, key);
    },
  };
}

function mapHome(map: Map<unknown, unknown>, key: Segment): Home {
  return {
    attach: (value) => {
      map.set(key, value);
    },
    scalar: () =>
      new AccessedValues(
        [],
        1,
        () => map.get(key) as number,
        (_, value) => {
          map.set(key, value);
        },
      ),
  };
}

/** Whether an assignment to a field takes effect: a writable value or a setter, own or inherited. */
function isWritable(object: object, key: string): boolean {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor !== undefined) return descriptor.writable === true || descriptor.set !== undefined;
  }
  return Object.isExtensible(object);
}

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

function demandContainer(value: unknown, path: readonly Segment[]): object {
  const expected = 'a number, an array of numbers, or an object, array or Map of those';
  const place = nameOf(path);
  if (typeof value !== 'object' || value === null)
    throw misuse(`${place} must be ${expected}, but it is ${describe(value)}.${advice(value, path)}`);
  if (isPromiseLike(value))
    throw misuse(`${place} must be ${expected}, but it is a promise; await it first.`);
  if ('dataSync' in value && typeof value.dataSync === 'function')
    throw misuse(`${place} is ${describe(value)}, a tensor whose values can't be written in place.`);
  if (OPAQUE.some((kind) => value instanceof kind))
    throw misuse(`${place} must be ${expected}, but it is ${describe(value)}.`);
  return value;
}

function advice(value: unknown, path: readonly Segment[]): string {
  if (path.length === 0 || value === undefined || value === null) return '';
  return ' Hand over only what is trained, as in parameters: { W: layer.W, b: layer.b }.';
}

function demandWritable(values: Values, path: readonly Segment[], object: object): Values {
  if (values.count === 0) return values;
  if (values.spacing === 0)
    throw misuse(
      `${nameOf(path)} is ${describe(object)}: integers can't be moved by a small step. Use Float64Array or number[].`,
    );
  for (const holder of values.holders)
    if (Object.isFrozen(holder))
      throw misuse(`${nameOf(path)} is frozen, so it can't be perturbed in place.`);
  return values;
}
