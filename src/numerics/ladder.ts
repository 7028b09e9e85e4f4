/**
 * One derivative from differences at a ladder of shrinking steps: the value with the least uncertainty, and whether the loss
 * has a kink there. Numbers in, numbers out.
 *
 * With the step divided by r = 4 from rung to rung, the truncation error of a smooth loss falls by r² = 16 and the noise
 * grows by 4; in between the error is least (the classical balance, e.g. Ridders, Adv. Eng. Software 4 (1982), 75–76). A kink
 * or a jump at a distance a < h makes two plateaus, for steps above and below a: the upper one looks settled, but the smaller
 * steps contradict it, and what they contradict it by is part of its uncertainty. docs/numerics.md, section 6, has it all.
 */

import { centralDifference, noiseUncertainty, type Sides } from './difference.js';

/** Ratio of neighbouring steps; a power of two keeps them exact. */
export const RUNG_RATIO = 4;

/** The ratio by which changes fall from rung to rung where the loss is smooth. */
const SMOOTH_FALL: number = RUNG_RATIO ** -2;

/** The ratio by which they are taken to fall where noise hides it. */
const UNKNOWN_FALL = 1 / 2;

/** The estimate of a truncation error is taken this many times. */
const TRUNCATION_CAUTION = 2;

/**
 * Two values contradict each other when they differ by this share of what noise is allowed: four and a half standard deviations
 * rather than six, as one value of many may be that far off where σ was measured too small, and would spoil all larger steps.
 */
const CONTRADICTION = 3 / 4;

/** A value that a smaller step contradicts is off by more than that, as the smaller step has an error of its own. */
const CONTRADICTION_CAUTION = 2;

/** The share of the gap at one rung by which the gap at the next may exceed what a smooth loss makes of it. */
const LEAST_EXCESS = 1 / 8;

/**
 * A gap's excess counts when it is this many times its uncertainty, about four of its own standard deviations: one mistaken
 * for a kink's would spoil all larger steps.
 */
const GAP_SIGNIFICANCE = 1.25;

/** What a ladder found for one derivative. */
export interface Settled {
  /** The derivative; NaN when no rung gave one. */
  readonly numeric: number;
  /** Noise and truncation together, in the unit of the derivative. */
  readonly uncertainty: number;
  /** Which rung it came from. */
  readonly rung: number;
  /** The one-sided slopes, lower first, where they differ at every step: a kink. */
  readonly kink: { readonly low: number; readonly high: number; readonly uncertainty: number } | undefined;
}

/**
 * Settles one derivative.
 * @param sides losses on both sides, the steps falling by RUNG_RATIO from place to place
 * @param count how many rungs there are
 * @param loss J(θ)
 * @param noise σ, in the unit of the loss
 */
export function settle(sides: Sides, count: number, loss: number, noise: number): Settled {
  const values: number[] = [];
  const errors: number[] = [];
  for (let k = 0; k < count; k += 1) {
    values.push(centralDifference(sides, k));
    errors.push(noiseUncertainty(noise, sides.above[k]! + sides.below[k]!));
  }
  const bends = bendsOf(sides, count, loss, noise);
  // A kink within a step shows in the gap of its one-sided slopes: beyond that a single smaller step that says otherwise is noise.
  const limits = errors.map((error, k) => gapOf(sides, k, loss) + 2 * error);
  const central = mostExact(values, errors, bends, limits);
  if (Number.isNaN(central.numeric)) return { ...oneSided(sides, count, loss, noise), kink: undefined };
  return { ...central, kink: kinkOf(sides, count, loss, noise) };
}

type Exact = Pick<Settled, 'numeric' | 'uncertainty' | 'rung'>;

/**
 * The value with the least uncertainty: its noise, its truncation error, at least `least`, and whatever a smaller step
 * contradicts it by: at most `limits`, where it is one step alone.
 */
function mostExact(
  values: readonly number[],
  errors: readonly number[],
  least: readonly number[] = values.map(() => 0),
  limits: readonly number[] = values.map(() => Infinity),
): Exact {
  let best: Exact = { numeric: Number.NaN, uncertainty: Number.NaN, rung: -1 };
  const known = values.map((_, k) => k).filter((k) => !Number.isNaN(values[k]));
  const truncations = truncationsOf(
    known.map((k) => values[k]!),
    known.map((k) => errors[k]!),
  );
  for (const [place, k] of known.entries()) {
    const truncation = Math.max(truncations[place]!, least[k]!);
    let contradiction = 0;
    let voices = 0;
    for (const j of known.slice(place + 1)) {
      const apart = Math.abs(values[j]! - values[k]!);
      const beyond = apart - truncation - CONTRADICTION * (errors[k]! + errors[j]!);
      if (beyond > 0) voices += 1;
      if (beyond > contradiction) contradiction = beyond;
    }
    if (voices === 1) contradiction = Math.min(contradiction, limits[k]!);
    const uncertainty = truncation + errors[k]! + CONTRADICTION_CAUTION * contradiction;
    if (best.rung < 0 || uncertainty < best.uncertainty) best = { numeric: values[k]!, uncertainty, rung: k };
  }
  return best;
}

/**
 * The truncation errors of values at shrinking steps. Where changes fall by a ratio ρ from rung to rung, a value is off by its
 * change times 1/(1 − ρ); where they don't fall, as with a kink between the steps, it may be off by anything.
 */
function truncationsOf(values: readonly number[], errors: readonly number[]): number[] {
  const last = values.length - 1;
  if (last < 1) return values.map(() => Infinity);
  const change = (k: number): number => Math.abs(values[k + 1]! - values[k]!);
  const significant = (k: number): boolean => change(k) > errors[k + 1]!;
  const truncations: number[] = [];
  for (let k = 0; k < last; k += 1) {
    const other = k === 0 ? 1 : k;
    const measurable = other < last && significant(other - 1) && significant(other);
    const ratio = measurable ? Math.max(change(other) / change(other - 1), SMOOTH_FALL) : UNKNOWN_FALL;
    const own = ratio < 1 ? (TRUNCATION_CAUTION * change(k)) / (1 - ratio) : Infinity;
    // Two values may agree by chance: a change falls no faster than that of a smooth loss.
    const before = k === 0 ? 0 : change(k - 1) * SMOOTH_FALL;
    truncations.push(Math.max(own, (TRUNCATION_CAUTION * before) / (1 - SMOOTH_FALL)));
  }
  // The last rung has no smaller one to tell its truncation error; the one above it bounds it from above.
  truncations.push(truncations[last - 1]!);
  return truncations;
}

/**
 * How far a kink within each step may put the centred difference off. The gap between the one-sided slopes of a smooth loss
 * falls by r from rung to rung. Where it is known not to, a kink lies within that step and within all larger ones, and within
 * the smaller ones as well until the gap is known to vanish. The centred difference is then off by up to the gap, whatever the
 * changes from rung to rung.
 */
function bendsOf(sides: Sides, count: number, loss: number, noise: number): number[] {
  const { above, below } = sides;
  const places = Array.from({ length: count }, (_, k) => k);
  const gaps = places.map((k) => gapOf(sides, k, loss));
  const errors = places.map((k) => noiseUncertainty(noise, Math.min(above[k]!, below[k]!)));
  const bends = places.map(() => 0);
  for (let j = 1; j < count; j += 1) {
    const excess = gaps[j]! - gaps[j - 1]! / RUNG_RATIO;
    if (!(excess > Math.max(LEAST_EXCESS * gaps[j - 1]!, GAP_SIGNIFICANCE * errors[j]!))) continue;
    for (let k = 0; k < count; k += 1) {
      const vanished = k !== j && gaps[k]! + errors[k]! < gaps[j]! / 2;
      // A kink within a step is within all larger ones: where their gap is known to be smaller, it was noise.
      if (vanished && k < j) continue;
      // Then what noise leaves of it, beyond what a smooth loss has, still puts the difference off, by half of it.
      const rest = (Math.max(0, gaps[k]! - gaps[k - 1]! / RUNG_RATIO) + errors[k]!) / 2;
      const bend = vanished ? rest : Math.max(gaps[j]!, k < j ? gaps[j - 1]! : 0);
      if (bend > bends[k]!) bends[k] = bend;
    }
  }
  return bends;
}

/** The gap between the one-sided slopes at rung k. */
function gapOf({ above, below, forward, backward }: Sides, k: number, loss: number): number {
  return Math.abs((forward[k]! - loss) / above[k]! - (loss - backward[k]!) / below[k]!);
}

/**
 * At a wall of the domain only one side has losses. The one-sided slope s(h) errs by a term in h, which (r s(h/r) − s(h))/(r − 1)
 * removes.
 */
function oneSided(
  { above, below, forward, backward }: Sides,
  count: number,
  loss: number,
  noise: number,
): Exact {
  const candidates = [
    { distance: above, at: forward, sign: 1 },
    { distance: below, at: backward, sign: -1 },
  ].map(({ distance, at, sign }) => {
    const slopes = Array.from({ length: count }, (_, k) => finite((sign * (at[k]! - loss)) / distance[k]!));
    const values = slopes.slice(1).map((slope, k) => (RUNG_RATIO * slope - slopes[k]!) / (RUNG_RATIO - 1));
    const errors = values.map(
      (_, k) => ((RUNG_RATIO ** 2 + 1) / (RUNG_RATIO - 1)) * noiseUncertainty(noise, distance[k]!),
    );
    return mostExact(values, errors);
  });
  const [up, down] = candidates as [Exact, Exact];
  if (Number.isNaN(up.numeric)) return down;
  return Number.isNaN(down.numeric) || up.uncertainty <= down.uncertainty ? up : down;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/**
 * A kink: each of the one-sided slopes settles by itself, and they differ by more than they are uncertain. Where the loss is
 * smooth they err by ± h J''/2, which falls from rung to rung and so counts as uncertainty; a kink farther off than the smallest
 * steps shows itself in them and contradicts the larger ones.
 */
function kinkOf(
  { above, below, forward, backward }: Sides,
  count: number,
  loss: number,
  noise: number,
): Settled['kink'] {
  const sloped = (at: Float64Array, distance: Float64Array): Exact => {
    const places = Array.from({ length: count }, (_, k) => k);
    return mostExact(
      places.map((k) => finite((at[k]! - loss) / distance[k]!)),
      places.map((k) => noiseUncertainty(noise, distance[k]!)),
    );
  };
  const rising = sloped(forward, above);
  const falling = sloped(backward, below);
  const uncertainty = Math.max(rising.uncertainty, falling.uncertainty);
  const gap = Math.abs(rising.numeric + falling.numeric);
  if (!(gap > rising.uncertainty + falling.uncertainty)) return undefined;
  const low = Math.min(rising.numeric, -falling.numeric);
  const high = Math.max(rising.numeric, -falling.numeric);
  return { low, high, uncertainty };
}
