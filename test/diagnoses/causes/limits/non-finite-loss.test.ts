import { describe, expect, test } from 'vitest';
import { nonFiniteLoss } from '../../../../src/diagnoses/causes/limits/non-finite-loss.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import { foundBy, JACOBIAN, type Numbers, preconditionsOf } from '../../evidence.js';

const right: Numbers = { analytic: [1, 2, 3], numeric: [1, 2, 3] };
const beyond: Numbers = { ...right, numeric: [1, Number.NaN, Number.NaN], step: { min: 1e-6, max: 2e-5 } };

describe('a loss', () => {
  const losses = (by: 'loss' | 'losses', ...values: number[]): Partial<Evidence> => ({
    ...preconditionsOf({ losses: [{ by, values }] }),
  });

  test.each([
    [Number.NaN, 'loss', {}, 'loss() is NaN', 'loss'],
    [-Infinity, 'losses', {}, 'losses() is -Infinity', 'loss'],
    [Number.NaN, 'loss', JACOBIAN, 'outputs() is NaN', 'function'],
  ] as const)('of %d by %s is told', (loss, by, other, is, noun) => {
    expect(foundBy(nonFiniteLoss, [beyond], { ...losses(by, loss, loss), ...other })).toEqual([
      {
        code: 'non-finite-loss',
        evidence: { loss },
        title: `${is} at the parameters as given.`,
        advice: `Check at a point inside the domain of the ${noun}: away from log(0), 0/0 and overflow.`,
      },
    ]);
  });

  test('beside the parameters is told for each', () => {
    expect(foundBy(nonFiniteLoss, [right, beyond])).toEqual([
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
    expect(foundBy(nonFiniteLoss, [part], JACOBIAN)).toMatchObject([
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
    expect(foundBy(nonFiniteLoss, [numbers], other)).toEqual([]);
  });

  test('is told of those that a budget did not leave out', () => {
    expect(foundBy(nonFiniteLoss, [{ ...beyond, unreached: 1 }])).toMatchObject([
      { evidence: { entries: 1 }, title: expect.stringContaining(': 1 of 3 entries') },
    ]);
  });
});
