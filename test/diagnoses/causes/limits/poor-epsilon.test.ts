import { describe, expect, test } from 'vitest';
import { poorEpsilon } from '../../../../src/diagnoses/causes/limits/poor-epsilon.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { evidenceOf, type Numbers } from '../../evidence.js';

/** ‖u‖ is a hundredth of ‖g‖ + ‖n‖. */
const vague: Numbers = {
  analytic: [3, 4],
  numeric: [3, 4],
  uncertainty: [0.06, 0.08],
  verdict: 'inconclusive',
};

const found = (all: readonly Numbers[], other: Partial<Evidence> = {}): readonly Finding[] =>
  poorEpsilon(
    evidenceOf(all, { verdict: 'inconclusive', noise: 1.25e-9, epsilon: 1e-3, chosenStep: 1.2e-5, ...other }),
  );
const evidence = { epsilon: 1e-3, suggested: 1.2e-5, noise: 1.25e-9, resolution: expect.closeTo(0.01, 12) };
const SUGGESTION = 'Leave epsilon out, and a step is chosen from the measured noise; or try 1e-5.';

describe('a step is told', () => {
  test('that is too long', () => {
    expect(found([vague])).toEqual([
      {
        code: 'poor-epsilon',
        evidence,
        title: 'With epsilon 0.001 truncation hides differences up to 1.0e-2: more than the tolerance, 1e-7.',
        advice: SUGGESTION,
      },
    ]);
  });

  test('or too short', () => {
    expect(found([vague], { epsilon: 1e-9 })).toMatchObject([
      { title: expect.stringContaining('With epsilon 1e-9 rounding hides differences'), advice: SUGGESTION },
    ]);
  });

  test('or neither: then it is called rounding', () => {
    expect(found([vague], { epsilon: 1.2e-5 })[0]?.title).toContain('rounding hides');
  });

  test.each([
    [4.1, SUGGESTION],
    [3.9, 'Give a tolerance above that.'],
    [1 / 3.9, 'Give a tolerance above that.'],
    [1 / 4.1, SUGGESTION],
  ])('as the reason where another is four times as good: %d', (ratio, advice) => {
    expect(found([vague], { epsilon: 1.2e-5 * ratio })[0]?.advice).toBe(advice);
  });

  test('or lost in storage', () => {
    const lost = { ...vague, numeric: [Number.NaN, 4], step: { min: 0, max: 1e-9 } };
    expect(found([vague, lost], { epsilon: 1e-9 })).toEqual([
      {
        code: 'poor-epsilon',
        parameter: 'b',
        evidence: { ...evidence, epsilon: 1e-9, resolution: expect.any(Number) },
        title: 'epsilon 1e-9 is lost in the storage of b: θ + ε is θ.',
        advice: SUGGESTION,
      },
    ]);
  });
});

describe('a step is not the reason', () => {
  test.each([
    ['that was not given', [vague], { epsilon: undefined }],
    ['where nothing could be compared', [vague], { comparable: false }],
    ['of a verdict', [vague], { verdict: 'correct' }],
    ['where nothing moves the loss', [{ ...vague, moved: false }], {}],
    ['where an entry could not be measured with it', [vague, { ...vague, numeric: [3, Number.NaN] }], {}],
  ] as [string, Numbers[], Partial<Evidence>][])('%s', (_, all, other) => {
    expect(found(all, other)).toEqual([]);
  });

  test('but it is beside a parameter that does not move the loss', () => {
    expect(found([vague, { ...vague, moved: false }])).toHaveLength(1);
  });

  test('and it is not lost where all entries were measured, or not all were to be', () => {
    const short = { ...vague, step: { min: 0, max: 1e-9 } };
    expect(found([short])[0]?.title).toContain('With epsilon');
    expect(found([{ ...short, due: [0, 1] }])[0]?.title).toContain('With epsilon');
  });
});
