/**
 * Losses on both sides of θ at falling distances → the derivative along the path, with a bound on its error.
 *
 * Each distance h gives a centred difference, whose error is noise, which grows as h falls; truncation, which falls with h; and what kinks
 * of the loss within h put it off by. Lepskii's balancing principle (Theory Probab. Appl. 35 (1990), 454–466) chooses among them without
 * knowing the smoothness: a value counts if it lies within reach of those at all smaller distances, and of those that count the one with
 * the least bound is taken. One-sided differences are balanced by the same code: they tell kinks at θ and edges of the domain.
 */

import type { Sample } from './sample.js';
import { balance, CENTRAL, type Bounded, type Point, SIDED } from './balance.js';
import { distanceOf, NOISE_COVERAGE, noiseOf, noiseUncertainty, slopeOf } from './difference.js';
import { type Gap, gapsOf, grows, GROWING, shapeAt } from './gaps.js';
import { roundingNoise } from './noise.js';

/** The derivative along a path. */
export interface Estimate extends Bounded {
  /** The slopes on the two sides, lower first, where they differ however small the distance: a kink at θ. */
  readonly kink: { readonly low: number; readonly high: number } | undefined;
  /** How far a kink that noise hides may put `value` off: what has to be excluded before a claim is called wrong. */
  readonly hidden: number;
  /** What the rounding of places to the numbers that they are stored in may put `value` off by, where the function does that. 0 where left out. */
  readonly doubt?: number;
  /** Whether there is no derivative: the slopes grow as the distance falls, as at a jump, a cusp or a pole. */
  readonly isSingular?: boolean;
}

/** Nothing is known: no two distances agree on a derivative. */
export const OPEN: Estimate = { value: Number.NaN, uncertainty: Infinity, kink: undefined, hidden: Infinity };

/** Roundings of θ + h itself, in units of the spacing of doubles at the scale: in the sum, and where a function adds its own. */
const PLACE_ROUNDINGS = 4;

/**
 * The noise of a function with some slope by the rounding of where it is evaluated.
 * @param spacing of doubles at the scale of what is moved
 */
export function placeNoise(slope: number, spacing: number): number {
  return (PLACE_ROUNDINGS * spacing * Math.abs(slope)) / (NOISE_COVERAGE * Math.SQRT2);
}

/** Whether a loss stands still on both sides of θ. */
export function isStill(sample: Sample, loss: number): boolean {
  return movesOf(sample, loss).every((move) => move === 0);
}

/** What a loss moved by to the two sides of θ. */
export function movesOf({ forward, backward, moves }: Sample, loss: number): readonly number[] {
  return moves ?? [forward - loss, backward - loss];
}

/** By how much a loss moved at most at one distance. */
function movedBy(sample: Sample, loss: number): number {
  return Math.max(...movesOf(sample, loss).map(Math.abs));
}

/** Where a loss begins to move is known when the largest distance at which it stands still is no smaller than by this factor. */
const NARROW: number = 2 ** (1 / 4);

/**
 * Samples of a loss with the noise of its steps. One that stands still says nothing of its noise: if it moves further away it may climb by steps.
 * What it begins to move by is one at most, and all of its values are rounded to them. It does not where all that it moves by is a single jump,
 * nor where it begins no faster than it goes on, as beyond a kink.
 * @param samples with falling distances
 */
export function withSteps(samples: readonly Sample[], loss: number): readonly Sample[] {
  const last = samples.findLastIndex((sample) => movedBy(sample, loss) > 0);
  const [begin, still] = [samples[last], samples[last + 1]];
  if (begin === undefined || still === undefined) return samples;
  const moving = samples.flatMap((sample) => movesOf(sample, loss).map(Math.abs)).filter((move) => move > 0);
  const step = Math.min(...moving);
  const isOnly = Math.max(...moving) < 2 * step;
  const isKnown = distanceOf(begin) <= NARROW * distanceOf(still);
  if (isKnown && (isOnly || isRamp({ begin, still, samples, loss }))) return samples;
  const noise = roundingNoise(step);
  return samples.map((sample) => (sample.noise < noise ? { ...sample, noise } : sample));
}

interface Beginning {
  readonly begin: Sample;
  readonly still: Sample;
  readonly samples: readonly Sample[];
  readonly loss: number;
}

/** Whether a loss begins to move no faster than it goes on to twice the distance or further. */
function isRamp({ begin, still, samples, loss }: Beginning): boolean {
  const [start, from] = [distanceOf(begin), distanceOf(still)];
  const further = samples.findLast((sample) => distanceOf(sample) >= 2 * start);
  if (further === undefined) return false;
  const slope = movedBy(further, loss) / (distanceOf(further) - from);
  return movedBy(begin, loss) <= 2 * (start - from) * slope;
}

/** The slope on the steeper of the two sides, as beside a kink the one through both may be zero: by that the rounding of places counts. */
function steepest({ above, below, forward, backward }: Sample, loss: number): number {
  const slopes = [(forward - loss) / above, (loss - backward) / below];
  return Math.max(0, ...slopes.filter(Number.isFinite).map(Math.abs));
}

/**
 * Samples with the noise of their places. Numbers that were stored as floats may be rounded to floats on the way to the loss: the same one at
 * θ, for all distances, looks like a jump there.
 */
export function atPlaces(samples: readonly Sample[], loss: number, spacing: number): readonly Sample[] {
  return samples.map((sample) => ({
    ...sample,
    noise: sample.noise + placeNoise(steepest(sample, loss), spacing),
  }));
}

/**
 * What the rounding of places may put differences off by that need not be there.
 * @param pairs with falling distances; where the loss stands still, which says nothing of it, its slope is that of further away
 */
function doubtsOf(pairs: readonly Sample[], loss: number, spacing: number): readonly number[] {
  let slope = 0;
  return pairs.map((sample) => {
    slope = steepest(sample, loss) || slope;
    return noiseUncertainty(placeNoise(slope, spacing), sample.above + sample.below);
  });
}

/**
 * Estimates the derivative along a path.
 * @param samples with falling distances
 * @param loss J(θ)
 * @param spacing of doubles at the scale of what is moved: displacements are known no better
 * @param stored the spacing of the numbers that it is stored in, to which the function may round what it makes of it
 */
export function estimate(
  samples: readonly Sample[],
  loss: number,
  spacing: number,
  stored: number = spacing,
): Estimate {
  const placed = atPlaces(samples, loss, spacing);
  const rising = side(placed, ({ above, forward }) => [above, forward - loss]);
  const falling = side(placed, ({ below, backward }) => [below, loss - backward]);
  const pairs = placed.filter(isPair);
  if (pairs.length === 0) return oneSided(placed, loss, rising ?? falling);
  const gaps = gapsOf(pairs, loss);
  const doubts = doubtsOf(pairs, loss, stored - spacing);
  const points = pairs.map((pair, k): Point => {
    const { bias, largest, hidden } = gaps[k]!;
    return {
      distance: distanceOf(pair),
      value: slopeOf(pair),
      error: noiseOf(pair),
      bias,
      largest,
      hidden,
      doubt: doubts[k]!,
    };
  });
  const shape = shapeAt(atPlaces(samples, loss, stored), loss);
  if (shape === 'singular' || diverges(points)) return { ...OPEN, isSingular: true };
  const kinked = shape === 'kink' ? atKink(rising, falling, gaps) : undefined;
  if (kinked !== undefined) return kinked;
  const best = balance(points, CENTRAL);
  if (best === undefined) return OPEN;
  const { value, uncertainty, hidden, doubt } = best;
  return { value, uncertainty, kink: undefined, hidden, ...(doubt === 0 ? {} : { doubt }) };
}

/** Whether the slopes through both sides change ever faster as distances fall by the same ratio, as where the tangent is vertical. */
function diverges(points: readonly Point[]): boolean {
  const errorOf = ({ error, doubt = 0 }: Point): number => error + doubt;
  const changes = points.slice(1).map((point, k) => {
    const above = points[k]!;
    const ratio = Math.log(above.distance / point.distance);
    return {
      size: (point.value - above.value) / ratio,
      uncertainty: (errorOf(point) + errorOf(above)) / ratio,
    };
  });
  return changes.length > GROWING && grows(changes);
}

function isPair({ above, below, forward, backward }: Sample): boolean {
  return above + below > 0 && Number.isFinite(forward) && Number.isFinite(backward);
}

/** The slope on one side of θ; undefined where it does not settle, or there are no losses. */
function side(
  samples: readonly Sample[],
  changeOf: (sample: Sample) => readonly [distance: number, change: number],
): Bounded | undefined {
  const points = samples.flatMap((sample): Point[] => {
    const [distance, change] = changeOf(sample);
    const value = change / distance;
    if (!(distance > 0 && Number.isFinite(value))) return [];
    const error = noiseUncertainty(sample.noise, distance);
    return [{ distance, value, error, bias: 0, largest: 0, hidden: 0 }];
  });
  return balance(points, SIDED);
}

/** At an edge of the domain there are losses on one side only. */
function oneSided(samples: readonly Sample[], loss: number, slope: Bounded | undefined): Estimate {
  // Were the loss flat on the other side, it would have a kink; or worse.
  const flat = samples.map((sample) => ({
    ...sample,
    forward: Number.isFinite(sample.forward) ? sample.forward : loss,
    backward: Number.isFinite(sample.backward) ? sample.backward : loss,
  }));
  const isSingular = shapeAt(flat, loss) === 'singular';
  if (slope === undefined || isSingular) return { ...OPEN, isSingular };
  return { value: slope.value, uncertainty: slope.uncertainty, kink: undefined, hidden: 0 };
}

/** A kink at θ, where both slopes settle and differ; what noise makes uncertain of it may be of other kinks beside. */
function atKink(
  rising: Bounded | undefined,
  falling: Bounded | undefined,
  gaps: readonly Gap[],
): Estimate | undefined {
  if (rising === undefined || falling === undefined) return undefined;
  const uncertainty = Math.max(rising.uncertainty, falling.uncertainty);
  if (!(Math.abs(rising.value - falling.value) > rising.uncertainty + falling.uncertainty)) return undefined;
  const low = Math.min(rising.value, falling.value);
  const high = Math.max(rising.value, falling.value);
  const hidden = Math.min(...gaps.map((gap) => gap.uncertainty)) / 2;
  return { value: low / 2 + high / 2, uncertainty, kink: { low, high }, hidden };
}
