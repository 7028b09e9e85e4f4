/**
 * What a function gave in several calls at the same point → whether it differs by no more than rounding does, how much it scatters, and whether
 * another value differs by more.
 */

import { noiseUncertainty } from './difference.js';

/**
 * Two results differ by rounding where they differ by no more than this, relative to the size of what was added up: 2^-23 for each rounding in
 * float32, times 64 for their growth (as of FLOAT32_TOLERANCE), in both. Sums in no fixed order, as of threads, differ by 2^-27 to 2^-20.
 */
export const MOST_ROUNDING: number = 2 ** -16;

/** Calls that scatter is estimated from: as many as the points of a ray, for the same share of the coverage. */
export const REPEATS = 9;

/** Whether all values are the same: 0 and −0 are, and NaN and NaN. */
export function areSame(values: ArrayLike<number>): boolean {
  for (let k = 1; k < values.length; k += 1) if (!isSame(values[k]!, values[0]!)) return false;
  return true;
}

function isSame(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/**
 * Whether values are the same but for rounding.
 * @param size of what was added up, where that is known to be more than what came of it; in the unit of the values
 */
export function areRepeated(values: ArrayLike<number>, size = 0): boolean {
  if (areSame(values)) return true;
  let [least, most] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k += 1) {
    if (!Number.isFinite(values[k])) return false;
    least = Math.min(least, values[k]!);
    most = Math.max(most, values[k]!);
  }
  const isSmall = most - least <= MOST_ROUNDING * Math.max(size, Math.abs(least), Math.abs(most));
  return isSmall && !drifts(values);
}

/** Whether values only rise, or only fall, as chance makes of nine once in 181 440 times: each call then goes on from what the last one left. */
function drifts(values: ArrayLike<number>): boolean {
  if (values.length < REPEATS) return false;
  const sign = Math.sign(values[1]! - values[0]!);
  return Array.prototype.every.call(
    values,
    (value: number, k: number) => k === 0 || Math.sign(value - values[k - 1]!) === sign,
  );
}

/** Whether a loss differs from that at θ by more than repeated losses do; where these are the same, whether it differs at all. */
export function isBeyondScatter(
  value: number,
  loss: number,
  { scatter = 0 }: { readonly scatter?: number | undefined },
): boolean {
  return value !== loss && !(Math.abs(value - loss) <= noiseUncertainty(scatter, 1));
}

/** The standard deviation of some values, in their unit; exactly 0 where all are the same. */
export function scatterOf(values: ArrayLike<number>): number {
  const scatter = new Scatter(1);
  for (let k = 0; k < values.length; k += 1) scatter.add([values[k]!]);
  return scatter.deviations()[0]!;
}

/** The same of many numbers at once, call after call, so that not all calls have to be kept. */
export class Scatter {
  readonly #first: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #calls = 0;

  constructor(length: number) {
    this.#first = new Float64Array(length);
    this.#sums = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  add(values: ArrayLike<number>): void {
    if (this.#calls === 0) this.#first.set(values);
    this.#calls += 1;
    for (let i = 0; i < this.#sums.length; i += 1) {
      // From the first on, so that nothing is lost to the size of the numbers.
      const change = values[i]! - this.#first[i]!;
      this.#sums[i]! += change;
      this.#squares[i]! += change * change;
    }
  }

  /** Their standard deviations; 0 after fewer than two calls. */
  deviations(): Float64Array {
    const calls = this.#calls;
    return this.#squares.map((squares, i) =>
      calls < 2 ? 0 : Math.sqrt(Math.max(0, squares - this.#sums[i]! ** 2 / calls) / (calls - 1)),
    );
  }
}
