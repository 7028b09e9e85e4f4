/**
 * A value → the view of it as an array of numbers, told by shape and not by class: a typed array, a nested array without holes and of
 * equal row lengths, an ndarray (`data`, `shape`, `stride`, `offset`), a matrix (`rows`, `cols`, `data`), or what has its numbers behind
 * methods or indices.
 */

import { type Reference, referencesTo } from '../references.js';
import { fieldsOf, indexedValues, listValues, matrixValues, rowValues } from './accessor-kinds.js';
import { coarsestSpacing, isFlat, isNumberRow, isTypedArray, type Row } from './storage.js';
import { isShape, sameShape, sizeOf } from './shape.js';
import { genericKey, shapeBeside } from './sizes-beside.js';
import { AccessedValues, NestedValues, RunValues, type Values } from './values.js';

/** The view of an array of numbers, or undefined when `value` is something else. A plain number is none: it has no place. */
export function valuesOf(value: unknown): Values | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isTypedArray(value)) return new RunValues(value, 0, value.length, [value.length], []);
  if (Array.isArray(value)) return nestedValues(value);
  return (
    stridedValues(value) ??
    matrixValues(value) ??
    sizedValues(value) ??
    indexedValues(value) ??
    listValues(value) ??
    rowValues(value)
  );
}

/** Whether a value is a number, or an array of them. */
export function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || valuesOf(value) !== undefined;
}

/** The numbers of what is numeric, copied. */
export function numbersOf(value: unknown): Float64Array {
  if (typeof value === 'number') return Float64Array.of(value);
  const values = valuesOf(value)!;
  const numbers = new Float64Array(values.count);
  values.read(numbers);
  return numbers;
}

/** Whether two things that are numeric have the same numbers, bit for bit, in whatever shape. */
export function sameNumbers(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const [some, others] = [numbersOf(a), numbersOf(b)];
  return some.length === others.length && some.every((number, i) => Object.is(number, others[i]));
}

/** No tensor has more dimensions; an array that contains itself has. */
const DEEPEST = 32;

function nestedValues(value: readonly unknown[]): Values | undefined {
  const rows: Row[] = [];
  const references: Reference[] = [];
  const shape = collectRows(value, rows, references, 0);
  if (shape === undefined) return undefined;
  const [first] = rows;
  if (first === undefined) return new RunValues([], 0, 0, shape, []);
  return rows.length === 1
    ? new RunValues(first, 0, first.length, shape, references)
    : new NestedValues(value, rows, shape, references);
}

/** The shape of a nested array, its innermost rows gathered into `rows`; undefined when it has holes or unequal rows. */
function collectRows(
  value: readonly unknown[],
  rows: Row[],
  references: Reference[],
  depth: number,
): readonly number[] | undefined {
  if (depth > DEEPEST) return undefined;
  if (value.length === 0) return [0];
  if (isNumberRow(value)) {
    rows.push(value);
    return [value.length];
  }
  let inner: readonly number[] | undefined;
  for (let i = 0; i < value.length; i += 1) {
    const child: unknown = value[i];
    let shape: readonly number[] | undefined;
    if (Array.isArray(child)) shape = collectRows(child, rows, references, depth + 1);
    else if (isTypedArray(child)) {
      rows.push(child);
      shape = [child.length];
    }
    if (shape === undefined || (inner !== undefined && !sameShape(shape, inner))) return undefined;
    references.push({ holder: value, key: i, held: child as object, isHeld: true });
    inner = shape;
  }
  return inner === undefined ? undefined : [value.length, ...inner];
}

/** What ndarrays and tensors have. */
const LAYOUT: readonly string[] = ['data', 'shape', 'dims', 'stride', 'strides', 'offset'];

/** `{ data, shape }` with, as ndarrays have them, `stride` (or `strides`) and `offset`; row-major from 0 without them. */
function stridedValues(value: object): Values | undefined {
  const [data, shape, dims, stride, strides, offset] = fieldsOf(value, LAYOUT);
  const sizes = shape ?? dims;
  if (!isShape(sizes) || !isFlat(data)) return undefined;
  const extents = Array.from(sizes);
  const steps = stride ?? strides;
  const given = Array.isArray(steps) && steps.length === extents.length;
  const jumps = given ? (steps as number[]) : rowMajor(extents);
  const start = typeof offset === 'number' ? offset : 0;
  if (sizeOf(extents) > 0 && !inBounds(jumps, extents, start, data.length)) return undefined;
  return stridedView(data, start, extents, jumps, referencesTo(value, 'data', data));
}

/** A run of numbers seen as an array of some dimensions, each entry so many places from the last. */
function stridedView(
  row: Row,
  start: number,
  extents: readonly number[],
  jumps: readonly number[],
  references: readonly Reference[],
): Values {
  const count = sizeOf(extents);
  if (sameShape(jumps, rowMajor(extents))) return new RunValues(row, start, count, extents, references);
  return new AccessedValues(
    extents,
    count,
    (i) => row[start + offsetOf(i, extents, jumps)]!,
    (i, number) => {
      row[start + offsetOf(i, extents, jumps)] = number;
    },
    { spacing: coarsestSpacing([row]), references },
  );
}

function rowMajor(shape: readonly number[]): number[] {
  const jumps: number[] = Array.from(shape, () => 1);
  for (let k = shape.length - 2; k >= 0; k -= 1) jumps[k] = jumps[k + 1]! * shape[k + 1]!;
  return jumps;
}

/** Where the i-th entry in row-major order lies, from the first. */
function offsetOf(i: number, shape: readonly number[], jumps: readonly number[]): number {
  let rest = i;
  let place = 0;
  for (let k = shape.length - 1; k >= 0; k -= 1) {
    const size = shape[k]!;
    place += (rest % size) * jumps[k]!;
    rest = Math.floor(rest / size);
  }
  return place;
}

/** Whether the first and last places that the jumps can reach lie inside the data. */
function inBounds(
  jumps: readonly number[],
  shape: readonly number[],
  start: number,
  length: number,
): boolean {
  let low = start;
  let high = start;
  for (let k = 0; k < shape.length; k += 1) {
    const reach = jumps[k]! * (shape[k]! - 1);
    if (reach < 0) low += reach;
    else high += reach;
  }
  return low >= 0 && high < length;
}

/** `{ rows, cols, data }`, `{ shape, values }`, …: sizes, and the array whose count they make; whatever stands beside is not looked at. */
function sizedValues(value: object): Values | undefined {
  const key = genericKey(value);
  // With a layout of its own it is an ndarray, or one that reaches out of its data.
  if (key === undefined || 'stride' in value || 'strides' in value || 'offset' in value) return undefined;
  const held = (value as Record<string, unknown>)[key];
  const values = Array.isArray(held) || isTypedArray(held) ? valuesOf(held) : undefined;
  const shape = values && shapeBeside(value, values.count);
  return shape && withShape(held, values, shape, referencesTo(value, key, held));
}

/** The same numbers as an array of another shape, where they are a flat array; where they have dimensions of their own, as they are. */
export function withShape(
  held: unknown,
  values: Values,
  shape: readonly number[],
  references: readonly Reference[],
): Values {
  if (isFlat(held)) return new RunValues(held, 0, values.count, shape, references);
  return values;
}
