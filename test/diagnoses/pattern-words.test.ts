/** What a sentence says of each pattern, of a gradient and of a Jacobian. */

import { describe, expect, test } from 'vitest';
import { type PatternWords, wordsForPattern } from '../../src/diagnoses/pattern-words.js';
import type { Pattern } from '../../src/diagnoses/patterns.js';
import { wordsOf } from '../../src/diagnoses/words.js';

const GRADIENT = wordsOf({ kind: 'gradients', claim: 'gradients' });
const LAST = 'Look for a loop that ends one too early, or a bound that leaves out the last.';
const MATRIX =
  'Look for a structure of the matrix, symmetric, triangular or masked, that only one of loss() and gradients() knows.';

/** The words for a pattern of a parameter of a shape. */
function said(pattern: Pattern, shape: readonly number[]): PatternWords {
  return wordsForPattern(pattern, { shape, hasRows: false, axes: undefined }, GRADIENT);
}

const slices = (axis: number, places: readonly number[], isLast = false): Pattern => ({
  kind: 'slices',
  axis,
  places,
  isLast,
});

test('an entry has its index, and its place in memory', () => {
  expect(said({ kind: 'entry', entry: 4, isLast: false }, [2, 3])).toEqual({
    text: 'the entry [1, 1]',
    isSingle: true,
    evidence: { index: 4 },
    advice: undefined,
  });
  expect(said({ kind: 'entry', entry: 5, isLast: true }, [2, 3]).advice).toBe(LAST);
});

describe('slices have the names of their axis', () => {
  test.each([
    [[4, 3], slices(0, [1]), 'row 1', true, { row: 1 }],
    [[4, 3], slices(0, [0, 2]), 'rows 0, 2', false, { rows: 2 }],
    [[4, 3], slices(1, [1]), 'column 1', true, { column: 1 }],
    [[4, 4], slices(1, [1, 2]), 'columns 1, 2', false, { columns: 2 }],
    [[2, 3, 4], slices(0, [1]), 'slice 1 along axis 0', true, { slice: 1, axis: 0 }],
    [[2, 3, 4], slices(2, [0, 2]), 'slices 0, 2 along axis 2', false, { slices: 2, axis: 2 }],
  ])('%j, %j: %s', (shape, pattern, text, isSingle, evidence) => {
    expect(said(pattern, shape)).toEqual({ text, isSingle, evidence, advice: undefined });
  });

  test.each([
    [[4, 3], slices(0, [3], true), 'the last row, 3,'],
    [[4, 3], slices(1, [2], true), 'the last column, 2,'],
    [[2, 3, 4], slices(2, [3], true), 'the last slice along axis 2, 3,'],
  ])('%j, %j: %s', (shape, pattern, text) => {
    expect(said(pattern, shape)).toMatchObject({ text, isSingle: true, advice: LAST });
  });

  test('six of them are listed', () => {
    expect(said(slices(0, [0, 2, 4, 6, 8, 10]), [20, 3]).text).toBe('rows 0, 2, 4, 6, 8, 10');
    expect(said(slices(0, [0, 2, 4, 6, 8, 10, 12]), [20, 3]).text).toBe('rows 0, 2, 4, 6, 8, 10, …');
  });
});

test.each([
  [0, 'the diagonal', true],
  [1, 'the entries above the diagonal', false],
  [-1, 'the entries below the diagonal', false],
] as const)('side %d of a matrix is %s', (side, text, isSingle) => {
  expect(said({ kind: 'diagonal', side }, [3, 3])).toEqual({
    text,
    isSingle,
    evidence: { diagonal: side },
    advice: MATRIX,
  });
});

test.each([
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [10, '10th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [14, '14th'],
  [21, '21st'],
  [22, '22nd'],
  [101, '101st'],
  [111, '111th'],
])('a period of %d is every %s entry', (period, ordinal) => {
  // No rows of that length.
  expect(said({ kind: 'period', period, first: 1 }, [303 * period - 1])).toEqual({
    text: `every ${ordinal} entry, from 1 on,`,
    isSingle: true,
    evidence: { period, first: 1 },
    advice: `Look for a stride or a step of ${period}: interleaved channels, a loop over every ${ordinal} element.`,
  });
});

test('a period of a flat array may be a column', () => {
  const advice = (period: number, first: number, shape: number[]): string =>
    said({ kind: 'period', period, first }, shape).advice!;
  const stride = 'ook for a stride or a step of 4: interleaved channels, a loop over every 4th element.';
  expect(advice(4, 3, [12])).toBe(
    `Read as rows of 4 it is column 3, the last: look for an index that is skipped, or a bound. Else l${stride}`,
  );
  expect(advice(4, 1, [12])).toMatch(/^Read as rows of 4 it is column 1: look/);
  expect(advice(4, 1, [6, 2])).toBe(`L${stride}`);
});

test('of an array that lies flat the shape is told as which it is read', () => {
  const read = (axis: number, places: number[], isLast = false): PatternWords =>
    said({ kind: 'slices', axis, places, isLast, readAs: [7, 4] }, [28]);
  expect(read(0, [1, 5])).toMatchObject({
    text: 'rows 1, 5, read as 7 × 4,',
    isSingle: false,
    evidence: { rows: 2 },
  });
  expect(read(1, [3], true).text).toBe('the last column, 3, read as 7 × 4,');
});

test('a run has its ends, of a matrix in memory', () => {
  const run: Pattern = { kind: 'run', first: 3, last: 5, isLast: false };
  const evidence = { first: 3, last: 5 };
  const words = { isSingle: false, evidence, advice: undefined };
  expect(said(run, [12])).toEqual({ text: 'the entries 3 to 5', ...words });
  expect(said(run, [3, 4])).toEqual({ text: 'the entries 3 to 5 in memory', ...words });
  expect(said({ ...run, isLast: true }, [6]).advice).toBe(LAST);
});

describe('of a Jacobian', () => {
  const words = wordsOf({ kind: 'jacobian', claim: 'vjp' });
  const rows = { name: 'y', shape: [2, 2], from: 0 };
  const columns = { name: 'W', shape: [3], from: 0 };
  const of = (
    pattern: Pattern,
    axes: { rows?: typeof rows; columns?: typeof columns } = { rows, columns },
    shape = [4, 3],
  ): PatternWords => wordsForPattern(pattern, { shape, hasRows: true, axes }, words);

  test('an entry is an output by an entry of the parameter', () => {
    const entry: Pattern = { kind: 'entry', entry: 7, isLast: false };
    expect(of(entry).text).toBe('the entry y[1, 0] by W[1]');
    expect(of(entry, { rows, columns }, [4, 3, 1]).text).toBe('the entry y[1, 0] by W[1]');
    expect(of(entry, { rows }).text).toBe('the entry [2, 1]');
    expect(of(entry, { columns }).text).toBe('the entry [2, 1]');
    expect(of(entry, {}).text).toBe('the entry [2, 1]');
  });

  test('a row is that of an output', () => {
    expect(of(slices(0, [1]))).toEqual({
      text: 'the row of y[0, 1]',
      isSingle: true,
      evidence: { row: 1 },
      advice: undefined,
    });
    expect(of(slices(0, [0, 1]))).toMatchObject({
      text: 'rows 0, 1',
      isSingle: false,
      evidence: { rows: 2 },
    });
    expect(of(slices(0, [3], true), { columns })).toMatchObject({
      text: 'row 3',
      isSingle: true,
      advice: LAST,
    });
    expect(of(slices(0, [1]), {}, [4, 3, 2])).toMatchObject({ text: 'row 1', evidence: { row: 1 } });
  });

  test('columns are entries of the parameter', () => {
    const part = { ...columns, from: 1 };
    expect(of(slices(1, [2]))).toEqual({
      text: 'the derivatives by W[2]',
      isSingle: false,
      evidence: { column: 2 },
      advice: undefined,
    });
    expect(of(slices(1, [1]), { rows, columns: part }).text).toBe('the derivatives by W[2]');
    expect(of(slices(1, [1]), { rows }).text).toBe('the derivatives by entry 1');
    expect(of(slices(1, [0, 1])).text).toBe('the derivatives by entries 0, 1');
    expect(of(slices(1, [0, 1]), { rows, columns: part }).text).toBe('the derivatives by entries 1, 2');
    expect(of(slices(1, [2], true))).toMatchObject({ text: 'the derivatives by W[2]', advice: LAST });
  });

  test('other axes are the axes of the parameter', () => {
    expect(of(slices(1, [1]), { rows, columns }, [4, 2, 3])).toMatchObject({
      text: 'the derivatives by row 1',
      evidence: { slice: 1, axis: 1 },
    });
    expect(of(slices(2, [0, 1]), { rows, columns }, [4, 2, 6])).toMatchObject({
      text: 'the derivatives by columns 0, 1',
      isSingle: false,
      evidence: { slices: 2, axis: 2 },
    });
    expect(of(slices(3, [1]), { rows, columns }, [4, 2, 2, 3]).text).toBe(
      'the derivatives by slice 1 along axis 2',
    );
  });

  test('its diagonal leads from an entry to the output in its place', () => {
    expect(of({ kind: 'diagonal', side: 0 }).advice).toBe(
      'Look for what leads from each entry to the output in its place: an elementwise function, a skip connection, a term of the diagonal.',
    );
    expect(of({ kind: 'diagonal', side: 1 }).advice).toBe(
      MATRIX.replace('loss() and gradients()', 'outputs() and vjp()'),
    );
  });
});
