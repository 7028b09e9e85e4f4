/** A seed -> the same random numbers everywhere. Mulberry32 (T. Ettinger, public domain): a few lines, and no relation to the generator of `src/numerics`. */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 0;
  }

  /** Uniform in [low, high). */
  uniform(low = -1, high = 1): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mix = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
    return low + ((high - low) * ((mix ^ (mix >>> 14)) >>> 0)) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform(0, 1) * (high - low + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.integer(0, from.length - 1)]!;
  }

  /** Of either sign, with a magnitude between `low` and `high`: away from zero. */
  signed(low: number, high: number): number {
    return this.pick([-1, 1]) * this.uniform(low, high);
  }

  /** 10 to a uniform power. */
  power(low: number, high: number): number {
    return 10 ** this.uniform(low, high);
  }

  list(length: number, scale = 1): number[] {
    return Array.from({ length }, () => this.uniform(-scale, scale));
  }

  rows(count: number, length: number, scale = 1): number[][] {
    return Array.from({ length: count }, () => this.list(length, scale));
  }
}

/** The Lehmer generator of the cases in small files: uniform in (−scale, scale). */
export function lehmer(seed: number, scale = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return 2 * scale * (state / 2147483647) - scale;
  };
}
