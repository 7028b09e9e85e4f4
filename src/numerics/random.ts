/**
 * A seed → random integers, and weights for the entries of a direction. The generator is splitmix32, the 32-bit relative of SplitMix64
 * (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), with the finaliser constants of Wellons'
 * "lowbias32" search (nullprogram.com/blog/2018/07/31); it needs no quality beyond uncorrelated signs.
 */

import { FNV_BASIS, hashOfText } from './hash.js';

/** 2^32 divided by the golden ratio, rounded to odd: the increment of SplitMix. */
const GOLDEN_INCREMENT = 0x9e3779b9;
/** The first multiplier of Wellons' lowbias32. */
const FIRST_MULTIPLIER = 0x21f0aaad;
/** The second multiplier of Wellons' lowbias32. */
const SECOND_MULTIPLIER = 0x735a2d97;

/** A function that returns uniform integers from 0 to 2³² − 1, the same for the same seed. */
export function randomIntegers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + GOLDEN_INCREMENT) | 0;
    return mixed(state);
  };
}

/** A function that returns uniform numbers from 0 to below 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  const integers = randomIntegers(seed);
  return () => (integers() >>> 0) / 2 ** 32;
}

/** A seed for what bears a name, the same in whatever company: the hash of the name, from `seed` on. */
export function seedFor(name: string, seed: number): number {
  return hashOfText(name, FNV_BASIS ^ seed);
}

function mixed(state: number): number {
  let mix = state;
  mix = Math.imul(mix ^ (mix >>> 16), FIRST_MULTIPLIER);
  mix = Math.imul(mix ^ (mix >>> 15), SECOND_MULTIPLIER);
  return (mix ^ (mix >>> 15)) >>> 0;
}

/** 32 random bits of a whole number, always the same. */
export function randomBits(number: number): number {
  return mixed(Math.imul(number + 1, GOLDEN_INCREMENT));
}

/** Bits of a magnitude at most: a weight has a sign and the 31 bits of one random integer. */
export const MOST_BITS = 24;

/**
 * Random weights for the entries of an array, by their places, so that none has to be stored: of either sign, with magnitudes between
 * `scale` and twice that. Signs alone would not do: two equal errors cancel along half of all directions, whereas with real magnitudes
 * they stay below a share τ of one of them with a probability of about τ.
 */
export class RandomWeights {
  /** Tells these weights from all others. */
  readonly key: string;
  readonly #seed: number;
  readonly #unit: number;
  /** Magnitudes in units of `#unit`: these, and as many bits more. */
  readonly #least: number;
  readonly #shift: number;
  readonly #most: number;

  /**
   * @param scale in the unit of the entries
   * @param bits of each magnitude, from 1 to MOST_BITS: with few, multiples of the weights added to the entries can be stored exactly
   * @param share of the entries that have a weight; the others have 0
   */
  constructor(seed: number, scale: number, bits: number = MOST_BITS, share = 1) {
    this.key = `${seed} ${scale} ${bits} ${share}`;
    this.#seed = seed;
    this.#least = 2 ** bits;
    this.#shift = 31 - bits;
    this.#unit = scale / this.#least;
    this.#most = share * 2 ** 32;
  }

  /** Whether the i-th entry has a weight. */
  has(i: number): boolean {
    return this.#isChosen(this.#draw(i));
  }

  #draw(i: number): number {
    return mixed((this.#seed + Math.imul(i + 1, GOLDEN_INCREMENT)) | 0);
  }

  /** By a second draw, as the first is used up by the weight. */
  #isChosen(drawn: number): boolean {
    return this.#most >= 2 ** 32 || mixed(drawn ^ GOLDEN_INCREMENT) < this.#most;
  }

  /** The weight of the i-th entry. */
  at(i: number): number {
    const drawn = this.#draw(i);
    if (!this.#isChosen(drawn)) return 0;
    const size = this.#unit * (this.#least + ((drawn & 0x7fffffff) >>> this.#shift));
    return drawn >>> 31 === 1 ? size : -size;
  }
}
