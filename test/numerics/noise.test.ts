/** The noise of a loss along a ray: against residuals by orthogonal polynomials, and on both sides of every threshold. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  estimateNoise,
  NOISE_POINTS,
  noiseAt,
  quantumOf,
  rayPoints,
  ROUNDING_DEVIATION,
} from '../../src/numerics/noise.js';
import { randomIntegers } from '../../src/numerics/random.js';

/** The orthogonal polynomials of degree 3 to 8 on nine equally spaced points (Fisher and Yates, Statistical Tables, table XXIII). */
const ORTHOGONAL: Readonly<Record<number, readonly number[]>> = {
  3: [-14, 7, 13, 9, 0, -9, -13, -7, 14],
  4: [14, -21, -11, 9, 18, 9, -11, -21, 14],
  5: [-4, 11, -4, -9, 0, 9, 4, -11, 4],
  6: [4, -17, 22, 1, -20, 1, 22, -17, 4],
  7: [-1, 6, -14, 14, 0, -14, 14, -6, 1],
  8: [1, -8, 28, -56, 70, -56, 28, -8, 1],
};

/** The degrees that a level is told by. */
const [LOWEST_DEGREE, HIGHEST_DEGREE] = [3, 6];
/** Points lie on a grid of so many to the length of a ray. */
const RAY_GRID = 64;
/** So many equal neighbours make a stair. */
const LEAST_EQUAL = 3;
/** What falls by more from the lowest to the highest degree is no noise. */
const LARGEST_FALL = 8;
/** Nor is more than this share of the range. */
const LARGEST_SHARE = 1 / 64;

const dot = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((sum, value, i) => sum + value * a[i]!, 0);

/** What polynomials of some degree leave of nine values at equal distances, as standard deviation. */
function residualOf(values: ArrayLike<number>, degree: number): number {
  let squares = 0;
  for (let k = degree + 1; k <= 8; k += 1)
    squares += dot(values, ORTHOGONAL[k]!) ** 2 / dot(ORTHOGONAL[k]!, ORTHOGONAL[k]!);
  return Math.sqrt(squares / (8 - degree));
}

/** The least level that two neighbouring degrees of three to six agree on. */
const levelOf = (values: ArrayLike<number>): number =>
  Math.min(
    ...Array.from({ length: HIGHEST_DEGREE - LOWEST_DEGREE }, (_, k) => LOWEST_DEGREE + k).map((degree) =>
      Math.max(residualOf(values, degree), residualOf(values, degree + 1)),
    ),
  );

/** What rounding to their quantum makes of some values. */
const floorOf = (values: Float64Array): number => ROUNDING_DEVIATION * quantumOf(values);

const EQUAL = Float64Array.from({ length: NOISE_POINTS }, (_, i) => i);
const along = (f: (t: number) => number): Float64Array => EQUAL.map(f);
const estimateEqual = (values: Float64Array): ReturnType<typeof estimateNoise> =>
  estimateNoise(EQUAL, values);

/** A multiple of an orthogonal polynomial. */
const part = (degree: number, factor: number, i: number): number => factor * ORTHOGONAL[degree]![i]!;

describe('the points of a ray', () => {
  test('are one in each ninth of its outer half, on a grid of a 64th of its length', () => {
    expect([...rayPoints(() => 0)].map((point) => RAY_GRID * point)).toEqual([
      33, 36, 40, 43, 47, 50, 54, 57, 61,
    ]);
    expect([...rayPoints(() => 2 ** 32 - 1)].map((point) => RAY_GRID * point)).toEqual([
      35, 39, 42, 46, 49, 53, 56, 60, 64,
    ]);
  });

  test('are ascending and distinct, whatever is drawn', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const points = rayPoints(randomIntegers(seed));
        expect([...new Set(points)].toSorted((a, b) => a - b)).toEqual([...points]);
        expect(points).toHaveLength(NOISE_POINTS);
      }),
    );
  });
});

describe('the level', () => {
  test('is the least that two neighbouring degrees of three to six agree on', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(value, { minLength: NOISE_POINTS, maxLength: NOISE_POINTS }), (values) => {
        fc.pre(new Set(values).size === NOISE_POINTS);
        const { level } = estimateEqual(Float64Array.from(values));
        expect(level).toBeCloseTo(Math.max(levelOf(values), ROUNDING_DEVIATION * quantumOf(values)), 8);
      }),
    );
  });

  test.each([
    ['nothing of a quartic, which degrees four and five agree on', 4, 0],
    ['nothing of a quintic, which degrees five and six agree on', 5, 0],
    ['of degree six, what four leaves', 6, Math.sqrt(1980 / 4)],
    ['of degree seven, what four leaves', 7, Math.sqrt(858 / 4)],
    ['of degree eight, what four leaves', 8, Math.sqrt(12_870 / 4)],
  ])('is %s', (_, degree, expected) => {
    const values = along((i) => 1e6 + 3000 * i + part(degree, 1, i));
    expect(estimateEqual(values).level).toBeCloseTo(Math.max(expected, floorOf(values)), 6);
  });

  test('is what six leaves where lower degrees leave more', () => {
    const values = along((i) => part(5, 1000, i) + part(8, 1, i));
    expect(estimateEqual(values).level).toBeCloseTo(Math.sqrt(12_870 / 2), 6);
  });

  test('is the same in any unit, of the points as of the loss', () => {
    const points = rayPoints(randomIntegers(1));
    const values = points.map((point, i) => point ** 3 + part(8, 1e-6, i));
    const { level } = estimateNoise(points, values);
    for (const unit of [2 ** -30, 2 ** 30])
      expect(
        estimateNoise(
          points.map((point) => unit * point),
          values,
        ).level / level,
      ).toBeCloseTo(1, 6);
    for (const unit of [2 ** -700, 2 ** 700])
      expect(
        estimateNoise(
          points,
          values.map((value) => unit * value),
        ).level /
          (unit * level),
      ).toBeCloseTo(1, 12);
    expect(
      estimateNoise(
        points.map((point) => point - 3),
        values,
      ).level / level,
    ).toBeCloseTo(1, 6);
  });

  test('is rounding alone of a cubic on points at random', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const points = rayPoints(randomIntegers(seed));
      const values = points.map((point) => Math.round(1e9 * (1 + point - 2 * point ** 2 + 3 * point ** 3)));
      const { level } = estimateNoise(points, values);
      expect(level).toBeGreaterThanOrEqual(ROUNDING_DEVIATION);
      expect(level / ROUNDING_DEVIATION).toBeLessThan(3);
    }
  });

  test('is found to within a factor of three where it is known', () => {
    for (const sigma of [1e-15, 1e-12, 1e-7, 1e-3])
      for (const f of [(t: number) => 1 + 50 * t, (t: number) => 3 + t * t, (t: number) => Math.exp(3 * t)]) {
        const ratios = Array.from({ length: 41 }, (_, seed) => {
          const integers = randomIntegers(seed);
          const points = rayPoints(integers);
          // Uniform between ±√3 σ.
          const noise = (): number => (integers() / 2 ** 31 - 1) * Math.sqrt(3) * sigma;
          return (
            estimateNoise(
              points,
              points.map((point) => f(point * 2 ** -17) + noise()),
            ).level / sigma
          );
        }).toSorted((a, b) => a - b);
        expect(ratios[20]).toBeGreaterThan(1 / 2);
        expect(ratios[20]).toBeLessThan(2);
        expect(ratios[2]).toBeGreaterThan(1 / 3);
        expect(ratios[38]).toBeLessThan(3);
      }
  });
});

describe('never less', () => {
  test('than rounding to the quantum of the values, whose deviation is 1/√12 of it', () => {
    expect(ROUNDING_DEVIATION).toBe(Math.sqrt(1 / 12));
    expect(estimateEqual(along((i) => 1024 + 4 * i)).level).toBe(4 * ROUNDING_DEVIATION);
  });

  test.each([
    ['by which they climb, where so many neighbours are equal', [0, 8, 16, 24, 24, 24, 24, 32, 40.5], 8],
    ['no step, where two are', [0, 8, 16, 24, 24, 24, 32, 40, 48.5], 0],
    ['the least of the steps', [0, 16, 32, 40, 40, 40, 40, 56, 72.5], 8],
    ['downwards, too', [0, -8, -16, -24, -24, -24, -24, -32, -40.5], 8],
  ])('than rounding to the step %s', (_, given, step) => {
    const values = Float64Array.from(given);
    expect(floorOf(values)).toBe(0.5 * ROUNDING_DEVIATION);
    expect(estimateEqual(values).level).toBeCloseTo(Math.max(levelOf(values), step * ROUNDING_DEVIATION), 10);
  });

  test('than a step, from so many equal neighbours on', () => {
    const stairs = (equal: number): Float64Array =>
      along((i) => 8 * Math.min(i, Math.max(4, i - equal)) + (i === 8 ? 0.5 : 0));
    const level = (equal: number): number => estimateEqual(stairs(equal)).level;
    expect(level(LEAST_EQUAL - 1)).toBeCloseTo(levelOf(stairs(LEAST_EQUAL - 1)), 10);
    expect(level(LEAST_EQUAL)).toBeCloseTo(
      Math.max(levelOf(stairs(LEAST_EQUAL)), 8 * ROUNDING_DEVIATION),
      10,
    );
  });

  test('than the step, where the values fit a polynomial better than that', () => {
    // Three equal neighbours at the turn of a parabola, and nothing beyond it.
    const values = Float64Array.from([9, 4, 1, 0, 0, 0, 0, -1, -4.0625].map((value) => 8 * value));
    expect(levelOf(values)).toBeLessThan(8 * ROUNDING_DEVIATION);
    expect(estimateEqual(values).level).toBeCloseTo(8 * ROUNDING_DEVIATION, 10);
    const two = Float64Array.from([9, 4, 1, 0, 0, 0, -1, -4, -9.0625].map((value) => 8 * value));
    expect(estimateEqual(two).level).toBeCloseTo(levelOf(two), 10);
  });
});

describe('values', () => {
  test('that are all the same say nothing of the noise but its floor', () => {
    expect(estimateEqual(along(() => 3))).toEqual({
      level: ROUNDING_DEVIATION,
      isStill: true,
      isDoubtful: false,
    });
    expect(estimateEqual(along(() => 0))).toMatchObject({ level: 0, isStill: true });
  });

  test.each([Number.NaN, Infinity, -Infinity])('that are not all finite, as %d, have no noise', (value) => {
    expect(estimateEqual(along((i) => (i === 4 ? value : i)))).toEqual({
      level: Number.NaN,
      isStill: false,
      isDoubtful: false,
    });
  });

  test('that move are not still', () => {
    expect(estimateEqual(along((i) => (i === 8 ? 1 : 0))).isStill).toBe(false);
  });
});

describe('doubtful', () => {
  const isDoubtful = (values: Float64Array): boolean => estimateEqual(values).isDoubtful;

  test('is a residual that falls by more than 8 from degree three to six', () => {
    // √((2002 b² + 858) / 5) = 8 √(858 / 2).
    const bound = Math.sqrt((5 * LARGEST_FALL ** 2 * 429 - 858) / 2002);
    const at = (b: number): Float64Array => along((i) => 1e5 * i + part(4, b, i) + part(7, 1, i));
    expect([0.999, 1.001].map((share) => isDoubtful(at(share * bound)))).toEqual([false, true]);
  });

  test('or to less than an eighth of rounding, where it is no more than rounding at degree three', () => {
    // Of the binomial coefficients degree three leaves √(2002 / 5) / 14 = 1.43, which is less than 8/√12.
    const binomial = [0, 0, 0, 0, 1, 5, 15, 35, 70];
    expect(residualOf(binomial, 3)).toBeCloseTo(Math.sqrt(2002 / 5) / 14, 12);
    expect(isDoubtful(along((i) => 1000 * i + binomial[i]!))).toBe(false);
    expect(isDoubtful(along((i) => 1000 * i + 2 * binomial[i]! + (i === 0 ? 1 : 0) * 1e-9))).toBe(true);
  });

  test('is a level above a 64th of what the loss moves by', () => {
    const at = (slope: number): Float64Array => along((i) => slope * i + part(7, 1, i));
    const level = Math.sqrt(858 / 4);
    // The polynomial itself goes up by two from end to end.
    const bound = (level / LARGEST_SHARE - 2) / 8;
    expect([0.999, 1.001].map((share) => isDoubtful(at(share * bound)))).toEqual([true, false]);
  });
});

describe('the noise of two losses', () => {
  const level = { level: 3, size: 10 };
  test.each([
    ['is what was measured, up to the size it was measured at', 10, 2, 3],
    ['grows with the larger of them beyond it', 2, 40, 12],
    ['whichever that is', 40, 2, 12],
    ['and whatever its sign', -40, 2, 12],
    ['is what was measured where one is not finite', Infinity, 40, 3],
    ['or is none', Number.NaN, 40, 3],
  ])('%s', (_, one, other, expected) => {
    expect(noiseAt(level, one, other)).toBe(expected);
  });
});

/** Of a double: its bits, and the spacing of the smallest. */
const [BITS, LEAST_SPACING] = [53, 2 ** -1074];

test.each([
  [[], 0],
  [[0, -0], 0],
  [[3], 1],
  [[0.75, 0], 0.25],
  [[4, 6], 2],
  [[-12, 8], 4],
  [[-(1 + 2 ** -52) * 2 ** 1000], 2 ** 948],
  [[1 / 3], 2 ** -54],
  [[Number.MIN_VALUE], LEAST_SPACING],
  [[1 + 2 ** (1 - BITS)], 2 ** (1 - BITS)],
  [[3 * 2 ** -1030], 2 ** -1030],
  [[Math.fround(0.1)], 2 ** -27],
  [[2 ** 52 + 1], 1],
  [[2 ** 53 + 2], 2],
])('the quantum of %j is %d', (values, expected) => {
  expect(quantumOf(values)).toBe(expected);
});
