/**
 * One derivative from several differences at each rung of a ladder, where one would drown in noise. The rounding errors of
 * losses at slightly different steps are nearly independent, so that the mean of K has a noise of σ/√K.
 *
 * Precise as it is, a mean at steps beyond a kink doesn't tell the derivative. With a kink of gap κ well within the step h the
 * difference is off by κ/2 and the one-sided slopes differ by κ, whatever h; where the loss is smooth they differ by h J″, which
 * falls with h. What the gap has beyond that, and what noise can hide of it, is uncertain. docs/numerics.md, section 6.
 */

import { centralDifference, noiseUncertainty, type Sides } from './difference.js';

/** The estimate of a truncation error is taken this many times. */
const TRUNCATION_CAUTION = 2;

/**
 * How many standard deviations of noise an unseen gap may hide in. Fewer than for the difference itself: for a mistake the loss
 * must have a kink, too, and of just that size.
 */
const GAP_COVERAGE = 3;

/** A kink puts the difference off by half its gap; this many times that, as several kinks may partly cancel in the gap alone. */
const BEND_CAUTION = 2;

/** Changes that are seen to fall no faster than so from rung to rung are no truncation error of a smooth loss. */
const FALL = 3 / 4;

/** Values are seen to differ when they do by this share of what noise is allowed: four and a half standard deviations. */
const CONTRADICTION = 3 / 4;

/** A value that a smaller step contradicts is off by more than that, as the smaller step has an error of its own. */
const CONTRADICTION_CAUTION = 2;

/** J(θ), as exactly as it is known. */
export interface Centre {
  readonly loss: number;
  /** Its standard deviation. */
  readonly noise: number;
}

/** A derivative with noise, truncation and possible kinks in its uncertainty. */
export interface Sharp {
  /** NaN where no rung told anything. */
  readonly numeric: number;
  readonly uncertainty: number;
}

/** The j-th of `count` equally spaced steps from `step` to its double; exact where a `count`-th of the step can be stored. */
export function spreadStep(step: number, j: number, count: number): number {
  return step * (1 + j / count);
}

/** The means over `count` places for each of the rungs. Their quotients are differences weighted by distance. */
export function pooled(sides: Sides, rungs: number, count: number): Sides {
  const means = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: rungs }, (_, k) => {
      let sum = 0;
      for (let j = k * count; j < (k + 1) * count; j += 1) sum += values[j]! / count;
      return sum;
    });
  const { above, below, forward, backward } = sides;
  return { above: means(above), below: means(below), forward: means(forward), backward: means(backward) };
}

/**
 * J(θ) from the means of the losses on both sides at the last two places, the last a much shorter step, on the parabola through
 * them: curvature would look like a kink else.
 * @param k the last place
 */
export function centreOf({ above, forward, backward }: Sides, k: number, noise: number): Centre {
  const [near, far] = [k, k - 1].map((place) => forward[place]! / 2 + backward[place]! / 2) as [
    number,
    number,
  ];
  const share = 1 / ((above[k - 1]! / above[k]!) ** 2 - 1);
  const weight = Math.hypot(1 + share, share);
  return { loss: near - share * (far - near), noise: noise * Math.SQRT1_2 * weight };
}

/** The rungs to choose from. */
export interface Rungs {
  /** Losses on both sides, at steps that fall by `ratio`; there may be shorter ones after them, which may contradict. */
  readonly sides: Sides;
  readonly count: number;
  readonly ratio: number;
  /** Standard deviation of the losses; and of those after the rungs, where averages may all have the same error. */
  readonly noise: number;
  readonly noiseAfter: number;
  readonly centre: Centre;
}

/** The derivative at the rung, but the first, that leaves the least uncertain. */
export function sharpest({ sides, count, ratio, noise, noiseAfter, centre }: Rungs): Sharp {
  const { above, below, forward, backward } = sides;
  const values = Array.from(above, (_, k) => centralDifference(sides, k));
  const errors = values.map((_, k) =>
    noiseUncertainty(k < count ? noise : noiseAfter, above[k]! + below[k]!),
  );
  const gaps = values.map(
    (_, k) => (forward[k]! - centre.loss) / above[k]! - (centre.loss - backward[k]!) / below[k]!,
  );
  const changes = values.map((value, k) => (k === 0 ? 0 : Math.abs(values[k - 1]! - value)));
  // What each gap has beyond that of a smooth loss: κ − κ/r where a kink lies well inside both steps.
  const kept = 1 - 1 / ratio;
  const excesses = gaps.map((gap, k) => (k === 0 ? 0 : Math.abs(gap - gaps[k - 1]! / ratio) / kept));
  // And its noise: two losses over h, two from the rung above over r² h, and 2 J(θ) over both.
  const share = ratio ** -2;
  const losses = Math.hypot(Math.SQRT2 * Math.hypot(1, share) * noise, 2 * (1 - share) * centre.noise);
  const blurs = gaps.map((_, k) => losses / ((above[k]! / 2 + below[k]! / 2) * kept));
  let best: Sharp = { numeric: Number.NaN, uncertainty: Infinity };
  for (let k = 1; k < count; k += 1) {
    const change = Math.max(changes[k]!, changes[k - 1]! * share);
    const seen = changes[k]! > CONTRADICTION * (errors[k]! + errors[k - 1]!);
    const falls = k === 1 || !seen || changes[k]! <= FALL * changes[k - 1]!;
    const truncation = falls ? (TRUNCATION_CAUTION * change * share) / (1 - share) : Infinity;
    // A kink at just the distance h leaves no excess at h, but at the rung above, and several may cancel at one rung.
    const before = k === 1 ? Math.abs(gaps[1]!) : excesses[k - 1]!;
    const after = k + 1 < count ? excesses[k + 1]! - blurs[k + 1]! : 0;
    const gap = BEND_CAUTION * Math.max(before, excesses[k]!, after) + GAP_COVERAGE * blurs[k]!;
    let contradiction = 0;
    let voices = 0;
    for (let j = k + 1; j < values.length; j += 1) {
      const apart = Math.abs(values[j]! - values[k]!);
      const beyond = apart - truncation - CONTRADICTION * (errors[k]! + errors[j]!);
      // Steps that vanish in storage make no difference, and NaN contradicts nothing.
      if (beyond > 0) voices += 1;
      if (beyond > contradiction) contradiction = beyond;
    }
    // A kink within this step shows in its gap: beyond that a single smaller step that says otherwise is noise.
    if (voices === 1) contradiction = Math.min(contradiction, Math.abs(gaps[k]!) + GAP_COVERAGE * blurs[k]!);
    const uncertainty = errors[k]! + truncation + gap / 2 + CONTRADICTION_CAUTION * contradiction;
    if (uncertainty < best.uncertainty) best = { numeric: values[k]!, uncertainty };
  }
  return best;
}
