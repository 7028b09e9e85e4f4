/**
 * What counts as an array of numbers, told by shape and not by class: a typed array, a nested array without holes and of
 * equal row lengths, an ndarray (`data`, `shape`, `stride`, `offset`), a matrix (`rows`, `columns`, `get`, `set`), a list
 * behind accessors (`length`, `get`, `set`).
 */

import { type Reference, referencesTo } from '../references.js';
import { coarsestSpacing, isNumberRow, isTypedArray, type Row } from './storage.js';
import { isShape, sameShape, sizeOf } from './shape.js';
import { AccessedValues, RowsValues, RunValues, type Values } from './values.js';

/** The view of an array of numbers, or undefined when `value` is something else. A plain number is none: it has no place. */
export function valuesOf(value: unknown): Values | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isTypedArray(value)) return new RunValues(value, 0, value.length, [value.length], []);
  if (Array.isArray(value)) return nestedValues(value);
  return stridedValues(value) ?? matrixValues(value) ?? listValues(value);
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
    : new RowsValues(rows, shape, references);
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
    references.push({ holder: value, key: i, held: child as object });
    inner = shape;
  }
  return inner === undefined ? undefined : [value.length, ...inner];
}

/** `{ data, shape }` with, as ndarray has them, `stride` (or `strides`) and `offset`; row-major from 0 without them. */
function stridedValues(value: object): Values | undefined {
  const { data, shape, dims, stride, strides, offset } = value as Record<string, unknown>;
  const sizes = shape ?? dims;
  if (!isShape(sizes)) return undefined;
  if (!isTypedArray(data) && !(Array.isArray(data) && isNumberRow(data))) return undefined;
  const row: Row = data;
  const extents = Array.from(sizes);
  const count = sizeOf(extents);
  const steps = stride ?? strides;
  const start = typeof offset === 'number' ? offset : 0;
  const given = Array.isArray(steps) && steps.length === extents.length;
  const jumps = given ? (steps as number[]) : rowMajor(extents);
  if (count > 0 && !inBounds(jumps, extents, start, row.length)) return undefined;
  const references = referencesTo(value, 'data', row);
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

interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
  set(row: number, column: number, value: number): unknown;
}

/** `{ rows, columns, get(i, j), set(i, j, x) }`, as ml-matrix and its relatives are. */
function matrixValues(value: object): Values | undefined {
  if (!isMatrixLike(value)) return undefined;
  const { rows, columns } = value;
  return new AccessedValues(
    [rows, columns],
    rows * columns,
    (i) => value.get(Math.floor(i / columns), i % columns),
    (i, number) => {
      value.set(Math.floor(i / columns), i % columns, number);
    },
  );
}

function isMatrixLike(value: object): value is MatrixLike {
  const { rows, columns, get, set } = value as Record<string, unknown>;
  return (
    Number.isInteger(rows) &&
    Number.isInteger(columns) &&
    typeof get === 'function' &&
    typeof set === 'function'
  );
}

interface ListLike {
  readonly length: number;
  readonly shape?: unknown;
  get(i: number): number;
  set(i: number, value: number): unknown;
}

/** `{ length, get(i), set(i, x) }`, numbers that are scattered or behind methods; a `shape` of that size beside them is theirs. */
function listValues(value: object): Values | undefined {
  if (!isListLike(value)) return undefined;
  const { length, shape } = value;
  return new AccessedValues(
    isShape(shape) && sizeOf(shape) === length ? Array.from(shape) : [length],
    length,
    (i) => value.get(i),
    (i, number) => {
      value.set(i, number);
    },
  );
}

function isListLike(value: object): value is ListLike {
  const { length, get, set } = value as Record<string, unknown>;
  return Number.isInteger(length) && typeof get === 'function' && typeof set === 'function';
}
