/**
 * What a vector function's derivatives claim: the matrix itself, row by row of products with unit cotangents, or column by column of
 * products with unit tangents.
 */

import { flattened, totalOf } from '../../model/array/concat.js';
import type { GradientsRequest, OutputsRequest, VectorRequest } from '../../model/evaluate/requests.js';
import type { Role } from '../../model/vector-model.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { fillSigns, randomIntegers } from '../../numerics/random.js';
import { type View, weighted } from './scalarize.js';

/** One array for each of some named arrays. */
export type Arrays = readonly Float64Array[];
export type Sized = readonly { readonly name: string; readonly count: number }[];

/** The outputs at θ, flattened. A derivative is never asked for without them before it, as backward passes read what forward cached. */
export function* outputsHere(subject: VectorSubject): Generator<OutputsRequest, Float64Array, void> {
  const into: Float64Array[] = [];
  const direction = subject.parameters.map(() => undefined);
  yield {
    kind: 'outputs',
    frame: subject,
    at: { kind: 'line', direction, multiples: [0], losses: new Float64Array(1) },
    into,
  };
  return into[0]!;
}

/** Random signs for each of some arrays. A constant vector would not do: errors that add up to nothing cancel along it. */
export function signsFor(arrays: Sized, integers: () => number): Arrays {
  return arrays.map(({ count }) => {
    const signs = new Float64Array(count);
    fillSigns(signs, 1, integers);
    return signs;
  });
}

/** The arrays that a vector of this role is made of, and those that its product is made of. */
export function sidesOf(
  subject: VectorSubject,
  role: Role,
): { readonly vector: Sized; readonly product: Sized } {
  const { parameters, outputs } = subject;
  if (role === 'matrix') return { vector: [], product: parameters };
  return role === 'vjp' ? { vector: outputs, product: parameters } : { vector: parameters, product: outputs };
}

/** One product with a vector at θ. */
export function* productHere(
  subject: VectorSubject,
  role: Role,
  vector: Arrays,
): Generator<VectorRequest, Arrays, void> {
  yield* outputsHere(subject);
  const into = emptyArrays(sidesOf(subject, role).product);
  yield { kind: 'derivative', role, vector, direction: undefined, into };
  return into;
}

export function emptyArrays(sized: Sized): Arrays {
  return sized.map(({ count }) => new Float64Array(count));
}

/** How many values the outputs have. */
export function outputsOf({ outputs }: VectorSubject): number {
  return totalOf(outputs);
}

/** A weighted sum of the outputs as the loss; the claim for it, or, of products with a tangent, the one for a tangent of random signs. */
export function claimScalarization(
  subject: VectorSubject,
  role: Role,
  seed: number,
): View & { readonly vector: Arrays } {
  const integers = randomIntegers(seed);
  const weights = signsFor(subject.outputs, integers);
  const vector = role === 'jvp' ? signsFor(subject.parameters, integers) : weights;
  const flat = flattened(weights);
  return {
    vector,
    value: (outputs) => weighted(flat, outputs),
    *claim({ direction, into }) {
      if (role !== 'matrix') {
        yield { kind: 'derivative', role, vector, direction, into };
        return;
      }
      const matrices = yield* matricesWhere(subject, direction);
      for (const [p, product] of weightedRows(matrices, flat).entries()) into[p]!.set(product);
    },
  };
}

/** Σ w times row m of some matrices, outputs × entries: what they claim for a weighted sum of the outputs. */
export function weightedRows(matrices: Arrays, weights: Float64Array): Arrays {
  return matrices.map((matrix) => {
    const product = new Float64Array(matrix.length / weights.length);
    for (const [m, weight] of weights.entries())
      for (let i = 0; i < product.length; i += 1) product[i]! += weight * matrix[m * product.length + i]!;
    return product;
  });
}

function* matricesWhere(
  subject: VectorSubject,
  direction?: GradientsRequest['direction'],
): Generator<VectorRequest, Arrays, void> {
  const outputs = outputsOf(subject);
  const into = subject.parameters.map(({ count }) => new Float64Array(outputs * count));
  yield { kind: 'derivative', role: 'matrix', vector: [], direction, into };
  return into;
}

/** The claimed matrices at θ, of a function that gives all of them. */
export function* matricesHere(subject: VectorSubject): Generator<VectorRequest, Arrays, void> {
  yield* outputsHere(subject);
  return yield* matricesWhere(subject);
}

/** The claimed matrix at θ, for each parameter its entries for output after output. */
export function* claimedMatrix(
  subject: VectorSubject,
  role: Role,
  goOn: () => boolean,
): Generator<VectorRequest, Arrays | undefined, void> {
  const outputs = outputsOf(subject);
  if (role === 'matrix') return yield* matricesHere(subject);
  const matrices = subject.parameters.map(({ count }) => new Float64Array(outputs * count));
  const { vector: sides } = sidesOf(subject, role);
  const vector = emptyArrays(sides);
  let before = 0;
  for (const [k, { count }] of sides.entries()) {
    for (let i = 0; i < count; i += 1) {
      if (!goOn()) return undefined;
      vector[k]![i] = 1;
      const product = yield* productHere(subject, role, vector);
      vector[k]![i] = 0;
      if (role === 'vjp')
        for (const [p, row] of product.entries()) matrices[p]!.set(row, (before + i) * row.length);
      else for (const [m, value] of flattened(product).entries()) matrices[k]![m * count + i] = value;
    }
    before += count;
  }
  return matrices;
}
