/**
 * One derivative from differences at a ladder of shrinking steps: the most exact value that all smaller steps bear out, with
 * what is uncertain in it; and whether the loss has a kink there. Numbers in, numbers out.
 *
 * With the step divided by r = 4 from rung to rung, the truncation error of a smooth loss falls by r² = 16 and the noise
 * grows by 4, so the error of rung k is about e_k = 16/15 |n_k − n_(k+1)| + u_k and is least in between (the classical
 * balance, e.g. Ridders, Adv. Eng. Software 4 (1982), 75–76). A kink or a jump at a distance a < h makes two plateaus, for
 * steps above and below a; the upper one looks settled but the lower steps contradict it. So a rung counts only when no
 * smaller step contradicts it beyond the uncertainties of both.
 */

import { centralDifference, noiseUncertainty, type Sides } from './differences.js';

/** Ratio of neighbouring steps; a power of two keeps them exact. */
export const RUNG_RATIO = 4;

/** 16/15 from the fall of the truncation error by r², twice that to be safe where it falls otherwise. */
const TRUNCATION_FACTOR: number = (2 * RUNG_RATIO ** 2) / (RUNG_RATIO ** 2 - 1);

/** A gap between the one-sided slopes is a kink's when it changes by less than this over two rungs; a smooth one falls 16-fold. */
const KINK_STEADINESS = 2;

/** A gap counts when it is this many times its uncertainty. */
const GAP_SIGNIFICANCE = 3;

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
  const central = mostExact(values, errors);
  if (Number.isNaN(central.numeric)) return { ...oneSided(sides, count, loss, noise), kink: undefined };
  return { ...central, kink: kinkOf(sides, count, loss, noise) };
}

type Exact = Pick<Settled, 'numeric' | 'uncertainty' | 'rung'>;

/** The value with the least error among those that no smaller step contradicts. */
function mostExact(values: readonly number[], errors: readonly number[]): Exact {
  let best: Exact = { numeric: Number.NaN, uncertainty: Number.NaN, rung: -1 };
  const known = values.map((_, k) => k).filter((k) => !Number.isNaN(values[k]));
  for (const [place, k] of known.entries()) {
    // The last rung has no smaller one to tell its truncation error; the one above it bounds it from above.
    const other = known[place + 1] ?? known[place - 1];
    const truncation =
      other === undefined ? Infinity : TRUNCATION_FACTOR * Math.abs(values[k]! - values[other]!);
    const uncertainty = truncation + errors[k]!;
    const contradicted = known
      .slice(place + 1)
      .some((j) => Math.abs(values[j]! - values[k]!) > uncertainty + errors[j]!);
    if (contradicted || !(best.rung < 0 || uncertainty < best.uncertainty)) continue;
    best = { numeric: values[k]!, uncertainty, rung: k };
  }
  return best;
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

/** The one-sided slopes at the smallest step where their gap stands out, if it has been there at larger steps as well. */
function kinkOf(
  { above, below, forward, backward }: Sides,
  count: number,
  loss: number,
  noise: number,
): Settled['kink'] {
  const rising = (k: number): number => (forward[k]! - loss) / above[k]!;
  const falling = (k: number): number => (loss - backward[k]!) / below[k]!;
  const gap = (k: number): number => Math.abs(rising(k) - falling(k));
  const slope = (side: (k: number) => number, distance: Float64Array): Exact => {
    const places = Array.from({ length: count }, (_, k) => k);
    return mostExact(
      places.map(side),
      places.map((k) => noiseUncertainty(noise, distance[k]!)),
    );
  };
  const gapError = (k: number): number =>
    GAP_SIGNIFICANCE * noiseUncertainty(noise, Math.min(above[k]!, below[k]!));
  for (let k = count - 1; k >= 2; k -= 1) {
    if (!(gap(k) > gapError(k))) continue;
    // A smaller step that would have shown the gap and doesn't: the kink is not at this point but beside it.
    if (k + 1 < count && gapError(k + 1) < gap(k) / KINK_STEADINESS) return undefined;
    const change = gap(k - 2) / gap(k);
    if (!(change < KINK_STEADINESS && change > 1 / KINK_STEADINESS)) return undefined;
    const up = slope(rising, above);
    const down = slope(falling, below);
    const [low, high] = up.numeric < down.numeric ? [up, down] : [down, up];
    return { low: low.numeric, high: high.numeric, uncertainty: Math.max(low.uncertainty, high.uncertainty) };
  }
  return undefined;
}
