import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  centralDifference,
  NOISE_COVERAGE,
  noiseUncertainty,
  type Sides,
} from '../../src/numerics/difference.js';
import { RUNG_RATIO, settle, type Settled } from '../../src/numerics/ladder.js';

const RUNGS = 12;
/** Noise of a computed loss, relative to its size: half a unit in the last place. */
const NOISE = 2 ** -53;

function sidesOf(f: (x: number) => number, x: number, first: number, rungs = RUNGS): Sides {
  const steps = Array.from({ length: rungs }, (_, k) => first / RUNG_RATIO ** k);
  return {
    above: Float64Array.from(steps, (h) => x + h - x),
    below: Float64Array.from(steps, (h) => x - (x - h)),
    forward: Float64Array.from(steps, (h) => f(x + h)),
    backward: Float64Array.from(steps, (h) => f(x - h)),
  };
}

const settled = (f: (x: number) => number, x: number, first: number, rungs = RUNGS): Settled =>
  settle(sidesOf(f, x, first, rungs), rungs, f(x), NOISE * (Math.abs(f(x)) + 1e-6));

test('a centred difference divides by the step that was stored', () => {
  const h = 1e-3;
  const x = Math.fround(0.1);
  const stored = { above: Math.fround(x + h) - x, below: x - Math.fround(x - h) };
  const sides = {
    above: Float64Array.of(stored.above),
    below: Float64Array.of(stored.below),
    forward: Float64Array.of(3 * (x + stored.above)),
    backward: Float64Array.of(3 * (x - stored.below)),
  };
  expect(centralDifference(sides, 0)).toBeCloseTo(3, 12);
});

test.each([
  ['a loss is not finite', [1], [1], [Number.NaN], [1]],
  ['a loss is infinite', [1], [1], [Infinity], [1]],
  ['the step is lost in storage', [0], [0], [1], [1]],
])('a centred difference is NaN when %s', (_, above, below, forward, backward) => {
  const sides = [above, below, forward, backward].map((v) => Float64Array.from(v));
  expect(
    centralDifference({ above: sides[0]!, below: sides[1]!, forward: sides[2]!, backward: sides[3]! }, 0),
  ).toBeNaN();
});

test('two huge losses of opposite sign do not overflow', () => {
  const sides = { above: [1e10], below: [1e10], forward: [1.5e308], backward: [-1.5e308] };
  const arrays = Object.fromEntries(Object.entries(sides).map(([k, v]) => [k, Float64Array.from(v)]));
  expect(centralDifference(arrays as unknown as Sides, 0)).toBeCloseTo(1.5e298, -290);
});

test('the uncertainty of a difference is that of two independent losses, over their distance', () => {
  expect(noiseUncertainty(1e-10, 1e-5)).toBeCloseTo((NOISE_COVERAGE * Math.SQRT2 * 1e-10) / 1e-5, 15);
});

describe('smooth losses: the true derivative lies within the uncertainty, and the uncertainty is small', () => {
  const cases: readonly [string, (x: number) => number, number, number, number, number][] = [
    // name, loss, point, first step, true derivative, allowed relative uncertainty
    ['sin', Math.sin, 1, 2 ** -4, Math.cos(1), 1e-8],
    ['exp at a step far too long', Math.exp, 1, 1, Math.E, 1e-8],
    ['x³ near 1e-4', (x) => x ** 3, 1e-4, 2 ** -10, 3e-8, 1e-3],
    ['tan near its pole', Math.tan, 1.5, 2 ** -5, 1 / Math.cos(1.5) ** 2, 1e-5],
    ['1e6 + x²', (x) => 1e6 + x * x, 1, 2 ** -4, 2, 1e-5],
    ['a fast ripple', (x) => Math.sin(1000 * x), 0.3, 2 ** -6, 1000 * Math.cos(300), 1e-6],
  ];
  test.each(cases)('%s', (_, f, x, first, truth, allowed) => {
    const { numeric, uncertainty, kink } = settled(f, x, first);
    expect(Math.abs(numeric - truth)).toBeLessThanOrEqual(uncertainty);
    expect(uncertainty / Math.abs(truth)).toBeLessThan(allowed);
    expect(kink).toBeUndefined();
  });

  test('random cubics at random points', () => {
    const c = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(c, c, c, c), fc.double({ min: -3, max: 3, noNaN: true }), ([a, b, d, e], x) => {
        const f = (t: number): number => ((a * t + b) * t + d) * t + e;
        const { numeric, uncertainty } = settle(sidesOf(f, x, 0.25), RUNGS, f(x), 1e-14);
        expect(Math.abs(numeric - ((3 * a * x + 2 * b) * x + d))).toBeLessThanOrEqual(uncertainty);
        // At best some 1e-8 for |J‴| = 60; the rungs are a factor of 4 apart, the error between them up to 16 times more.
        expect(uncertainty).toBeLessThan(1e-5);
      }),
    );
  });
});

describe('kinks', () => {
  const corner = (x: number): number => (x > 0 ? 3 * x : -x) + Math.sin(x);

  test('at the very point: the one-sided slopes are told', () => {
    const { kink } = settled(corner, 0, 2 ** -4);
    expect(kink?.low).toBeCloseTo(0, 6);
    expect(kink?.high).toBeCloseTo(4, 6);
  });

  test('beside the point: the slope on its own side is found, below the kink', () => {
    for (const distance of [1e-2, 1e-3, 1e-5, 1e-7]) {
      const { numeric, uncertainty, kink } = settled(corner, distance, 2 ** -4, 18);
      expect(Math.abs(numeric - (3 + Math.cos(distance)))).toBeLessThanOrEqual(uncertainty);
      expect(uncertainty).toBeLessThan(1e-2);
      expect(kink).toBeUndefined();
    }
  });

  test('beside the point in a noisy loss: the plateau above the kink, exact as it looks, is not believed', () => {
    const sharp = (x: number): number => (x > 0 ? 3 * x : -x);
    const { numeric, uncertainty } = settle(sidesOf(sharp, 1e-7, 2 ** -4, 13), 13, sharp(1e-7), 1e-10);
    expect(Math.abs(numeric - 3)).toBeLessThanOrEqual(uncertainty);
  });

  test('a jump has no derivative that smaller steps bear out', () => {
    const { numeric, uncertainty, kink } = settled((x) => (x >= 0 ? 1 : 0) + x, 0, 2 ** -4);
    expect(kink).toBeUndefined();
    expect(uncertainty).toBeGreaterThan(Math.abs(numeric) / 2);
  });

  test('a cusp is no kink', () => {
    expect(settled((x) => Math.sqrt(Math.abs(x)) + x, 0, 2 ** -4).kink).toBeUndefined();
  });
});

describe('the edge of the domain', () => {
  test('is stepped back from', () => {
    const { numeric, uncertainty } = settled(Math.log, 1e-6, 2 ** -10, 18);
    expect(Math.abs(numeric - 1e6)).toBeLessThanOrEqual(uncertainty);
    expect(uncertainty).toBeLessThan(1);
  });

  test('at a wall the derivative is taken from the inside', () => {
    const { numeric, uncertainty } = settled((x) => (x < 0 ? Number.NaN : Math.exp(2 * x)), 0, 2 ** -4);
    expect(Math.abs(numeric - 2)).toBeLessThanOrEqual(uncertainty);
    // The slope s(h) itself, which errs by 2h, would be no better than 1e-7 here.
    expect(uncertainty).toBeLessThan(1e-8);
  });

  test('where no loss is finite there is none', () => {
    expect(settled((x) => (x === 0 ? 1 : Number.NaN), 0, 2 ** -4).numeric).toBeNaN();
  });
});

describe('float32 networks of ReLUs, as they were measured: the truth lies within the uncertainty', () => {
  /** Rungs of step, slope to the right and slope to the left, beside a loss of 0. */
  const measuredSides = (rungs: readonly (readonly [number, number, number])[]): Sides => ({
    above: Float64Array.from(rungs, ([h]) => h),
    below: Float64Array.from(rungs, ([h]) => h),
    forward: Float64Array.from(rungs, ([h, right]) => right * h),
    backward: Float64Array.from(rungs, ([h, , left]) => -left * h),
  });

  test.each<[string, number, number, [number, number, number][]]>([
    [
      'two values that agree by chance',
      -1.1486691,
      1.9466795e-7,
      [
        [2 ** -2, 0.38897, -1.841],
        [2 ** -4, -0.79344, -1.4274],
        [2 ** -6, -1.0657, -1.2265],
        [2 ** -8, -1.1283, -1.1686],
        [2 ** -10, -1.1436, -1.1533],
      ],
    ],
    [
      'a kink at a distance, just below which noise takes over',
      -0.00355471,
      6.1007299e-8,
      [
        [2 ** -5, -0.0018806, -0.0035553],
        [2 ** -7, -0.0021667, -0.00354],
        [2 ** -9, -0.0032959, -0.00354],
        [2 ** -11, -0.003418, -0.003418],
      ],
    ],
    [
      'several kinks at several distances',
      -0.0015761,
      2.9084089e-8,
      [
        [2 ** -2, -0.0017905, -0.00065243],
        [2 ** -4, -0.0015364, -0.0011559],
        [2 ** -6, -0.0014229, -0.001297],
        [2 ** -8, -0.0014954, -0.0015564],
        [2 ** -10, -0.0016174, -0.0015564],
      ],
    ],
    [
      'a kink at the point, its gap hardly above the noise',
      -1.0756233,
      1.195494e-6,
      [
        [2 ** -4, -1.0219, -1.115],
        [2 ** -6, -1.0573, -1.0855],
        [2 ** -8, -1.0662, -1.0781],
        [2 ** -10, -1.0684, -1.0781],
        [2 ** -12, -1.0664, -1.0742],
      ],
    ],
  ])('%s', (_, truth, noise, rungs) => {
    const { numeric, uncertainty, kink } = settle(measuredSides(rungs), rungs.length, 0, noise);
    const off = Math.abs(numeric - truth);
    const between =
      kink !== undefined && truth >= kink.low - kink.uncertainty && truth <= kink.high + kink.uncertainty;
    expect(between || off <= uncertainty).toBe(true);
    expect(uncertainty).toBeLessThan(Math.abs(truth) / 2);
  });
});
