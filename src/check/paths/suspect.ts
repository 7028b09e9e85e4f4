/** A claim along a path and what was seen of it → whether that tells if it is right. */

import { distanceOf, noiseOf, slopeOf } from '../../numerics/difference.js';
import { atPlaces, type Estimate, isStill } from '../../numerics/estimate.js';
import { FLOAT32 } from '../../numerics/format.js';
import { shapeAt } from '../../numerics/gaps.js';
import type { Sample } from '../../numerics/sample.js';
import { DOUBLE_SPACING, STEP_RATIO } from '../../numerics/step.js';

/** A derivative is known sharply when this share of its size is uncertain. */
export const SHARP: number = 2 ** -6;

/** It is known at all, be it by one digit, when this share is: a parameter of such entries is known well within LEAST_KNOWN. */
export const KNOWN: number = 1 / 8;

/** A path, what is claimed of it, and what was seen of it so far. */
export interface Suspect {
  readonly path: number;
  /** The claimed derivative. */
  readonly analytic: number;
  /** What was seen of it, and at which steps. */
  readonly samples: readonly Sample[];
  readonly steps: readonly number[];
  /** How far a claim may be from a derivative of this size, whatever is uncertain of it. */
  readonly allowed: (numeric: number) => number;
  /** An uncertainty that is small enough for a derivative of this size, where the claim lies within it, and the first step was off by more than that. */
  readonly sharp: (numeric: number) => number;
  /** With no more than this uncertain a derivative of this size is known, be it not sharply. */
  readonly known: (numeric: number) => number;
  /** An error of this size has to show, where kinks are about: closer than noise lets it be seen they are not looked past. */
  readonly asked?: number | undefined;
  /** Whether no entry of its parameter moves the loss, which then does not show how finely it is rounded on the way. */
  readonly isUnmoved?: boolean;
  /** Whether nothing more is asked of a path with a kink at θ, as any claim is right there. */
  readonly isFreeAtKink?: boolean;
  /** Whether some samples tell by rules of their own that the claim is right. */
  readonly isRight?: (samples: readonly Sample[]) => boolean;
}

/** A suspect while it is settled. */
export interface Open extends Suspect {
  /** The samples as they were taken: `samples` have the noise of the steps that a loss climbs by. */
  readonly taken: readonly Sample[];
  /** At θ. */
  readonly loss: number;
  /** Of what is moved, in its unit. */
  readonly size: number;
  readonly estimate: Estimate;
  /** What was seen first, and at which step. */
  readonly first: { readonly sample: Sample; readonly step: number };
}

/** Whether nothing more has to be asked: the claim is wrong beyond all that is uncertain, or lies within what is known well enough. */
export function isTold(suspect: Open): boolean {
  const { analytic, allowed, sharp, first, estimate: found } = suspect;
  const { value, uncertainty, kink, isSingular = false } = found;
  if (isFree(suspect) || suspect.isRight?.(suspect.samples) === true || isSingular) return true;
  if (isToldWrong(suspect)) return true;
  if (Number.isNaN(value)) return false;
  // A look is overruled by a sharper one only: what the first step was off by has to show.
  const discrepancy = Math.abs(analytic - slopeOf(first.sample));
  const nearest = nearestOf(suspect);
  const wanted = kink === undefined ? Math.min(discrepancy / 2, sharp(nearest)) : sharp(nearest);
  const enough = Math.max(wanted, allowed(nearest));
  return excessOf(suspect) <= uncertainty && uncertainty <= enough;
}

/** Whether a claim is wrong, and no other look may refute that. */
function isToldWrong(suspect: Open): boolean {
  // What is rounded by the same at several steps may agree by chance: others are further away.
  const { doubt = 0 } = suspect.estimate;
  return isWrong(suspect) && excessOf(suspect) > doubt && !quietens(suspect);
}

/** Whether noise still falls on the way to θ, as where the loss is much larger farther away: then it lets the claim be seen closer by than was thought. */
function quietens({ samples }: Open): boolean {
  const [before, closest] = samples.slice(-2);
  return closest !== undefined && STEP_RATIO * closest.noise < before!.noise;
}

/** Whether many samples are worth their losses: where the claim seems to be off, or next to nothing is known. */
export function needsMeans(suspect: Open): boolean {
  const { value, uncertainty, hidden } = suspect.estimate;
  return Number.isNaN(value) || seemsOff(suspect) || uncertainty + hidden > suspect.known(value);
}

/** Whether only what noise may hide stands between the claim and being wrong. */
export function seemsOff(suspect: Open): boolean {
  return excessOf(suspect) > suspect.estimate.uncertainty;
}

/** Distances at which a gap has to stay for a kink at θ to be believed that no slopes bear out. */
const KINK_SAMPLES = 3;

/** Whether a kink at θ makes any claim right. Where several kinks meet, the gap may be less than what they put the difference off by. */
function isFree(suspect: Open): boolean {
  return (
    mayBeFree(suspect) && (suspect.estimate.kink !== undefined || suspect.samples.length >= KINK_SAMPLES)
  );
}

function mayBeFree({ isFreeAtKink = false, samples, loss, estimate: { kink } }: Open): boolean {
  return isFreeAtKink && (kink !== undefined || shapeAt(samples, loss) === 'kink');
}

/** Whether the claim is off beyond all that is uncertain. */
function isWrong(suspect: Open): boolean {
  if (mayBeFree(suspect)) return false;
  return isBeyond(suspect) && isSettled(suspect, excessOf(suspect)) && !mayBeRounded(suspect);
}

/** Whether the loss stands still as far as it was looked at, where a claim says that it moves by less than single precision would show. */
function mayBeRounded({ isUnmoved = false, taken, loss, analytic }: Open): boolean {
  if (!isUnmoved || !taken.every((sample) => isStill(sample, loss))) return false;
  return Math.abs(analytic) * 2 * distanceOf(taken[0]!) <= 2 ** (1 - FLOAT32.bits) * Math.abs(loss);
}

function isBeyond(suspect: Open): boolean {
  const { uncertainty, hidden, isSingular = false } = suspect.estimate;
  return !isSingular && excessOf(suspect) > uncertainty + hidden;
}

/** The slopes at kinks that meet are not known. */
const ANY_SLOPE = { low: -Infinity, high: Infinity };

/** The estimate, which leaves open what it would call wrong before it has settled. */
export function decided(suspect: Open): Estimate {
  const { estimate: found } = suspect;
  if (isFree(suspect)) return { ...found, kink: found.kink ?? ANY_SLOPE };
  if (!isBeyond(suspect) || isWrong(suspect)) return found;
  return { ...found, hidden: Math.abs(suspect.analytic - found.value) - found.uncertainty };
}

/** Whether the claim differs from the derivative beyond all that is uncertain, be it by no more than it may. */
export function isOff(suspect: Open): boolean {
  const { uncertainty, hidden } = suspect.estimate;
  return Math.abs(suspect.analytic - nearestOf(suspect)) > uncertainty + hidden;
}

/** The derivative that is nearest to the claim. */
function nearestOf({ analytic, estimate: { value, kink } }: Open): number {
  return kink === undefined ? value : nearestSlope(analytic, kink, value);
}

/** The slope between those at a kink that is nearest to a claim; to what is no number none is nearer than the middle. */
export function nearestSlope(
  claim: number,
  { low, high }: { readonly low: number; readonly high: number },
  middle: number,
): number {
  return Number.isNaN(claim) ? middle : Math.min(Math.max(claim, low), high);
}

/** By how much the claim is off beyond what it may be; NaN where there is no derivative. */
function excessOf(suspect: Open): number {
  const nearest = nearestOf(suspect);
  return Math.abs(suspect.analytic - nearest) - suspect.allowed(nearest);
}

/** Two scales, or two sides, agree to within this share of what the claim is off by. */
export const AGREEMENT: number = 1 / 4;

/**
 * A derivative, or the slopes at a kink, exist only where two scales agree on them: of those that noise lets tell, the closest, no farther than
 * what is moved is large. What noise leaves of closer ones may not refute them.
 */
function isSettled(suspect: Open, excess: number): boolean {
  const { samples, loss, size, analytic } = suspect;
  const seen = atPlaces(samples, loss, DOUBLE_SPACING * size)
    .filter((sample) => distanceOf(sample) <= size)
    .map((sample) => seenAt(suspect, sample));
  const telling = seen.filter(({ noise }) => noise <= AGREEMENT * excess).slice(-2);
  const [before, closest] = telling;
  if (before === undefined || closest === undefined) return false;
  const agrees = ({ slope, noise }: Seen): boolean =>
    !(Math.abs(slope - closest.slope) > AGREEMENT * excess + noise);
  const closer = seen.slice(seen.indexOf(closest) + 1);
  return (
    agrees({ ...before, noise: 0 }) && Math.abs(analytic - closest.slope) > excess / 2 && closer.every(agrees)
  );
}

/** What a claim is held against at a distance, and what noise makes uncertain of it. */
interface Seen {
  readonly slope: number;
  readonly noise: number;
}

/** The slope through both sides; of a kink that to the side which is nearer to the claim. */
function seenAt({ loss, analytic, estimate: { kink } }: Open, sample: Sample): Seen {
  const noise = noiseOf(sample);
  if (kink === undefined) return { slope: anySlopeOf(sample, loss), noise };
  const { above, below, forward, backward } = sample;
  const nearer = analytic < kink.low ? Math.min : Math.max;
  return { slope: nearer((forward - loss) / above, (loss - backward) / below), noise: 2 * noise };
}

/** The slope through both sides; at the edge of a domain to the one that has a loss. */
function anySlopeOf(sample: Sample, loss: number): number {
  const { above, below, forward, backward } = sample;
  if (Number.isFinite(forward + backward)) return slopeOf(sample);
  return Number.isFinite(forward) ? (forward - loss) / above : (loss - backward) / below;
}
