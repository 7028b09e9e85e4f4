/** Where in a parameter its wrong entries lie: in some slices along an axis, on one side of a diagonal, at every k-th place, in one run. */

import { placeOn } from '../model/array/axis.js';
import type { Finding } from '../report.js';
import { type WrongParameter } from './wrong-parameter.js';
import { sliceName, type Slices, slicesAlong } from './layouts.js';
import { sizeOf, unravel } from '../model/array/shape.js';

export interface Pattern {
  /** As the subject of a sentence: `row 3`, `the entry [1, 2]`. */
  readonly text: string;
  /** The subject is one thing: a row, a diagonal. */
  readonly single: boolean;
  readonly evidence: Finding['evidence'];
  readonly advice?: string;
}

/** Some entries of a pattern may be right by chance, as where the gradient is zero: but at least this share is wrong. */
const LEAST_FILLED = 1 / 2;
/** Slices are a pattern when they are at most this share of those along their axis. */
const MOST_SLICES = 1 / 2;
/** Fewer than this many entries at equal distances may do so by chance. */
const LEAST_PERIODIC = 3;

/** The pattern of the wrong entries; undefined where there is none, and where it would go beyond the part that was checked. */
export function patternOf(parameter: WrongParameter): Pattern | undefined {
  const { shape, size, wrong, isPart, hasRows, axes } = parameter;
  const [first = 0] = wrong;
  if (wrong.length === 1) {
    const index = unravel(first, shape);
    const columns = sizeOf(shape.slice(1));
    return {
      text:
        hasRows && axes?.rows !== undefined && axes.columns !== undefined
          ? `the entry ${placeOn(axes.rows, Math.floor(first / columns))} by ${placeOn(axes.columns, first % columns)}`
          : `the entry [${index.join(', ')}]`,
      single: true,
      evidence: { index: first },
      ...(first === size - 1 ? { advice: LAST } : {}),
    };
  }
  if (hasRows) {
    // Across the rows of a Jacobian neighbours in memory mean nothing.
    const columns = sizeOf(shape.slice(1));
    return inSlices(parameter) ?? besideDiagonal([shape[0]!, columns], wrong, OF_JACOBIAN);
  }
  const spread = isPart ? undefined : (besideDiagonal(shape, wrong, OF_MATRIX) ?? everyKth(shape, wrong));
  return inSlices(parameter) ?? spread ?? inOneRun(shape, wrong);
}

const LAST = 'Look for a loop that ends one too early, or a bound that leaves out the last.';

/** All wrong entries in few slices along one axis, which they fill: the axis whose slices are fewest entries. */
function inSlices({ shape, wrong, from, due, hasRows, axes }: WrongParameter): Pattern | undefined {
  if (shape.length < 2) return undefined;
  const total = sizeOf(shape);
  let best: { readonly axis: number; readonly hit: readonly number[]; readonly filled: number } | undefined;
  for (let axis = 0; axis < shape.length; axis += 1) {
    const slices = slicesAlong(shape, axis);
    const hit = [...new Set(wrong.map((i) => slices.of(i)))].toSorted((a, b) => a - b);
    const entries = hit.length * (total / slices.size);
    const filled = wrong.length / entries;
    if (
      (due < total && !areDue(slices, hit, entries, from, due)) ||
      slices.size < 2 ||
      filled < LEAST_FILLED ||
      (hit.length > 1 && hit.length > MOST_SLICES * slices.size)
    )
      continue;
    if (best === undefined || filled > best.filled) best = { axis, hit, filled };
  }
  if (best === undefined) return undefined;
  const { axis, hit } = best;
  const key = shape.length === 2 || (hasRows && axis === 0) ? ['row', 'column'][axis]! : 'slice';
  const last = hit.length === 1 && hit[0] === shape[axis]! - 1;
  return {
    text: hasRows
      ? lineText(shape.length, axis, hit, axes ?? {})
      : numbered(sliceName(shape.length, axis, hit.length > 1), hit, last),
    single: hit.length === 1 && !(hasRows && axis > 0),
    evidence: {
      ...(hit.length === 1 ? { [key]: hit[0]! } : { [`${key}s`]: hit.length }),
      ...(key === 'slice' ? { axis } : {}),
    },
    ...(last ? { advice: LAST } : {}),
  };
}

/** Of a Jacobian, whose rows are the outputs and whose other axes are the parameter's: `the row of y[1, 2]`, `the derivatives by column 3`. */
function lineText(
  rank: number,
  axis: number,
  hit: readonly number[],
  { rows, columns }: NonNullable<WrongParameter['axes']>,
): string {
  if (axis === 0)
    return hit.length > 1 || rows === undefined
      ? numbered(sliceName(2, 0, hit.length > 1), hit, false)
      : `the row of ${placeOn(rows, hit[0]!)}`;
  const [only, ...others] = hit.map((place) => place + (rank === 2 ? (columns?.from ?? 0) : 0));
  if (rank === 2 && others.length === 0 && columns !== undefined)
    return `the derivatives by ${placeOn({ ...columns, from: 0 }, only!)}`;
  return `the derivatives by ${numbered(sliceName(rank - 1, axis - 1, others.length > 0), [only!, ...others], false)}`;
}

/** The name of slices with their numbers behind the noun: `row 3`, `the last column, 4,`, `slices 1, 2 along axis 0`. */
function numbered(name: string, hit: readonly number[], last: boolean): string {
  const [noun = '', ...rest] = name.split(' ');
  const along = rest.length === 0 ? '' : ` ${rest.join(' ')}`;
  return last ? `the last ${noun}${along}, ${hit[0]},` : `${noun} ${listed(hit)}${along}`;
}

/** Whether all entries of some slices are among those that were checked. */
function areDue(slices: Slices, hit: readonly number[], entries: number, from: number, due: number): boolean {
  const among = new Set(hit);
  let seen = 0;
  for (let i = from; i < from + due; i += 1) seen += Number(among.has(slices.of(i)));
  return seen === entries;
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MOST_LISTED).join(', ');
  return numbers.length > MOST_LISTED ? `${shown}, …` : shown;
}
const MOST_LISTED = 6;

const OF_MATRIX =
  'Look for a structure of the matrix, symmetric, triangular or masked, that only one of loss() and gradients() knows.';
const OF_JACOBIAN =
  'Look for what leads from each entry to the output in its place: an elementwise function, a skip connection, a term of the diagonal.';

/** In a matrix: its diagonal, or all on one side of it. */
function besideDiagonal(
  shape: readonly number[],
  wrong: readonly number[],
  advice: string,
): Pattern | undefined {
  if (shape.length !== 2) return undefined;
  const [rows, columns] = shape as [number, number];
  const below = (i: number): number => Math.floor(i / columns) - (i % columns);
  const small = Math.min(rows, columns);
  const candidates = [
    { text: 'the diagonal', holds: (d: number) => d === 0, size: small, side: 0 },
    {
      text: 'the entries above the diagonal',
      holds: (d: number) => d < 0,
      size: above(rows, columns),
      side: 1,
    },
    {
      text: 'the entries below the diagonal',
      holds: (d: number) => d > 0,
      size: above(columns, rows),
      side: -1,
    },
  ];
  const found = candidates.find(
    ({ holds, size }) =>
      wrong.length >= 2 && wrong.length >= LEAST_FILLED * size && wrong.every((i) => holds(below(i))),
  );
  if (found === undefined) return undefined;
  return {
    text: found.text,
    single: found.side === 0,
    evidence: { diagonal: found.side },
    advice: found.side === 0 ? advice : OF_MATRIX,
  };
}

/** Entries above the diagonal of a matrix. */
function above(rows: number, columns: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += Math.max(0, columns - 1 - row);
  return sum;
}

/** Every k-th entry in memory, all of them. */
function everyKth(shape: readonly number[], wrong: readonly number[]): Pattern | undefined {
  const total = sizeOf(shape);
  const [first = 0, second = 0] = wrong;
  const period = second - first;
  if (wrong.length < LEAST_PERIODIC || period < 2 || first >= period) return undefined;
  if (!wrong.every((i, k) => i === first + k * period) || wrong.at(-1)! + period < total) return undefined;
  return {
    text: `every ${ordinal(period)} entry, from ${first} on,`,
    single: true,
    evidence: { period, first },
    advice: `Look for a stride or a step of ${period}: interleaved channels, a loop over every ${ordinal(period)} element.`,
  };
}

function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** Neighbours in memory. */
function inOneRun(shape: readonly number[], wrong: readonly number[]): Pattern | undefined {
  const total = sizeOf(shape);
  const first = wrong[0]!;
  const last = wrong.at(-1)!;
  if (last - first + 1 !== wrong.length || wrong.length > total / 2) return undefined;
  return {
    text: `the entries ${first} to ${last}${shape.length > 1 ? ' in memory' : ''}`,
    single: false,
    evidence: { first, last },
    ...(last === total - 1 ? { advice: LAST } : {}),
  };
}
