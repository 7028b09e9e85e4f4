/** Where wrong entries lie: each pattern, and what is no pattern just beside it. */

import { describe, expect, test } from 'vitest';
import { type Pattern, patternOf } from '../../src/diagnoses/patterns.js';
import { type Numbers, wrongParameter } from './evidence.js';

/** The pattern of the wrong entries of an array of a shape. */
function patternIn(
  shape: readonly number[],
  wrong: readonly number[],
  other: Partial<Numbers> = {},
): Pattern | undefined {
  const zeros = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0);
  return patternOf(wrongParameter({ analytic: zeros, numeric: zeros, shape, wrong, ...other }));
}

type Row = readonly [string, readonly number[], readonly number[], Pattern | undefined];

const slices = (axis: number, places: readonly number[], isLast = false): Pattern => ({
  kind: 'slices',
  axis,
  places,
  isLast,
});
const diagonal = (side: -1 | 0 | 1): Pattern => ({ kind: 'diagonal', side });
const run = (first: number, last: number, isLast = false): Pattern => ({ kind: 'run', first, last, isLast });

describe('one entry', () => {
  test.each<Row>([
    ['is one', [2, 3], [4], { kind: 'entry', entry: 4, isLast: false }],
    ['is the last', [2, 3], [5], { kind: 'entry', entry: 5, isLast: true }],
  ])('%s', (_, shape, wrong, pattern) => {
    expect(patternIn(shape, wrong)).toEqual(pattern);
  });
});

describe('slices', () => {
  test.each<Row>([
    ['a row', [4, 3], [3, 4, 5], slices(0, [1])],
    ['the last row', [4, 3], [9, 10, 11], slices(0, [3], true)],
    ['a column', [4, 3], [1, 4, 7, 10], slices(1, [1])],
    ['the last column', [4, 3], [2, 5, 8, 11], slices(1, [2], true)],
    ['half of a row', [3, 4], [4, 6], slices(0, [1])],
    ['less than half of one', [3, 5], [5, 7], undefined],
    ['half of all rows, the last among them', [4, 3], [3, 4, 5, 9, 10, 11], slices(0, [1, 3])],
    ['more than half of them', [5, 2], [0, 1, 4, 5, 8, 9], undefined],
    ['more than half of them, all of whose entries are wrong', [3, 3], [0, 1, 2, 6, 7, 8], slices(0, [0, 2])],
    ['the same without one of the entries', [3, 3], [0, 1, 2, 6, 7], undefined],
    ['the only row', [1, 6], [0, 2, 3, 5], undefined],
    ['two columns, of which the second is met first', [3, 4], [3, 4, 7, 8], slices(1, [0, 3])],
    ['a slice along the middle axis', [2, 3, 2], [2, 3, 8, 9], slices(1, [1])],
    ['a slice along the last axis', [2, 2, 3], [2, 5, 8, 11], slices(2, [2], true)],
    ['of two axes that fit alike, the first', [2, 2, 2], [0, 1], slices(0, [0])],
    ['of one axis there are none but its entries', [6], [0, 3], undefined],
  ])('%s', (_, shape, wrong, pattern) => {
    expect(patternIn(shape, wrong)).toEqual(pattern);
  });

  const flat = (axis: number, readAs: [number, number], places: number[], isLast = false): Pattern => ({
    kind: 'slices',
    axis,
    places,
    isLast,
    readAs,
  });
  test.each<[string, number, number[], Pattern | undefined]>([
    ['two rows', 28, [4, 5, 6, 7, 20, 21, 22, 23], flat(0, [7, 4], [1, 5])],
    ['most rows', 9, [0, 1, 2, 6, 7, 8], flat(0, [3, 3], [0, 2])],
    ['two columns', 16, [2, 3, 6, 7, 10, 11, 14, 15], flat(1, [4, 4], [2, 3])],
    ['rows of two, as may be by chance', 14, [2, 3, 8, 9], undefined],
    ['a row and a half', 28, [4, 5, 6, 7, 20, 21], undefined],
    ['columns without an entry', 16, [2, 3, 6, 7, 10, 11, 14], undefined],
  ])('in an array that lies flat: %s', (_, size, wrong, pattern) => {
    expect(patternIn([size], wrong)).toEqual(pattern);
  });

  test('whose entries are not all in the part that was checked are none', () => {
    expect(patternIn([4, 3], [3, 4], { due: [0, 6] })).toEqual(slices(0, [1]));
    expect(patternIn([4, 3], [3, 4], { due: [0, 5] })).toEqual(run(3, 4));
    expect(patternIn([4, 3], [4, 5], { due: [4, 12] })).toEqual(run(4, 5));
    expect(patternIn([4, 3], [3, 4], { due: [3, 12] })).toEqual(slices(0, [1]));
    // Those along another axis may be.
    expect(patternIn([2, 2, 2], [2, 3], { due: [2, 8] })).toEqual(slices(1, [1], true));
  });
});

describe('a matrix', () => {
  test.each<Row>([
    ['has a diagonal', [3, 3], [0, 4, 8], diagonal(0)],
    ['half of it', [4, 4], [0, 15], diagonal(0)],
    ['less than half of it', [5, 5], [0, 24], undefined],
    ['that is not square has one too', [3, 5], [0, 6, 12], diagonal(0)],
    ['more columns than rows: two of three on it', [3, 9], [0, 20], diagonal(0)],
    ['more rows than columns: two of three on it', [9, 3], [4, 8], diagonal(0)],
    ['entries above it', [3, 3], [1, 2, 5], diagonal(1)],
    ['half of those above it', [3, 4], [1, 2, 11], diagonal(1)],
    ['less than half of those above it', [3, 4], [1, 6], undefined],
    ['half of those above it, with more rows', [5, 4], [1, 6, 11], diagonal(1)],
    ['entries below it', [3, 3], [3, 6, 7], diagonal(-1)],
    ['half of those below it', [4, 3], [3, 7, 11], diagonal(-1)],
    ['less than half of those below it', [4, 3], [3, 11], undefined],
    ['entries on it and above it', [3, 3], [0, 1, 5], undefined],
    ['entries on both sides', [3, 3], [1, 3], undefined],
    ['of three axes has none', [2, 2, 2], [0, 7], undefined],
  ])('%s', (_, shape, wrong, pattern) => {
    expect(patternIn(shape, wrong)).toEqual(pattern);
  });
});

describe('a period', () => {
  const every = (period: number, first: number): Pattern => ({ kind: 'period', period, first });

  test.each<Row>([
    ['from the first entry on', [9], [0, 3, 6], every(3, 0)],
    ['from a later one on', [12], [1, 4, 7, 10], every(3, 1)],
    ['of two', [6], [1, 3, 5], every(2, 1)],
    ['that occurs twice only', [6], [1, 4], undefined],
    ['that begins too late', [10], [3, 5, 7, 9], undefined],
    ['that ends too early', [12], [0, 3, 6], undefined],
    ['that is broken', [12], [1, 4, 8, 10], undefined],
    ['of one is a run', [8], [0, 1, 2], run(0, 2)],
    ['of one, of all', [3], [0, 1, 2], undefined],
  ])('%s', (_, shape, wrong, pattern) => {
    expect(patternIn(shape, wrong)).toEqual(pattern);
  });

  test('would go beyond a part', () => {
    expect(patternIn([9], [0, 3, 6], { due: [0, 8] })).toBeUndefined();
  });
});

describe('a run', () => {
  test.each<Row>([
    ['of half of the entries', [6], [1, 2, 3], run(1, 3)],
    ['of more', [6], [1, 2, 3, 4], undefined],
    ['to the last', [6], [4, 5], run(4, 5, true)],
    ['across rows', [3, 4], [3, 4], run(3, 4)],
    ['with a gap', [8], [1, 2, 4], undefined],
  ])('%s', (_, shape, wrong, pattern) => {
    expect(patternIn(shape, wrong)).toEqual(pattern);
  });
});

describe('of a Jacobian', () => {
  const hasRows = { hasRows: true };

  test('rows and columns are slices', () => {
    expect(patternIn([3, 4], [4, 5, 6], hasRows)).toEqual(slices(0, [1]));
    expect(patternIn([4, 2, 2], [2, 3, 6, 7, 10, 11, 14, 15], hasRows)).toEqual(slices(1, [1], true));
  });

  test('the diagonal leads from the entries in memory to the outputs', () => {
    expect(patternIn([4, 2, 2], [0, 5, 10, 15], hasRows)).toEqual(diagonal(0));
    expect(patternIn([2, 3], [1, 2, 5], hasRows)).toEqual(diagonal(1));
  });

  test('neighbours in memory mean nothing, nor does a period', () => {
    expect(patternIn([3, 4], [3, 4], hasRows)).toBeUndefined();
    expect(patternIn([3, 5], [1, 5, 9, 13], hasRows)).toBeUndefined();
  });
});
