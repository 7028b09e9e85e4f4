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

describe('a claim that is rounded', () => {
  const numeric = [1.23456789, -0.004321, 0.98765432];

  test.each<[string, (n: number) => number, string, object]>([
    ['to decimals', (n) => Number(n.toFixed(4)), '4 decimals', { decimals: 4 }],
    ['to digits', (n) => Number(n.toPrecision(3)), '3 digits', { significant: 3 }],
  ])('%s', (_, round, text, evidence) => {
    const rounded = { numeric, analytic: numeric.map(round) };
    expect(codes([rounded])).toEqual([['approximate', 'a']]);
    expect(explanation(approximate, [rounded])).toMatchObject({
      evidence,
      title: `The gradient of a is the true one rounded to ${text}.`,
    });
  });

  test('not where one is rounded to another number', () => {
    expect(codes([{ numeric, analytic: [1.2346, -0.0143, 0.9877] }])).toEqual([['unexplained', 'a']]);
  });
});

test('what is small beside the others is held against these', () => {
  const told = explanation(approximate, [{ numeric: [1, 2, 1e-6], analytic: [1.0001, 2.0001, 1.05e-4] }]);
  expect(told?.title).toContain('in every entry that is not small beside the others, but');
});
