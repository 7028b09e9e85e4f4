import { describe, expect, test } from 'vitest';
import { zeroBesidePenalty, zeroGradient } from '../../../../src/diagnoses/causes/errors/zero-gradient.js';
import { explanation, generic, JACOBIAN, type Numbers } from '../../evidence.js';

const ADVICE =
  'It was never computed, never stored where it is read, or zeroed after it was: look for the line that should write it, for = where += is meant in a loop whose last turn adds nothing, and for an operation whose backward pass is missing.';

describe('a gradient of zeros', () => {
  test('is told, with the norm of the true one', () => {
    expect(explanation(zeroGradient, [{ analytic: [0, 0], numeric: [3, 4] }])).toEqual({
      evidence: { numericNorm: 5 },
      title: 'The gradient of a is claimed to be zero throughout, but the loss depends on it.',
      advice: ADVICE,
    });
  });

  test('of several parameters, of which not all entries were measured', () => {
    const all = [
      { analytic: [0, -0], numeric: [3, Number.NaN] },
      { analytic: [0], numeric: [4] },
    ];
    expect(explanation(zeroGradient, all)).toMatchObject({
      evidence: { numericNorm: 5 },
      title: 'The gradient of a and b is claimed to be zero throughout, but the loss depends on it.',
    });
  });

  test('of a Jacobian', () => {
    expect(explanation(zeroGradient, [{ analytic: [0], numeric: [3] }], JACOBIAN)?.title).toBe(
      'The Jacobian by a is claimed to be zero throughout, but the function depends on it.',
    );
  });

  test('in the unit of the gradient', () => {
    const size = 2 ** 600;
    const large = { analytic: [0, 0], numeric: [3 * size, 4 * size] };
    expect(explanation(zeroGradient, [large])?.evidence.numericNorm).toBe(5 * size);
    // One whose squares have no place beside another's.
    const small = { analytic: [0, 0], numeric: [3 / size, 4 / size] };
    const right = { analytic: [1], numeric: [1] };
    expect(explanation(zeroGradient, [small, right])?.evidence.numericNorm).toBe(5 / size);
  });

  test('but for rounding, of terms that cancel', () => {
    const numeric = [3.1, -4.2];
    const told = (analytic: readonly number[], uncertainty = [0, 0]): string | undefined =>
      explanation(zeroGradient, [{ analytic, numeric, uncertainty }])?.title;
    const text = 'The gradient of a is claimed to be zero but for rounding, but the loss depends on it.';
    expect(told([1.1e-16, -3.3e-16])).toBe(text);
    expect(told([1.1e-8, -3.3e-8])).toBeUndefined();
    // In single precision that is as little.
    expect(told([1.1e-8, -3.3e-8].map(Math.fround))).toBe(text);
    // What the loss hardly shows need not be zero.
    expect(told([1.1e-16, -3.3e-16], [3, 3])).toBeUndefined();
  });

  test('not where one entry is not zero', () => {
    expect(explanation(zeroGradient, [{ analytic: [0, 1e-9], numeric: [3, 4] }])).toBeUndefined();
    const half = [
      { analytic: [0], numeric: [3] },
      { analytic: [1], numeric: [3] },
    ];
    expect(explanation(zeroGradient, half)).toBeUndefined();
  });
});

describe('nothing but a penalty', () => {
  const values = [0.5, -1.2, 2, -0.75];
  const numeric = generic(4);
  const penalty = (slope: (theta: number) => number, theta = values): Numbers => ({
    analytic: theta.map(slope),
    numeric: numeric.slice(0, theta.length),
    values: theta,
  });

  test.each([
    ['of squares', penalty((theta) => 0.03 * theta), '0.03·θ', 0.03, 2],
    ['of magnitudes', penalty((theta) => -0.05 * Math.sign(theta)), '−0.05·sign θ', -0.05, 1],
  ])('%s is told', (_, numbers, term, lambda, power) => {
    const found = explanation(zeroBesidePenalty, [numbers])!;
    expect(found).toMatchObject({
      evidence: {
        power,
        numericNorm: expect.closeTo(Math.hypot(...numeric), 12),
        lambda: expect.closeTo(lambda, 12),
      },
      title: `The gradient of a is claimed to be zero but for ${term}, the part of a penalty.`,
      advice: ADVICE,
    });
  });

  test('of some parameters, beside others that are zero', () => {
    const zero = { analytic: [0, 0], numeric: [3, 4] };
    const found = explanation(zeroBesidePenalty, [zero, penalty((theta) => 0.03 * theta)])!;
    expect(found.title).toBe(
      'The gradient of a and b is claimed to be zero but for 0.03·θ, the part of a penalty.',
    );
    expect(found.evidence.numericNorm).toBeCloseTo(Math.hypot(5, ...numeric), 12);
  });

  test('not of several where one has something else', () => {
    const other = { ...penalty((theta) => 0.03 * theta), analytic: generic(4, 2) };
    expect(explanation(zeroBesidePenalty, [penalty((theta) => 0.03 * theta), other])).toBeUndefined();
  });

  test('in the unit of the gradient', () => {
    const size = 2 ** 600;
    const { analytic } = penalty((theta) => 0.5 * theta);
    const large = { analytic: analytic.map((g) => g * size), numeric: numeric.map((n) => n * size), values };
    const found = explanation(zeroBesidePenalty, [large])!;
    expect(found.evidence.lambda).toBe(0.5 * size);
    expect(found.evidence.numericNorm / size).toBeCloseTo(Math.hypot(...numeric), 12);
    expect(found.title).toContain('2.0748e+180·θ');
  });

  test.each([
    ['in one entry', penalty((theta) => 0.03 * theta).analytic.with(1, 1)],
    ['by more than single precision rounds', [0.015, -0.036 * (1 + 2 ** -21), 0.06, -0.0225]],
  ])('not where it is another %s', (_, analytic) => {
    expect(explanation(zeroBesidePenalty, [{ analytic, numeric, values }])).toBeUndefined();
  });

  test('as far as single precision tells, to 2^-22', () => {
    const exact = { numeric, values: [4, 1, 2, 0.5], analytic: [2, 0.5 * (1 + 2 ** -22), 1, 0.25] };
    expect(explanation(zeroBesidePenalty, [exact])?.evidence.lambda).toBe(0.5);
    const analytic = [0.015, -0.036 * (1 + 2 ** -23), 0.06 * (1 - 2 ** -24), -0.0225];
    expect(explanation(zeroBesidePenalty, [{ analytic, numeric, values }])?.evidence.lambda).toBeCloseTo(
      0.03,
      6,
    );
  });

  test('needs four entries that differ', () => {
    const three = [0.5, -1.2, 2];
    expect(explanation(zeroBesidePenalty, [penalty((theta) => 0.03 * theta, three)])).toBeUndefined();
    expect(explanation(zeroBesidePenalty, [penalty(() => 0.03, [2, 2, 2, 2])])).toBeUndefined();
    const more = [penalty((theta) => 0.03 * theta, three), penalty((theta) => 0.03 * theta, [1])];
    expect(explanation(zeroBesidePenalty, more)?.evidence.lambda).toBeCloseTo(0.03, 12);
  });

  test('is none of parameters that are zero', () => {
    const zeros = { analytic: [0, 0, 0, 1], numeric: [1, 2, 3, 4], values: [1, 2, 3, 0] };
    expect(explanation(zeroBesidePenalty, [zeros])).toBeUndefined();
    expect(explanation(zeroBesidePenalty, [{ analytic: [0, 0], numeric: [1, 2] }])).toBeUndefined();
  });
});
