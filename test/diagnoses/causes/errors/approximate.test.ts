import { describe, expect, test } from 'vitest';
import { approximate } from '../../../../src/diagnoses/causes/errors/approximate.js';
import { codes, explanation, generic, type Numbers } from '../../evidence.js';

/** Claims that are off by up to a share, each by another. */
const nearly = (share: number, count = 5): Numbers => {
  const numeric = generic(count);
  return { numeric, analytic: numeric.map((n, i) => n * (1 + share * Math.cos(i))) };
};

test('entries that are all right to a few digits', () => {
  const told = explanation(approximate, [nearly(2e-5)])!;
  expect(told).toMatchObject({
    title: 'The gradient of a is right to 4 digits or more in every entry, but in most of them not to all.',
    advice:
      'Look for what is approximated in loss() or gradients(): a table or a series, a difference with a coarse step, ' +
      'an inner iteration that stops early, single precision. Mend it, or give a tolerance above 2e-5.',
  });
  expect(told.evidence.digits).toBe(4);
  expect(told.evidence.difference).toBeCloseTo(2e-5, 8);
});

test('a single number, which is no factor of one', () => {
  expect(codes([{ numeric: [0.85], analytic: [0.85003] }])).toEqual([['approximate', 'a']]);
  expect(explanation(approximate, [{ numeric: [0.85], analytic: [0.85003] }])?.title).toBe(
    'The gradient of a is right to 4 digits, and no more.',
  );
});

describe('it is not', () => {
  test.each<[string, Numbers]>([
    [
      'where an entry has not two digits right',
      { ...nearly(1e-4), analytic: [...nearly(1e-4, 4).analytic, 1.02 * generic(5)[4]!] },
    ],
    [
      'where most entries are right',
      { ...nearly(1e-4), analytic: [generic(1)[0]! * 1.001, ...generic(5).slice(1)] },
    ],
  ])('%s', (_, numbers) => {
    expect(explanation(approximate, [numbers])).toBeUndefined();
  });

  test('where something else is wrong that nothing explains', () => {
    const other = { analytic: generic(4, 2), numeric: generic(4, 3) };
    expect(codes([nearly(1e-4), other]).map(([code]) => code)).toEqual(['unexplained']);
  });

  test('where it is one small factor', () => {
    const numeric = generic(5);
    expect(codes([{ numeric, analytic: numeric.map((n) => 1.003 * n) }])).toEqual([['scaled', 'a']]);
  });
});
