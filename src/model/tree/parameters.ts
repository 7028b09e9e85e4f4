/**
 * A user's tree of parameters as a flat list of named views. Decides what is a parameter (an array of numbers, a number, or
 * a pair of value and gradient), what is a container to walk into (objects, arrays, Maps), and what is a mistake.
 */

import { valuesOf } from '../array/array-kinds.js';
import { type Reference, referencesTo } from '../references.js';
import { describe, isPromiseLike, misuse } from '../../errors.js';
import { type Fields, type PairNames, pairOf, pairValues } from './value-gradient-pair.js';
import { nameOf, ROOT, type Segment } from '../path.js';
import { coarsestSpacing, isTypedArray } from '../array/storage.js';
import { AccessedValues, fieldValues, type Values } from '../array/values.js';

/** One named array of numbers, perturbed in place. */
export interface Parameter {
  readonly name: string;
  readonly values: Values;
  readonly shape: readonly number[];
  readonly count: number;
  readonly path: readonly Segment[];
  /** The object that carries value and gradient side by side, where there is one. */
  readonly pair: { readonly object: object; readonly names: PairNames } | undefined;
  /** Where each object on the way from the model to the numbers was found. */
  readonly references: readonly Reference[];
}

/**
 * Every parameter of a tree, in the tree's own order. A root number is held in `root.value`; `references` lead to the root, and `name` is
 * what it is called.
 */
export function listParameters(
  root: { value: unknown },
  references: readonly Reference[],
  name: string = ROOT,
): Parameter[] {
  const found: Parameter[] = [];
  const place: Place = { root: name, path: [], references, scalar: () => fieldValues(root, 'value') };
  visit(root.value, place, new Set(), found);
  return found.filter(({ count }) => count > 0);
}

/** Where a value was found, and how to see it when it is a plain number. */
interface Place {
  /** What the root is called. */
  readonly root: string;
  readonly path: readonly Segment[];
  readonly references: readonly Reference[];
  scalar(): Values;
}

function visit(value: unknown, place: Place, ancestors: Set<object>, found: Parameter[]): void {
  if (typeof value === 'number') {
    found.push(parameter(place, place.scalar()));
    return;
  }
  const object = demandContainer(value, place);
  const names = pairOf(object);
  if (names !== undefined) {
    found.push(pairParameter(place, object, names));
    return;
  }
  const values = valuesOf(object);
  if (values !== undefined) {
    found.push(parameter(place, demandWritable(values, place, object)));
    return;
  }
  if (ancestors.has(object)) throw misuse(`${nameAt(place)} refers back to an object that contains it.`);
  ancestors.add(object);
  for (const [segment, child, scalar] of childrenOf(object, place)) {
    const references = [...place.references, ...referencesTo(object, segment, child)];
    visit(child, { ...below(place, segment), references, scalar }, ancestors, found);
  }
  ancestors.delete(object);
}

function nameAt({ path, root }: Place): string {
  return nameOf(path, root);
}

function below(place: Place, segment: Segment): Place {
  return { ...place, path: [...place.path, segment] };
}

function parameter(place: Place, values: Values): Parameter {
  const { path, references } = place;
  const { shape, count } = values;
  return {
    name: nameAt(place),
    values,
    shape,
    count,
    path,
    pair: undefined,
    references: [...references, ...values.references],
  };
}

function pairParameter(place: Place, object: object, names: PairNames): Parameter {
  const held = (object as Fields)[names.value];
  const inside = below(place, names.value);
  const references = [...place.references, ...referencesTo(object, names.value, held)];
  const values =
    typeof held === 'number'
      ? scalarField(object as Fields, names.value, inside)()
      : demandWritable(pairValues(object, names), inside, held);
  return { ...parameter({ ...place, references }, values), pair: { object, names } };
}

/** The places to walk into below an object, holes and methods left out; with each, how to see a plain number there. */
function* childrenOf(object: object, place: Place): Generator<[Segment, unknown, Place['scalar']]> {
  if (object instanceof Map) {
    for (const [key, child] of object as Map<unknown, unknown>) {
      if (typeof key !== 'string' && typeof key !== 'number')
        throw misuse(`the keys of ${nameAt(place)} must be strings or numbers, but one is ${describe(key)}.`);
      yield [key, child, () => mapValues(object, key)];
    }
    return;
  }
  const fields = object as Fields;
  if (Array.isArray(object)) {
    for (let i = 0; i < object.length; i += 1)
      if (i in object) yield [i, object[i], scalarField(fields, String(i), below(place, i))];
    return;
  }
  // Methods of an object are no parameters; in an array a function would stand where a parameter is meant.
  for (const key of Object.keys(object))
    if (typeof fields[key] !== 'function')
      yield [key, fields[key], scalarField(fields, key, below(place, key))];
}

function scalarField(fields: Fields, key: string, place: Place): () => Values {
  return () => {
    if (!isWritable(fields, key)) throw misuse(`${nameAt(place)} is read-only, so it can't be perturbed.`);
    return fieldValues(fields, key);
  };
}

function mapValues(map: Map<unknown, unknown>, key: Segment): Values {
  return new AccessedValues(
    [],
    1,
    () => map.get(key) as number,
    (_, value) => {
      map.set(key, value);
    },
  );
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

function demandContainer(value: unknown, at: Place): object {
  const expected = 'a number, an array of numbers, or an object, array or Map of those';
  const name = nameAt(at);
  const place = at.root === ROOT || name.startsWith(at.root) ? name : `${name} in ${at.root}`;
  if (typeof value !== 'object' || value === null)
    throw misuse(`${place} must be ${expected}, but it is ${describe(value)}.${advice(value, at)}`);
  if ('dataSync' in value && typeof value.dataSync === 'function')
    throw misuse(`${place} is ${describe(value)}, a tensor whose values can't be written in place.`);
  if (isPromiseLike(value) || OPAQUE.some((kind) => value instanceof kind))
    throw misuse(`${place} must be ${expected}, but it is ${describe(value)}.`);
  return value;
}

function advice(value: unknown, { path, root }: Place): string {
  if (path.length === 0) return typeof value === 'function' ? ' Hand over what it returns.' : '';
  if (value === undefined || value === null) return '';
  if (root !== ROOT) return ' Return only what is differentiated.';
  return ' Hand over only what is trained, as in parameters: { W: layer.W, b: layer.b }.';
}

function demandWritable(values: Values, place: Place, source: unknown): Values {
  if (values.count === 0) return values;
  const arrays = [source, ...values.references.map(({ held }) => held)];
  const integers = arrays.find((array) => isTypedArray(array) && coarsestSpacing([array]) === 0);
  if (integers !== undefined)
    throw misuse(
      `${nameAt(place)} is stored in ${describe(integers)}: integers can't be moved by a small step. Use Float64Array or number[].`,
    );
  const frozen = arrays.find((array) => Array.isArray(array) && Object.isFrozen(array));
  if (frozen !== undefined) {
    const what = frozen === source ? nameAt(place) : `a row of ${nameAt(place)}`;
    throw misuse(`${what} is frozen, so it can't be perturbed in place.`);
  }
  return values;
}
