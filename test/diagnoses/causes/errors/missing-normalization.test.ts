import { describe, expect, test } from 'vitest';
import { missingNormalization } from '../../../../src/diagnoses/causes/errors/missing-normalization.js';
import { codes, explanation, findings, generic, type Numbers } from '../../evidence.js';

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** What a loss of u = v / |v| gives v, and the gradient du. */
function normalised(values: number[], du: number[]): { readonly numeric: number[]; readonly du: number[] } {
  const length = Math.sqrt(dot(values, values));
  const along = dot(du, values) / length ** 2;
  return { numeric: du.map((d, i) => (d - along * values[i]!) / length), du };
}
const values = generic(4, 3);
const { numeric, du } = normalised(values, generic(4, 4));
const length = Math.sqrt(dot(values, values));

test.each<[string, number[]]>([
  ['the part along a vector', du.map((d) => d / length)],
  ['and its length', du],
])('%s is left out', (_, analytic) => {
  const told = explanation(missingNormalization, [{ values, numeric, analytic }])!;
  expect(told.title).toBe(
    'The gradient of a has a part along a, which the true one has not: the loss does not change with the length, and the backward pass leaves a normalisation out.',
  );
  expect(told.advice).toMatch(
    /^Of u = v\/\|v\| with the gradient du, the gradient of v is \(du − \(du·u\) u\)\/\|v\|\. /,
  );
  expect(told.evidence.analyticCosine).toBeCloseTo(dot(du, values) / length / Math.sqrt(dot(du, du)), 12);
  expect(told.evidence.numericCosine).toBeCloseTo(0, 12);
});

test('row by row, of a matrix and of a flat array, and column by column', () => {
  const rows = [1, 2, 3].map((seed) => ({
    values: generic(4, seed),
    ...normalised(generic(4, seed), generic(4, seed + 7)),
  }));
  const all = {
    values: rows.flatMap((row) => row.values),
    numeric: rows.flatMap((row) => row.numeric),
    analytic: rows.flatMap((row) => row.du),
  };
  expect(codes([{ ...all, shape: [3, 4] }])).toEqual([['missing-normalization', 'a']]);
  expect(codes([all])).toEqual([['missing-normalization', 'a']]);
  const turned = (array: number[]): number[] => array.map((_, i) => array[(i % 3) * 4 + Math.floor(i / 3)]!);
  const columns = {
    values: turned(all.values),
    numeric: turned(all.numeric),
    analytic: turned(all.analytic),
  };
  expect(codes([{ ...columns, shape: [4, 3] }])).toEqual([['missing-normalization', 'a']]);
});

test('a penalty that is missing leaves a part along the parameter in the numeric gradient', () => {
  const free = generic(4, 4);
  expect(codes([{ values, numeric: free.map((n, i) => n + 0.3 * values[i]!), analytic: free }])).toEqual([
    ['missing-regularization', 'a'],
  ]);
});

describe('it is not', () => {
  const off = du.map((d) => d / length);
  test.each<[string, Numbers]>([
    [
      'where the error has another direction',
      { values, numeric, analytic: off.map((d, i) => d + (i === 1 ? 0.1 : 0)) },
    ],
    [
      'where the numeric gradient has a part along it',
      { values, numeric: numeric.map((n, i) => n + 0.1 * values[i]!), analytic: off },
    ],
    [
      'where it has a small one',
      { values, numeric: numeric.map((n, i) => n + 1e-4 * values[i]!), analytic: off },
    ],
    ['where that may be chance', { values, numeric, analytic: off, uncertainty: [1, 1, 1, 1], wrong: [0] }],
    [
      'where the claim is so large that the numeric gradient is nothing beside it',
      {
        values,
        numeric,
        analytic: normalised(values, generic(4, 8)).numeric.map((g, i) => 1e5 * (g + values[i]!)),
      },
    ],
    ['of a single number', { values: [2], numeric: [0], analytic: [1] }],
    ['of a part', { values, numeric, analytic: off, due: [0, 3] }],
  ] as [string, Numbers][])('%s', (_, numbers) => {
    expect(explanation(missingNormalization, [numbers])).toBeUndefined();
  });
});

describe('the reverse, of a loss that normalises nothing', () => {
  const free = generic(4, 4);
  const along = dot(free, values) / dot(values, values);

  test('the part along the parameter is taken away', () => {
    const projected = free.map((n, i) => n - along * values[i]!);
    const told = explanation(missingNormalization, [{ values, numeric: free, analytic: projected }])!;
    expect(told.title).toBe(
      'The gradient of a has no part along a, which the true one has: the backward pass goes through a normalisation that the loss does not make.',
    );
    expect(told.evidence.analyticCosine).toBeCloseTo(0, 12);
    expect(codes([{ values, numeric: free, analytic: projected }])).toEqual([['missing-normalization', 'a']]);
  });

  test('what is added to a gradient across the parameter by a number that people write is a penalty', () => {
    const decayed = numeric.map((n, i) => n + 0.01 * values[i]!);
    expect(codes([{ values, numeric, analytic: decayed }])).toEqual([['missing-regularization', 'a']]);
    expect(codes([{ values, numeric: decayed, analytic: numeric }])).toEqual([
      ['missing-regularization', 'a'],
    ]);
  });
});

test('the length alone is left out', () => {
  const told = [{ values, numeric, analytic: numeric.map((n) => n * length) }];
  expect(codes(told)).toEqual([['missing-normalization', 'a']]);
  expect(findings(told)[0]?.title).toBe(
    'The gradient of a is the true one times the length of a: the loss divides by that length, and the backward pass does not.',
  );
  // Of a loss that feels the length it is a factor.
  expect(codes([{ values, numeric: du, analytic: du.map((n) => n * length) }])).toEqual([['scaled', 'a']]);
});

test('the length of another vector with it', () => {
  expect(codes([{ values, numeric, analytic: du.map((d) => 1.2345 * d) }])).toEqual([
    ['missing-normalization', 'a'],
  ]);
});
