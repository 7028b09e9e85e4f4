/** A seed → a random direction of some or all parameters, each by its scale. */

import type { Path } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';

/**
 * A direction of random signs and magnitudes.
 * @param scales one for each checked parameter, in its unit
 * @param parameters the places of those that move
 */
export function randomPath(
  frame: Frame,
  scales: readonly number[],
  seed: number,
  parameters: readonly number[] = [...frame.parameters.keys()],
): Path {
  return parameters.map((parameter) => {
    const { name, count } = frame.parameters[parameter]!;
    const weights = new RandomWeights(seedFor(name, seed), scales[parameter]!);
    return { parameter, from: 0, to: count, weights };
  });
}
