/** Samples along a path, at falling steps → the same with more of them; what one shows, and what noise makes of it. */

import { NOISE_COVERAGE } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/estimate.js';

/** What was seen along a path, and at which steps. */
export interface Looked {
  readonly samples: readonly Sample[];
  readonly steps: readonly number[];
}

/** The slope through both sides. */
export function slopeOf({ above, below, forward, backward }: Sample): number {
  return (forward / 2 - backward / 2) / (above / 2 + below / 2);
}

/** What noise makes uncertain in the difference of a sample. */
export function noiseOf({ noise, above, below }: Sample): number {
  return (NOISE_COVERAGE * Math.SQRT2 * noise) / (above + below);
}

/** A suspect with more samples, in the order of their distances. */
export function withSamples<Seen extends Looked>(
  suspect: Seen,
  steps: readonly number[],
  taken: readonly Sample[],
  size: number,
): Seen {
  const all = suspect.samples.map((sample, k) => ({ sample, step: suspect.steps[k]! }));
  for (let k = 0; k < taken.length; k += size)
    all.push({ sample: meanOf(taken.slice(k, k + size)), step: steps[k]! });
  all.sort((a, b) => b.sample.above + b.sample.below - (a.sample.above + a.sample.below));
  return { ...suspect, samples: all.map(({ sample }) => sample), steps: all.map(({ step }) => step) };
}

/** Several samples at distances that differ a little, as one at their mean: noise is independent, and its deviation falls like 1/√k. */
function meanOf(samples: readonly Sample[]): Sample {
  const { length } = samples;
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample) / length, 0);
  return {
    above: mean(({ above }) => above),
    below: mean(({ below }) => below),
    forward: mean(({ forward }) => forward),
    backward: mean(({ backward }) => backward),
    noise: mean(({ noise }) => noise) / Math.sqrt(length),
  };
}
