import { describe, expect, test } from 'vitest';
import { offset } from '../../../../src/diagnoses/causes/errors/offset.js';
import { codes, explanation, generic, JACOBIAN, type Numbers } from '../../evidence.js';

const off = (by: number, numeric = generic(5)): Numbers => ({
  analytic: numeric.map((n) => n + by),
  numeric,
  values: numeric.map((_, i) => (-1) ** i * (i + 1)),
});

test.each([
  [0.25, 'too large by the same 0.25'],
  [-0.1, 'too small by the same 0.1'],
])('a constant of %d is told', (by, said) => {
  const found = explanation(offset, [off(by)])!;
  expect(found).toMatchObject({
    title: `Every entry of the gradient of a is ${said}.`,
    advice:
      'Look for a constant that is added to the gradient, a term of the loss that is linear in the parameters and missing from one side, or a buffer that does not begin at zero.',
  });
  expect(found.evidence.offset).toBeCloseTo(by, 12);
});

test('of parameters of one sign it may be a penalty on their magnitudes', () => {
  const advice = (by: number): string =>
    explanation(offset, [{ ...off(by), values: [1, 2, 3, 4, 5] }])!.advice;
  expect(advice(-0.1)).toBe(
    'Look for a constant that is added to the gradient, a term of the loss that is linear in the parameters and missing from one side, or a buffer that does not begin at zero. Where all of a have one sign, as here, a penalty λ‖θ‖₁ that the backward pass leaves out looks the same.',
  );
  expect(advice(0.1)).toContain('λ‖θ‖₁ that only the backward pass has looks');
});

test('of a Jacobian by its names', () => {
  expect(explanation(offset, [off(0.25)], JACOBIAN)).toMatchObject({
    title: 'Every entry of the Jacobian by a is too large by the same 0.25.',
    advice: expect.stringContaining('a term of the function that is linear'),
  });
});

test('in the unit of the gradient', () => {
  const size = 2 ** 600;
  const large = off(
    size,
    generic(5).map((n) => n * size),
  );
  expect(explanation(offset, [large])).toMatchObject({
    evidence: { offset: size },
    title: expect.stringContaining(`the same 4.1495e+180.`),
  });
});

describe('none is told', () => {
  test.each([
    ['of one entry', off(0.25, [1])],
    ['that is not the same', { analytic: [1.25, 2.25, 3.5], numeric: [1, 2, 3] }],
    ['where only one entry shows it', { ...off(0.25), uncertainty: [0, 1, 1, 1, 1] }],
  ])('%s', (_, numbers) => {
    expect(explanation(offset, [numbers])).toBeUndefined();
  });

  test('that two entries are not enough for is one all the same', () => {
    expect(explanation(offset, [off(0.25, [1, 2])])?.evidence.offset).toBeCloseTo(0.25, 12);
    expect(explanation(offset, [off(0.25, [1]), off(0.25, [2])])?.evidence.offset).toBeCloseTo(0.25, 12);
  });
});

test('it is believed only where nothing is left', () => {
  const other = { analytic: generic(4, 2), numeric: generic(4, 3) };
  expect(codes([off(0.25)])).toEqual([['offset', 'a']]);
  expect(codes([off(0.25), other]).map(([code]) => code)).toEqual(['unexplained']);
});
