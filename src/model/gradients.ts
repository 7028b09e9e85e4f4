/**
 * Matches what `gradients()` returned to the parameters and copies it at once, as libraries reuse their buffers. A gradient
 * lies at its parameter's path, or under `dW1` for `W1`, or in the parameter object itself; anything else is a misuse.
 */

import { valuesOf } from './arrays.js';
import { describe, misuse } from './misuse.js';
import type { Fields } from './pairs.js';
import type { Parameter } from './parameters.js';
import type { Segment } from './paths.js';
import { isTypedArray } from './rows.js';
import { sameLayout, shapeText } from './shapes.js';

/** Copies the claimed gradient of each parameter into the array of the same place in `into`. */
export function readGradients(
  returned: unknown,
  parameters: readonly Parameter[],
  into: readonly Float64Array[],
): void {
  for (const [p, parameter] of parameters.entries()) copy(locate(returned, parameter), parameter, into[p]!);
}

/** A claimed gradient, and the words for where it was found. */
interface Located {
  readonly value: unknown;
  readonly place: string;
}

function locate(returned: unknown, parameter: Parameter): Located {
  const found = follow(returned, parameter.path);
  const { pair } = parameter;
  if (pair === undefined) {
    if (found !== undefined) return found;
    throw misuse(missing(returned, parameter));
  }
  const { names } = pair;
  const inside = found?.value;
  // The tree that was returned may hold the same kind of pair, or the very same objects.
  if (typeof inside === 'object' && inside !== null && names.value in inside && names.gradient in inside)
    return { value: (inside as Fields)[names.gradient], place: `${parameter.name}.${names.gradient}` };
  if (found !== undefined && (typeof inside !== 'number' || parameter.count === 1)) return found;
  return { value: (pair.object as Fields)[names.gradient], place: `${parameter.name}.${names.gradient}` };
}

/** What lies at a path of the returned tree; undefined when nothing does. */
function follow(returned: unknown, path: readonly Segment[]): Located | undefined {
  let value = returned;
  let place = 'gradients()';
  for (const segment of path) {
    const key = keyFor(value, segment);
    if (key === undefined) return undefined;
    value = value instanceof Map ? value.get(key) : (value as Fields)[key];
    place = typeof key === 'number' ? `${place}[${key}]` : `${place}.${key}`;
  }
  return value === undefined ? undefined : { value, place };
}

/** The key of `container` under which the gradient of `segment` stands: its own name, else `d` and its name. */
function keyFor(container: unknown, segment: Segment): Segment | undefined {
  if (typeof container !== 'object' || container === null) return undefined;
  const has = (key: Segment): boolean => (container instanceof Map ? container.has(key) : key in container);
  if (has(segment)) return segment;
  if (typeof segment === 'string' && has(`d${segment}`)) return `d${segment}`;
  return undefined;
}

function missing(returned: unknown, parameter: Parameter): string {
  const { name, path } = parameter;
  const last = path.at(-1);
  const keys = typeof last === 'string' ? ` under "${last}" or "d${last}"` : '';
  return `gradients() must return the gradient of ${name}${keys}, but it returned ${describe(returned)}.`;
}

function copy({ value, place }: Located, parameter: Parameter, into: Float64Array): void {
  const { name, count, shape } = parameter;
  if (typeof value === 'number') {
    if (count !== 1) throw misuse(`${place} is a single number, but ${name} has ${count} entries.`);
    into[0] = value;
    return;
  }
  const values = valuesOf(value);
  if (values === undefined)
    throw misuse(`the gradient of ${name} must be numbers, but ${blame(value, place)}.`);
  if (values.count !== count)
    throw misuse(
      `the gradient of ${name} must have ${entries(parameter)}, but ${place} has ${entries(values)}.`,
    );
  if (!sameLayout(values.shape, shape))
    throw misuse(
      `the gradient of ${name} must have the shape ${shapeText(shape)}, but ${place} has ${shapeText(values.shape)}.`,
    );
  values.read(into);
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
        return blame(element, `${place}[${i}]`);
    }
    return `${place} has rows of unequal length`;
  }
  return `${place} is ${describe(value)}`;
}
