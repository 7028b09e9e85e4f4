/** The one factor that is all that is wrong with some claims: where there is one, by what was measured of entries, or along directions. */

import { describe, expect, test } from 'vitest';
import { commonFactor, FACTOR_LOSSES } from '../../../src/check/sizes/common-factor.js';
import { answer } from '../../../src/check/run/drive.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import type { SizedFactor } from '../../../src/numerics/power-law.js';
import { evidenceOf, type Numbers } from '../../diagnoses/evidence.js';

type Factor = Pick<SizedFactor, 'factor' | 'within'>;

/** Parameters a and b, of three entries and of two. */
const VALUES = [
  [0.5, -1, 2],
  [1.5, 0.25],
];
/** Σ x³ / 3, of which the gradient is x². */
const cubes = (all: readonly Float64Array[]): number =>
  all.reduce((sum, own) => sum + own.reduce((total, x) => total + x ** 3 / 3, 0), 0);
const RIGHT = VALUES.map((own) => own.map((x) => x * x));

interface Given {
  readonly isLimited?: boolean;
  readonly seed?: number;
  readonly loss?: typeof cubes;
}

function factorOf(
  claims: readonly (readonly number[])[],
  more: readonly Partial<Numbers>[] = [],
  { isLimited = false, seed = 1, loss = cubes }: Given = {},
): { readonly found: Factor | undefined; readonly losses: number } {
  const [a, b] = VALUES.map((own) => Float64Array.from(own)) as [Float64Array, Float64Array];
  const subject = new GradientSubject(
    { parameters: { a, b }, loss: () => loss([a, b]), gradients: () => ({ a, b }) },
    { only: undefined, except: undefined, shard: undefined },
  );
  const { parameters } = evidenceOf(
    claims.map((analytic, p) => ({ analytic, numeric: RIGHT[p]!, values: VALUES[p]!, ...more[p] })),
  );
  const found = answer(commonFactor(subject, parameters, { isLimited, seed }), (request) =>
    evaluationOf(request, subject),
  ) as Factor | undefined;
  expect([[...a], [...b]]).toEqual(VALUES);
  return { found, losses: subject.evaluations.loss };
}

const times = (factors: readonly (readonly number[])[]): number[][] =>
  RIGHT.map((own, p) => own.map((value, i) => value * factors[p]![i % factors[p]!.length]!));

describe.each([
  ['as measured', true],
  ['along directions', false],
] as const)('the factor, %s', (_, isLimited) => {
  const limited = { isLimited };
  test.each<[string, readonly (readonly number[])[], number]>([
    ['of all wrong claims', [[3], [3]], 3],
    ['below one', [[0.25], [0.25]], 0.25],
    ['below zero', [[-2], [-2]], -2],
    ['of one parameter, where the other is right', [[3], [1]], 3],
  ])('%s', (__, factors, expected) => {
    const { found, losses } = factorOf(times(factors), [], limited);
    expect(found!.factor / expected).toBeCloseTo(1, 6);
    expect(Math.abs(found!.factor / expected - 1)).toBeLessThanOrEqual(found!.within);
    expect(found!.within).toBeGreaterThanOrEqual(1e-7);
    expect(found!.within).toBeLessThan(1e-4);
    expect(losses).toBe(isLimited ? 0 : FACTOR_LOSSES);
  });

  test.each([
    ['parameters have their own', [[3], [2]]],
    ['entries have their own', [[3, 2], [3]]],
    ['nothing is wrong', [[1], [1]]],
  ])('is none where %s', (__, factors) => {
    expect(factorOf(times(factors), [], limited).found).toBeUndefined();
  });

  test.each<[string, Partial<Numbers>]>([
    ['does not move the loss', { moved: false }],
    ['is no number', { analytic: [3, Number.NaN, 1] }],
    ['is not finite', { analytic: [3, Infinity, 1] }],
    ['is zero', { analytic: [0, 0, 0] }],
  ])('is none where what is wrong %s', (__, given) => {
    const { found, losses } = factorOf(times([[3], [1]]), [given], limited);
    expect([found, losses]).toEqual([undefined, 0]);
  });

  test('is known to the largest tolerance of those that are wrong, and what is uncertain', () => {
    const within = (a: number, b: number): number =>
      factorOf(times([[3], [3]]), [{ tolerance: a }, { tolerance: b }], limited).found!.within;
    const least = within(1e-7, 1e-7) - 1e-7;
    expect(within(1e-3, 1e-7)).toBeCloseTo(1e-3 + least, 9);
    expect(within(1e-7, 1e-3)).toBeCloseTo(1e-3 + least, 9);
  });
});

describe('the factor as measured', () => {
  const measured = (more: readonly Partial<Numbers>[], factors = [[3], [3]]): Factor | undefined =>
    factorOf(times(factors), more, { isLimited: true }).found;

  test('is what was found beside θ, too, as that can’t be measured at θ', () => {
    const { found, losses } = factorOf(times([[3], [1]]), [{ point: 2 }]);
    expect(found!.factor).toBeCloseTo(3, 9);
    expect(losses).toBe(0);
  });

  test('is as uncertain as what it is of, relative to that', () => {
    const uncertainty = [1e-3, 0, 0];
    const norm = Math.hypot(...RIGHT[0]!);
    expect(measured([{ uncertainty }], [[3], [1]])!.within).toBeCloseTo(1e-7 + 1e-3 / norm, 9);
  });

  test('is none of what is uncertain by more than its size', () => {
    expect(measured([{ uncertainty: [9, 0, 0], wrong: [1] }], [[3], [1]])).toBeUndefined();
  });

  test.each([2 ** 600, 2 ** -600])('is the same of numbers that are %d times as large', (size) => {
    const scaled = RIGHT.map((own) => ({
      analytic: own.map((value) => 3 * value * size),
      numeric: own.map((value) => value * size),
    }));
    expect(measured(scaled)!.factor).toBeCloseTo(3, 9);
  });
});

describe('the factor along directions', () => {
  test('is asked for by so many losses', () => {
    // At θ, and on both sides at seven distances, along two directions.
    expect(FACTOR_LOSSES).toBe(2 * (1 + 2 * 7));
  });

  test('is less known where the loss is noisy', () => {
    const within = (noise: number): number =>
      factorOf(times([[3], [3]]), [{ noise }, { noise: 1e-16 }]).found!.within;
    expect(within(1e-6)).toBeGreaterThan(100 * within(1e-14));
    expect(within(Number.NaN)).toBeLessThan(within(1e-6));
  });

  test('is none at a kink, nor where the loss stands still', () => {
    const kinked = (all: readonly Float64Array[]): number =>
      all.reduce(
        (sum, own, p) => sum + own.reduce((total, x, i) => total + Math.abs(x - VALUES[p]![i]!), 0),
        0,
      );
    expect(factorOf(times([[3], [3]]), [], { loss: kinked }).found).toBeUndefined();
    expect(factorOf(times([[3], [3]]), [], { loss: () => 1 }).found).toBeUndefined();
  });

  test('is one of the entries that were due', () => {
    const claims = [[99, 3, 99], RIGHT[1]!];
    expect(factorOf(claims, [{ due: [1, 2], wrong: [1] }]).found!.factor).toBeCloseTo(3, 6);
  });

  test('is the same for any seed', () => {
    for (const seed of [2, 3, 4]) {
      expect(factorOf(times([[3], [3]]), [], { seed }).found!.factor).toBeCloseTo(3, 6);
      expect(factorOf(times([[3, 2], [3]]), [], { seed }).found).toBeUndefined();
    }
  });
});
