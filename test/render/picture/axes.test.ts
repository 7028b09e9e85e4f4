/** Places along logarithmic axes, and the numbers beside them. */

import { describe, expect, test } from 'vitest';
import { logarithmic, signed, type Axis } from '../../../src/render/picture/axes.js';

const ticksOf = ({ ticks }: Axis): string[] =>
  ticks.toSorted((a, b) => a.place - b.place).map(({ place, label }) => `${Math.round(place)} ${label}`);

describe('an axis for positive numbers', () => {
  test('has 0.3 powers of ten beyond its numbers', () => {
    const axis = logarithmic([1, 10, 100], 260, 50);
    expect([1, 10, 100].map((value) => Math.round(axis.place(value)))).toEqual([30, 130, 230]);
    expect(ticksOf(axis)).toEqual(['30 1', '130 10', '230 100']);
  });

  test.each<[values: number[], ticks: string[]]>([
    [
      [1e-9, 1e-6],
      ['33 1e-9', '144 1e-8', '256 1e-7', '367 1e-6'],
    ],
    // Every other power, where there is no room for all; those that can be divided by two.
    [
      [1e-15, 1e-6],
      ['54 1e-14', '138 1e-12', '221 1e-10', '304 1e-8', '388 1e-6'],
    ],
    [[0.5], ['200 0.5']],
    [
      [1e-300, 1e300],
      ['0 1e-300', '67 1e-200', '133 1e-100', '200 1', '267 1e100', '333 1e200', '400 1e300'],
    ],
  ])('of %j has ticks at round numbers', (values, ticks) => {
    expect(ticksOf(logarithmic(values, 400, 45))).toEqual(ticks);
  });

  test('never has ticks closer than they may be', () => {
    for (let power = -320; power < 300; power += 7)
      for (const decades of [0, 0.5, 1, 3, 17, 280].filter((own) => power + own < 308)) {
        const { ticks } = logarithmic([10 ** power, 10 ** (power + decades)], 430, 48);
        const places = ticks.map(({ place }) => place).toSorted((a, b) => a - b);
        expect(places.every((place) => place >= 0 && place <= 430)).toBe(true);
        expect(places.slice(1).every((place, k) => place - places[k]! >= 47.9)).toBe(true);
      }
  });
});

describe('an axis for numbers of both signs', () => {
  test('is linear up to the threshold, and logarithmic beyond', () => {
    // 0.7 + 2 powers of ten and 0.5 above zero, 0.7 and 0.5 below.
    const axis = signed([100], 1, 440, 20);
    expect([100, 10, 1, 0.5, 0, -0.5, -1].map((value) => Math.round(axis.place(value)))).toEqual([
      50, 150, 250, 285, 320, 355, 390,
    ]);
  });

  test('ends where its numbers do: what is beyond lies at the end', () => {
    const axis = signed([100, -10], 1, 540, 20);
    expect(axis.place(1e300)).toBe(0);
    expect(axis.place(-Infinity)).toBe(540);
  });

  test('has ticks with signs on both sides, at the same distances, and none close to zero', () => {
    expect(ticksOf(signed([1, -1e-3], 1e-8, 190, 16))).toEqual([
      '6 +1',
      '31 +0.01',
      '56 +1e-4',
      '80 +1e-6',
      '114 0',
      '147 −1e-6',
      '171 −1e-4',
    ]);
  });

  test('takes the smallest and the largest numbers there are', () => {
    const tiny = signed([1e-300, -5e-324], 5e-324, 190, 16);
    expect(tiny.place(1e-300)).toBeLessThan(tiny.place(1e-310));
    const wide = signed([Number.MAX_VALUE, -Number.MAX_VALUE], 5e-324, 190, 16);
    expect(wide.ticks.every(({ place }) => place >= 0 && place <= 190)).toBe(true);
    expect(wide.place(0)).toBe(95);
  });
});
