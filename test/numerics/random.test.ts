/** Random integers and weights: against published values, by their distribution, and to the bit. */

import { describe, expect, test } from 'vitest';
import { MOST_BITS, randomBits, randomIntegers, RandomWeights, seedFor } from '../../src/numerics/random.js';

/** 2^32 over the golden ratio, to the nearest odd number; and the multipliers of lowbias32. */
const GOLDEN_INCREMENT = BigInt(Math.round(2 ** 32 / ((1 + Math.sqrt(5)) / 2)));
const [FIRST_MULTIPLIER, SECOND_MULTIPLIER] = [0x21f0aaadn, 0x735a2d97n];

/** splitmix32 as published, with big integers: the increment is 2^32 over the golden ratio, the finaliser is lowbias32. */
function splitmix(seed: number, k: number): number {
  const word = 2n ** 32n;
  let mix = (((BigInt(seed) + BigInt(k) * GOLDEN_INCREMENT) % word) + word) % word;
  mix = ((mix ^ (mix >> 16n)) * FIRST_MULTIPLIER) % word;
  mix = ((mix ^ (mix >> 15n)) * SECOND_MULTIPLIER) % word;
  return Number(mix ^ (mix >> 15n));
}

test('random integers are those of splitmix32', () => {
  for (const seed of [0, 1, 7, -5, 2 ** 31]) {
    const integers = randomIntegers(seed);
    expect([integers(), integers(), integers()]).toEqual([1, 2, 3].map((k) => splitmix(seed, k)));
  }
});

test('the bits of a number are its place in that sequence', () => {
  expect([0, 1, 2, 1000].map(randomBits)).toEqual([1, 2, 3, 1001].map((k) => splitmix(0, k)));
});

test('the seed of a name is its hash for the seed 0, and another for another seed', () => {
  expect(seedFor('foobar', 0) >>> 0).toBe(0xbf9cf968);
  expect(seedFor('W1', 1)).not.toBe(seedFor('W1', 2));
  expect(seedFor('W1', 1)).not.toBe(seedFor('W2', 1));
});

describe('weights', () => {
  const take = (weights: RandomWeights, count: number): number[] =>
    Array.from({ length: count }, (_, i) => weights.at(i));

  test('are a sign and as many bits of an integer, between the scale and twice that', () => {
    for (const bits of [1, 4, MOST_BITS]) {
      const weights = new RandomWeights(7, 3, bits);
      for (const [i, weight] of take(weights, 50).entries()) {
        const drawn = splitmix(7, i + 1);
        const magnitude = 3 * (1 + Math.floor((drawn % 2 ** 31) / 2 ** (31 - bits)) / 2 ** bits);
        expect(weight).toBe(drawn >= 2 ** 31 ? magnitude : -magnitude);
      }
    }
  });

  test('have 24 bits where none are asked for', () => {
    expect(MOST_BITS).toBe(24);
    expect(take(new RandomWeights(7, 3), 9)).toEqual(take(new RandomWeights(7, 3, 24, 1), 9));
  });

  test('are of either sign and of all magnitudes alike, and neighbours are not', () => {
    const weights = take(new RandomWeights(1, 1), 10_000);
    // Five standard deviations of a fair coin, √10000 / 2 each.
    const isFair = (each: readonly boolean[]): void => {
      expect(Math.abs(each.filter(Boolean).length - 5000)).toBeLessThan(250);
    };
    isFair(weights.map((weight) => weight > 0));
    isFair(weights.map((weight) => Math.abs(weight) > 1.5));
    isFair(weights.map((weight, i) => weight > 0 === (weights[i - 1] ?? 1) > 0));
  });

  test('with a share leave out the others, and are the same for those that have one', () => {
    const [all, some] = [new RandomWeights(5, 1), new RandomWeights(5, 1, MOST_BITS, 1 / 4)];
    const given = take(some, 10_000);
    const kept = given.filter((weight) => weight !== 0).length;
    // Five standard deviations of √(10000 · 3/16).
    expect(Math.abs(kept - 2500)).toBeLessThan(217);
    expect(given).toEqual(given.map((weight, i) => (weight === 0 ? 0 : all.at(i))));
    // No sign or magnitude is left out more than others.
    expect(Math.abs(given.filter((weight) => weight > 0).length - kept / 2)).toBeLessThan(5 * 25);
    expect(take(new RandomWeights(5, 1, MOST_BITS, 0), 100).every((weight) => weight === 0)).toBe(true);
  });

  test('are told from all others by their key', () => {
    const keys = [
      new RandomWeights(1, 2, 3, 0.5),
      new RandomWeights(2, 2, 3, 0.5),
      new RandomWeights(1, 4, 3, 0.5),
      new RandomWeights(1, 2, 4, 0.5),
      new RandomWeights(1, 2, 3, 1),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(5);
    expect(keys[0]).toBe('1 2 3 0.5');
  });
});
