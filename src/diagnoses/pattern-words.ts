/** A pattern of wrong entries → the subject of a sentence about it, its numbers, and where to look. */

import { placeOn } from '../model/array/axis.js';
import { sizeOf, unravel } from '../model/array/shape.js';
import type { FindingEvidence } from '../report.js';
import { sliceName } from './layouts.js';
import type { Pattern } from './patterns.js';
import type { Words } from './words.js';
import type { WrongParameter } from './wrong-parameter.js';

export interface PatternWords {
  /** As the subject of a sentence: `row 3`, `the entry [1, 2]`. */
  readonly text: string;
  /** The subject is one thing: a row, a diagonal. */
  readonly isSingle: boolean;
  readonly evidence: FindingEvidence['isolated-entries'];
  readonly advice: string | undefined;
}

/** The shape and the axes that a pattern lies along. */
type Layout = Pick<WrongParameter, 'shape' | 'hasRows' | 'axes'>;
type PatternOf<K extends Pattern['kind']> = Extract<Pattern, { kind: K }>;

/** Of the last of something that was left out. */
export const LAST = 'Look for a loop that ends one too early, or a bound that leaves out the last.';

/** More numbers than these are not listed. */
const MOST_LISTED = 6;

/** What a sentence says of a pattern. */
export function wordsForPattern(pattern: Pattern, layout: Layout, words: Words): PatternWords {
  switch (pattern.kind) {
    case 'entry':
      return wordsForEntry(pattern, layout);
    case 'slices':
      return wordsForSlices(pattern, layout);
    case 'diagonal':
      return wordsForDiagonal(pattern, layout, words);
    case 'period':
      return wordsForPeriod(pattern, layout);
    case 'run':
      return wordsForRun(pattern, layout);
  }
}

function wordsForEntry({ entry, isLast }: PatternOf<'entry'>, layout: Layout): PatternWords {
  return {
    text: `the entry ${entryName(entry, layout)}`,
    isSingle: true,
    evidence: { index: entry },
    advice: isLast ? LAST : undefined,
  };
}

function wordsForSlices(pattern: PatternOf<'slices'>, layout: Layout): PatternWords {
  const { axis, places, isLast } = pattern;
  const { readAs } = pattern;
  const read = readAs === undefined ? layout : { ...layout, shape: readAs };
  const text = layout.hasRows ? linesText(pattern, layout) : slicesText(pattern, read.shape.length);
  return {
    text: readAs === undefined ? text : `${text.replace(/,$/, '')}, read as ${readAs.join(' × ')},`,
    isSingle: places.length === 1 && !(layout.hasRows && axis > 0),
    evidence: slicesEvidence(pattern, read),
    advice: isLast ? LAST : undefined,
  };
}

function wordsForDiagonal({ side }: PatternOf<'diagonal'>, { hasRows }: Layout, words: Words): PatternWords {
  return {
    text: DIAGONAL[side],
    isSingle: side === 0,
    evidence: { diagonal: side },
    advice: diagonalAdvice(hasRows && side === 0, words),
  };
}

const DIAGONAL = {
  0: 'the diagonal',
  1: 'the entries above the diagonal',
  [-1]: 'the entries below the diagonal',
} as const;

function diagonalAdvice(isOfJacobian: boolean, { differentiated, claimant }: Words): string {
  return isOfJacobian
    ? 'Look for what leads from each entry to the output in its place: an elementwise function, a skip connection, a term of the diagonal.'
    : `Look for a structure of the matrix, symmetric, triangular or masked, that only one of ${differentiated} and ${claimant} knows.`;
}

function wordsForPeriod({ period, first }: PatternOf<'period'>, { shape }: Layout): PatternWords {
  const place = first === period - 1 ? `column ${first}, the last` : `column ${first}`;
  const isMatrix = sizeOf(shape) % period === 0 && shape.length === 1;
  const column = isMatrix
    ? `Read as rows of ${period} it is ${place}: look for an index that is skipped, or a bound. `
    : '';
  return {
    text: `every ${ordinal(period)} entry, from ${first} on,`,
    isSingle: true,
    evidence: { period, first },
    advice: `${column}${isMatrix ? 'Else look' : 'Look'} for a stride or a step of ${period}: interleaved channels, a loop over every ${ordinal(period)} element.`,
  };
}

function wordsForRun({ first, last, isLast }: PatternOf<'run'>, { shape }: Layout): PatternWords {
  return {
    text: `the entries ${first} to ${last}${shape.length > 1 ? ' in memory' : ''}`,
    isSingle: false,
    evidence: { first, last },
    advice: isLast ? LAST : undefined,
  };
}

/** `[1, 2]`; of a Jacobian `y[1] by W[2, 3]`. */
function entryName(entry: number, { shape, hasRows, axes }: Layout): string {
  if (!hasRows || axes?.rows === undefined || axes.columns === undefined)
    return `[${unravel(entry, shape).join(', ')}]`;
  const columns = sizeOf(shape.slice(1));
  return `${placeOn(axes.rows, Math.floor(entry / columns))} by ${placeOn(axes.columns, entry % columns)}`;
}

/** `row 3`, `columns 0, 2`, `the last slice along axis 2, 4,`. */
function slicesText({ axis, places, isLast }: PatternOf<'slices'>, rank: number): string {
  return numbered(sliceName(rank, axis, places.length > 1), places, isLast);
}

/** Of a Jacobian, whose rows are the outputs and whose other axes are the parameter's: `the row of y[1, 2]`, `the derivatives by column 3`. */
function linesText({ axis, places }: PatternOf<'slices'>, { shape, axes }: Layout): string {
  const isOne = places.length === 1;
  if (axis === 0)
    return isOne && axes?.rows !== undefined
      ? `the row of ${placeOn(axes.rows, places[0]!)}`
      : numbered(sliceName(2, 0, !isOne), places, false);
  if (shape.length > 2)
    return `the derivatives by ${numbered(sliceName(shape.length - 1, axis - 1, !isOne), places, false)}`;
  const columns = axes?.columns;
  if (isOne && columns !== undefined) return `the derivatives by ${placeOn(columns, places[0]!)}`;
  const entries = places.map((place) => place + (columns?.from ?? 0));
  return `the derivatives by ${numbered(isOne ? 'entry' : 'entries', entries, false)}`;
}

/** The name of slices with their numbers behind the noun: `row 3`, `the last column, 4,`, `slices 1, 2 along axis 0`. */
function numbered(name: string, places: readonly number[], isLast: boolean): string {
  const [noun = '', ...rest] = name.split(' ');
  const along = rest.length === 0 ? '' : ` ${rest.join(' ')}`;
  return isLast ? `the last ${noun}${along}, ${places[0]},` : `${noun} ${listed(places)}${along}`;
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MOST_LISTED).join(', ');
  return numbers.length > MOST_LISTED ? `${shown}, …` : shown;
}

/** Rows and columns by these names; other slices with their axis. */
function slicesEvidence(
  { axis, places }: PatternOf<'slices'>,
  { shape, hasRows }: Layout,
): PatternWords['evidence'] {
  const only = places.length === 1 ? places[0]! : undefined;
  const count = places.length;
  if (axis === 0 && (shape.length === 2 || hasRows))
    return only === undefined ? { rows: count } : { row: only };
  if (shape.length === 2) return only === undefined ? { columns: count } : { column: only };
  return { ...(only === undefined ? { slices: count } : { slice: only }), axis };
}

function ordinal(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}
