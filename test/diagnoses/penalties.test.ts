/** What is wrong besides a penalty that is right: λ is fitted along with it, and believed only where little is left. */

import { describe, expect, test } from 'vitest';
import {
  besides,
  isConstant,
  PENALTIES,
  rearrangedBeside,
  scaledBeside,
} from '../../src/diagnoses/penalties.js';
import { contextFor, generic, type Numbers, wrongParameter } from './evidence.js';

const [squares, magnitudes] = PENALTIES;
const never = (): boolean => false;

describe('a penalty', () => {
  const values = Float64Array.of(-2, 0, 0.5);

  test('is half the squares, or the magnitudes, of the parameters', () => {
    expect(PENALTIES.map(({ power, term, slopes }) => [power, term, [...slopes(values)]])).toEqual([
      [2, 'θ', [-2, 0, 0.5]],
      [1, 'sign θ', [-1, 0, 1]],
    ]);
  });

  test('has one slope where all values are the same', () => {
    const arrays = (...all: number[][]): Float64Array[] => all.map((array) => Float64Array.from(array));
    expect(isConstant(arrays([1, 1], [1]))).toBe(true);
    expect(isConstant(arrays([1, 1], [2]))).toBe(false);
    expect(isConstant(arrays([1, 2], [1]))).toBe(false);
    expect(isConstant([])).toBe(true);
  });

  test('is told with its term', () => {
    expect(besides(squares!, 0.03)).toBe(' besides the term 0.03·θ of a penalty, which is right');
    expect(besides(magnitudes!, -0.5)).toBe(
      ' besides the term −0.5·sign θ along it, as of a normalisation, which is right',
    );
  });
});

const values = [0.5, -1.2, 2, -0.7, 1.1, -0.4];
const numeric = generic(6);

/** A gradient g with g − λ s = f (n − λ s), for the slopes s of a penalty. */
function scaled(factor: number, lambda: number, slopes = values, count = 6): Numbers {
  return {
    analytic: numeric.map((n, i) => factor * n + (1 - factor) * lambda * slopes[i]!).slice(0, count),
    numeric: numeric.slice(0, count),
    values: values.slice(0, count),
  };
}

const found = (
  all: readonly Numbers[],
  isPlain: Parameters<typeof scaledBeside>[1] = never,
): ReturnType<typeof scaledBeside> => scaledBeside(contextFor(all).parameters, isPlain);

describe('a factor beside a penalty', () => {
  test.each([
    [3, 0.3, 2, values],
    [-1, 0.3, 2, values],
    [0.5, 0.3, 1, values.map(Math.sign)],
    // Close to one, and to zero.
    [1.0002, 50, 2, values],
    [0.0002, 0.3, 2, values],
  ])('is found: %d, with λ %d, of power %d', (factor, lambda, power, slopes) => {
    const { penalty, ...fit } = found([scaled(factor, lambda, slopes)])!;
    expect(penalty.power).toBe(power);
    expect(fit.factor).toBeCloseTo(factor, 8);
    expect(fit.lambda).toBeCloseTo(lambda, 6);
  });

  test.each([
    ['is none where λ is negative', scaled(3, -0.2)],
    ['is none where it is 1', scaled(1.00005, 50)],
    ['is none where it is 0', scaled(0.00005, 0.3)],
    [
      'is none without a penalty',
      { ...scaled(2, 0), numeric: [1, 2, 0, 0], analytic: [2, 4, 0, 0], values: [0, 0, 3, 4] },
    ],
    ['needs four entries', scaled(3, 0.3, values, 3)],
    ['can not be told from a penalty in proportion to the gradient', { ...scaled(3, 0.3), values: numeric }],
    ['shows nothing where there is no slope', { ...scaled(3, 0.3), uncertainty: numeric.map(() => 3) }],
  ])('%s', (_, numbers) => {
    expect(found([numbers])).toBeUndefined();
  });

  test('needs no more than four', () => {
    expect(found([scaled(3, 0.3, values, 4)])?.factor).toBeCloseTo(3, 9);
  });

  test.each([
    [0.0035, true],
    [0.006, false],
  ])('leaves at most a hundredth of the error divided by the factor: %d, and more, %j', (off, isFound) => {
    const { analytic, ...rest } = scaled(3, 0.3);
    const error = Math.hypot(...analytic.map((g, i) => g - numeric[i]!));
    // What is left shows no more than uncertainty would.
    const bent = analytic.map((g, i) => g + [1, -1, -1, 1, -1, 1][i]! * off * error);
    const uncertainty = numeric.map(() => 2 * off * error);
    expect(found([{ ...rest, analytic: bent, uncertainty }]) !== undefined).toBe(isFound);
  });

  test('is that of parameters without a penalty too', () => {
    const bias = { analytic: [6, -3], numeric: [2, -1] };
    const isBias = ({ count }: { readonly count: number }): boolean => count === 2;
    expect(found([scaled(3, 0.3), bias], isBias)?.lambda).toBeCloseTo(0.3, 9);
    expect(found([scaled(3, 0.3), bias])).toBeUndefined();
    // Without their entries there are too few.
    expect(found([scaled(3, 0.3, values, 3), bias], isBias)).toBeUndefined();
  });

  test('is that of several parameters with one λ', () => {
    const [first, second] = [scaled(3, 0.3), { ...scaled(3, 0.3), name: 'other' }];
    expect(found([first, second])?.factor).toBeCloseTo(3, 9);
    expect(found([first, scaled(3, 0.4)])).toBeUndefined();
  });
});

const reversed = (array: Float64Array): Float64Array => array.toReversed();

/** A gradient of which all but a penalty is in reverse order. */
function turned(lambda: number, slopes = values): Numbers {
  const rest = numeric.map((n, i) => n - lambda * slopes[i]!);
  return { analytic: rest.toReversed().map((r, i) => r + lambda * slopes[i]!), numeric, values };
}

describe('another order beside a penalty', () => {
  test.each([
    [0.3, 2, values],
    [-0.2, 2, values],
  ])('is found: λ %d, of power %d', (lambda, power, slopes) => {
    const { penalty, lambda: fitted } = rearrangedBeside(wrongParameter(turned(lambda, slopes)), reversed)!;
    expect([penalty.power, Math.round(1e9 * fitted) / 1e9]).toEqual([power, lambda]);
  });

  test('is found by signs where enough of these are exchanged', () => {
    // No sign is that of the entry in its place.
    const signs = [1, 1, -1, 1, -1, 1, -1, 1, -1, -1];
    const ofSigns = (count: number): Numbers => {
      const [s, n] = [[...signs.slice(0, count / 2), ...signs.slice(-count / 2)], generic(count)];
      const rest = n.map((value, i) => value - 0.3 * s[i]!).toReversed();
      return {
        numeric: n,
        values: s.map((x, i) => x * (i * i + 1)),
        analytic: rest.map((r, i) => r + 0.3 * s[i]!),
      };
    };
    expect(rearrangedBeside(wrongParameter(ofSigns(8)), reversed)?.penalty.power).toBe(1);
    expect(rearrangedBeside(wrongParameter(ofSigns(6)), reversed)).toBeUndefined();
  });

  test('is found by few signs where the other entries tell the order', () => {
    const shifted = (array: Float64Array): Float64Array =>
      array.map((_, i) => array[(i + 1) % array.length]!);
    const ofOne = (count: number): Numbers => {
      const s = Array.from({ length: count }, (_, i) => (i === 0 ? 1 : -1));
      const n = generic(count);
      const rest = n.map((value, i) => value - 0.3 * s[i]!);
      return {
        numeric: n,
        values: s.map((x, i) => x * (i * i + 1)),
        analytic: rest.map((_, i) => rest[(i + count - 1) % count]! + 0.3 * s[i]!),
      };
    };
    expect(rearrangedBeside(wrongParameter(ofOne(6)), shifted)?.penalty.power).toBe(1);
    expect(rearrangedBeside(wrongParameter(ofOne(4)), shifted)).toBeUndefined();
  });

  test.each([
    ['is none where an entry was not measured', { ...turned(0.3), numeric: numeric.with(2, Number.NaN) }],
    ['is none without a penalty', turned(0)],
    ['is none where the penalty is the same in all places', { ...turned(0.3), values: [1, 2, 3, 3, 2, 1] }],
    ['is none where it is another', { ...turned(0.3), analytic: generic(6, 2) }],
  ])('%s', (_, numbers) => {
    expect(rearrangedBeside(wrongParameter(numbers), reversed)).toBeUndefined();
  });

  test('needs four entries', () => {
    const first = (count: number): Numbers => {
      const [n, theta] = [numeric.slice(0, count), values.slice(0, count)];
      const rest = n.map((value, i) => value - 0.3 * theta[i]!).toReversed();
      return { numeric: n, values: theta, analytic: rest.map((r, i) => r + 0.3 * theta[i]!) };
    };
    expect(rearrangedBeside(wrongParameter(first(4)), reversed)?.lambda).toBeCloseTo(0.3, 9);
    expect(rearrangedBeside(wrongParameter(first(3)), reversed)).toBeUndefined();
  });

  test.each([
    [0.0035, true],
    [0.006, false],
  ])('leaves at most a hundredth of the error: %d, and more, %j', (off, isFound) => {
    const { analytic, ...rest } = turned(0.3);
    const error = Math.hypot(...analytic.map((g, i) => g - numeric[i]!));
    const bent = analytic.map((g, i) => g + [1, -1, -1, 1, -1, 1][i]! * off * error);
    const uncertainty = numeric.map(() => 2 * off * error);
    const parameter = wrongParameter({ ...rest, analytic: bent, uncertainty });
    expect(rearrangedBeside(parameter, reversed) !== undefined).toBe(isFound);
  });
});
