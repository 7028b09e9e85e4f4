import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

/** A sum of one function per entry, with its slope. */
const separable = (
  x: Float64Array,
  f: (v: number, i: number) => number,
  slope: (v: number, i: number) => number,
) => ({
  parameters: { x },
  loss: () => x.reduce((sum, v, i) => sum + f(v, i), 0),
  gradients: () => ({ x: x.map(slope) }),
});

const points = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => 0.5 + i / count);

describe('many suspects', () => {
  test('that are all innocent, because the step was bad, cost one more sweep and not a ladder each', () => {
    const count = 200;
    const ripple = separable(
      points(count),
      (v) => Math.sin(3000 * v),
      (v) => 3000 * Math.cos(3000 * v),
    );
    const report = checkGradients(ripple);
    expect(report.verdict).toBe('correct');
    expect(report.evaluations.loss).toBeGreaterThan(4 * count);
    expect(report.evaluations.loss).toBeLessThan(6.5 * count);
  });

  test('of which some are innocent: those beside a kink are cleared, those that are wrong are told', () => {
    const count = 60;
    // Every third entry lies just beside a corner, every other third claims too much.
    const x = Float64Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 1e-9 : 1 + i / count));
    const report = checkGradients(
      separable(
        x,
        (v, i) => (i % 3 === 0 ? 5 * Math.max(0, v) : v * v),
        (v, i) => (i % 3 === 0 ? 5 : 2 * v * (i % 3 === 1 ? 1.5 : 1)),
      ),
    );
    expect(report.verdict).toBe('wrong');
    expect(report.parameters[0]?.wrong).toBe(20);
    for (const { index } of report.offenders) expect(index[0]! % 3).toBe(1);
  });

  test('that are all wrong cost a few ladders and a quick look each', () => {
    const count = 400;
    const report = checkGradients(
      separable(
        points(count),
        (v) => Math.exp(v),
        (v) => 2 * Math.exp(v),
      ),
    );
    expect(report.parameters[0]?.wrong).toBe(count);
    expect(report.evaluations.loss).toBeLessThan(6.5 * count);
  });
});

describe('the tolerance, when none is given', () => {
  test('is 1e-7 for a claim of round numbers: they say nothing about float32', () => {
    const x = Float64Array.of(1, 2);
    expect(
      checkGradients(
        separable(
          x,
          (v) => v * v,
          (v) => 2 * v,
        ),
      ).tolerance,
    ).toBeCloseTo(1e-7, 10);
  });

  test('allows for float32 when the claim was computed in it', () => {
    const x = Float64Array.of(1.1, 2.3);
    const single = separable(
      x,
      (v) => v * v,
      (v) => Math.fround(2 * v),
    );
    expect(checkGradients(single).tolerance).toBeCloseTo(64 * 2 ** -23, 8);
  });

  test('is 1e-7 for float32 storage under a float64 loss: the points along which noise is measured are exact', () => {
    const x = Float32Array.of(0.1, -0.7, 1.3);
    const { tolerance, resolution } = checkGradients({
      parameters: { x },
      loss: () => x.reduce((sum, v) => sum + Math.exp(v), 0),
      gradients: () => ({ x: Array.from(x, Math.exp) }),
    });
    expect(tolerance).toBeCloseTo(1e-7, 10);
    expect(resolution).toBeLessThan(1e-8);
  });
});
