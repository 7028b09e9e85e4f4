/** A seed → random cotangents and tangents, by the places of their entries. */

import type { Weights } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { MOST_BITS, RandomWeights, seedFor } from '../../numerics/random.js';
import { binary, entryScale } from '../../numerics/step.js';
import { weightsOf } from '../preconditions/random-path.js';

/**
 * How many random vectors are taken in the place of all outputs, or of all entries: two errors that stay below a share τ of their size along
 * one of them, by a chance of τ, show along another.
 */
export const VECTORS = 3;

/** Arrays that vectors are made for. */
type Stored = readonly { readonly values: { readonly spacing: number } }[];

/** The sum of two weights takes two bits more than the magnitude of one: with these vectors and their sums can be stored as they are. */
const SUM_BITS = 2;

function bitsFor(arrays: Stored): number {
  const coarsest = Math.max(...arrays.map(({ values }) => values.spacing));
  return Math.max(1, Math.min(MOST_BITS, -Math.log2(coarsest) - SUM_BITS));
}

/** The weights of the outputs, in their flattened order, in the k-th cotangent. */
export function cotangentWeights(outputs: Stored, seed: number, k: number): Weights {
  return new RandomWeights(seedFor(`cotangent ${k}`, seed), 1, bitsFor(outputs));
}

/** The weights of a parameter's entries in the k-th tangent, in their unit. */
export function tangentWeights(frame: Frame, parameter: number, seed: number, k: number): Weights {
  const scale = binary(entryScale(0, rootMeanSquare(frame.saved[parameter]!)));
  const bits = bitsFor([frame.parameters[parameter]!]);
  return weightsOf(frame, parameter, { scale, seed: seedFor(`tangent ${k}`, seed), bits });
}

/** The weights of some entries as numbers, from one place on to before another; 0 elsewhere. */
export function numbersOf(
  weights: Pick<Weights, 'at'>,
  length: number,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: length },
): Float64Array {
  const numbers = new Float64Array(length);
  for (let i = from; i < to; i += 1) numbers[i] = weights.at(i);
  return numbers;
}
