/** A seed → random directions of some or all parameters, each entry by its scale. */

import { movesOf } from '../../model/evaluate/draw-moves.js';
import type { Path, Segment, Weights } from '../../model/evaluate/requests.js';
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
  { scale, seed, bits, share = 1 }: Drawn,
): Weights {
  const own = seedFor(parameters[parameter]!.name, seed);
  const values = saved[parameter]!;
  const drawn = new RandomWeights(own, scale, bits, share);
  return new MovedWeights(
    drawn,
    values,
    scale,
    share < 1 ? chosenOf(values, drawn, `${own} ${share}`) : undefined,
  );
}

/** For the values of a parameter: the entries that a share of them has, whatever their weights are. */
const chosen = new WeakMap<Float64Array, Map<string, readonly number[]>>();

function chosenOf(values: Float64Array, drawn: RandomWeights, key: string): readonly number[] {
  const known = chosen.get(values) ?? new Map<string, readonly number[]>();
  chosen.set(values, known);
  let entries = known.get(key);
  if (entries === undefined) {
    const found: number[] = [];
    for (let i = 0; i < values.length; i += 1) if (drawn.has(i)) found.push(i);
    known.set(key, (entries = found));
  }
  return entries;
}

/** Weights by the scale of each entry. A class, as each of many entries is asked for. */
class MovedWeights implements Weights {
  readonly key: string;
  readonly few: readonly number[] | undefined;
  readonly #drawn: RandomWeights;
  readonly #values: Float64Array;
  readonly #scale: number;

  constructor(drawn: RandomWeights, values: Float64Array, scale: number, few?: readonly number[]) {
    this.key = drawn.key;
    this.few = few;
    this.#drawn = drawn;
    this.#values = values;
    this.#scale = scale;
  }

  at(i: number): number {
    const weight = this.#drawn.at(i);
    return weight === 0 ? 0 : (weight / this.#scale) * movedScale(this.#values[i]!, this.#scale);
  }
}

/** Σ v² over what a segment moves, in units of a scale. */
export function squaredLength(segment: Segment, scale: number): number {
  const { weights } = movesOf(segment);
  let squares = 0;
  for (let k = 0; k < weights.length; k += 1) squares += (weights[k]! / scale) ** 2;
  return squares;
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
