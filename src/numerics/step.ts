/**
 * Noise and scales → the steps of centred differences.
 *
 * Balancing the rounding error of the loss, η|J|/h, against the truncation error, h²|J‴|/6, gives h = (3η|J|/|J‴|)^(1/3); with |J/J‴|
 * taken as the cube of the parameter's own scale x that is h ≈ η^(1/3) x (Press et al., Numerical Recipes, 3rd ed., section 5.7).
 *
 * All steps lie on one ladder, φ 4^k in units of the scale. Neighbours are far enough apart for what they tell to differ, and measurements
 * of unlike noise meet at the same points. The golden ratio φ, which no fraction with a small denominator comes near, is no period of a
 * loss in units of its parameter: a step that is one would not see it oscillate.
 */

/** Spacing of doubles relative to their size: 2^-52 (IEEE 754 binary64). */
export const DOUBLE_SPACING: number = 2 ** -52;

/** The ratio of neighbouring steps: the truncation error of a smooth loss falls by 16 from one to the next, and noise grows by 4. */
export const STEP_RATIO = 4;

/** The mantissa of all steps, φ = (1 + √5)/2. */
export const STEP_MANTISSA: number = (1 + Math.sqrt(5)) / 2;

/** How many spacings of the storage type a step must be, so that θ + h and θ − h are well apart from θ. */
export const LEAST_SPACINGS = 8;

/** The largest step, φ 4^-2, a tenth of the scale: a loss is expected to look like its Taylor series up to there. */
export const LARGEST_STEP: number = STEP_MANTISSA * STEP_RATIO ** -2;

/** The step of the ladder that is nearest to a positive number, by its logarithm; both in units of the scale. */
export function nearestStep(size: number): number {
  return STEP_MANTISSA * STEP_RATIO ** Math.round(Math.log2(size / STEP_MANTISSA) / 2);
}

/** The least step of the ladder that is no smaller. */
export function stepAbove(size: number): number {
  return STEP_MANTISSA * STEP_RATIO ** Math.ceil(Math.log2(size / STEP_MANTISSA) / 2);
}

/**
 * The scale x of an entry: the parameter's root mean square, or the entry's own magnitude where that is larger; 1 when
 * the whole parameter is zero, as no scale is in view then.
 */
export function entryScale(value: number, parameterScale: number): number {
  return Math.max(Math.abs(value), parameterScale) || 1;
}

/** An entry below this share of its parameter's scale may be of another unit. */
const UNLIKE_SHARE: number = 2 ** -10;

/**
 * How far an entry moves where many move together, in the place of the parameter's scale: an entry that may be of another unit by its own
 * magnitude, or the power of two below it, as few bits are needed to store its multiples.
 */
export function movedScale(value: number, parameterScale: number): number {
  return isUnlike(value, parameterScale) ? binary(Math.abs(value)) : parameterScale;
}

/** Whether an entry may be of another unit than the others of its parameter. */
export function isUnlike(value: number, parameterScale: number): boolean {
  const size = Math.abs(value);
  return size > 0 && size < UNLIKE_SHARE * parameterScale;
}

/** The power of two at or below a scale. */
export function binary(scale: number): number {
  return 2 ** Math.floor(Math.log2(scale));
}

/** η is never taken below the unit round-off of doubles (IEEE 754 binary64). */
const LEAST_RELATIVE_NOISE: number = 2 ** -53;

/** η is never taken above this, which makes the step a tenth of the scale. */
const MOST_RELATIVE_NOISE: number = 2 ** -10;

/**
 * η, the noise of the loss relative to its size.
 * @param noise σ, in the unit of the loss
 * @param size of the loss, or of what it changes by over the scales of its parameters, where that is larger
 */
export function relativeNoise(noise: number, size: number): number {
  const ratio = noise / size;
  // A loss of exactly zero all around gives no size to compare with.
  return size > 0 && ratio > LEAST_RELATIVE_NOISE
    ? Math.min(ratio, MOST_RELATIVE_NOISE)
    : LEAST_RELATIVE_NOISE;
}

/**
 * The step, in units of the scale, that balances noise and truncation.
 * @param spacing relative spacing of the numbers in the parameter's storage, 2^-52 for float64, 2^-23 for float32
 */
export function balancedStep(noise: number, size: number, spacing: number): number {
  const balanced = nearestStep(Math.cbrt(relativeNoise(noise, size)));
  return Math.min(Math.max(balanced, stepAbove(LEAST_SPACINGS * spacing)), LARGEST_STEP);
}
