/**
 * 2-norms of a gradient, of its numeric twin, of their difference and of the uncertainty, over any range of entries.
 * All are divided by one common power of two, so that neither 1e-200 nor 1e200 under- or overflows when squared.
 */

/**
 * Norms between these come from squares within 2^±900, so that no term that matters left the normal range of doubles,
 * 2^-1022 … 2^1023, on the way.
 */
const LARGEST_SQUARABLE: number = 2 ** 450;
/** Its counterpart for small numbers. */
const SMALLEST_SQUARABLE: number = 2 ** -450;

/** The norms of one group of entries, each to be multiplied by `scale`. */
export interface GroupNorms {
  /** A power of two; 1 in the ordinary range, so that the ordinary sums are the plain ones. */
  readonly scale: number;
  /** ‖g‖ / scale, of the claimed gradient. */
  readonly analytic: number;
  /**
   * What counts as ‖g‖ / scale in the size of the group: `analytic`; or, where only part of a group is looked at, what it would be if
   * the claim of the whole were spread evenly over it. The squares of these add up to the whole's, so that parts that are small beside
   * the others are held to no other measure.
   */
  readonly claimed: number;
  /** The share of its entries that is looked at: 1, or less of a part. */
  readonly share: number;
  /** ‖n‖ / scale, of the centred differences. */
  readonly numeric: number;
  /** ‖g − n‖ / scale. */
  readonly difference: number;
  /** ‖u‖ / scale, of the uncertainties of n. */
  readonly uncertainty: number;
  /** How many entries had a numeric derivative; the others are left out of all four norms. */
  readonly checked: number;
}

/** Four numbers per entry of a parameter, all in the unit of the gradient, each of the parameter's length. */
export interface Compared {
  readonly analytic: Float64Array;
  /** NaN where no derivative could be taken. */
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
}

/** The power of two that brings `largest` near 1 when its square would leave the range; else 1. */
export function squaringScale(largest: number): number {
  if (!(largest > LARGEST_SQUARABLE || largest < SMALLEST_SQUARABLE)) return 1;
  // 2^-1022 is the smallest whose inverse is finite.
  return 2 ** Math.max(-1022, Math.floor(Math.log2(largest)));
}

/**
 * The norms over all entries of a group. NaN or infinity in a claimed gradient makes its norms NaN or infinite. The sums
 * are first taken as they are, and again with a scale only when they left the range in which squares are exact enough.
 * @param due how many of the entries are looked at; the others have no numeric derivative
 */
export function groupNorms(group: Compared, due: number = group.numeric.length): GroupNorms {
  const { length } = group.numeric;
  const norms = scaledNorms(group);
  return due < length ? partNorms(norms, finiteNorm([group.analytic]), due / length) : norms;
}

function scaledNorms(group: Compared): GroupNorms {
  const plain = sumsOf(group, 1);
  const size = plain.analytic + plain.numeric;
  if (size > SMALLEST_SQUARABLE && size < LARGEST_SQUARABLE) return plain;
  const largest = largestMagnitude(group);
  return largest === 0 ? plain : sumsOf(group, squaringScale(largest));
}

/**
 * The norms of a part of a group, measured against its share of the whole's claim.
 * @param whole ‖g‖ over the whole group, as far as it is finite
 * @param share of the group's entries that the part has
 */
export function partNorms(norms: GroupNorms, whole: number, share: number): GroupNorms {
  const scale = Math.max(norms.scale, squaringScale(whole));
  const ratio = norms.scale / scale;
  return {
    ...norms,
    scale,
    share,
    analytic: norms.analytic * ratio,
    // What is not finite in the part itself is wrong beside any size.
    claimed: Number.isFinite(norms.analytic) ? (Math.sqrt(share) * whole) / scale : norms.analytic,
    numeric: norms.numeric * ratio,
    difference: norms.difference * ratio,
    uncertainty: norms.uncertainty * ratio,
  };
}

/** The 2-norm of all entries that are finite; those that are not are for the part that they lie in to tell. */
export function finiteNorm(arrays: readonly Float64Array[]): number {
  return Math.hypot(...arrays.map((values) => rootMeanSquare(values.map(finite)) * Math.sqrt(values.length)));
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** The norms of several groups taken together. */
export function combinedNorms(parts: readonly GroupNorms[]): GroupNorms {
  const scale = parts.reduce((most, part) => Math.max(most, part.scale), 0) || 1;
  const together = (norm: (part: GroupNorms) => number): number =>
    Math.sqrt(parts.reduce((sum, part) => sum + (norm(part) * (part.scale / scale)) ** 2, 0));
  return {
    scale,
    analytic: together(({ analytic }) => analytic),
    claimed: together(({ claimed }) => claimed),
    share: 1,
    numeric: together(({ numeric }) => numeric),
    difference: together(({ difference }) => difference),
    uncertainty: together(({ uncertainty }) => uncertainty),
    checked: parts.reduce((sum, { checked }) => sum + checked, 0),
  };
}

/** The norms of several groups of entries as one, all of whose entries were to be looked at. */
export function jointNorms(groups: readonly Compared[]): GroupNorms {
  return combinedNorms(groups.map((group) => groupNorms(group)));
}

/** Σ xᵢ yᵢ, or Σ wᵢ xᵢ yᵢ: what has no weight is left out, whatever it is. */
export function dotProduct(x: Float64Array, y: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight > 0) sum += weight * x[i]! * y[i]!;
  }
  return sum;
}

function sumsOf(group: Compared, scale: number): GroupNorms {
  const inverse = 1 / scale;
  const { analytic: claims, numeric: numbers, uncertainty: bounds } = group;
  let analytic = 0;
  let numeric = 0;
  let difference = 0;
  let uncertainty = 0;
  let checked = 0;
  for (let i = 0; i < numbers.length; i += 1) {
    const n = numbers[i]! * inverse;
    if (Number.isNaN(n)) continue;
    const g = claims[i]! * inverse;
    const u = bounds[i]! * inverse;
    analytic += g * g;
    numeric += n * n;
    difference += (g - n) * (g - n);
    uncertainty += u * u;
    checked += 1;
  }
  return {
    scale,
    analytic: Math.sqrt(analytic),
    claimed: Math.sqrt(analytic),
    share: 1,
    numeric: Math.sqrt(numeric),
    difference: Math.sqrt(difference),
    uncertainty: Math.sqrt(uncertainty),
    checked,
  };
}

function largestMagnitude(group: Compared): number {
  let largest = 0;
  for (let i = 0; i < group.numeric.length; i += 1) {
    if (Number.isNaN(group.numeric[i])) continue;
    const g = Math.abs(group.analytic[i]!);
    const n = Math.abs(group.numeric[i]!);
    if (Number.isFinite(g) && g > largest) largest = g;
    if (n > largest) largest = n;
  }
  return largest;
}

/**
 * Formula (2): ‖g − n‖ / (‖g‖ + ‖n‖), from 0 to 1, or more of a part. It is 0 when both gradients are exactly zero, where the formula as
 * written would be 0/0; NaN when a claimed gradient is not finite.
 */
export function relativeDifference(norms: GroupNorms): number {
  const size = norms.claimed + norms.numeric;
  return size === 0 ? 0 : norms.difference / size;
}

/** The uncertainty of the numeric gradient in the unit of (2), at most 1: beyond that nothing can be told. */
export function resolution(norms: GroupNorms): number {
  if (norms.uncertainty === 0) return 0;
  const size = norms.claimed + norms.numeric;
  // A claimed gradient that is not finite has no size; what can be told is then told by the numeric one.
  return Math.min(1, norms.uncertainty / (Number.isFinite(size) ? size : 2 * norms.numeric));
}

/** Root mean square of some values, safe at any magnitude; 0 when there are none. */
export function rootMeanSquare(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i]! * values[i]!;
  const norm = Math.sqrt(sum);
  if (norm > SMALLEST_SQUARABLE && norm < LARGEST_SQUARABLE) return norm / Math.sqrt(values.length);
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i]!));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  const scale = squaringScale(largest);
  let scaled = 0;
  for (let i = 0; i < values.length; i += 1) scaled += (values[i]! / scale) ** 2;
  return Math.sqrt(scaled / values.length) * scale;
}

/** The same of those of the values that are finite. */
export function finiteRootMeanSquare(values: Float64Array): number {
  const whole = rootMeanSquare(values);
  return Number.isFinite(whole) ? whole : rootMeanSquare(values.filter(Number.isFinite));
}
