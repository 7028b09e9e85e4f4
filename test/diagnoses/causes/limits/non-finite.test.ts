/** What is not finite: a loss at the parameters or beside them, and gradients. */

import { describe, expect, test } from 'vitest';
import { nonFiniteGradient } from '../../../../src/diagnoses/causes/limits/non-finite-gradient.js';
import { nonFiniteLoss } from '../../../../src/diagnoses/causes/limits/non-finite-loss.js';
import { wordsOf } from '../../../../src/diagnoses/words.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { evidenceOf, JACOBIAN, type Numbers } from '../../evidence.js';

function found(
  diagnosis: typeof nonFiniteLoss,
  all: readonly Numbers[],
  other: Partial<Evidence> = {},
): readonly Finding[] {
  const evidence = evidenceOf(all, other);
  return diagnosis(evidence, wordsOf(evidence));
}

const right: Numbers = { analytic: [1, 2, 3], numeric: [1, 2, 3] };
const beyond: Numbers = { ...right, numeric: [1, Number.NaN, Number.NaN], step: { min: 1e-6, max: 2e-5 } };

describe('a loss', () => {
  const losses = (by: 'loss' | 'losses', ...values: number[]): Partial<Evidence> => ({
    preconditions: { ...evidenceOf([right]).preconditions, losses: [{ by, values }] },
  });

  test.each([
    [Number.NaN, 'loss', {}, 'loss() is NaN', 'loss'],
    [-Infinity, 'losses', {}, 'losses() is -Infinity', 'loss'],
    [Number.NaN, 'loss', JACOBIAN, 'outputs() is NaN', 'function'],
  ] as const)('of %d by %s is told', (loss, by, other, is, noun) => {
    expect(found(nonFiniteLoss, [beyond], { ...losses(by, loss, loss), ...other })).toEqual([
      {
        code: 'non-finite-loss',
        evidence: { loss },
        title: `${is} at the parameters as given.`,
        advice: `Check at a point inside the domain of the ${noun}: away from log(0), 0/0 and overflow.`,
      },
    ]);
  });

  test('beside the parameters is told for each', () => {
    expect(found(nonFiniteLoss, [right, beyond])).toEqual([
      {
        code: 'non-finite-loss',
        parameter: 'b',
        evidence: { entries: 2, step: 2e-5 },
        title: "loss() is not finite beside the parameters: 2 of 3 entries of b can't be compared.",
        advice:
          'The step leaves the domain of the loss, or the parameter is not finite itself. Check at another point, or with a smaller epsilon.',
      },
    ]);
  });

  test('of a block, of a part of it', () => {
    const part: Numbers = { ...beyond, output: 'y', due: [0, 2] };
    expect(found(nonFiniteLoss, [part], JACOBIAN)).toMatchObject([
      {
        parameter: 'a',
        output: 'y',
        title:
          "outputs() is not finite beside the parameters: 1 of 2 entries of the checked part of y by a can't be compared.",
        advice: expect.stringContaining('leaves the domain of the function, or'),
      },
    ]);
  });

  test.each([
    ['whose entries a budget left out', { ...beyond, unreached: 2 }, {}],
    ['whose step was lost in storage', { ...beyond, step: { min: 0, max: 1e-9 } }, {}],
    ['of what can not be compared', beyond, { comparable: false }],
    ['that is finite', { ...right, due: [0, 2] as const }, {}],
  ])('is not told beside parameters %s', (_, numbers, other) => {
    expect(found(nonFiniteLoss, [numbers], other)).toEqual([]);
  });

  test('is told of those that a budget did not leave out', () => {
    expect(found(nonFiniteLoss, [{ ...beyond, unreached: 1 }])).toMatchObject([
      { evidence: { entries: 1 }, title: expect.stringContaining(': 1 of 3 entries') },
    ]);
  });
});

describe('a gradient', () => {
  const broken: Numbers = { ...right, analytic: [1, Number.NaN, Infinity] };

  test('that is not finite is told', () => {
    expect(found(nonFiniteGradient, [broken, right])).toEqual([
      {
        code: 'non-finite-gradient',
        parameter: 'a',
        evidence: { entries: 2 },
        title: 'gradients() gave NaN or an infinity for 2 of the 3 entries of a.',
        advice: 'Look for a division by zero, a log of zero or an overflow in the backward pass.',
      },
    ]);
  });

  test('of several parameters is one finding, that begins at the output', () => {
    const [finding, ...others] = found(nonFiniteGradient, [
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
        'Look for a division by zero, a log of zero or an overflow in the backward pass. Begin at c, the first counted from the output.',
    });
  });

  test('of many counts them', () => {
    expect(
      found(
        nonFiniteGradient,
        Array.from({ length: 5 }, () => broken),
      )[0]?.title,
    ).toContain('of all 5 such parameters.');
  });

  test('of a Jacobian, whose blocks are in no order', () => {
    const blocks = ['y', 'z'].map((output) => ({ ...broken, output }));
    expect(found(nonFiniteGradient, blocks, JACOBIAN)).toMatchObject([
      {
        title: 'vjp() gave NaN or an infinity for 4 of the 6 entries of y by a and z by b.',
        advice: 'Look for a division by zero, a log of zero or an overflow in the backward pass.',
      },
    ]);
    expect(found(nonFiniteGradient, blocks.slice(0, 1), JACOBIAN)).toMatchObject([
      { parameter: 'a', output: 'y' },
    ]);
  });

  test('of a part, by what was to be checked', () => {
    expect(found(nonFiniteGradient, [{ ...broken, due: [0, 2] }])).toMatchObject([
      {
        evidence: { entries: 1 },
        title: 'gradients() gave NaN or an infinity for 1 of the 2 entries of the checked part of a.',
      },
    ]);
    expect(found(nonFiniteGradient, [{ ...broken, due: [0, 1] }])).toEqual([]);
    expect(found(nonFiniteGradient, [{ ...broken, due: [2, 3] }])[0]?.evidence).toEqual({ entries: 1 });
  });

  test('that is finite is not', () => {
    expect(found(nonFiniteGradient, [right])).toEqual([]);
  });
});
