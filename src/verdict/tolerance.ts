/**
 * A group's claim and what is uncertain of it → the tolerance of the group: the user's, to the letter; else 1e-7, raised as far as the format
 * of the claim's own numbers and the measured noise demand. Of parts less, so that what is correct in every part is correct as a whole.
 */

import { FLOAT32, type Format } from '../numerics/format.js';
import { type GroupNorms, resolution } from '../numerics/norms.js';

/** "Small (say less than 1e-7)": the bound that the source of formula (2) names. */
export const DEFAULT_TOLERANCE = 1e-7;
/** The default bound of the model is never raised past this: a gradient known to fewer than two digits is not known. */
export const LARGEST_DEFAULT_TOLERANCE = 1e-2;

/** A parameter is known when its resolution is below this: a claim that is twice or half of what it should be is 1/3 off, and shows. */
export const LEAST_KNOWN = 0.3;

/**
 * What a computation in float32 may be off by, relative to the size of a loss or a gradient: 2^-23 for each rounding, times 64 for
 * their growth through sums and layers (√4096: as many terms as a wide layer has).
 */
export const FLOAT32_TOLERANCE: number = 64 * 2 ** (1 - FLOAT32.bits);

/** Numbers of half precision are results, rounded once from something better, or twice: each time by half of their spacing. */
const HALF_ROUNDINGS = 2;

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
 * @param format of the parameter's claim
 */
export function tolerancesFor(policy: TolerancePolicy, format: Format, norms: GroupNorms): Tolerances {
  if (policy.tolerance !== undefined) return { wrong: policy.tolerance, correct: policy.tolerance };
  const size = norms.claimed + norms.numeric;
  if (size === 0) return { wrong: DEFAULT_TOLERANCE, correct: DEFAULT_TOLERANCE };
  const wrong = Math.max(DEFAULT_TOLERANCE, formatTolerance(format, norms));
  const hidden = Math.min(resolution(norms), LEAST_KNOWN);
  return { wrong, correct: wrong + hidden };
}

/** What a format leaves uncertain of numbers of this size. */
function formatTolerance({ bits, least }: Format, norms: GroupNorms): number {
  if (bits > FLOAT32.bits) return 0;
  if (bits === FLOAT32.bits) return FLOAT32_TOLERANCE;
  const typical = ((norms.claimed + norms.numeric) / Math.sqrt(Math.max(1, norms.checked))) * norms.scale;
  return HALF_ROUNDINGS * Math.max(2 ** -bits, least / 2 / typical);
}

/**
 * The tolerance for the model, from its parameters': with ‖d_p‖ ≤ t_p s_p for every parameter, s_p = ‖g_p‖ + ‖n_p‖, the whole
 * difference is at most √Σ (t_p s_p)², which is this times ‖g‖ + ‖n‖. Parts of a parameter, or of a model, add up in the same way.
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
  return combined >= DEFAULT_TOLERANCE ? combined : DEFAULT_TOLERANCE;
}
