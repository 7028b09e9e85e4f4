import { describe, expect, test } from 'vitest';
import { logParameter } from '../../../../src/diagnoses/causes/errors/log-parameter.js';
import { codes, explanation, generic, type Numbers } from '../../evidence.js';

/** Claims that are the derivatives by the logarithms. */
const byLog = (count: number, seed = 1): Numbers => {
  const [numeric, values] = [generic(count, seed), generic(count, seed + 10)];
  return { numeric, values, analytic: numeric.map((n, i) => n * values[i]!) };
};

test('each entry times its parameter is the derivative by the logarithm', () => {
  const values = [2, 0.5, 0.25];
  const numeric = [3, -1, 4];
  expect(explanation(logParameter, [{ numeric, values, analytic: [6, -0.5, 1] }])).toEqual({
    evidence: { smallest: 0.25, largest: 2 },
    title:
      'The gradient of a is what it should be times the parameter itself, entry by entry: the derivative by its logarithm.',
    advice:
      'Divide by a what gradients() returns, or hand over the logarithms as the parameters, which loss() then has to take the exponential of. A power of it that is one too high looks the same.',
  });
});

test('of several parameters it is one finding', () => {
  const single = (value: number, numeric: number): Numbers => ({
    numeric: [numeric],
    values: [value],
    analytic: [value * numeric],
  });
  expect(codes([single(2, 3), single(0.5, -1), single(0.25, 4)])).toEqual([['log-parameter', undefined]]);
  expect(codes([byLog(3), byLog(4, 2)])).toEqual([['log-parameter', undefined]]);
});

describe('it is not', () => {
  test.each<[string, Numbers]>([
    ['where one entry is another multiple', { ...byLog(4), analytic: [...byLog(3).analytic, 9] }],
    ['where all parameters are one', { ...byLog(4), values: [1, 1, 1, 1] }],
    ['where it can not be told', { ...byLog(2), uncertainty: [1, 1] }],
  ])('%s', (_, numbers) => {
    expect(explanation(logParameter, [numbers])).toBeUndefined();
  });

  test('where all parameters are alike: that is a factor', () => {
    const numeric = generic(4);
    const twice = numeric.map((n) => 2 * n);
    expect(codes([{ numeric, values: [2, 2, 2, 2], analytic: twice }])).toEqual([['scaled', 'a']]);
  });
});

describe('the reverse, of a parameter that is a logarithm', () => {
  const [numeric, values] = [generic(4), generic(4, 11)];
  const over = (of: (value: number) => number): Numbers => ({
    numeric,
    values,
    analytic: numeric.map((n, i) => n / of(values[i]!)),
  });

  test.each<[string, (value: number) => number, string]>([
    ['e', Math.exp, 'is the derivative by exp φ, not by'],
    ['ten', (x) => Math.LN10 * 10 ** x, 'is the derivative by 10^φ, not by'],
    ['two', (x) => Math.LN2 * 2 ** x, 'is the derivative by 2^φ, not by'],
    [
      'e, by the square',
      (x) => 2 * Math.exp(2 * x),
      'by exp 2φ, not by the parameter φ itself: what it should be over 2 exp 2φ,',
    ],
    [
      'e, by the root',
      (x) => Math.exp(x / 2) / 2,
      'by exp ½φ, not by the parameter φ itself: what it should be over ½ exp ½φ,',
    ],
  ])('to the base of %s', (_, of, text) => {
    const told = explanation(logParameter, [over(of)])!;
    expect(told.title).toContain(text);
    expect(told.evidence.largest).toBeCloseTo(Math.max(...values.map((value) => 1 / of(value))), 12);
  });

  test('of some entries, where the others are right', () => {
    const some = { ...over(Math.exp), analytic: over(Math.exp).analytic.with(1, numeric[1]!) };
    expect(codes([some])).toEqual([['log-parameter', 'a']]);
    expect(explanation(logParameter, [some])?.title).toContain('of a, where it is wrong, is the derivative');
  });

  test.each<[string, (value: number) => number, string]>([
    [
      'square',
      (x) => 2 * x,
      'is the derivative by its square, not by the parameter itself: what it should be over twice the parameter,',
    ],
    [
      'root',
      (x) => 0.5 / Math.sqrt(x),
      'is the derivative by its root, not by the parameter itself: what it should be over half of one over the root,',
    ],
  ])('by the %s of a parameter', (_, of, text) => {
    const positive = values.map((value) => 1 + Math.abs(value));
    const told = explanation(logParameter, [
      { numeric, values: positive, analytic: numeric.map((n, i) => n / of(positive[i]!)) },
    ])!;
    expect(told.title).toContain(text);
    expect(told.advice).toMatch(/^Multiply by the derivative of that, /);
  });

  test('of a single number that is known to a percent by its name', () => {
    const one = (name: string): Numbers => ({
      name,
      numeric: [1],
      values: [0.9],
      analytic: [Math.exp(-0.9) * 1.002],
      uncertainty: [5e-3],
    });
    expect(explanation(logParameter, [one('logSigma')])?.title).toContain('by exp φ');
    expect(explanation(logParameter, [one('sigma')])).toBeUndefined();
  });

  test('of a single number a rule holds as exactly as that is known, one of several nearly does by chance', () => {
    const one = (off: number, uncertainty = 0): Numbers => ({
      numeric: [1.7],
      values: [0.9],
      analytic: [(1.7 / 1.8) * (1 + off)],
      uncertainty: [uncertainty],
    });
    expect(explanation(logParameter, [one(1e-6)])?.title).toContain('its square');
    expect(explanation(logParameter, [one(1e-4)])).toBeUndefined();
  });

  test('of a claim of zero it is not, however large the power', () => {
    const zero: Numbers = { numeric: [1.7], values: [9], analytic: [0] };
    expect(explanation(logParameter, [zero])).toBeUndefined();
    expect(codes([{ numeric, values: [9, 8, 9, 9], analytic: numeric.with(1, 0) }])).toEqual([
      ['isolated-entries', 'a'],
    ]);
  });

  test('of one entry by a factor that people write it is that factor', () => {
    const one = { numeric, values: [2, 3, 4, 5], analytic: numeric.with(1, 3 * numeric[1]!) };
    expect(codes([one])).toEqual([['isolated-entries', 'a']]);
  });
});
