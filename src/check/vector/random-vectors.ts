/** A seed → random cotangents and tangents, by the places of their entries; and parameters whose entries are tangents. */

import { totalOf } from '../../model/array/concat.js';
import type { Weights } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { directionalParameter } from '../../model/tree/directional-values.js';
import { MOST_BITS, RandomWeights, seedFor } from '../../numerics/random.js';
import { binary } from '../../numerics/step.js';
import { weightsOf } from '../preconditions/random-path.js';
import { scaleOf } from '../preconditions/parameter-scale.js';

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
  const scale = binary(scaleOf(frame.saved[parameter]!));
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

/** The k-th random cotangent, flattened. */
export function cotangent({ outputs }: VectorSubject, seed: number, k: number): Float64Array {
  return numbersOf(cotangentWeights(outputs, seed, k), totalOf(outputs));
}

/** The k-th random tangent of all parameters. */
export function tangent(subject: VectorSubject, seed: number, k: number): readonly Float64Array[] {
  return subject.parameters.map(({ count }, p) => numbersOf(tangentWeights(subject, p, seed, k), count));
}

/** The parameters as numbers that move them along tangents. */
export interface TangentFrame extends Frame {
  /** For each parameter with entries that are due, its place among all, and the tangents. */
  readonly along: readonly { readonly parameter: number; readonly tangents: readonly Float64Array[] }[];
}

/** Where the numbers stand at θ; with tangents that have the scale of the parameter it is theirs. */
const REST = 1;

export function tangentFrame(subject: VectorSubject, seed: number): TangentFrame {
  const along = subject.due.map((range) => {
    const { parameter } = range;
    const { length } = subject.saved[parameter]!;
    const tangents = Array.from({ length: VECTORS }, (_, k) =>
      numbersOf(tangentWeights(subject, parameter, seed, k), length, range),
    );
    return { parameter, tangents };
  });
  const parameters = along.map(({ parameter, tangents }) =>
    directionalParameter(subject.parameters[parameter]!, subject.saved[parameter]!, tangents, REST),
  );
  return {
    along,
    parameters,
    saved: parameters.map(({ count }) => new Float64Array(count).fill(REST)),
    due: parameters.map(({ count }, parameter) => ({ parameter, from: 0, to: count, count })),
    lossFunctions: subject.lossFunctions,
    evaluations: subject.evaluations,
  };
}
