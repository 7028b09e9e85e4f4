import { describe, expect, test } from 'vitest';
import { clipped } from '../../../../src/diagnoses/causes/errors/clipped.js';
import { codes, explanation, generic, type Numbers } from '../../evidence.js';

const numeric = generic(6);
const clip = (bound: number): Numbers => ({
  numeric,
  analytic: numeric.map((n) => Math.max(-bound, Math.min(bound, n))),
});
const times = (factor: number): Numbers => ({ numeric, analytic: numeric.map((n) => factor * n) });
const norm = Math.hypot(...numeric);

describe('a claim is clipped', () => {
  test('by value, with those that are below it', () => {
    const found = explanation(clipped, [clip(1)])!;
    const at = numeric.filter((n) => Math.abs(n) > 1).length;
    expect(at).toBeGreaterThan(1);
    expect(at).toBeLessThan(numeric.length);
    expect(found).toMatchObject({
      evidence: { bound: 1, entries: at },
      title: `The gradient of a is clipped to ±1: ${at} entries of it have that size and the right sign where the true one is larger, and what is smaller is right.`,
    });
  });

  test('all of it, or a sign', () => {
    const least = Math.min(...numeric.map(Math.abs));
    expect(explanation(clipped, [clip(least / 2)])?.title).toMatch(/is clipped, or no more than a sign\.$/);
    const signs = { numeric, analytic: numeric.map(Math.sign) };
    expect(explanation(clipped, [signs])?.title).toBe(
      'Every entry of the gradient of a is ±1, with the right sign: it is no more than a sign.',
    );
  });

  test('by the norm of all, or of each', () => {
    expect(codes([times(1 / norm)])).toEqual([['clipped', 'a']]);
    expect(explanation(clipped, [times(0.5 / (norm + 1e-6))])).toMatchObject({
      evidence: { norm: expect.closeTo(0.5, 5), factor: expect.closeTo(0.5 / norm, 5) },
      title:
        'The gradient of a has the direction of the true one and the norm 0.5: it is clipped by its norm, or divided by it.',
    });
    const other = generic(6, 2);
    const each = { numeric: other, analytic: other.map((n) => n / Math.hypot(...other)) };
    expect(explanation(clipped, [times(1 / norm), each])?.title).toContain('each by itself, and the norm 1');
    const all = Math.hypot(norm, Math.hypot(...other));
    const joint = { numeric: other, analytic: other.map((n) => n / all) };
    expect(explanation(clipped, [times(1 / all), joint])?.evidence.norm).toBeCloseTo(1, 9);
  });

  test('of which the true one is shorter', () => {
    expect(explanation(clipped, [times((10 * Math.ceil(norm)) / norm)])?.title).toContain(
      'it is divided by its norm.',
    );
  });
});

describe('it is not', () => {
  test.each<[string, Numbers]>([
    ['where the sign is another', { ...clip(1), analytic: clip(1).analytic.map((g) => -g) }],
    ['where a claim below the bound is wrong', { numeric, analytic: [0.1, 0.2, 1, -1, 1, -1] }],
    ['where one is above it', { numeric, analytic: clip(1).analytic.with(0, 3) }],
    ['where the norm is no round number', times(1.234567 / norm)],
    ['where the factor is one that people write', { numeric: [6, 8], analytic: [3, 4] }],
    [
      'where the true ones have one sign, as claims of one',
      { numeric: [0.3, 0.4, 0.7], analytic: [1, 1, 1] },
    ],
  ])('%s', (_, numbers) => {
    expect(explanation(clipped, [numbers])).toBeUndefined();
  });
});
