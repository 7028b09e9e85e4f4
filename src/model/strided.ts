/** Arrays that libraries build around their data: strided views as ndarray has them, and matrices with `get` and `set`. */

import { isShape, sameShape, sizeOf } from './shapes.js';
import { isNumberRow, isTypedArray, PLAIN_SPACING, type Row, storageSpacing, type Values } from './rows.js';

/** `{ data, shape }` with, as ndarray has them, `stride` (or `strides`) and `offset`; row-major from 0 without them. */
export function stridedValues(value: object): Values | undefined {
  const { data, shape, dims, stride, strides, offset } = value as Record<string, unknown>;
  const sizes = shape ?? dims;
  if (!isShape(sizes)) return undefined;
  if (!isTypedArray(data) && !(Array.isArray(data) && isNumberRow(data))) return undefined;
  const row: Row = data;
  const extents = Array.from(sizes);
  const count = sizeOf(extents);
  const steps = stride ?? strides;
  const start = typeof offset === 'number' ? offset : 0;
  const jumps =
    Array.isArray(steps) && steps.length === extents.length ? (steps as number[]) : rowMajor(extents);
  const place = isRowMajor(jumps, extents) ? undefined : jumps;
  const at = (i: number): number => start + (place === undefined ? i : offsetOf(i, extents, place));
  if (count > 0 && !inBounds(jumps, extents, start, row.length)) return undefined;
  return {
    shape: extents,
    count,
    spacing: storageSpacing(row),
    holders: [row],
    get: (i) => row[at(i)]!,
    set: (i, number) => {
      row[at(i)] = number;
    },
  };
}

function rowMajor(shape: readonly number[]): number[] {
  const jumps: number[] = Array.from(shape, () => 1);
  for (let k = shape.length - 2; k >= 0; k -= 1) jumps[k] = jumps[k + 1]! * shape[k + 1]!;
  return jumps;
}

function isRowMajor(jumps: readonly number[], shape: readonly number[]): boolean {
  return sameShape(jumps, rowMajor(shape));
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
export function matrixValues(value: object): Values | undefined {
  if (!isMatrixLike(value)) return undefined;
  const { rows, columns } = value;
  return {
    shape: [rows, columns],
    count: rows * columns,
    spacing: PLAIN_SPACING,
    holders: [value],
    get: (i) => value.get(Math.floor(i / columns), i % columns),
    set: (i, number) => {
      value.set(Math.floor(i / columns), i % columns, number);
    },
  };
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
