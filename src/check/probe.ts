/**
 * What is measured along random directions before the sweep: the noise of the loss; and after it, whether a parameter that
 * small steps did not move is alive at all.
 */

import type { LineRequest } from '../model/requests.js';
import type { Subject } from '../model/subject.js';
import { estimateNoise, NOISE_POINTS } from '../numerics/noise.js';
import { fillJittered, fillSigns, randomIntegers } from '../numerics/random.js';
import { powerOfTwo } from '../numerics/steps.js';

/**
 * Spacings tried, in units of each parameter's scale, closest first: so close that a smooth loss is a straight line between
 * them, and wider while its values hardly differ.
 */
const SPACINGS: readonly number[] = [2 ** -32, 2 ** -26, 2 ** -20, 2 ** -14, 2 ** -8];

/** A spacing must be this many spacings of the coarsest storage, so that jittered points are really equally spaced. */
const LEAST_SPACINGS = 64;

/** Bits left free below a jittered displacement, so that small multiples of it added to θ are still exact. */
const SPARE_BITS = 3;
const MOST_JITTER_BITS = 30;

/** How many random bits fit between a spacing of the line and the spacing of the numbers in storage. */
function jitterBits(spacing: number, storage: number): number {
  const room = Math.floor(Math.log2(spacing / storage)) - SPARE_BITS;
  return Math.min(Math.max(room, 1), MOST_JITTER_BITS);
}

/**
 * A line may cross a kink, which looks like noise. More noise than a few hundred roundings of a double would make is
 * therefore measured along a second line, and the lesser is taken.
 */
const MOST_LINES = 2;
const DOUBLE_NOISE: number = 2 ** -48;

/** Displacements, in units of the parameter's scale, by which a parameter that small steps don't move is tried. */
const LIVENESS_MULTIPLES: readonly number[] = [2 ** -10, -(2 ** -10), 1, -1];

/**
 * The noise level of the loss in its own unit, from about ten evaluations. The line leaves θ to one side only, as a kink in θ
 * itself, which biases of zero make common, would bend every line through it.
 * @param scales one per parameter, in its unit
 */
export function* measureNoise(
  subject: Subject,
  loss: number,
  scales: readonly number[],
  seed: number,
): Generator<LineRequest, number, void> {
  const integers = randomIntegers(seed);
  const coarsest = subject.parameters.reduce((most, { values }) => Math.max(most, values.spacing), 0);
  for (const spacing of SPACINGS) {
    if (spacing < LEAST_SPACINGS * coarsest) continue;
    let least = Infinity;
    for (let line = 0; line < MOST_LINES; line += 1) {
      const { level, quality } = estimateNoise(yield* lineOf(subject, loss, scales, spacing, integers));
      if (quality === 'constant' || Number.isNaN(level)) break;
      if (level < least) least = level;
      if (quality === 'measured' && level <= DOUBLE_NOISE * Math.abs(loss)) return level;
    }
    if (least < Infinity) return least;
  }
  return estimateNoise(new Float64Array(NOISE_POINTS).fill(loss)).level;
}

/** The losses at NOISE_POINTS equally spaced points from θ on, along a fresh random direction. */
function* lineOf(
  subject: Subject,
  loss: number,
  scales: readonly number[],
  spacing: number,
  integers: () => number,
): Generator<LineRequest, Float64Array, void> {
  const direction = subject.parameters.map(({ count, values }, p) => {
    const steps = new Float64Array(count);
    fillJittered(steps, powerOfTwo(scales[p]!), jitterBits(spacing, values.spacing), integers);
    return steps;
  });
  const losses = new Float64Array(NOISE_POINTS - 1);
  const multiples = Array.from(losses, (_, i) => (i + 1) * spacing);
  yield { kind: 'line', direction, multiples, losses };
  return Float64Array.of(loss, ...losses);
}

/** Whether the loss moves when all of one parameter is moved by much. */
export function* isAlive(
  subject: Subject,
  parameter: number,
  loss: number,
  scale: number,
  seed: number,
): Generator<LineRequest, boolean, void> {
  const signs = new Float64Array(subject.parameters[parameter]!.count);
  fillSigns(signs, scale, randomIntegers(seed));
  const direction = subject.parameters.map((_, p) => (p === parameter ? signs : undefined));
  const losses = new Float64Array(LIVENESS_MULTIPLES.length);
  yield { kind: 'line', direction, multiples: LIVENESS_MULTIPLES, losses };
  return losses.some((value) => value !== loss);
}
