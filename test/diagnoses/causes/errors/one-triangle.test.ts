import { describe, expect, test } from 'vitest';
import { oneTriangle } from '../../../../src/diagnoses/causes/errors/one-triangle.js';
import { codes, explanation, generic, type Numbers } from '../../evidence.js';

const SIZE = 3;

/** A matrix made of another one: entry, mirror image, and the side of the diagonal. */
function made(
  matrix: readonly number[],
  entry: (own: number, mirrored: number, side: number) => number,
): number[] {
  return matrix.map((own, i) => {
    const [row, column] = [Math.floor(i / SIZE), i % SIZE];
    return entry(own, matrix[column * SIZE + row]!, Math.sign(column - row));
  });
}
const full = generic(SIZE * SIZE);
const lower = made(full, (own, _, side) => (side > 0 ? 0 : own));
const symmetric = made(full, (own, mirrored) => own + mirrored);
const mean = (own: number, mirrored: number): number => (own + mirrored) / 2;
const both = (own: number, mirrored: number, side: number): number => (side === 0 ? own : own + mirrored);

const found = (numeric: number[], analytic: number[], shape = [SIZE, SIZE]): ReturnType<typeof explain> =>
  explain({ numeric, analytic, shape });
const explain = (numbers: Numbers) => explanation(oneTriangle, [numbers]);

test('the mean with the transpose, where the loss reads one triangle', () => {
  expect(found(lower, made(lower, mean))).toEqual({
    evidence: { rows: 3, reads: -1, claims: 0, share: 0.5 },
    title:
      'The gradient of a is the mean of what it should be and of its transpose: the loss reads the entries below the diagonal only.',
    advice:
      'That is a gradient by a matrix that stays symmetric; here each entry is moved by itself. ' +
      'Make the matrix symmetric in loss(), by half the sum with its transpose, or claim the derivative by each entry that is read.',
  });
  expect(found(full, made(full, mean))?.evidence).toMatchObject({ reads: 0, claims: 0, share: 0.5 });
});

test('twice one triangle, and both at once', () => {
  const one = (side: number): number[] => made(symmetric, (...of) => (of[2] === -side ? 0 : both(...of)));
  expect(found(symmetric, one(-1))).toMatchObject({
    evidence: { reads: 0, claims: -1, share: 1 },
    title:
      'The gradient of a has below its diagonal the derivatives by both triangles, and zero on the other side: the loss reads both triangles.',
  });
  expect(found(symmetric, one(1))?.evidence).toMatchObject({ claims: 1, share: 1 });
  expect(found(symmetric, made(symmetric, both))).toMatchObject({
    evidence: { claims: 0, share: 1 },
    title: expect.stringContaining('by an entry and by its mirror image together') as string,
  });
});

test('a flat array may be a square matrix', () => {
  expect(found(lower, made(lower, mean), [SIZE * SIZE])?.evidence.rows).toBe(3);
  expect(codes([{ numeric: lower, analytic: made(lower, mean), shape: [9] }])).toEqual([
    ['one-triangle', 'a'],
  ]);
});

describe('it is not', () => {
  test('the transpose of a triangle, which is told as that', () => {
    const upper = made(lower, (_, mirrored) => mirrored);
    expect(codes([{ numeric: lower, analytic: upper, shape: [SIZE, SIZE] }])).toEqual([['transposed', 'a']]);
    expect(codes([{ numeric: upper, analytic: lower, shape: [SIZE, SIZE] }])).toEqual([['transposed', 'a']]);
    // Both triangles are read, though one of them only is claimed.
    const twice = made(symmetric, (...of) => (of[2] > 0 ? 0 : both(...of)));
    expect(codes([{ numeric: symmetric, analytic: twice, shape: [SIZE, SIZE] }])).toEqual([
      ['one-triangle', 'a'],
    ]);
  });

  test.each<[string, Numbers]>([
    ['of a matrix that is not square', { numeric: generic(6), analytic: generic(6, 2), shape: [2, 3] }],
    [
      'where the diagonal is wrong too',
      { numeric: lower, analytic: made(lower, mean).map((g) => 1.1 * g), shape: [3, 3] },
    ],
    ['of the transpose', { numeric: full, analytic: made(full, (_, mirrored) => mirrored), shape: [3, 3] }],
    ['of a part of a matrix', { numeric: lower, analytic: made(lower, mean), shape: [3, 3], due: [0, 6] }],
    [
      'where only noise says so',
      {
        numeric: lower,
        analytic: made(lower, mean),
        shape: [3, 3],
        uncertainty: lower.map(() => 9),
        wrong: [1],
      },
    ],
  ])('%s', (_, numbers) => {
    expect(explain(numbers)).toBeUndefined();
  });
});

describe('a triangle that is stored by itself', () => {
  const numeric = generic(6);
  const off = (places: readonly number[], factor: number): Numbers => ({
    numeric,
    analytic: numeric.map((n, i) => (places.includes(i) ? factor * n : n)),
  });

  test.each([
    ['a lower one', [1, 3, 4], 0.5, 'half'],
    ['an upper one', [1, 2, 4], 0.5, 'half'],
    ['counted twice', [1, 3, 4], 2, 'twice'],
  ])('%s', (_, places, factor, text) => {
    expect(codes([off(places, factor)])).toEqual([['one-triangle', 'a']]);
    expect(explanation(oneTriangle, [off(places, factor)])?.title).toBe(
      `The gradient of a, read as one triangle of a symmetric matrix of 3 rows, is off the diagonal ${text} what it should be.`,
    );
  });

  test.each([
    ['at other places', [0, 3, 4], 0.5],
    ['by another factor', [1, 3, 4], 0.7],
  ])('not %s', (_, places, factor) => {
    expect(explanation(oneTriangle, [off(places, factor)])).toBeUndefined();
  });
});

test('half of the derivatives by one triangle that is read', () => {
  const numeric = [1.3, 0, 0, 0.7, -2.1, 0, 1.9, 0.4, 0.8];
  const analytic = numeric.map((n, i) => ([3, 6, 7].includes(i) ? n / 2 : n));
  expect(codes([{ shape: [3, 3], numeric, analytic }])).toEqual([['one-triangle', 'a']]);
});
