/**
 * Seeded random signs. The generator is splitmix32, the 32-bit relative of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014), with the finaliser constants of Wellons' "lowbias32" search
 * (nullprogram.com/blog/2018/07/31); it needs no quality beyond uncorrelated signs.
 */

import { FNV_BASIS, hashOfText } from './hash.js';

/** 2^32 divided by the golden ratio, rounded to odd: the increment of SplitMix. */
const GOLDEN_INCREMENT = 0x9e3779b9;
const FIRST_MULTIPLIER = 0x21f0aaad;
const SECOND_MULTIPLIER = 0x735a2d97;

/** A function that returns uniform integers from 0 to 2³² − 1, the same for the same seed. */
export function randomIntegers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + GOLDEN_INCREMENT) | 0;
    return mixed(state);
  };
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

/**
 * Fills `direction` with ± magnitude at random. ±1 rather than uniform or normal numbers: an error in a single entry
 * then shows with the entry's full weight, whatever the draw.
 */
export function fillSigns(direction: Float64Array, magnitude: number, integers: () => number): void {
  for (let i = 0; i < direction.length; i += 1)
    direction[i] = integers() >>> 31 === 1 ? magnitude : -magnitude;
}

/**
 * Fills `direction` with magnitudes at random between `magnitude` and twice that, of either sign, each an odd multiple of
 * `magnitude` / 2^bits, at about `share` of the places, and with zeros at the others. On powers of two, and on any numbers
 * with few bits, the rounding errors of a loss are often the same at all points of a line, and its noise would be taken for
 * zero.
 * @param bits from 1 to 30
 */
export function fillJittered(
  direction: Float64Array,
  magnitude: number,
  bits: number,
  share: number,
  integers: () => number,
): void {
  const unit = magnitude / 2 ** bits;
  const mask = 2 ** bits - 1;
  for (let i = 0; i < direction.length; i += 1) {
    const drawn = integers();
    const size = unit * (2 ** bits + ((drawn & mask) | 1));
    if (share < 1 && integers() >= share * 2 ** 32) direction[i] = 0;
    else direction[i] = drawn >>> 31 === 1 ? size : -size;
  }
}

/** Fills `signs` with +1 and −1 at random, one byte each, as a direction may be as long as a model is large. */
export function fillSignBytes(signs: Int8Array, seed: number): void {
  for (let i = 0; i < signs.length; i += 1) signs[i] = signAt(seed, i);
}

/** The i-th of the signs that `fillSignBytes` draws. */
function signAt(seed: number, i: number): 1 | -1 {
  return mixed((seed + Math.imul(i + 1, GOLDEN_INCREMENT)) | 0) >>> 31 === 1 ? 1 : -1;
}
