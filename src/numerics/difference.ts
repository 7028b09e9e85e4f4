/**
 * Losses at θ ± h → the centred difference, with its uncertainty:
 *
 *     n = (J(θ + h) − J(θ − h)) / ((θ + h) − (θ − h))
 *
 * The divisor is the step that was really stored, not 2h, which is what makes Float32Array parameters work. Two losses with
 * independent noise of standard deviation σ differ by √2 σ, which the division carries into n.
 */

import type { StepDifference } from '../step-difference.js';
import type { Sample } from './sample.js';

/**
 * How many standard deviations of noise are allowed for. Rounding errors are bounded rather than normal, but σ itself is
 * estimated from nine values, to within a factor of about two; 6 = 2 × 3 covers both.
 */
export const NOISE_COVERAGE = 6;

/** Losses on both sides of θ for some entries, and how far from θ they were really taken. */
export interface Sides {
  /** (θ + h) − θ as stored, and θ − (θ − h). */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** J(θ + h) and J(θ − h). */
  readonly forward: Float64Array;
  readonly backward: Float64Array;
}

/** The centred difference at place k; NaN where a loss was not finite or the step was lost in storage. */
export function centralDifference({ above, below, forward, backward }: Sides, k: number): number {
  const step = above[k]! + below[k]!;
  // Halves, so that two large losses of opposite sign can't overflow; exact otherwise.
  const derivative = (forward[k]! / 2 - backward[k]! / 2) / (step / 2);
  return step > 0 && Number.isFinite(derivative) ? derivative : Number.NaN;
}

/** What noise of standard deviation `noise` in the loss makes uncertain in a difference over `distance`. */
export function noiseUncertainty(noise: number, distance: number): number {
  return (NOISE_COVERAGE * Math.SQRT2 * noise) / distance;
}

/** What noise makes of J(θ + h) − 2 J(θ) + J(θ − h): three losses, of which one counts twice, have √6 times the noise of one. */
export function bendUncertainty(noise: number): number {
  return NOISE_COVERAGE * Math.sqrt(6) * noise;
}

/** |J(θ + h) − 2 J(θ) + J(θ − h)|, by which a loss moves unlike to the two sides. */
export function bendBetween(forward: number, backward: number, loss: number): number {
  return Math.abs(forward - loss - (loss - backward));
}

/** h, half the distance between the two points of a sample. */
export function distanceOf({ above, below }: Pick<Sample, 'above' | 'below'>): number {
  return above / 2 + below / 2;
}

/** The centred difference of a sample. */
export function slopeOf(sample: Sample): number {
  return (sample.forward / 2 - sample.backward / 2) / distanceOf(sample);
}

/** What noise makes uncertain in the difference of a sample. */
export function noiseOf({ noise, above, below }: Sample): number {
  return noiseUncertainty(noise, above + below);
}

/**
 * The differences that a sample makes; NaN where a loss was not finite.
 * @param loss J(θ)
 */
export function stepDifference(sample: Sample, loss: number): StepDifference {
  const { above, below, forward, backward } = sample;
  return {
    step: distanceOf(sample),
    numeric: slopeOf(sample),
    uncertainty: noiseOf(sample),
    forward: (forward - loss) / above,
    backward: (loss - backward) / below,
  };
}
