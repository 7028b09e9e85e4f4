/** What the kinks of θ may make of a claim that is right beside it: each kink by its own size, and only where it is. */

import { describe, expect, test } from 'vitest';
import { checkGradients } from '../../../src/index.js';
import type { GradientCheckOptions } from '../../../src/check/options.js';
import type { GradientReport } from '../../../src/report.js';

type Vector = { x: number[] };

/** Σ slopeᵢ xᵢ + sizeᵢ |xᵢ| + xᵢ²; what is claimed where xᵢ = 0 is given. */
const corners =
  (slopes: readonly number[], sizes: readonly number[], claims: readonly number[]) =>
  (options: GradientCheckOptions = {}): GradientReport =>
    checkGradients(
      {
        parameters: { x: slopes.map(() => 0) },
        loss: ({ x }: Vector) =>
          x.reduce((sum, v, i) => sum + slopes[i]! * v + sizes[i]! * Math.abs(v) + v * v, 0),
        gradients: ({ x }: Vector) => ({
          x: x.map((v, i) => (v === 0 ? claims[i]! : slopes[i]! + sizes[i]! * Math.sign(v) + 2 * v)),
        }),
      },
      options,
    );

/** 2 |x + y| − |x − y| at zero, with ±1 for the sign of zero: along either axis its slopes are ±1. */
const crossed = (signs: readonly [number, number], factor = 1): GradientReport => {
  const sign = (z: number, atZero: number): number => (z === 0 ? atZero : Math.sign(z));
  return checkGradients({
    parameters: { x: [0, 0] },
    loss: ({ x: [x, y] }: { x: [number, number] }) => 2 * Math.abs(x + y) - Math.abs(x - y) + x * x + y * y,
    gradients: ({ x: [x, y] }: { x: [number, number] }) => {
      const [s, d] = [2 * sign(x + y, signs[0]), sign(x - y, signs[1])];
      return {
        x: x === 0 && y === 0 ? [factor * (s - d), factor * (s + d)] : [s - d + 2 * x, s + d + 2 * y],
      };
    },
  });
};

describe('one kink', () => {
  test.each([
    [0, 1, 0, 'correct'],
    [0, 1, 0.99, 'correct'],
    [0, 1, 1.01, 'wrong'],
    [0, 1, 1.5, 'wrong'],
    [0, 1, -1.01, 'wrong'],
    [5, 1, 5.5, 'correct'],
    [5, 1, 3.99, 'wrong'],
    [5, 1, 0, 'wrong'],
    [5, 1e-6, 5, 'correct'],
    [5, 1e-4, 5 + 2e-4, 'wrong'],
    [5, 1e-6, -5, 'wrong'],
    [5, 1e-6, 7.4, 'wrong'],
    [5, 1e6, 4e5, 'correct'],
    [5, 1e6, 2e6, 'wrong'],
  ] as const)('of %f x + %f |x|, claimed %f: %s', (slope, size, claim, verdict) => {
    expect(corners([slope, 0], [size, 0], [claim, 0])().verdict).toBe(verdict);
  });

  test('has nothing to do with entries that have none', () => {
    const skipped = corners([1, -3, 2], [1, 0, 0], [1, 0, 2]);
    expect(skipped()).toMatchObject({ verdict: 'wrong', points: { wrongAt: 1 } });
    expect(skipped().offenders.map(({ index }) => index)).toEqual([[1]]);
    // Directions tell nothing at a kink: their entries do.
    expect(skipped({ method: 'directional' }).verdict).toBe('wrong');
    for (const method of ['exhaustive', 'directional'] as const)
      expect(corners([1, -3, 2], [1, 0, 0], [1, -3, 2])({ method }).verdict).toBe('correct');
  });

  test.each([Number.NaN, Infinity, -Infinity])('makes no number of %f', (claim) => {
    const report = corners([0, 1], [1, 0], [claim, 1])();
    expect(report.verdict).toBe('wrong');
    expect(report.findings.map(({ code }) => code)).toContain('non-finite-gradient');
    // Nor does one elsewhere.
    expect(corners([0, 1], [1, 0], [0, claim])().verdict).toBe('wrong');
  });

  test('is rejected on demand', () => {
    expect(corners([0, 1], [1, 0], [0.5, 1])({ kinks: 'reject' }).verdict).toBe('wrong');
  });
});

describe('several kinks', () => {
  test.each([
    [[1, 1], 'correct'],
    [[-1, 1], 'correct'],
    [[-1, -1], 'correct'],
    [[0, 1], 'correct'],
  ] as const)(
    'make what the signs %j of zero do, though no slope along an axis is so large',
    (signs, verdict) => {
      expect(crossed(signs).verdict).toBe(verdict);
    },
  );

  test('make no more than all of them together', () => {
    expect(crossed([1, 1], 4).verdict).toBe('wrong');
  });
});

test('claims around θ that the loss does not bear out tell nothing of its kinks', () => {
  const guarded = checkGradients({
    parameters: { x: [0, 0.4] },
    loss: ({ x }: Vector) => 3 * x[0]! + Math.abs(x[0]!) + x[1]! ** 2,
    gradients: ({ x }: Vector) => ({ x: [Math.abs(x[0]!) < 1e-4 ? 0 : 3 + Math.sign(x[0]!), 2 * x[1]!] }),
  });
  expect(guarded.verdict).toBe('wrong');
});

describe('what can not be asked leaves it open', () => {
  const claimed = corners([0, 0], [1, 0], [1.5, 0]);

  test('as the budget ends', () => {
    const least = Math.max(
      claimed({ points: 1 }).evaluations.loss,
      corners([0, 0], [1, 0], [1, 0])().evaluations.loss,
    );
    expect(claimed().evaluations.loss - 400).toBeGreaterThan(least);
    expect(claimed({ maxEvaluations: claimed().evaluations.loss - 400 }).verdict).toBe('inconclusive');
  });

  test('as the claims throw around θ; and puts the parameters back', () => {
    const parameters = { x: [0, -0, 0.5] };
    const report = checkGradients({
      parameters,
      loss: ({ x }: Vector) => 2 * Math.abs(x[0]! + x[1]!) - Math.abs(x[0]! - x[1]!) + x[2]! ** 2,
      gradients: ({ x }: Vector) => {
        const near = Math.max(Math.abs(x[0]!), Math.abs(x[1]!));
        if (near > 0 && near < 1e-6) throw new Error('too near');
        const [s, d] = [x[0]! + x[1]! >= 0 ? 2 : -2, x[0]! - x[1]! >= 0 ? 1 : -1];
        return { x: [s - d, s + d, 2 * x[2]!] };
      },
    });
    expect(report.verdict).toBe('inconclusive');
    expect(parameters).toEqual({ x: [0, -0, 0.5] });
  });
});
