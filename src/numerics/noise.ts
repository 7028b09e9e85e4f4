/**
 * The noise level of a computed loss: the standard deviation of its rounding (or other fast) errors, in the loss's own
 * unit, from values at equally spaced points of a line. A k-th difference of smooth values shrinks like the k-th power of
 * the spacing, a k-th difference of noise does not: its mean square is σ²(2k)!/(k!)².
 *
 * Source: J. J. Moré and S. M. Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011), 1292–1314,
 * algorithm ECnoise, with its rules for accepting a level and for spacings that are too small.
 */

/** Values along the line: m + 1 = 9 points, enough for differences up to the sixth with three values each. */
export const NOISE_POINTS = 9;

/** Highest difference used; above it fewer than three values are left. */
const HIGHEST_DIFFERENCE = 6;

/** Three consecutive levels must agree within this factor to be noise (Moré and Wild, section 5). */
const AGREEMENT_FACTOR = 4;

/** Unit round-off of doubles, 2^-53: a loss can't be known better than its own last digit. */
const UNIT_ROUNDOFF: number = 2 ** -53;

/** Nor better than the spacing of the smallest doubles, 2^-1074, which is what rounds a loss below 2^-1022. */
const LEAST_LEVEL: number = Number.MIN_VALUE;

/** The standard deviation of rounding to whole units: 1/√12. */
export const ROUNDING_DEVIATION: number = Math.sqrt(1 / 12);

/** Spacing of float32 numbers relative to the power of two below them, 2^-23. */
const FLOAT32_SPACING: number = 2 ** -23;

export interface NoiseEstimate {
  /**
   * Standard deviation in the unit of the loss, never below half a unit in its last place; where all values are float32 numbers,
   * never below what rounding to these alone makes: values may step by just one of them from point to point, and show none.
   */
  readonly level: number;
  /**
   * `measured`: three levels of differences agree. `coarse`: none do, the smallest level is given, an upper guess.
   * `constant`: most neighbouring values are equal, the points lie too close (or the loss doesn't move at all).
   */
  readonly quality: 'measured' | 'coarse' | 'constant';
  /**
   * The step of a staircase, where the values are seen to climb by one: they stand still, move, and stand still again. 0 where they
   * are not. Rounding to whole steps is noise too, of `ROUNDING_DEVIATION` steps.
   */
  readonly step: number;
}

/** Estimates the noise in `values`, the losses at NOISE_POINTS equally spaced points; NaN when one is not finite. */
export function estimateNoise(values: Float64Array): NoiseEstimate {
  const count = values.length;
  if (!values.every(Number.isFinite)) return { level: Number.NaN, quality: 'coarse', step: 0 };
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const floor = largest === 0 ? 0 : Math.max(UNIT_ROUNDOFF * largest, LEAST_LEVEL);

  const step = staircase(values);
  const table = Float64Array.from(values);
  const levels: number[] = [];
  const alternates: boolean[] = [];
  let weight = 1; // (k!)² / (2k)!
  for (let k = 1; k <= HIGHEST_DIFFERENCE; k += 1) {
    let squares = 0;
    let zeros = 0;
    let negative = false;
    let positive = false;
    for (let i = 0; i < count - k; i += 1) {
      const difference = table[i + 1]! - table[i]!;
      table[i] = difference;
      squares += (difference / (largest || 1)) ** 2;
      if (difference === 0) zeros += 1;
      negative ||= difference < 0;
      positive ||= difference > 0;
    }
    if (k === 1 && zeros >= (count - 1) / 2) return { level: floor, quality: 'constant', step };
    weight *= k / (2 * (2 * k - 1));
    levels.push(Math.sqrt((weight * squares) / (count - k)) * largest);
    alternates.push(negative && positive);
  }
  const single = values.every((value) => Math.fround(value) === value);
  const least = single ? ROUNDING_DEVIATION * FLOAT32_SPACING * 2 ** Math.floor(Math.log2(largest)) : floor;
  for (let k = 0; k + 2 < levels.length; k += 1) {
    const low = Math.min(levels[k]!, levels[k + 1]!, levels[k + 2]!);
    const high = Math.max(levels[k]!, levels[k + 1]!, levels[k + 2]!);
    if (alternates[k] === true && high <= AGREEMENT_FACTOR * low)
      return { level: Math.max(least, levels[k]!), quality: 'measured', step };
  }
  return { level: Math.max(least, Math.min(...levels)), quality: 'coarse', step };
}

/** The least difference of neighbours, if they stop or start to differ at least twice; at a kink, once at most. 0: no staircase. */
function staircase(values: Float64Array): number {
  let [least, turns] = [Infinity, 0];
  for (let i = 1; i < values.length; i += 1) {
    const size = Math.abs(values[i]! - values[i - 1]!);
    if (size > 0) least = Math.min(least, size);
    if (i > 1 && size > 0 !== (values[i - 1] !== values[i - 2])) turns += 1;
  }
  return turns > 1 ? least : 0;
}
