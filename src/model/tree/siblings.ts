/**
 * The fields of a container → which of them are the gradients or the sizes of others, by their names, and so no parameters.
 */

import { isShape } from '../array/shape.js';
import { genericKey, sizeKeys } from '../array/sizes-beside.js';
import { isNumeric, valuesOf } from '../array/array-kinds.js';
import type { Segment } from '../path.js';
import { childrenOf, hasKey, plainField, tryRead } from './children.js';
import { GRADIENT_WORDS, gradientNames } from './gradient-names.js';

/** A field, and what stands there. */
export type Field = readonly [key: Segment, value: unknown];

/** What names say of the fields of a container. */
export interface Roles {
  /** Of the gradients: whose they are. */
  readonly gradients: ReadonlyMap<Segment, string>;
  readonly sizes: ReadonlySet<Segment>;
  /** The only value among them, where there is but one. */
  readonly single: Segment | undefined;
}

const NONE: Roles = { gradients: new Map(), sizes: new Set(), single: undefined };

/**
 * @param fields those that may be read
 * @param keys the keys of all fields
 */
export function rolesIn(container: object, fields: readonly Field[], keys: readonly Segment[]): Roles {
  if (Array.isArray(container)) return NONE;
  const named = gradientsByName(keys);
  const sizes = new Set<Segment>(container instanceof Map ? [] : sizesAmong(container, fields));
  const values = fields.filter(
    ([key, value]) => !named.has(key) && !sizes.has(key) && !isWord(key) && isNumeric(value),
  );
  const single = values.length === 1 ? values[0]![0] : undefined;
  return { gradients: new Map([...gradientsByWord(fields, keys, single), ...named]), sizes, single };
}

/** The keys that are the name of another's gradient. */
function gradientsByName(keys: readonly Segment[]): ReadonlyMap<Segment, string> {
  const all = new Set(keys);
  const gradients = new Map<Segment, string>();
  for (const key of keys)
    if (typeof key === 'string')
      for (const name of gradientNames(key))
        if (all.has(name) && !gradients.has(name)) gradients.set(name, key);
  return gradients;
}

/** The keys that are a word for gradients: of the single value there is, or a record with those of what stands beside. */
function gradientsByWord(
  fields: readonly Field[],
  keys: readonly Segment[],
  single: Segment | undefined,
): ReadonlyMap<Segment, string> {
  const gradients = new Map<Segment, string>();
  for (const [key, value] of fields) {
    if (!isWord(key)) continue;
    const whose = isNumeric(value) ? single : keyIn(value, keys);
    if (whose !== undefined) gradients.set(key, String(whose));
  }
  return gradients;
}

function isWord(key: Segment): boolean {
  return GRADIENT_WORDS.includes(String(key));
}

/** The first of some keys that a record has, or has the gradient of. */
function keyIn(record: unknown, keys: readonly Segment[]): Segment | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  return keys.find(
    (key) =>
      typeof key === 'string' &&
      (hasKey(record, key) || gradientNames(key).some((name) => hasKey(record, name))),
  );
}

function sizesAmong(container: object, fields: readonly Field[]): readonly string[] {
  return fields.flatMap(([, value]) => {
    const values = typeof value === 'object' ? valuesOf(value) : undefined;
    return (values && sizeKeys(container, values.count)) ?? [];
  });
}

/** What ndarrays have beside their numbers. */
const LAYOUT: readonly string[] = ['stride', 'strides', 'offset'];

/** Whether an object is the array that it holds, with sizes and labels beside it, and no other numbers. */
export function isOneArray(object: object, mayRead: MayRead): boolean {
  const key = genericKey(object);
  return key === undefined || !hasNumbersBeside(object, [key, ...gradientNames(key), ...LAYOUT], mayRead);
}

/** Whether a field is not left out, so that it may be read. */
export type MayRead = (key: Segment) => boolean;

/** Whether numbers stand beside some fields that are neither sizes of an array nor a label or counter, which are whole. */
export function hasNumbersBeside(object: object, known: readonly string[], mayRead: MayRead): boolean {
  const held = valuesOf(tryRead(object, known[0]!));
  const sizes = (held && sizeKeys(object, held.count)) ?? [];
  return childrenOf(object).some(({ key }) => {
    if (known.includes(String(key)) || sizes.includes(String(key))) return false;
    // What an object is does not depend on what of it is left out; but no getter of that is called.
    const beside = mayRead(key) ? tryRead(object, key) : plainField(object, key);
    if (typeof beside === 'number') return !Number.isInteger(beside);
    return !isShape(beside) && (valuesOf(beside)?.count ?? 0) > 0;
  });
}
