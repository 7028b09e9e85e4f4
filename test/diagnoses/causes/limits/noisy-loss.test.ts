import { describe, expect, test } from 'vitest';
import { noisyLoss } from '../../../../src/diagnoses/causes/limits/noisy-loss.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy, JACOBIAN, type Numbers, preconditionsOf } from '../../evidence.js';

/** ‖u‖ is a hundredth of ‖g‖ + ‖n‖. */
const noisy: Numbers = {
  analytic: [3, 4],
  numeric: [3, 4],
  uncertainty: [0.06, 0.08],
  verdict: 'inconclusive',
};

const found = (all: readonly Numbers[], other: Partial<Evidence> = {}): readonly Finding[] =>
  foundBy(noisyLoss, all, { verdict: 'inconclusive', noise: 1.25e-9, tolerance: 1e-7, ...other });

describe('noise is told', () => {
  test('with what it hides', () => {
    expect(found([noisy])).toEqual([
      {
        code: 'noisy-loss',
        evidence: { noise: 1.25e-9, resolution: expect.closeTo(0.01, 12), tolerance: 1e-7 },
        title:
          'The loss is noisy to ±1.3e-9, which hides differences up to 1.0e-2: more than the tolerance, 1e-7.',
        advice:
          'Compute the loss in double precision, or without differences of large numbers where it is so already, check at a point with a larger gradient, or give a tolerance above that.',
      },
    ]);
    expect(found([noisy], { tolerance: 1.23456e-5 })[0]?.title).toContain('the tolerance, 0.0000123.');
    expect(found([noisy], JACOBIAN)[0]).toMatchObject({
      title: expect.stringContaining('The function is noisy'),
      advice: expect.stringContaining('Compute the function in'),
    });
  });

  test('or that no step gave a derivative', () => {
    const hidden = { ...noisy, open: 1, tolerance: 1e-5, uncertainty: [0.6, 0.8] };
    expect(found([noisy, hidden])).toEqual([
      {
        code: 'noisy-loss',
        parameter: 'b',
        evidence: { noise: 1.25e-9, resolution: expect.closeTo(0.1, 12), tolerance: 1e-5 },
        title:
          'The differences of the loss by b do not settle as the step shrinks: no derivative was found to compare with.',
        advice:
          'Check at a point away from jumps, vertical tangents and the edge of the domain, or look for what is random, rounded or iterated in the loss.',
      },
    ]);
    expect(found([{ ...hidden, output: 'y' }], JACOBIAN)[0]).toMatchObject({
      output: 'y',
      title: expect.stringContaining('The differences of the function by a do'),
      advice: expect.stringContaining('or iterated in the function'),
    });
  });
});

describe('noise is not the reason', () => {
  test.each([
    ['of a verdict', [noisy], { verdict: 'correct' }],
    ['nor of a wrong one', [noisy], { verdict: 'wrong' }],
    ['where nothing could be compared', [noisy], { comparable: false }],
    ['where nothing was measured', [{ ...noisy, numeric: [Number.NaN, Number.NaN] }], {}],
    ['where the step was given', [noisy], { epsilon: 1e-5 }],
    ['where nothing moves the loss', [{ ...noisy, moved: false }], {}],
    ['where an entry could not be measured', [noisy, { ...noisy, numeric: [3, Number.NaN] }], {}],
  ] as [string, Numbers[], Partial<Evidence>][])('%s', (_, all, other) => {
    expect(found(all, other)).toEqual([]);
  });

  test('but it is where one parameter does not move the loss beside another that does', () => {
    expect(found([noisy, { ...noisy, moved: false }])).toHaveLength(1);
  });

  test('and of a part, where what was to be checked was', () => {
    expect(found([{ ...noisy, due: [0, 1] }])).toHaveLength(1);
  });
});

test('of a loss in double precision it is no advice to compute it so', () => {
  const noise = 1e-16;
  const own = preconditionsOf({ losses: [{ by: 'loss', values: [3, 3] }] });
  expect(found([noisy], { ...own, noise })[0]?.advice).toBe(
    'Take out of the loss what is large and does not depend on the parameters, as it is this that rounds it, check at a point with a larger gradient, or give a tolerance above that.',
  );
  expect(found([noisy], own)[0]?.advice).toContain('Compute the loss in double precision, or without');
});
