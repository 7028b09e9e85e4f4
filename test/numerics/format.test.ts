/** The format of some numbers, by the bits that they need: both sides of every threshold. */

import { describe, expect, test } from 'vitest';
import {
  BFLOAT16,
  bitsOf,
  DOUBLE,
  FLOAT16,
  FLOAT32,
  type Format,
  formatOf,
  formatsAlong,
  formatsOf,
  isOpenAlong,
} from '../../src/numerics/format.js';

test.each([
  ['binary64', DOUBLE, 52, -1022],
  ['binary32', FLOAT32, 23, -126],
  ['binary16', FLOAT16, 10, -14],
  ['bfloat16', BFLOAT16, 7, -126],
])('%s has the bits and the least number of IEEE 754', (_, { bits, least }, fraction, exponent) => {
  expect(bits).toBe(fraction + 1);
  expect(least).toBe(2 ** (exponent - fraction));
});

test.each([
  [0, 0],
  [-0, 0],
  [1, 1],
  [-4, 1],
  [3, 2],
  [0.625, 3],
  [-0.1, 52],
  [Math.fround(0.1), 24],
  [1 + 2 ** -52, 53],
  [1 + 2 ** -51, 52],
  [2 ** -1022, 1],
  [3 * 2 ** -1022, 2],
  [2 ** 1023, 1],
  [Number.MAX_VALUE, 53],
  [Number.NaN, 53],
  [Infinity, 53],
])('%d needs %d bits', (value, bits) => {
  expect(bitsOf(value)).toBe(bits);
});

test('what is smaller than the normal doubles needs as many as a double has', () => {
  expect([2 ** -1074, 3 * 2 ** -1060].map(bitsOf)).toEqual([53, 53]);
});

const named = (format: Format): string =>
  ['DOUBLE', 'FLOAT32', 'FLOAT16', 'BFLOAT16'][[DOUBLE, FLOAT32, FLOAT16, BFLOAT16].indexOf(format)]!;
const formatOfAll = (...values: number[]): string => named(formatOf([Float64Array.from(values)]));

/** Rounder numbers than these tell nothing of single precision. */
const ROUND_BITS = 12;
/** Of half precision so many different numbers have to tell. */
const LEAST_VALUES = 3;
/** So many are asked. */
const MOST_VALUES = 4096;
/** One in so many needs all bits, or all but one. */
const FULL_SHARE = 3;

/** A number of so many bits, the last of which is set, of about a size. */
const ofBits = (bits: number, size = 1): number => size * (1 + 2 ** (1 - bits));

describe('the format of numbers is that of', () => {
  test.each([
    ['doubles, of more than 24 bits', [ofBits(25)], 'DOUBLE'],
    ['floats, of 24', [ofBits(24)], 'FLOAT32'],
    ['floats, of more than 12', [ofBits(ROUND_BITS + 1)], 'FLOAT32'],
    ['floats, where one needs so many', [1, 2, ofBits(24)], 'FLOAT32'],
    [
      'nobody, of 12: half precision has fewer',
      [ofBits(ROUND_BITS), ofBits(ROUND_BITS, 2), ofBits(ROUND_BITS, 4)],
      'DOUBLE',
    ],
    ['half precision, of 11', [ofBits(11), ofBits(11, 2), ofBits(11, 4)], 'FLOAT16'],
    ['half precision, of more than 8', [ofBits(9), ofBits(11, 2), ofBits(11, 4)], 'FLOAT16'],
    ['bfloat16, of 8', [ofBits(8), ofBits(8, 2), ofBits(8, -4)], 'BFLOAT16'],
    ['bfloat16, of which some are zero', [0, ofBits(8), ofBits(8, 2), -0, ofBits(8, -4)], 'BFLOAT16'],
    ['nobody, of fewer than three', [ofBits(8), ofBits(8, 2)], 'DOUBLE'],
    ['nobody, of the same three times', [ofBits(8), ofBits(8, 2), ofBits(8, 2)], 'DOUBLE'],
    ['nobody, of the same but for its sign', [ofBits(8), ofBits(8, 2), ofBits(8, -2)], 'DOUBLE'],
    ['nobody, of the third zero', [ofBits(8), ofBits(8, 2), 0], 'DOUBLE'],
    ['nobody of round numbers', [0, 1, -2, 4, 0.5], 'DOUBLE'],
    ['nobody of counts, of which the smaller are known no finer', [128, 129, 131, 133, 200], 'DOUBLE'],
    ['nobody of none', [], 'DOUBLE'],
    ['nobody of what is not finite', [Number.NaN, ofBits(8)], 'DOUBLE'],
  ])('%s', (_, values, expected) => {
    expect(formatOfAll(...values)).toBe(expected);
  });

  test('half precision, of three different numbers', () => {
    const all = [1, 2, 4, 8, 16].map((size) => ofBits(8, size));
    expect(formatOfAll(...all.slice(0, LEAST_VALUES - 1))).toBe('DOUBLE');
    expect(formatOfAll(...all.slice(0, LEAST_VALUES))).toBe('BFLOAT16');
  });

  test('half precision, where one in three needs all bits, or all but one', () => {
    const round = [1, 2, 4, 8].map((size) => 1.5 * size);
    const full = [ofBits(8, 16), ofBits(8, 0.5)];
    expect(full.length + round.length).toBe(FULL_SHARE * full.length);
    expect(formatOfAll(...full, ...round)).toBe('BFLOAT16');
    expect(formatOfAll(...full, ...round, 24)).toBe('DOUBLE');
    expect(formatOfAll(ofBits(8, 16), ofBits(7, 0.5), ...round)).toBe('BFLOAT16');
    expect(formatOfAll(ofBits(8, 16), ofBits(6, 0.5), ...round)).toBe('DOUBLE');
  });

  test('half precision, whose least numbers have a spacing that does not fall', () => {
    const least = 2 ** -24;
    // Denormal numbers have fewer bits, and all of these are full.
    expect(formatOfAll(ofBits(11), 3 * least, 5 * least)).toBe('FLOAT16');
    expect(formatOfAll(ofBits(11), 3 * least, 6 * least)).toBe('FLOAT16');
    // Below the least spacing of float16 they are not its own.
    expect(formatOfAll(ofBits(11), 3 * least, 2.5 * least)).not.toBe('FLOAT16');
  });

  test('float16, of gradients of a loss that was scaled so that they do not vanish', () => {
    const claims = [ofBits(11), ofBits(10, 2 ** -9), ofBits(11, 2 ** -13), 3 * 2 ** -24];
    expect(formatOf([Float64Array.from(claims)])).toBe(FLOAT16);
    const scaled = (scale: number): Float64Array => Float64Array.from(claims, (claim) => claim / scale);
    expect(formatOf([scaled(2 ** 9)])).toEqual({ bits: 11, least: 2 ** -33 });
    expect(formatOf([Float64Array.of(0, Number.NaN), scaled(2 ** 9)])).toEqual({ bits: 11, least: 2 ** -33 });
    // Few of them have all bits.
    const round = [1, 2, 4, 8].map((size) => (1.5 * size) / 2 ** 12);
    expect(formatOf([Float64Array.of(...scaled(2 ** 9), ...round)])).toEqual({ bits: 11, least: 2 ** -33 });
    expect(formatOf([Float64Array.of(...scaled(2 ** 9), ...round, 3, 6)])).toBe(DOUBLE);
  });

  test('float16, of which all are as fine as it goes', () => {
    const least = 2 ** -24;
    expect(formatOfAll(37 * least, 120 * least, -213 * least)).toBe('FLOAT16');
    expect(formatOfAll(37 * least, 120 * least, -213 * least, 1001 * least)).toBe('FLOAT16');
    // The same twice as large are counts of something.
    expect(formatOfAll(37 * 2 * least, 120 * 2 * least, -213 * 2 * least)).toBe('FLOAT16');
    expect(formatOfAll(37 * 4 * least, 120 * 4 * least, -213 * 4 * least)).toBe('DOUBLE');
    expect(formatOfAll(37 * (least / 2), 120 * (least / 2), -213 * (least / 2))).toBe('DOUBLE');
  });

  test('as many as 4096 numbers', () => {
    const many = Float64Array.from(
      { length: 5000 },
      (_, i) => (1 + i / 2 ** 10) * (i % 2 === 0 ? 1 : 2 ** -3),
    );
    const half = many.map((value) => Number(value.toPrecision(12))).map((value) => roundTo(value, 11));
    expect(named(formatOf([half]))).toBe('FLOAT16');
    // The last alone has more bits than half precision, and fewer than tell single from it.
    half[4999] = ofBits(12, 2 ** 9);
    expect(new Set(half.subarray(0, 4999).map(Math.abs)).size).toBeLessThan(MOST_VALUES);
    expect(named(formatOf([half]))).toBe('DOUBLE');
    const different = Float64Array.from(
      { length: MOST_VALUES },
      (_, i) => ofBits(11, 2 ** (i % 8)) + 2 ** (i % 8) * 2 ** -9 * Math.floor(i / 8),
    );
    expect(new Set(different).size).toBe(MOST_VALUES);
    expect(named(formatOf([Float64Array.from([...different, ofBits(12, 2 ** 9)])]))).toBe('FLOAT16');
    expect(named(formatOf([Float64Array.from([...different.subarray(1), ofBits(12, 2 ** 9)])]))).toBe(
      'DOUBLE',
    );
  });
});

/** The nearest number of so many bits. */
function roundTo(value: number, bits: number): number {
  const unit = 2 ** (Math.floor(Math.log2(value)) + 1 - bits);
  return Math.round(value / unit) * unit;
}

describe('of several claims each has', () => {
  const half = Float64Array.of(ofBits(8), ofBits(8, 2), ofBits(8, 4));
  const single = Float64Array.of(ofBits(24));
  const double = Float64Array.of(0.1);
  const few = Float64Array.of(1);

  test('its own format where that is the coarser', () => {
    expect(formatsOf([half, single, double]).map(named)).toEqual(['BFLOAT16', 'FLOAT32', 'DOUBLE']);
  });

  test('that of its finite numbers', () => {
    const broken = Float64Array.of(Number.NaN, ofBits(24), Infinity);
    expect(formatsOf([broken]).map(named)).toEqual(['FLOAT32']);
    expect(formatsOf([Float64Array.of(...half, -Infinity)]).map(named)).toEqual(['BFLOAT16']);
  });

  test('that of all together where its own numbers tell nothing', () => {
    expect(formatsOf([few, single]).map(named)).toEqual(['FLOAT32', 'FLOAT32']);
    expect(formatsOf([few, half]).map(named)).toEqual(['BFLOAT16', 'BFLOAT16']);
    expect(formatsOf([few, double]).map(named)).toEqual(['DOUBLE', 'DOUBLE']);
  });
});

describe('of claims at several points', () => {
  const at = (...values: number[]): Float64Array[] => [Float64Array.from(values)];
  const along = (...points: number[][]): string =>
    named(formatsAlong(points.map((values) => at(...values)))[0]!);

  test.each([
    [
      'the format of all, where one point tells nothing',
      [[ofBits(8)], [ofBits(8, 2)], [ofBits(8, 4)]],
      'BFLOAT16',
    ],
    ['that of the eleven bits of float16', [[ofBits(11)], [ofBits(11, 2)], [ofBits(11, 4)]], 'FLOAT16'],
    ['none, where they stay in one binade', [[ofBits(8)], [1.2578125], [1.5078125]], 'DOUBLE'],
    ['none, where they do not change', [[ofBits(8)], [ofBits(8)], [ofBits(8)]], 'DOUBLE'],
    ['none, where they change their sign', [[1], [-1], [1]], 'DOUBLE'],
    ['none, where they are counts', [[131], [133], [97]], 'DOUBLE'],
    [
      'none, where one has all bits of a double',
      [[ofBits(8)], [ofBits(8, 2)], [ofBits(8, 4)], [0.1]],
      'DOUBLE',
    ],
    [
      'none, where only others than those at θ have the bits of float32',
      [[1], [0.5], [ofBits(24)]],
      'DOUBLE',
    ],
    ['float32, where those at θ have', [[ofBits(24)], [0.5], [ofBits(13)]], 'FLOAT32'],
    [
      'float32, where those of θ alone look like half precision',
      [
        [ofBits(8), ofBits(8, 2), ofBits(8, 4)],
        [ofBits(24), 1, 2],
      ],
      'FLOAT32',
    ],
    [
      'none, where those of θ alone look rounded, and others are not',
      [
        [ofBits(8), ofBits(8, 2), ofBits(8, 4)],
        [0.1, 0.2, 0.3],
      ],
      'DOUBLE',
    ],
    [
      'that of θ, where others tell no more',
      [
        [ofBits(8), ofBits(8, 2), ofBits(8, 4)],
        [1, 2, 3],
        [1.5, 4, 6],
      ],
      'BFLOAT16',
    ],
    [
      'that of those that are finite',
      [[ofBits(8)], [Number.NaN], [Infinity], [ofBits(8, 2)], [ofBits(8, 4)]],
      'BFLOAT16',
    ],
  ])('is %s', (_, points, expected) => {
    expect(along(...points)).toBe(expected);
  });

  test('is that of each parameter by itself', () => {
    const points = [1, 2, 4].map((size) => [
      Float64Array.of(ofBits(8, size)),
      Float64Array.of(size / 10),
      Float64Array.of(1),
    ]);
    expect(formatsAlong(points).map(named)).toEqual(['BFLOAT16', 'DOUBLE', 'DOUBLE']);
  });

  test('is that of all together, where its own numbers tell nothing', () => {
    const points = [1, 2, 4].map((size) => [Float64Array.of(ofBits(8, size)), Float64Array.of(1.5)]);
    expect(formatsAlong(points).map(named)).toEqual(['BFLOAT16', 'BFLOAT16']);
  });

  test('is open, while they change, are round and tell nothing', () => {
    const open = (...points: number[][]): boolean =>
      isOpenAlong(
        points.map((values) => at(...values)),
        0,
      );
    expect(open([ofBits(8)], [1.2578125])).toBe(true);
    expect(open([131], [133])).toBe(true);
    expect(open([ofBits(11)], [1.2578125])).toBe(true);
    // They stand still,
    expect(open([ofBits(8)], [ofBits(8)])).toBe(false);
    // have more bits,
    expect(open([ofBits(12)], [1.2578125])).toBe(false);
    // are what is left of larger numbers,
    expect(open([3], [-2], [ofBits(4)])).toBe(false);
    expect(open([3], [-2], [ofBits(5)])).toBe(true);
    // or tell.
    expect(open([ofBits(8)], [ofBits(8, 2)], [ofBits(8, 4)])).toBe(false);
  });
});
