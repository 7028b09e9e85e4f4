/** A seed → random directions of some or all parameters, each entry by its scale. */

import type { Path, Weights } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';
import { movedScale } from '../../numerics/step.js';

/** What the weights of a parameter's entries are drawn by. */
export interface Drawn {
  /** Of the parameter, in its unit. */
  readonly scale: number;
  readonly seed: number;
  /** Bits of each magnitude. */
  readonly bits?: number | undefined;
  /** The share of the entries that have a weight. */
  readonly share?: number | undefined;
}

/** Random weights for the entries of a parameter, the same in whatever company. */
export function weightsOf(
  { parameters, saved }: Pick<Frame, 'parameters' | 'saved'>,
  parameter: number,
  { scale, seed, bits, share }: Drawn,
): Weights {
  const drawn = new RandomWeights(seedFor(parameters[parameter]!.name, seed), scale, bits, share);
  const values = saved[parameter]!;
  return { key: drawn.key, at: (i) => (drawn.at(i) / scale) * movedScale(values[i]!, scale) };
}

/**
 * A direction of random signs and magnitudes.
 * @param scales one for each checked parameter, in its unit
 * @param places of the parameters that move
 */
export function randomPath(
  frame: Frame,
  scales: readonly number[],
  seed: number,
  places: readonly number[] = [...frame.parameters.keys()],
): Path {
  return places.map((parameter) => {
    const weights = weightsOf(frame, parameter, { scale: scales[parameter]!, seed });
    return { parameter, from: 0, to: frame.parameters[parameter]!.count, weights };
  });
}
