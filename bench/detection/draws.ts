/** Seeded draws, so that every run sees the same models. */

import { randomIntegers } from '../../src/numerics/random.js';

export class Draws {
  readonly #integers: () => number;

  constructor(seed: number) {
    this.#integers = randomIntegers(seed);
  }

  /** Uniform between 0 and 1, both excluded. */
  uniform(): number {
    return (this.#integers() + 0.5) / 2 ** 32;
  }

  /** Normal with mean 0 and variance 1, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.uniform() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.whole(0, items.length - 1)]!;
  }

  normals(length: number, deviation: number): Float64Array {
    return Float64Array.from({ length }, () => deviation * this.normal());
  }
}
