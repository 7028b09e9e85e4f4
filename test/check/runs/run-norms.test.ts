/** What looks along directions say of the norms of a run: exactly, where one factor explains all of them; else on average. */

import { expect, test } from 'vitest';
import { checkGradients } from '../../../src/index.js';

const COUNT = 4000;

/** Σ sin, and what is claimed of it. */
const report = (claimed: (g: number, i: number) => number, seed: number) => {
  const x = Float64Array.from({ length: COUNT }, (_, i) => Math.sin(i + 1));
  const loss = () => x.reduce((sum, v) => sum + Math.sin(v), 0);
  const gradients = () => ({ x: x.map((v, i) => claimed(Math.cos(v), i)) });
  return checkGradients({ parameters: { x }, loss, gradients }, { method: 'directional', seed })
    .parameters[0]!;
};

test.each([2, 0.5, -1, 0.9])('of a gradient times %d, whatever the directions', (factor) => {
  for (const seed of [1, 2, 3]) {
    const { difference, analyticNorm, numericNorm } = report((g) => factor * g, seed);
    expect(difference / (Math.abs(factor - 1) / (Math.abs(factor) + 1))).toBeCloseTo(1, 5);
    expect((numericNorm / analyticNorm) * Math.abs(factor)).toBeCloseTo(1, 6);
  }
});

test('of errors that are no share of the claim, on average', () => {
  const noise = (i: number): number => Math.cos(37 * i * i);
  const means = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => report((g, i) => g + noise(i), seed).difference);
  const exact = report((g, i) => g + noise(i), 1);
  const wanted = Math.sqrt(COUNT / 2) / (exact.analyticNorm + exact.numericNorm);
  const mean = means.reduce((sum, own) => sum + own / means.length, 0);
  expect(mean / wanted).toBeGreaterThan(0.6);
  expect(mean / wanted).toBeLessThan(1.6);
});
