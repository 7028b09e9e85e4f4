import { describe, expect, test } from 'vitest';
import {
  signFlipped,
  signFlippedBesidePenalty,
} from '../../../../src/diagnoses/causes/errors/sign-flipped.js';
import { codes, explanation, generic, JACOBIAN, type Numbers } from '../../evidence.js';

const ADVICE =
  'Look for target − output where output − target is meant, a lost minus of a negative log-likelihood, or a gradient that was already negated for a descent step.';
const flipped: Numbers = { analytic: [1, -2, 3], numeric: [-1, 2, -3] };

describe('the other sign', () => {
  test('is told, with the factor', () => {
    expect(explanation(signFlipped, [flipped])).toEqual({
      evidence: { factor: -1 },
      title: 'The gradient of a has the wrong sign: it is the true one times −1.',
      advice: ADVICE,
    });
  });

  test('of several, of a single entry and of a Jacobian too', () => {
    const single = { analytic: [2], numeric: [-2] };
    expect(explanation(signFlipped, [flipped, single])?.title).toBe(
      'The gradient of a and b has the wrong sign: it is the true one times −1.',
    );
    expect(explanation(signFlipped, [{ ...single, hasRows: true }], JACOBIAN)?.title).toBe(
      'The Jacobian by a has the wrong sign: it is the true one times −1.',
    );
  });

  test.each([
    ['with one entry off', { ...flipped, numeric: [-1, 2, -4] }],
    ['with a factor', { ...flipped, numeric: [-1.01, 2.02, -3.03] }],
  ])('not %s', (_, numbers) => {
    expect(explanation(signFlipped, [numbers])).toBeUndefined();
  });
});

test('a single number that is hardly known has no other sign for sure', () => {
  const known = (uncertainty: number): Numbers => ({
    analytic: [2],
    numeric: [-2.01],
    uncertainty: [uncertainty],
  });
  expect(explanation(signFlipped, [known(0.05)])).toBeDefined();
  expect(explanation(signFlipped, [known(0.15)])).toBeUndefined();
  // Several are hardly all so by chance.
  expect(explanation(signFlipped, [known(0.15), known(0.15)])).toBeDefined();
});

describe('the other sign beside a penalty', () => {
  const numeric = generic(6);
  const values = [0.5, -1.2, 2, -0.7, 1.1, -0.4];
  /** g − λ θ = f (n − λ θ). */
  const besides = (factor: number): Numbers => ({
    analytic: numeric.map((n, i) => factor * n + (1 - factor) * 0.03 * values[i]!),
    numeric,
    values,
  });

  test('is told, with the penalty', () => {
    const found = explanation(signFlippedBesidePenalty, [besides(-1)])!;
    expect(found).toMatchObject({
      evidence: { factor: -1, power: 2 },
      title:
        'The gradient of a, besides the term 0.03·θ of a penalty, which is right, has the wrong sign: it is the true one times −1.',
      advice: ADVICE,
    });
    expect(found.evidence.lambda).toBeCloseTo(0.03, 9);
  });

  test('in the unit of the gradient', () => {
    const { analytic } = besides(-1);
    const size = 2 ** 600;
    const large = { analytic: analytic.map((g) => g * size), numeric: numeric.map((n) => n * size), values };
    const found = explanation(signFlippedBesidePenalty, [large])!;
    expect(found.evidence.lambda! / size).toBeCloseTo(0.03, 9);
    expect(found.title).toContain(' 1.2449e+179·θ');
  });

  test.each([
    [-1.0005, true],
    [-1.003, false],
    [-0.997, false],
    [1.5, false],
  ])('is as near to −1 as it is without a penalty: %d, %j', (factor, isFound) => {
    expect(explanation(signFlippedBesidePenalty, [besides(factor)]) !== undefined).toBe(isFound);
  });

  test('is told where a factor that is fitted would be another', () => {
    // What is uncertain draws the fit away from −1, and from the penalty.
    const { analytic } = besides(-1);
    const rough = analytic.map((g, i) => g + 2e-3 * [1, -1, 1, 1, -1, -1][i]!);
    const uncertain = { analytic: rough, numeric, values, uncertainty: numeric.map(() => 4e-3) };
    expect(codes([uncertain])).toEqual([['sign-flipped', 'a']]);
  });

  test('not where there is no penalty', () => {
    const negated = { analytic: numeric.map((n) => -n), numeric, values };
    expect(explanation(signFlippedBesidePenalty, [negated])).toBeUndefined();
  });
});
