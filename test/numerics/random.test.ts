import { expect, test } from 'vitest';
import { fillJittered, fillSigns, randomIntegers, seedFor } from '../../src/numerics/random.js';

test('the same seed gives the same numbers, another seed others', () => {
  const take = (seed: number): number[] => {
    const integers = randomIntegers(seed);
    return Array.from({ length: 5 }, () => integers());
  };
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
});

test('signs are of the given magnitude, as often plus as minus, and neighbours are not alike', () => {
  const signs = new Float64Array(10_000);
  fillSigns(signs, 0.25, randomIntegers(1));
  expect(new Set(signs)).toEqual(new Set([0.25, -0.25]));
  // Five standard deviations of a fair coin, √10000 / 2 each.
  expect(Math.abs(signs.filter((s) => s > 0).length - 5000)).toBeLessThan(250);
  let alike = 0;
  for (let i = 1; i < signs.length; i += 1) if (signs[i] === signs[i - 1]) alike += 1;
  expect(Math.abs(alike - 5000)).toBeLessThan(250);
});

test('jittered magnitudes lie between one and two and are no powers of two', () => {
  const direction = new Float64Array(1000);
  fillJittered(direction, 1, 4, 1, randomIntegers(1));
  for (const value of direction) {
    expect(Math.abs(value)).toBeGreaterThan(1);
    expect(Math.abs(value)).toBeLessThan(2);
    expect(Number.isInteger(Math.log2(Math.abs(value)))).toBe(false);
  }
  expect(new Set(direction.map(Math.abs)).size).toBe(8);
});

test('the seed of a name is its hash for the seed 0, and another for another seed', () => {
  expect(seedFor('foobar', 0) >>> 0).toBe(0xbf9cf968);
  expect(seedFor('W1', 1)).not.toBe(seedFor('W1', 2));
});
