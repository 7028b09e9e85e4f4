import { describe, expect, test } from 'vitest';
import { overwritten } from '../../../../src/diagnoses/causes/errors/overwritten.js';
import { codes, explanation, generic, type Numbers } from '../../evidence.js';

const outer = (column: readonly number[], row: readonly number[]): number[] =>
  column.flatMap((a) => row.map((b) => a * b));
const [column, row] = [generic(3, 5), generic(4, 6)];
const numeric = generic(12);
const matrix: Numbers = { numeric, analytic: outer(column, row), shape: [3, 4] };
const vector: Numbers = { numeric: generic(3, 9), analytic: column.map((x) => 2 * x) };

test('one product of a column and a row, where the true gradient is none', () => {
  const norm = (array: readonly number[]): number => Math.hypot(...array);
  const told = explanation(overwritten, [matrix])!;
  expect(told).toMatchObject({
    evidence: { matrices: 1 },
    title:
      'The gradient of a is one term where there should be a sum of them: what is claimed for a is a single product of a column and a row.',
    advice: expect.stringMatching(/^Look for = where \+= is meant: /) as string,
  });
  expect(told.evidence.ratio).toBeCloseTo(norm(matrix.analytic) / norm(numeric), 12);
});

test('a flat array, and one of more axes', () => {
  expect(codes([{ ...matrix, shape: [12] }])).toEqual([['overwritten', 'a']]);
  expect(codes([{ ...matrix, shape: [3, 2, 2] }])).toEqual([['overwritten', 'a']]);
});

test('vectors are explained that are a factor of the matrix', () => {
  expect(codes([matrix, vector])).toEqual([['overwritten', undefined]]);
  expect(explanation(overwritten, [matrix, vector])?.title).toMatch(/^The gradient of a and b is one term/);
  expect(explanation(overwritten, [matrix, { ...vector, analytic: generic(3, 11) }])).toBeUndefined();
  expect(explanation(overwritten, [vector])).toBeUndefined();
});

describe('it is not', () => {
  test.each<[string, Numbers]>([
    [
      'where the true gradient is such a product, too',
      { ...matrix, numeric: outer(generic(3, 2), generic(4, 3)) },
    ],
    [
      'where that can not be excluded',
      { ...matrix, uncertainty: numeric.map(() => 1), wrong: numeric.map((_, i) => i) },
    ],
    ['of a matrix with one row that is not zero', { ...matrix, analytic: outer([1, 0, 0], row) }],
    ['of a column of one number', { ...matrix, analytic: outer([0.7, 0.7, 0.7], row) }],
    ['of a row of one number', { ...matrix, analytic: outer(column, [2, -2, 2, 2]) }],
    ['of signs', { ...matrix, analytic: outer([1, -1, 1], [-1, 1, 1, -1]) }],
    [
      'of a sum of two products',
      { ...matrix, analytic: outer(column, row).map((x, i) => x + outer(generic(3, 2), generic(4, 3))[i]!) },
    ],
    ['where few entries are wrong', { ...matrix, wrong: [3] }],
    ['of a part', { ...matrix, due: [0, 8] }],
  ] as [string, Numbers][])('%s', (_, numbers) => {
    expect(explanation(overwritten, [numbers])).toBeUndefined();
  });
});
