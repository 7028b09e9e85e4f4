/**
 * A parameter with its wrong entries → the pattern that they make: one entry, some slices along an axis, one side of a diagonal, every
 * k-th place, one run. `pattern-words.ts` says it.
 */

import { sizeOf } from '../model/array/shape.js';
import { divisorsOf, SHORTEST_ROW, type Slices, slicesAlong } from './layouts.js';
import type { WrongParameter } from './wrong-parameter.js';

/** Where wrong entries are, by their places in memory or along an axis. */
export type Pattern =
  | { readonly kind: 'entry'; readonly entry: number; readonly isLast: boolean }
  | {
      readonly kind: 'slices';
      readonly axis: number;
      /** Which of the slices along the axis, in order. */
      readonly places: readonly number[];
      /** It is one, and the last of them. */
      readonly isLast: boolean;
      /** Of an array that lies flat: the rows and columns that it may be read as. */
      readonly readAs?: readonly [number, number];
    }
  | { readonly kind: 'diagonal'; readonly side: Side }
  | { readonly kind: 'period'; readonly period: number; readonly first: number }
  | { readonly kind: 'run'; readonly first: number; readonly last: number; readonly isLast: boolean };

/** 0 on the diagonal of a matrix, 1 above it, −1 below. */
type Side = -1 | 0 | 1;

/** Some entries of a pattern may be right by chance, as where the gradient is zero: but at least this share is wrong. */
const LEAST_FILLED = 1 / 2;
/** Slices are a pattern when they are at most this share of those along their axis. */
const MOST_SLICES = 1 / 2;
/** A run is a pattern when it is at most this share of the entries. */
const LONGEST_RUN = 1 / 2;
/** Fewer than this many entries at equal distances may do so by chance. */
const LEAST_PERIODIC = 3;

/** The pattern of the wrong entries; undefined where there is none, and where it would go beyond the part that was checked. */
export function patternOf(parameter: WrongParameter): Pattern | undefined {
  const { shape, size, wrongEntries, isPart, hasRows } = parameter;
  const [entry] = wrongEntries as [number];
  if (wrongEntries.length === 1) return { kind: 'entry', entry, isLast: entry === size - 1 };
  const slices = inSlices(parameter);
  if (slices !== undefined) return slices;
  // Across the rows of a Jacobian neighbours in memory mean nothing.
  if (hasRows) return besideDiagonal([shape[0]!, sizeOf(shape.slice(1))], wrongEntries);
  const spread = isPart ? undefined : (besideDiagonal(shape, wrongEntries) ?? everyKth(size, wrongEntries));
  const pattern = spread ?? inOneRun(size, wrongEntries);
  return pattern ?? (isPart || shape.length !== 1 ? undefined : inFlatSlices(size, wrongEntries));
}

/** Fewer wrong entries may be columns by chance. */
const LEAST_IN_COLUMNS = 4;

/** In an array that lies flat: whole rows of the longest length that will do, or else whole columns of the shortest rows. */
function inFlatSlices(size: number, wrongEntries: readonly number[]): Pattern | undefined {
  const wrong = new Set(wrongEntries);
  const edges = wrongEntries.flatMap((i) => [
    ...(wrong.has(i - 1) ? [] : [i]),
    ...(wrong.has(i + 1) ? [] : [i + 1]),
  ]);
  const length = edges.reduce(commonDivisor, size);
  if (length >= SHORTEST_ROW && length < size)
    return flatSlices(0, [size / length, length], new Set(wrongEntries.map((i) => Math.floor(i / length))));
  if (wrongEntries.length < LEAST_IN_COLUMNS) return undefined;
  for (const columns of divisorsOf(size, SHORTEST_ROW)) {
    const places = new Set(wrongEntries.map((i) => i % columns));
    const isFilled = places.size < columns && wrongEntries.length * columns === places.size * size;
    if (isFilled) return flatSlices(1, [size / columns, columns], places);
  }
  return undefined;
}

function flatSlices(axis: number, readAs: readonly [number, number], among: ReadonlySet<number>): Pattern {
  const places = [...among].toSorted((a, b) => a - b);
  const isLast = places.length === 1 && places[0] === readAs[axis]! - 1;
  return { kind: 'slices', axis, places, isLast, readAs };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** All wrong entries in few slices along one axis, which they fill. The first axis will do: where two have such slices, these are filled alike. */
function inSlices({ shape, size, wrongEntries, due }: WrongParameter): Pattern | undefined {
  if (shape.length < 2) return undefined;
  for (let axis = 0; axis < shape.length; axis += 1) {
    const slices = slicesAlong(shape, axis);
    const places = [...new Set(wrongEntries.map((i) => slices.of(i)))].toSorted((a, b) => a - b);
    const entries = places.length * (size / slices.size);
    const isLong = size / slices.size >= SHORTEST_ROW;
    const areAll = isLong && wrongEntries.length === entries && places.length < slices.size;
    if (wrongEntries.length < LEAST_FILLED * entries) continue;
    // Slices that are all wrong beside others that are all right need not be few.
    if (!areAll && !areFew(places.length, slices.size)) continue;
    if (due.count < size && countIn(slices, places, due) < entries) continue;
    const isLast = places.length === 1 && places[0] === slices.size - 1;
    return { kind: 'slices', axis, places, isLast };
  }
  return undefined;
}

/** Whether so many slices are few enough of all along their axis to be what is special: one of several, or a half of them. */
function areFew(hit: number, all: number): boolean {
  return hit === 1 ? all > 1 : hit <= MOST_SLICES * all;
}

/** How many entries of some slices are among those that were checked. */
function countIn(
  slices: Slices,
  places: readonly number[],
  { from, to }: Pick<WrongParameter['due'], 'from' | 'to'>,
): number {
  const among = new Set(places);
  let count = 0;
  for (let i = from; i < to; i += 1) count += Number(among.has(slices.of(i)));
  return count;
}

/** In a matrix: on its diagonal, or all on one side of it. */
function besideDiagonal(shape: readonly number[], wrongEntries: readonly number[]): Pattern | undefined {
  if (shape.length !== 2) return undefined;
  const [rows, columns] = shape as [number, number];
  const sideOf = (i: number): Side => Math.sign((i % columns) - Math.floor(i / columns)) as Side;
  const side = sideOf(wrongEntries[0]!);
  if (!wrongEntries.every((i) => sideOf(i) === side)) return undefined;
  return wrongEntries.length >= LEAST_FILLED * countOn(side, rows, columns)
    ? { kind: 'diagonal', side }
    : undefined;
}

/** How many entries of a matrix are on its diagonal, above it, or below it. */
function countOn(side: Side, rows: number, columns: number): number {
  if (side === 0) return Math.min(rows, columns);
  return side === 1 ? countAbove(rows, columns) : countAbove(columns, rows);
}

function countAbove(rows: number, columns: number): number {
  let count = 0;
  for (let row = 0; row < rows; row += 1) count += Math.max(0, columns - 1 - row);
  return count;
}

/** At every k-th place in memory, at all of them. */
function everyKth(size: number, wrongEntries: readonly number[]): Pattern | undefined {
  const [first, second] = wrongEntries as [number, number];
  const period = second - first;
  if (wrongEntries.length < LEAST_PERIODIC || period < 2 || first >= period) return undefined;
  if (!wrongEntries.every((i, k) => i === first + k * period)) return undefined;
  return wrongEntries.at(-1)! + period < size ? undefined : { kind: 'period', period, first };
}

/** Neighbours in memory. */
function inOneRun(size: number, wrongEntries: readonly number[]): Pattern | undefined {
  const [first, last] = [wrongEntries[0]!, wrongEntries.at(-1)!];
  if (last - first + 1 !== wrongEntries.length || wrongEntries.length > LONGEST_RUN * size) return undefined;
  return { kind: 'run', first, last, isLast: last === size - 1 };
}
