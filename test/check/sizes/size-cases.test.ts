/** Which combinations of sizes are checked. */

import { describe, expect, test } from 'vitest';
import { casesOf } from '../../../src/check/sizes/size-cases.js';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);

describe('the cases', () => {
  test('are all combinations, in the order of the lists, where these are at most 64', () => {
    expect(casesOf({ a: [3, 1], b: [2, 5] }, 1)).toEqual([
      { a: 3, b: 2 },
      { a: 3, b: 5 },
      { a: 1, b: 2 },
      { a: 1, b: 5 },
    ]);
    expect(casesOf({ a: upTo(8), b: upTo(8) }, 1)).toHaveLength(64);
  });

  const sizes = { a: upTo(9), b: upTo(9), c: [4, 7, 2] };
  const cases = casesOf(sizes, 1) as readonly Record<'a' | 'b' | 'c', number>[];

  test('are 64 of them where there are more, none twice, the same for the same seed', () => {
    expect(new Set(cases.map((one) => JSON.stringify(one))).size).toBe(64);
    expect(casesOf(sizes, 1)).toEqual(cases);
    expect(casesOf(sizes, 2)).not.toEqual(cases);
  });

  test('have all corners among them', () => {
    const corners = cases.filter(
      ({ a, b, c }) => [1, 9].includes(a) && [1, 9].includes(b) && [2, 7].includes(c),
    );
    expect(corners).toHaveLength(8);
  });

  test('have every size among them, equal and unequal ones, odd and even ones', () => {
    for (const [name, list] of Object.entries(sizes))
      expect(new Set(cases.map((one) => one[name as 'a']))).toEqual(new Set(list));
    for (const [p, q] of [
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ] as const)
      expect(new Set(cases.map((one) => one[p] === one[q]))).toEqual(new Set([true, false]));
  });

  test('have every size of long lists among them, and two that are equal where only two can be', () => {
    const from = (first: number, count: number): number[] =>
      Array.from({ length: count }, (_, k) => first + k);
    const long = { a: [...from(1, 15), 50, ...from(100, 15)], b: [20, 50, ...from(200, 29)] };
    const found = casesOf(long, 1) as readonly Record<'a' | 'b', number>[];
    for (const name of ['a', 'b'] as const)
      expect(new Set(found.map((one) => one[name]))).toEqual(new Set(long[name]));
    expect(found).toContainEqual({ a: 50, b: 50 });
  });

  test('are 64 sizes of a longer list, in order, and both of its ends', () => {
    const list = Array.from({ length: 65 }, (_, k) => 3 * k + 1);
    const found = casesOf({ n: list }, 1) as readonly Record<'n', number>[];
    expect(found).toHaveLength(64);
    expect(found.map(({ n }) => n)).toEqual(found.map(({ n }) => n).toSorted((a, b) => a - b));
    expect([found[0]!.n, found.at(-1)!.n]).toEqual([1, 193]);
  });

  test('have numbers that are equal at the first place of a list, too', () => {
    const list = (first: number, from: number): number[] => [first, ...upTo(30).map((k) => from + k)];
    // Corners are the smallest and the largest; 50 is neither.
    const found = casesOf({ a: list(50, 10), b: [50, 20, ...upTo(29).map((k) => 200 + k)] }, 1);
    expect(found).toContainEqual({ a: 50, b: 50 });
  });

  test('are in the order of the lists, the last size the fastest', () => {
    const places = cases.map(({ a, b, c }) => 100 * a + 10 * b + sizes.c.indexOf(c));
    expect(places).toEqual(places.toSorted((p, q) => p - q));
  });

  test('are all corners, where these are more', () => {
    const many = Object.fromEntries([...'abcdefg'].map((name) => [name, [1, 2, 3]]));
    const found = casesOf(many, 1);
    expect(found).toHaveLength(128);
    expect(found.every((one) => Object.values(one).every((size) => size !== 2))).toBe(true);
  });
});
