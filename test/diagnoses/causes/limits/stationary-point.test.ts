import { describe, expect, test } from 'vitest';
import { stationaryPoint } from '../../../../src/diagnoses/causes/limits/stationary-point.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { JACOBIAN, type Numbers, kinksIn, foundBy } from '../../evidence.js';

/** Both gradients are below what is uncertain. */
const flat: Numbers = {
  analytic: [3e-9, 0],
  numeric: [0, 4e-9],
  uncertainty: [3e-9, 4e-9],
  verdict: 'correct',
};
const steep: Numbers = { analytic: [1, 2], numeric: [1, 2] };

const found = (all: readonly Numbers[], other: Partial<Evidence> = {}): readonly Finding[] =>
  foundBy(stationaryPoint, all, { verdict: 'correct', ...other });

describe('a stationary point is told', () => {
  test('with the norms', () => {
    expect(found([flat])).toEqual([
      {
        code: 'stationary-point',
        evidence: { analyticNorm: 3e-9, numericNorm: 4e-9, uncertainty: 5e-9 },
        title: 'The gradient is zero at this point, to within rounding, and so is the claimed one.',
        advice:
          'Check at another point as well: many a wrong backward pass is right where the gradient is zero.',
      },
    ]);
  });

  test('in the unit of the gradient', () => {
    const size = 2 ** -600;
    const small: Numbers = {
      analytic: [3 * size],
      numeric: [4 * size],
      uncertainty: [5 * size],
      verdict: 'correct',
    };
    expect(found([small])[0]?.evidence).toEqual({
      analyticNorm: 3 * size,
      numericNorm: 4 * size,
      uncertainty: 5 * size,
    });
  });

  test('of a part, and of a Jacobian', () => {
    const part: Numbers = { ...flat, due: [0, 1], analytic: [3e-9, 0], numeric: [3e-9, 0] };
    expect(found([part])[0]?.title).toBe(
      'The gradient of the checked part is zero at this point, to within rounding, and so is the claimed one.',
    );
    expect(found([part], JACOBIAN)[0]?.title).toContain('The Jacobian by the checked part is zero');
    expect(found([flat], JACOBIAN)[0]?.title).toContain('The gradient is zero');
  });

  test('where they differ by more than the tolerance, of a model as a whole that is right', () => {
    // Of one parameter what is uncertain is larger than the gradient of the other.
    const large: Numbers = { ...flat, uncertainty: [3, 4], analytic: [2e-3, 0], numeric: [0, 1e-3] };
    const small: Numbers = { analytic: [1e-3, 2e-3], numeric: [1e-3, 2e-3] };
    expect(found([large, small])).toHaveLength(1);
  });
});

describe('no stationary point is told', () => {
  test.each([
    ['where the verdict is another', [flat], { verdict: 'inconclusive' }],
    ['where there is a kink', [{ ...flat, kinks: kinksIn(1) }], {}],
    ['where another parameter has a slope', [flat, steep], {}],
    [
      'where the analytic gradient is beyond what is uncertain',
      [{ ...flat, analytic: [6e-9, 0], numeric: [6e-9, 0] }],
      {},
    ],
    ['where they are the same', [steep], {}],
    // 1 of 2 + 1.
    [
      'where they differ by no more than the tolerance',
      [{ analytic: [2], numeric: [1] }],
      { tolerance: 1 / 3 },
    ],
  ] as [string, Numbers[], Partial<Evidence>][])('%s', (_, all, other) => {
    expect(found(all, other)).toEqual([]);
  });
});
