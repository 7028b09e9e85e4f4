/**
 * The step h of a centred difference when the user gives none. Balancing the rounding error of the loss, η|J|/h, against
 * the truncation error, h²|J'''|/6, gives h = (3η|J|/|J'''|)^(1/3); with |J/J'''| taken as the cube of the parameter's
 * own scale x that is h ≈ η^(1/3) x (Press et al., Numerical Recipes, 3rd ed., section 5.7).
 *
 * Steps are powers of two, so that θ ± h is representable wherever h is above the spacing of numbers at θ, and the step
 * taken is the step meant.
 */

import { noiseUncertainty } from './difference.js';

/** Spacing of doubles relative to their size: 2^-52 (IEEE 754 binary64). */
export const DOUBLE_SPACING: number = 2 ** -52;

/** How many spacings of the storage type a step must be, so that θ + h and θ − h are well apart from θ. */
export const LEAST_SPACINGS = 8;

/** The nearest power of two to a positive number, by its logarithm. */
export function powerOfTwo(value: number): number {
  return 2 ** Math.round(Math.log2(value));
}

/**
 * The scale x of an entry: the parameter's root mean square, or the entry's own magnitude where that is larger; 1 when
 * the whole parameter is zero, as no scale is in view then.
 */
export function entryScale(value: number, parameterScale: number): number {
  return Math.max(Math.abs(value), parameterScale) || 1;
}

/**
 * The step for an entry of scale `scale`.
 * @param relativeNoise η: noise of the loss relative to its size, no unit
 * @param spacing relative spacing of the numbers in the parameter's storage, 2^-52 for float64, 2^-23 for float32
 */
export function chosenStep(scale: number, relativeNoise: number, spacing: number): number {
  const least = LEAST_SPACINGS * spacing;
  return powerOfTwo(scale * Math.max(Math.cbrt(relativeNoise), least));
}

/** η is never taken below the unit round-off of doubles, nor above 2^-10, which would make the step a tenth of the scale. */
const LEAST_RELATIVE_NOISE: number = 2 ** -53;
const MOST_RELATIVE_NOISE: number = 2 ** -10;

/**
 * η, the noise of the loss relative to its size. A loss near zero by cancellation is no measure of its own curvature, so
 * the size is the larger of |J| and of the change that the gradient promises over the parameters' scale.
 * @param noise σ, in the unit of the loss
 * @param size the larger of the two, in the unit of the loss
 */
export function noiseRatio(noise: number, size: number): number {
  const ratio = noise / size;
  // A loss of exactly zero with no gradient, at a minimum say, gives no size to compare with.
  return size === 0 || Number.isNaN(ratio)
    ? LEAST_RELATIVE_NOISE
    : Math.min(Math.max(ratio, LEAST_RELATIVE_NOISE), MOST_RELATIVE_NOISE);
}

/** Noise should hide no more than this share of a parameter's typical derivative. */
const NOISE_TARGET: number = 2 ** -6;

/** The largest step, relative to an entry's scale, that is taken for the sake of noise. */
const LARGEST_CLEAR_STEP: number = 2 ** -3;

/**
 * The least step at which noise hides little enough of the derivative: the balance of `chosenStep` takes the loss to change by its own
 * size over the scale; a parameter with a much flatter slope has its truncation error smaller in proportion, and its optimum at
 * larger steps. 0 where there is no slope to go by.
 * @param scale of the entry
 * @param noise σ, in the unit of the loss
 * @param slope root mean square of the parameter's gradient
 */
export function clearStep(scale: number, noise: number, slope: number): number {
  if (!(slope > 0 && noise > 0)) return 0;
  const least = noiseUncertainty(noise, 2) / (NOISE_TARGET * slope);
  return powerOfTwo(Math.min(least, LARGEST_CLEAR_STEP * scale));
}
