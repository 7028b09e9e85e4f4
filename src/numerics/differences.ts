/**
 * The centred difference, formula (1), over a block of entries, with its uncertainty:
 *
 *     n = (J(θ + h) − J(θ − h)) / ((θ + h) − (θ − h))
 *
 * The divisor is the step that was really stored, not 2h, which is what makes Float32Array parameters work. Two losses with
 * independent noise of standard deviation σ differ by √2 σ, which the division carries into n.
 */

/**
 * How many standard deviations of noise are allowed for. Rounding errors are bounded rather than normal, but σ itself is
 * estimated from nine values, to within a factor of about two; 6 = 2 × 3 covers both.
 */
export const NOISE_COVERAGE = 6;

/** What a sweep brought back for a block of entries. */
export interface Swept {
  readonly above: Float64Array;
  readonly below: Float64Array;
  readonly forward: Float64Array;
  readonly backward: Float64Array;
}

/**
 * Writes the derivatives of entries `from` … `from + count − 1` and their uncertainties; NaN where a loss was not finite or
 * the step was lost in storage.
 * @param noise σ, in the unit of the loss
 */
export function centralDifferences(
  { above, below, forward, backward }: Swept,
  noise: number,
  numeric: Float64Array,
  uncertainty: Float64Array,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i += 1) {
    const step = above[i]! + below[i]!;
    // Halves, so that two large losses of opposite sign can't overflow; exact otherwise.
    const derivative = (forward[i]! / 2 - backward[i]! / 2) / (step / 2);
    const known = step > 0 && Number.isFinite(derivative);
    numeric[from + i] = known ? derivative : Number.NaN;
    uncertainty[from + i] = known ? (NOISE_COVERAGE * Math.SQRT2 * noise) / step : Number.NaN;
  }
}
