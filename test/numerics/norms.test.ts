import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  combinedNorms,
  type Compared,
  dotProduct,
  groupNorms,
  jointNorms,
  relativeDifference,
  resolution,
  rootMeanSquare,
} from '../../src/numerics/norms.js';

const compared = (analytic: number[], numeric: number[], uncertainty = numeric.map(() => 0)): Compared => ({
  analytic: Float64Array.from(analytic),
  numeric: Float64Array.from(numeric),
  uncertainty: Float64Array.from(uncertainty),
});

const ordinary = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const pairs = fc.array(fc.tuple(ordinary, ordinary), { minLength: 1, maxLength: 20 });

describe('formula (2)', () => {
  test('is the plain one in the ordinary range', () => {
    fc.assert(
      fc.property(pairs, (entries) => {
        const g = entries.map(([a]) => a);
        const n = entries.map(([, b]) => b);
        const norm = (values: number[]): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
        const size = norm(g) + norm(n);
        fc.pre(size > 1e-100);
        const expected = norm(g.map((v, i) => v - n[i]!)) / size;
        expect(relativeDifference(groupNorms(compared(g, n)))).toBeCloseTo(expected, 13);
      }),
    );
  });

  test('does not change when both gradients are scaled, from 1e-300 to 1e300', () => {
    const at = (scale: number): number =>
      relativeDifference(groupNorms(compared([3 * scale, -1 * scale], [3 * scale, -2 * scale])));
    for (const scale of [1e-300, 1e-200, 1e-160, 1, 1e160, 1e200, 1e300])
      expect(at(scale)).toBeCloseTo(1 / (Math.sqrt(10) + Math.sqrt(13)), 14);
  });

  test.each([
    ['both are zero', [0, -0], [0, 0], 0],
    ['they are opposite', [1, 2], [-1, -2], 1],
    ['one is missing', [0, 0], [1, 2], 1],
    ['a claimed value is NaN', [Number.NaN], [1], Number.NaN],
    ['a claimed value is infinite', [Infinity], [1], Number.NaN],
  ])('is right when %s', (_, g, n, expected) => {
    expect(relativeDifference(groupNorms(compared(g, n)))).toBe(expected);
  });

  test('leaves out entries that could not be measured', () => {
    const norms = groupNorms(compared([1, 5, 2], [1, Number.NaN, 2]));
    expect(norms.checked).toBe(2);
    expect(relativeDifference(norms)).toBe(0);
  });
});

test('norms of parts combine to the norms of the whole, whatever their scales', () => {
  const part = compared([3e200, 4e200], [3e200, 0], [1e190, 0]);
  const other = compared([2], [1], [0.5]);
  const whole = groupNorms(compared([3e200, 4e200, 2], [3e200, 0, 1], [1e190, 0, 0.5]));
  const combined = combinedNorms([groupNorms(part), groupNorms(other)]);
  for (const key of ['analytic', 'numeric', 'difference', 'uncertainty'] as const)
    expect((combined[key] * combined.scale) / (whole[key] * whole.scale)).toBeCloseTo(1, 12);
  expect(combined.checked).toBe(3);
});

describe('resolution', () => {
  test('is the uncertainty in the unit of (2)', () => {
    expect(resolution(groupNorms(compared([3, 4], [3, 4], [1e-3, 0])))).toBeCloseTo(1e-4, 15);
  });
  test('is 1 at most, when nothing can be told', () => {
    expect(resolution(groupNorms(compared([0], [0], [1])))).toBe(1);
  });
  test('goes by the numeric gradient when the claimed one is not finite', () => {
    expect(resolution(groupNorms(compared([Number.NaN], [2], [0.04])))).toBeCloseTo(0.01, 15);
  });
});

test.each([
  [[3, 4], Math.sqrt(12.5)],
  [[3e-200, 4e-200], Math.sqrt(12.5) * 1e-200],
  [[3e200, 4e200], Math.sqrt(12.5) * 1e200],
  [[0, 0], 0],
  [[], 0],
])('the root mean square of %j is %d', (values, expected) => {
  const value = rootMeanSquare(Float64Array.from(values));
  expect(expected === 0 ? value : value / expected).toBeCloseTo(expected === 0 ? 0 : 1, 14);
});

test('the norms of several groups are those of all their entries', () => {
  const joint = jointNorms([compared([3], [4], [1]), compared([4, 9], [3, Number.NaN], [0, 5])]);
  expect(joint).toMatchObject({
    analytic: 5,
    numeric: 5,
    difference: Math.SQRT2,
    uncertainty: 1,
    checked: 2,
    share: 1,
  });
});

test('a dot product leaves out what has no weight', () => {
  const [x, y] = [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, Number.NaN)];
  expect(dotProduct(x, y)).toBeNaN();
  expect(dotProduct(x.subarray(0, 2), y)).toBe(14);
  expect(dotProduct(x, y, Float64Array.of(1, 0.5, 0))).toBe(9);
});
