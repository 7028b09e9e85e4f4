import { describe, expect, test } from 'vitest';
import { missingRegularization } from '../../../../src/diagnoses/causes/errors/missing-regularization.js';
import { explanation, generic, HESSIAN, type Numbers } from '../../evidence.js';

const numeric = generic(5);
const values = [0.5, -1.2, 2, -0.7, 1.1];
/** A gradient that lacks λ s. */
const lacks = (lambda: number, slope: (theta: number) => number = (theta) => theta): Numbers => ({
  analytic: numeric.map((n, i) => n - lambda * slope(values[i]!)),
  numeric,
  values,
});
const MEND =
  'Weight decay belongs either to the optimiser or to the loss: take the term out of gradients(), add it to loss(), or mend its factor or sign.';

describe('a penalty is told', () => {
  test.each([
    [
      'that is missing',
      lacks(0.03),
      2,
      'The gradient of a lacks 0.03·θ: the loss has a penalty, ½λ‖θ‖², that the backward pass leaves out, or has less of.',
      'Add λθ to the gradient, with the λ of the loss, or take the penalty out of the loss.',
    ],
    [
      'that is too much',
      lacks(-0.03),
      2,
      'The gradient of a has 0.03·θ too much: a penalty, ½λ‖θ‖², that the loss does not have, or has less of.',
      MEND,
    ],
    [
      'of the magnitudes, missing',
      lacks(0.05, Math.sign),
      1,
      'The gradient of a lacks 0.05·sign θ: the loss has a penalty, λ‖θ‖₁, that the backward pass leaves out, or has less of.',
      'Add λ sign θ to the gradient, with the λ of the loss, or take the penalty out of the loss.',
    ],
    [
      'of the magnitudes, too much',
      lacks(-0.05, Math.sign),
      1,
      'The gradient of a has 0.05·sign θ too much: a penalty, λ‖θ‖₁, that the loss does not have, or has less of.',
      MEND,
    ],
  ])('%s', (_, numbers, power, title, advice) => {
    const found = explanation(missingRegularization, [numbers])!;
    expect(found).toMatchObject({ title, advice, evidence: { power } });
    const sign = numbers.analytic[0]! < numeric[0]! ? 1 : -1;
    expect(found.evidence.lambda * sign).toBeCloseTo(power === 2 ? 0.03 : 0.05, 12);
  });
});

test('of a Hessian by its names', () => {
  expect(explanation(missingRegularization, [lacks(0.03)], HESSIAN)).toMatchObject({
    title:
      'The Hessian by a lacks 0.03·θ: the function has a penalty, ½λ‖θ‖², that the backward pass leaves out, or has less of.',
    advice: 'Add λθ to the gradient, with the λ of the function, or take the penalty out of the function.',
  });
  expect(explanation(missingRegularization, [lacks(-0.03)], HESSIAN)).toMatchObject({
    title:
      'The Hessian by a has 0.03·θ too much: a penalty, ½λ‖θ‖², that the function does not have, or has less of.',
    advice:
      'Weight decay belongs either to the optimiser or to the function: take the term out of hvp(), add it to gradients(), or mend its factor or sign.',
  });
});

test('in the unit of the gradient', () => {
  const size = 2 ** 600;
  const { analytic } = lacks(0.5);
  const large = { analytic: analytic.map((g) => g * size), numeric: numeric.map((n) => n * size), values };
  const found = explanation(missingRegularization, [large])!;
  expect(found.evidence.lambda / size).toBeCloseTo(0.5, 12);
  expect(found.title).toContain('lacks 2.0748e+180·θ');
});

test('of several parameters with one λ', () => {
  expect(explanation(missingRegularization, [lacks(0.03), lacks(0.03)])?.title).toContain('of a and b lacks');
  expect(explanation(missingRegularization, [lacks(0.03), lacks(0.04)])).toBeUndefined();
});

describe('of magnitudes, errors of one size', () => {
  const one = (lambda: number, count: number): Numbers => {
    const { analytic } = lacks(lambda, Math.sign);
    return {
      analytic: analytic.slice(0, count),
      numeric: numeric.slice(0, count),
      values: values.slice(0, count),
    };
  };
  test.each([
    [0.362, 5, true],
    [0.362, 4, false],
    // A number that people write needs fewer signs.
    [0.36, 4, true],
    [0.36, 3, true],
    [0.36, 2, false],
  ])('%d in %d entries: %j', (lambda, count, isFound) => {
    expect(explanation(missingRegularization, [one(lambda, count)]) !== undefined).toBe(isFound);
  });
});

test('what may be the part along a length is no penalty for sure', () => {
  const along =
    numeric.reduce((sum, n, i) => sum + n * values[i]!, 0) / values.reduce((sum, v) => sum + v * v, 0);
  const across = numeric.map((n, i) => n - along * values[i]!);
  const advice = (lambda: number, n: readonly number[], uncertainty = 1e-2): string =>
    explanation(missingRegularization, [
      {
        numeric: n,
        values,
        analytic: n.map((x, i) => x + lambda * values[i]!),
        uncertainty: n.map(() => uncertainty),
      },
    ])!.advice;
  expect(advice(2.0364, across)).toBe(
    `${MEND} But 2.0364 is no number that anybody writes: where the loss divides by the length of a, it is the part along it that a normalisation takes away.`,
  );
  // A number that people write, and a true gradient that has a part along it.
  expect(advice(2, across)).toBe(MEND);
  expect(advice(2.0364, numeric)).toBe(MEND);
});

describe('none is told', () => {
  test.each([
    ['that is not in proportion', { ...lacks(0.03), values: values.with(2, 1) }],
    // An offset.
    ['where all parameters are the same', { ...lacks(0.03, () => 1), values: [2, 2, 2, 2, 2] }],
    ['where only one entry shows it', { ...lacks(0.03), uncertainty: [0, 1, 1, 1, 1] }],
    ['of parameters that are zero', { ...lacks(0.03), values: [0, 0, 0, 0, 0] }],
  ])('%s', (_, numbers) => {
    expect(explanation(missingRegularization, [numbers])).toBeUndefined();
  });
});
