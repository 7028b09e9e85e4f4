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

/** Where levels of differences disagree (a kink on the line), so many directions are tried, and the least noise is taken. */
const COARSE_TRIES = 2;

/** Displacements, in units of the parameter's scale, by which a parameter that small steps don't move is tried. */
const LIVENESS_MULTIPLES: readonly number[] = [2 ** -10, -(2 ** -10), 1, -1];

/** The noise level of the loss in its own unit, from about ten evaluations. `scales`: one per parameter, in its unit. */
export function* measureNoise(
  subject: Subject,
  loss: number,
  scales: readonly number[],
  seed: number,
): Generator<LineRequest, number, void> {
  const integers = randomIntegers(seed);
  const coarsest = subject.parameters.reduce((most, { values }) => Math.max(most, values.spacing), 0);
  const half = (NOISE_POINTS - 1) / 2;
  const losses = new Float64Array(NOISE_POINTS - 1);
  let least = Infinity;
  let tries = 0;
  for (const spacing of SPACINGS) {
    if (spacing < LEAST_SPACINGS * coarsest) continue;
    while (tries < COARSE_TRIES) {
      const direction = subject.parameters.map(({ count }, p) => {
        const signs = new Float64Array(count);
        fillJittered(signs, powerOfTwo(scales[p]!), integers);
        return signs;
      });
      const multiples = Array.from(losses, (_, i) => (i < half ? i - half : i - half + 1) * spacing);
      yield { kind: 'line', direction, multiples, losses };
      const values = Float64Array.of(...losses.subarray(0, half), loss, ...losses.subarray(half));
      if (!values.every(Number.isFinite)) break;
      const { level, quality } = estimateNoise(values);
      if (quality === 'constant') {
        least = Math.min(least, level);
        break;
      }
      if (quality === 'measured') return level;
      least = tries === 0 ? level : Math.min(least, level);
      tries += 1;
    }
  }
  return least === Infinity ? estimateNoise(new Float64Array(NOISE_POINTS).fill(loss)).level : least;
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
