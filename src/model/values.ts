/**
 * What counts as an array of numbers, told by shape and not by class: a number, a typed array, a nested array without
 * holes and of equal row lengths, an ndarray (`data`, `shape`, `stride`, `offset`), a matrix (`rows`, `columns`, `get`,
 * `set`). Each becomes the same view: a shape, a count, and entries in row-major order that are read and written in place.
 */

import { isNumberRow, isTypedArray, PLAIN_SPACING, type Row, storageSpacing, type Values } from './rows.js';
import { sameShape } from './shapes.js';
import { matrixValues, stridedValues } from './strided.js';

/** No tensor has more dimensions; an array that contains itself has. */
const DEEPEST = 32;

/** The view of an array of numbers, or undefined when `value` is something else. A plain number is none: it has no place. */
export function valuesOf(value: unknown): Values | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isTypedArray(value)) return rowsView([value], [value.length], [value]);
  if (Array.isArray(value)) return nestedView(value);
  return stridedValues(value) ?? matrixValues(value);
}

/** Rows of equal length, as one flat array. A single row is the common case and gets no division per access. */
function rowsView(rows: readonly Row[], shape: readonly number[], holders: readonly object[]): Values {
  const first = rows[0]!;
  const width = first.length;
  const count = rows.length * width;
  let spacing = PLAIN_SPACING;
  for (const row of rows) spacing = wider(spacing, storageSpacing(row));
  if (rows.length === 1)
    return {
      shape,
      count,
      spacing,
      holders,
      get: (i) => first[i]!,
      set: (i, value) => {
        first[i] = value;
      },
    };
  return {
    shape,
    count,
    spacing,
    holders,
    get: (i) => rows[Math.floor(i / width)]![i % width]!,
    set: (i, value) => {
      rows[Math.floor(i / width)]![i % width] = value;
    },
  };
}

/** The coarser of two spacings; integers (0) win, as they can't be perturbed at all. */
function wider(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : Math.max(a, b);
}

function nestedView(value: readonly unknown[]): Values | undefined {
  const rows: Row[] = [];
  const holders: object[] = [];
  const shape = collectRows(value, rows, holders);
  if (shape === undefined) return undefined;
  return rows.length === 0 ? emptyView(shape) : rowsView(rows, shape, holders);
}

function emptyView(shape: readonly number[]): Values {
  return { shape, count: 0, spacing: PLAIN_SPACING, holders: [], get: () => Number.NaN, set: () => {} };
}

/** The shape of a nested array, its innermost rows gathered into `rows`; undefined when it has holes or unequal rows. */
function collectRows(
  value: readonly unknown[],
  rows: Row[],
  holders: object[],
  depth = 0,
): readonly number[] | undefined {
  if (depth > DEEPEST) return undefined;
  holders.push(value);
  if (value.length === 0) return [0];
  if (isNumberRow(value)) {
    rows.push(value);
    return [value.length];
  }
  let inner: readonly number[] | undefined;
  for (let i = 0; i < value.length; i += 1) {
    const child: unknown = value[i];
    let shape: readonly number[] | undefined;
    if (Array.isArray(child)) shape = collectRows(child, rows, holders, depth + 1);
    else if (isTypedArray(child)) {
      rows.push(child);
      holders.push(child);
      shape = [child.length];
    }
    if (shape === undefined || (inner !== undefined && !sameShape(shape, inner))) return undefined;
    inner = shape;
  }
  return inner === undefined ? undefined : [value.length, ...inner];
}
