/**
 * Matches what a function of the user's returned, the claimed gradients above all, to the parameters or outputs that it is about, and
 * copies it at once, as libraries reuse their buffers. A gradient lies at its parameter's path, or under `dW1` for `W1`, or in the
 * parameter object itself; anything else is a misuse.
 */

import { valuesOf } from '../array/array-kinds.js';
import { describe, misuse } from '../../errors.js';
import type { Fields } from '../tree/value-gradient-pair.js';
import type { Parameter } from '../tree/parameters.js';
import { type Segment, stepInto } from '../path.js';
import { isTypedArray } from '../array/storage.js';
import { sameLayout, shapeText } from '../array/shape.js';

/** What was returned, in words. */
export interface Source {
  /** The call that returned it: `gradients()`. */
  readonly call: string;
  /** What it holds for each name, with a space behind it: `the gradient of `; nothing where it holds what is named itself. */
  readonly of: string;
}

export const GRADIENTS: Source = { call: 'gradients()', of: 'the gradient of ' };

/** Copies what was returned for each parameter, or output, into the array of the same place in `into`. */
export function readGradients(
  returned: unknown,
  parameters: readonly Parameter[],
  into: readonly Float64Array[],
  source: Source = GRADIENTS,
): void {
  for (const [p, parameter] of parameters.entries())
    copy(locate(returned, parameter, source), parameter, into[p]!, source);
}

/** What was found in the returned tree, and the words for where. */
export interface Located {
  readonly value: unknown;
  readonly place: string;
}

function locate(returned: unknown, parameter: Parameter, source: Source): Located {
  const { path, pair, name } = parameter;
  const found = follow(returned, path, source.call);
  const absent = found.rest.length > 0 || found.value === undefined;
  if (pair === undefined) {
    if (absent) throw misuse(`${source.call} must return ${source.of}${name}${absence(found, source)}.`);
    return found;
  }
  const { value, gradient } = pair.names;
  const own = { value: (pair.object as Fields)[gradient], place: stepInto(name, gradient) };
  if (absent) return own;
  const inside = found.value;
  // The tree that was returned may hold the same kind of pair, or the very same objects.
  if (typeof inside === 'object' && inside !== null && value in inside && gradient in inside)
    return { value: (inside as Fields)[gradient], place: stepInto(found.place, gradient) };
  // Where the pair is the root, a backward pass may also return `this`, the loss, or an object of statistics.
  const numbers = typeof inside === 'number' ? parameter.count === 1 : valuesOf(inside) !== undefined;
  return path.length > 0 || numbers ? found : own;
}

/** What lies at the end of a path, or as far along it as the tree goes; `rest` is then what was sought in vain. */
export interface Trail extends Located {
  readonly rest: readonly Segment[];
}

/** Goes along a path into what a call returned. */
export function follow(returned: unknown, path: readonly Segment[], call: string): Trail {
  let value = returned;
  let place = call;
  for (const [depth, segment] of path.entries()) {
    const key = keyFor(value, segment);
    if (key === undefined) return { value, place, rest: path.slice(depth) };
    value = read(value as object, key);
    place = stepInto(place, key);
  }
  return { value, place, rest: [] };
}

/** The end of the sentence for a gradient that is not there: the keys it was sought under, and what was found instead. */
function absence({ value, place, rest }: Trail, { call, of }: Source): string {
  const [segment] = rest;
  const twin = of === '' ? '' : ` or "d${String(segment)}"`;
  const keys = rest.length === 1 && typeof segment === 'string' ? ` under "${segment}"${twin}` : '';
  const named = segment !== undefined && typeof value === 'object' && value !== null && segment in value;
  if (named) return `${keys}, but ${stepInto(place, segment)} is undefined`;
  return `${keys}, but ${place === call ? 'it returned' : `${place} is`} ${describe(value)}`;
}

/** The key of `container` under which the gradient of `segment` stands: its own name, else `d` and its name. */
function keyFor(container: unknown, segment: Segment): Segment | undefined {
  if (typeof container !== 'object' || container === null) return undefined;
  if (read(container, segment) !== undefined) return segment;
  return typeof segment === 'string' && read(container, `d${segment}`) !== undefined
    ? `d${segment}`
    : undefined;
}

function read(container: object, key: Segment): unknown {
  return container instanceof Map ? container.get(key) : Reflect.get(container, key);
}

function copy({ value, place }: Located, parameter: Parameter, into: Float64Array, { of }: Source): void {
  const { name, count, shape } = parameter;
  if (typeof value === 'number') {
    if (count !== 1) throw misuse(`${place} is a single number, but ${name} has ${count} entries.`);
    into[0] = value;
    return;
  }
  const values = valuesOf(value);
  if (values === undefined) throw misuse(`${of}${name} must be numbers, but ${blame(value, place)}.`);
  if (values.count !== count)
    throw misuse(`${of}${name} must have ${entries(parameter)}, but ${place} has ${entries(values)}.`);
  if (!sameLayout(values.shape, shape))
    throw misuse(
      `${of}${name} must have the shape ${shapeText(shape)}, but ${place} has ${shapeText(values.shape)}.`,
    );
  values.read(into);
  // What is no number was stored as NaN, so mostly there is nothing to look for.
  if (!into.includes(Number.NaN)) return;
  for (let i = 0; i < count; i += 1)
    if (Number.isNaN(into[i]) && typeof values.get(i) !== 'number')
      throw misuse(`entry ${i} of ${place} must be a number, but it is ${describe(values.get(i))}.`);
}

function entries(values: { readonly count: number; readonly shape: readonly number[] }): string {
  const count = values.count === 1 ? '1 entry' : `${values.count} entries`;
  return values.shape.length > 1 ? `${count} (${shapeText(values.shape)})` : count;
}

/** Says what is wrong with something that is no array of numbers, going to the first element that is none. */
function blame(value: unknown, place: string): string {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const element: unknown = value[i];
      if (typeof element !== 'number' && !isTypedArray(element) && valuesOf(element) === undefined)
        return blame(element, stepInto(place, i));
    }
    return `${place} has rows of unequal length`;
  }
  return `${place} is ${describe(value)}`;
}
