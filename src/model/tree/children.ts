/**
 * A container → the keys below it: of a Map, an array, or an object, whose fields are its own enumerable ones and those that a getter and
 * a setter make, its own or of its class. Methods of a class are none, and what a getter alone gives is computed, not held.
 */

import { readKey } from '../references.js';
import type { Segment } from '../path.js';

/** A key below a container. */
export interface Child {
  readonly key: Segment;
  /** Whether a getter and a setter stand there. What they give may be no field of the object's at all. */
  readonly isAccessor: boolean;
}

/** The keys below a container, in its order; of a Map only those that can be in a path. */
export function childrenOf(container: object): readonly Child[] {
  if (container instanceof Map)
    return [...(container as Map<unknown, unknown>).keys()].filter(isSegment).map(plain);
  if (Array.isArray(container)) {
    const places = Array.from(container.keys()).filter((i) => i in container);
    return places.map(plain);
  }
  const own = Object.keys(container);
  const fields = own.map((key): Child => ({ key, isAccessor: isPair(describe(container, key)) }));
  return [...fields, ...accessorsOf(container, new Set(own)).map((key) => ({ key, isAccessor: true }))];
}

export function isSegment(key: unknown): key is Segment {
  return typeof key === 'string' || typeof key === 'number';
}

/** Whether something stands under a key, also where a class computes it. */
export function hasKey(container: object, key: Segment): boolean {
  return container instanceof Map ? container.has(key) : key in container;
}

/** What stands under a key, if that can be read: a getter may throw before its object is ready. */
export function tryRead(container: object, key: Segment): unknown {
  try {
    return readKey(container, key);
  } catch {
    return undefined;
  }
}

/** What a field of an object holds by itself; nothing where a getter would have to tell. */
export function plainField(object: object, key: Segment): unknown {
  return describe(object, String(key))?.value;
}

/** Whether an assignment to a field takes effect: a writable value or a setter, own or inherited. */
export function isWritable(object: object, key: Segment): boolean {
  if (object instanceof Map) return true;
  const found = findDescriptor(object, key);
  if (found === undefined) return Object.isExtensible(object);
  return found.writable === true || found.set !== undefined;
}

/** Whether an assignment to a field calls a setter. */
export function hasSetter(object: object, key: Segment): boolean {
  return !(object instanceof Map) && findDescriptor(object, key)?.set !== undefined;
}

function findDescriptor(object: object, key: Segment): PropertyDescriptor | undefined {
  for (let at: object | null = object; at !== null; at = prototypeOf(at)) {
    const found = describe(at, String(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether an object is a plain record, array or Map, and not of a class of the user's. */
export function isPlain(object: object): boolean {
  const prototype = prototypeOf(object);
  return prototype === null || BUILT_IN.has(prototype);
}

const BUILT_IN: ReadonlySet<object> = new Set<object>([
  Object.prototype,
  Array.prototype,
  Map.prototype as object,
]);

const plain = (key: Segment): Child => ({ key, isAccessor: false });

/** The names under which an object or its classes have a getter and a setter, those that are fields already left out. */
function accessorsOf(object: object, known: Set<string>): readonly string[] {
  return inheritedBy(object, known, isPair);
}

/** The names under which a class has a getter alone. */
export function gettersOf(object: object): readonly string[] {
  if (Array.isArray(object) || object instanceof Map) return [];
  const isGetter = (found: PropertyDescriptor | undefined): boolean =>
    found?.get !== undefined && found.set === undefined;
  return inheritedBy(object, new Set(Object.keys(object)), isGetter);
}

function inheritedBy(
  object: object,
  known: Set<string>,
  isMeant: (found: PropertyDescriptor | undefined) => boolean,
): readonly string[] {
  const names: string[] = [];
  for (let at: object | null = object; at !== null && !BUILT_IN.has(at); at = prototypeOf(at))
    for (const key of Object.getOwnPropertyNames(at)) {
      if (known.has(key)) continue;
      // The first that is found of a name hides the others.
      known.add(key);
      if (isMeant(describe(at, key))) names.push(key);
    }
  return names;
}

function isPair(found: PropertyDescriptor | undefined): boolean {
  return found?.get !== undefined && found.set !== undefined;
}

function describe(object: object, key: string): PropertyDescriptor | undefined {
  return Object.getOwnPropertyDescriptor(object, key);
}

function prototypeOf(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null;
}
