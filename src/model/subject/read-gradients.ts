/**
 * What a function of the user's returned, the claimed gradients above all → the numbers of each parameter or output that it is about,
 * copied at once, as libraries reuse their buffers. What is missing, or of another count or shape, is a misuse.
 */

import { valuesOf } from '../array/array-kinds.js';
import { isTypedArray } from '../array/storage.js';
import { sameLayout, shapeText } from '../array/shape.js';
import { describe, isTensor, misuse } from '../../errors.js';
import { type Segment, stepInto } from '../path.js';
import { readKey } from '../references.js';
import { gradientNames, usualGradientName } from '../tree/gradient-names.js';
import type { Parameter } from '../tree/parameters.js';
import type { Located } from './gradient-candidates.js';
import { claimsFor, type Counted, GRADIENTS, type Source } from './locate-gradient.js';

/** Copies what was returned for each parameter, or output, into the array of the same place in `into`. */
export function readGradients(
  returned: unknown,
  parameters: readonly Parameter[],
  into: readonly Float64Array[],
  source: Source = GRADIENTS,
  all?: () => readonly Counted[],
): void {
  const claims = claimsFor(returned, parameters, source, all);
  for (const [p, parameter] of parameters.entries()) {
    const claim = claims[p];
    if (claim === undefined) {
      const rest = source.wayOut === undefined ? '' : ` ${source.wayOut(parameter.name)}`;
      throw misuse(`${absence(returned, parameter, source)}.${rest}`);
    }
    copy(claim, parameter, into[p]!, source);
  }
}

/** Copies what a function returned for each of its outputs, which stands where it stood before. */
export function readOutputs(
  returned: unknown,
  outputs: readonly Parameter[],
  into: readonly Float64Array[],
  source: Source,
): void {
  for (const [p, output] of outputs.entries()) {
    const { inner, path } = output;
    const found = follow(returned, path, source.call, false);
    const { value, place, rest } = follow(found.value, heldIn(found.value, inner), found.place, false);
    if (found.rest.length > 0 || rest.length > 0 || value === undefined)
      throw misuse(`${absence(returned, output, source)}.`);
    copy({ value, place }, output, into[p]!, source);
  }
}

/** The way into an object that carries its numbers under a key, where it isn't an array of them itself. */
function heldIn(value: unknown, inner: string | undefined): readonly Segment[] {
  return inner === undefined || typeof value === 'number' || valuesOf(value) !== undefined ? [] : [inner];
}

/** What lies at the end of a path, or as far along it as the tree goes; `rest` is then what was sought in vain. */
export interface Trail extends Located {
  readonly rest: readonly Segment[];
}

/**
 * Goes along a path into what a call returned.
 * @param byNames whether a gradient's name stands for that of its value
 */
export function follow(
  returned: unknown,
  path: readonly Segment[],
  call: string,
  byNames: boolean = true,
): Trail {
  let value = returned;
  let place = call;
  for (const [depth, segment] of path.entries()) {
    const key = keyFor(value, segment, byNames);
    if (key === undefined) return { value, place, rest: path.slice(depth) };
    value = readKey(value as object, key);
    place = stepInto(place, key);
  }
  return { value, place, rest: [] };
}

/** The key of `container` under which `segment` stands: its own name, else that of its gradient. */
function keyFor(container: unknown, segment: Segment, byNames: boolean): Segment | undefined {
  if (typeof container !== 'object' || container === null) return undefined;
  const names = byNames && typeof segment === 'string' ? gradientNames(segment) : [];
  return [segment, ...names].find((key) => readKey(container, key) !== undefined);
}

/** The sentence about a gradient that is not there: the keys it was sought under, and what was found instead. */
export function absence(returned: unknown, { name, path }: Parameter, source: Source): string {
  const { call, of, isGradient } = source;
  const { value, place, rest } = endOf(returned, path, call);
  const [segment] = rest;
  const twin = isGradient ? ` or "${usualGradientName(String(segment))}"` : '';
  const keys = rest.length === 1 && typeof segment === 'string' ? ` under "${segment}"${twin}` : '';
  const missing = `${call} must return ${of}${name}${keys}, but`;
  if (isEmptyKey(value, segment)) return `${missing} ${stepInto(place, segment!)} is undefined`;
  return `${missing} ${place === call ? 'it returned' : `${place} is`} ${describe(value)}`;
}

/** As far along a path as there is something else than the parameter's own value. */
function endOf(returned: unknown, path: readonly Segment[], call: string): Trail {
  const whole = follow(returned, path, call);
  if (whole.rest.length > 0 || whole.value === undefined || path.length === 0) return whole;
  return { ...follow(returned, path.slice(0, -1), call), rest: path.slice(-1) };
}

function isEmptyKey(value: unknown, key: Segment | undefined): boolean {
  return (
    key !== undefined &&
    typeof value === 'object' &&
    value !== null &&
    key in value &&
    readKey(value, key) === undefined
  );
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
  return `${place} is ${describe(value)}${isTensor(value) ? ': return what its dataSync() gives' : ''}`;
}
