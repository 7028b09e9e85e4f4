import { describe, expect, test } from 'vitest';
import { nonFiniteGradient } from '../../../../src/diagnoses/causes/limits/non-finite-gradient.js';
import { foundBy, JACOBIAN, type Numbers } from '../../evidence.js';

const right: Numbers = { analytic: [1, 2, 3], numeric: [1, 2, 3] };

describe('a gradient', () => {
  const broken: Numbers = { ...right, analytic: [1, Number.NaN, Infinity] };

  test('that is not finite is told', () => {
    expect(foundBy(nonFiniteGradient, [broken, right])).toEqual([
      {
        code: 'non-finite-gradient',
        parameter: 'a',
        evidence: { entries: 2 },
        title: 'gradients() gave NaN or an infinity for 2 of the 3 entries of a.',
        advice: 'Look for a division by zero, a log of zero or an overflow in the backward pass.',
      },
    ]);
  });

  test('of several parameters is one finding', () => {
    const [finding, ...others] = foundBy(nonFiniteGradient, [
      broken,
      right,
      { ...broken, analytic: [Infinity, 2, 3] },
    ]);
    expect(others).toEqual([]);
    expect(finding).toStrictEqual({
      code: 'non-finite-gradient',
      evidence: { entries: 3 },
      title: 'gradients() gave NaN or an infinity for 3 of the 6 entries of a and c.',
      advice:
        'Look for a division by zero, a log of zero or an overflow in the backward pass. Where all of them have one cause, it is in what they share: the first things that a backward pass computes.',
    });
  });

  test('at a point beside θ says so', () => {
    expect(foundBy(nonFiniteGradient, [{ ...broken, point: 3 }, right])).toMatchObject([
      {
        title:
          'gradients() gave NaN or an infinity for 2 of the 3 entries of a, at point 3, beside the parameters as given.',
      },
    ]);
  });

  test('of several begins at the output where something after it is right', () => {
    expect(foundBy(nonFiniteGradient, [broken, broken, right])[0]?.advice).toContain(
      ' Begin at b, the first counted from the output.',
    );
    expect(foundBy(nonFiniteGradient, [broken, broken, { ...right, moved: false }])[0]?.advice).not.toContain(
      'counted',
    );
  });

  test('of many counts them', () => {
    expect(
      foundBy(
        nonFiniteGradient,
        Array.from({ length: 5 }, () => broken),
      )[0]?.title,
    ).toContain('of all 5 such parameters.');
  });

  test('of a Jacobian, whose blocks are in no order', () => {
    const blocks = ['y', 'z'].map((output) => ({ ...broken, output }));
    expect(foundBy(nonFiniteGradient, blocks, JACOBIAN)).toMatchObject([
      {
        title: 'vjp() gave NaN or an infinity for 4 of the 6 entries of y by a and z by b.',
        advice: 'Look for a division by zero, a log of zero or an overflow in the backward pass.',
      },
    ]);
    expect(foundBy(nonFiniteGradient, blocks.slice(0, 1), JACOBIAN)).toMatchObject([
      { parameter: 'a', output: 'y' },
    ]);
  });

  test('of a part, by what was to be checked', () => {
    expect(foundBy(nonFiniteGradient, [{ ...broken, due: [0, 2] }])).toMatchObject([
      {
        evidence: { entries: 1 },
        title: 'gradients() gave NaN or an infinity for 1 of the 2 entries of the checked part of a.',
      },
    ]);
    expect(foundBy(nonFiniteGradient, [{ ...broken, due: [0, 1] }])).toEqual([]);
    expect(foundBy(nonFiniteGradient, [{ ...broken, due: [2, 3] }])[0]?.evidence).toEqual({ entries: 1 });
  });

  test('that is finite is not', () => {
    expect(foundBy(nonFiniteGradient, [right])).toEqual([]);
  });
});
