/**
 * The tolerance of a group: the user's, to the letter; else 1e-7, raised as far as the measured noise and the precision of
 * the claimed gradient itself demand, and never past 1e-2. Of parts less, so that what is correct in every part is correct as a whole.
 */

import { type Compared, type GroupNorms, resolution } from '../numerics/norms.js';

/** "Small (say less than 1e-7)": the bound that the source of formula (2) names. */
export const DEFAULT_TOLERANCE = 1e-7;
/** The default bound is never raised past this: a gradient known to fewer than two digits is not known. */
export const LARGEST_DEFAULT_TOLERANCE = 1e-2;

/** Relative spacing of float32 numbers, 2^-23. */
const FLOAT32_SPACING: number = 2 ** -23;

/**
 * What a computation in float32 may be off by, relative to the size of a loss or a gradient: 2^-23 for each rounding, times 64 for
 * their growth through sums and layers (√4096: as many terms as a wide layer has).
 */
export const FLOAT32_TOLERANCE: number = 64 * FLOAT32_SPACING;

/** The bound as the user gave it; undefined: DEFAULT_TOLERANCE, or what the noise allows. */
export interface TolerancePolicy {
  readonly tolerance: number | undefined;
}

/** The tolerances for one parameter. */
export interface Tolerances {
  /** Beyond this, and beyond the uncertainty too, a group or an entry is wrong. */
  readonly wrong: number;
  /** Within this a group is correct: as `wrong`, or as far above as the noise demands. */
  readonly correct: number;
}

/**
 * The tolerances for one parameter. What noise hides counts once: as uncertainty where something is to be called wrong, as
 * tolerance where it is to be called correct.
 */
export function tolerancesFor(policy: TolerancePolicy, compared: Compared, norms: GroupNorms): Tolerances {
  if (policy.tolerance !== undefined) return { wrong: policy.tolerance, correct: policy.tolerance };
  const size = norms.claimed + norms.numeric;
  if (size === 0) return { wrong: DEFAULT_TOLERANCE, correct: DEFAULT_TOLERANCE };
  const claimed = isFloat32(compared.analytic) ? FLOAT32_TOLERANCE : 0;
  const wrong = Math.max(DEFAULT_TOLERANCE, claimed);
  const hidden = Math.min(resolution(norms), LARGEST_DEFAULT_TOLERANCE);
  return { wrong, correct: norms.share < 1 ? meanSquare(wrong, hidden) : Math.max(wrong, hidden) };
}

/**
 * The bound of a part, from two of which the whole's is the larger: the squares of either add up, over the parts, to no more than the whole's,
 * and so do those of this. Those of the larger would not: one part may take the one, another the other.
 */
function meanSquare(one: number, other: number): number {
  return Math.hypot(one, other) / Math.SQRT2;
}

/**
 * The tolerance for the model, from its parameters': with ‖d_p‖ ≤ t_p s_p for every parameter, s_p = ‖g_p‖ + ‖n_p‖, the
 * whole difference is at most √Σ (t_p s_p)², which is this times ‖g‖ + ‖n‖.
 */
export function combinedTolerance(
  policy: TolerancePolicy,
  tolerances: readonly number[],
  own: readonly GroupNorms[],
  whole: GroupNorms,
): number {
  if (policy.tolerance !== undefined) return policy.tolerance;
  const size = whole.claimed + whole.numeric;
  const squares = own.reduce((sum, norms, p) => {
    const part = ((norms.claimed + norms.numeric) * norms.scale) / whole.scale;
    return sum + (tolerances[p]! * (part / size)) ** 2;
  }, 0);
  const combined = Math.sqrt(squares);
  if (whole.share < 1) return meanSquare(combined, DEFAULT_TOLERANCE);
  return combined >= DEFAULT_TOLERANCE ? combined : DEFAULT_TOLERANCE;
}

/** Mantissa bits below which a number is too round to tell in which precision it was computed. */
const ROUND_BITS = 12;

/** Whether a claimed gradient was computed in float32: all its values are float32 numbers, and some are not round ones. */
function isFloat32(values: Float64Array): boolean {
  let telling = false;
  for (const value of values) {
    if (Math.fround(value) !== value) return false;
    telling ||= !isRound(value);
  }
  return telling;
}

function isRound(value: number): boolean {
  if (value === 0) return true;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - ROUND_BITS);
  return Number.isInteger(value / unit);
}
