/** A shape → the orders that its axes can have in memory, and its slices along an axis. Row-major throughout. */

import { sizeOf } from '../model/array/shape.js';

/** Beyond this rank only exchanges of two axes are tried, not all orders. */
const HIGHEST_RANK = 4;

/** A shape, and the order in which its axes are in memory, the outermost first. */
export interface AxisOrder {
  readonly shape: readonly number[];
  readonly axes: readonly number[];
}

/**
 * Every order of the axes of a shape but the right one; a flat array is read as a matrix of every possible number of rows, and as several
 * square ones, as of a convolution.
 */
export function* axisOrders(shape: readonly number[]): Generator<AxisOrder> {
  if (shape.length === 1) {
    const [count = 0] = shape;
    for (const rows of divisorsOf(count, 2)) yield { shape: [rows, count / rows], axes: [1, 0] };
    for (let rows = 2; 2 * rows * rows <= count; rows += 1)
      if (count % (rows * rows) === 0) yield { shape: [count / (rows * rows), rows, rows], axes: [0, 2, 1] };
    return;
  }
  const straight = shape.map((_, axis) => axis);
  const orders = shape.length <= HIGHEST_RANK ? ordersOf(straight) : exchanges(straight);
  for (const axes of orders) if (axes.some((axis, k) => axis !== k)) yield { shape, axes };
}

/** Shorter rows of a flat array may begin and end where entries do by chance. */
export const SHORTEST_ROW = 3;

/** What divides a number of entries, from some number to half of it, ascending: a flat array may be so many rows, or columns. */
export function* divisorsOf(count: number, least: number): Generator<number, void, void> {
  for (let divisor = least; divisor <= count / 2; divisor += 1) if (count % divisor === 0) yield divisor;
}

function* ordersOf(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const item of items)
    for (const rest of ordersOf(items.filter((other) => other !== item))) yield [item, ...rest];
}

function* exchanges(items: readonly number[]): Generator<number[]> {
  for (const [k, first] of items.entries())
    for (const [j, second] of items.entries())
      if (j > k) yield items.map((item, place) => (place === k ? second : place === j ? first : item));
}

/**
 * The entries of an array whose memory holds them with the axes in another order, put back in row-major order.
 * @param entries the entries wanted; all, where left out
 */
export function straightened(
  stored: Float64Array,
  { shape, axes }: AxisOrder,
  entries?: readonly number[],
): Float64Array {
  const strides = shape.map(() => 0);
  let stride = 1;
  for (const axis of axes.toReversed()) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  const straight = new Float64Array(entries?.length ?? stored.length);
  for (let k = 0; k < straight.length; k += 1) {
    let rest = entries?.[k] ?? k;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      from += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    straight[k] = stored[from]!;
  }
  return straight;
}

/** The entries with a given index along one axis. */
export interface Slices {
  /** How many there are. */
  readonly size: number;
  /** How many entries of a slice are neighbours in memory, and how many such runs it has. */
  readonly inner: number;
  readonly outer: number;
  /** Which of them an entry lies in. */
  of(entry: number): number;
}

/** The slices of a shape along an axis: rows of a matrix along axis 0, columns along axis 1. */
export function slicesAlong(shape: readonly number[], axis: number): Slices {
  const size = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  return { size, inner, outer, of: (entry) => Math.floor(entry / inner) % size };
}

/** The entries of a slice: so many runs of `inner` neighbours, from the first on, each `stride` after the one before. */
export interface Members {
  readonly first: number;
  readonly inner: number;
  readonly outer: number;
  readonly stride: number;
}

export function membersOf({ size, inner, outer }: Slices, slice: number): Members {
  return { first: slice * inner, inner, outer, stride: size * inner };
}

/** What one slice along an axis is called, or several. */
export function sliceName(rank: number, axis: number, areSeveral: boolean): string {
  if (rank === 1) return areSeveral ? 'entries' : 'entry';
  if (rank === 2) return ['row', 'column'][axis]! + (areSeveral ? 's' : '');
  return areSeveral ? `slices along axis ${axis}` : `slice along axis ${axis}`;
}
