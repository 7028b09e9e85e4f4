/**
 * What a vector function's derivatives claim: products with vectors, and the matrix itself, row by row of products with unit cotangents, or
 * column by column of products with unit tangents.
 */

import { flattened, split, totalOf } from '../../model/array/concat.js';
import type { GradientsRequest, OutputsRequest, VectorRequest } from '../../model/evaluate/requests.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Role } from '../../model/vector-model.js';
import { finiteNorm } from '../../numerics/norms.js';
import { movedScale } from '../../numerics/step.js';
import { measureClaimNoise } from '../preconditions/claim-noise.js';
import type { Claim } from '../preconditions/repeated-calls.js';
import { cotangent, tangent } from './random-vectors.js';
import { type Scalarization, scalarized, type VectorTask, weighted } from './scalarization.js';
import { scaleOf } from '../preconditions/parameter-scale.js';

/** One array for each of some named arrays. */
export type Arrays = readonly Float64Array[];
export type Sized = readonly { readonly name: string; readonly count: number }[];

/** A point of a path. */
type Place = Pick<GradientsRequest, 'path' | 'multiple'>;
const HERE: Place = { path: [], multiple: 0 };

/** The outputs at θ, flattened. A derivative is never asked for without them before it, as backward passes read what forward cached. */
export function* outputsHere(subject: VectorSubject): Generator<OutputsRequest, Float64Array, void> {
  const into: (Float64Array | undefined)[] = [undefined];
  const at = { kind: 'path', path: [], multiples: new Float64Array(1), losses: new Float64Array(1) } as const;
  yield { kind: 'outputs', frame: subject, at, into };
  return into[0]!;
}

/** The arrays that a vector of this role is made of, and those that its product is made of. */
export function sidesOf(
  { parameters, outputs }: VectorSubject,
  role: Role,
): { readonly vector: Sized; readonly product: Sized } {
  if (role === 'matrix') return { vector: [], product: parameters };
  return role === 'vjp' ? { vector: outputs, product: parameters } : { vector: parameters, product: outputs };
}

export function emptyArrays(sized: Sized): Arrays {
  return sized.map(({ count }) => new Float64Array(count));
}

/** How many values the outputs have. */
export function outputsOf({ outputs }: VectorSubject): number {
  return totalOf(outputs);
}

/** One product with a vector at θ. */
export function* productHere(
  subject: VectorSubject,
  role: 'vjp' | 'jvp',
  vector: Arrays,
): Generator<VectorRequest, Arrays, void> {
  yield* outputsHere(subject);
  const into = emptyArrays(sidesOf(subject, role).product);
  yield { kind: 'derivative', role, vector, ...HERE, into };
  return into;
}

/** The claimed matrices at θ, of a function that gives all of them. */
export function* matricesHere(subject: VectorSubject): Generator<VectorRequest, Arrays, void> {
  yield* outputsHere(subject);
  return yield* matricesAt(subject, HERE);
}

/** The same where the outputs were evaluated last. */
function* matricesAt(subject: VectorSubject, place: Place): Generator<VectorRequest, Arrays, void> {
  const outputs = outputsOf(subject);
  const into = subject.parameters.map(({ count }) => new Float64Array(outputs * count));
  yield { kind: 'derivative', role: 'matrix', vector: [], ...place, into };
  return into;
}

/** The claim for a weighted sum of the outputs at θ. */
export function* claimFor(
  subject: VectorSubject,
  weights: Float64Array,
  matrices: Arrays | undefined,
): Generator<VectorRequest, Arrays, void> {
  return matrices === undefined
    ? yield* productHere(subject, 'vjp', split(weights, subject.outputs))
    : weightedRows(matrices, weights);
}

/** What matrices of outputs × entries claim for a cotangent, one array for each parameter; or for a tangent, one for each of the outputs. */
export function matrixProduct(
  { outputs }: VectorSubject,
  role: 'vjp' | 'jvp',
  matrices: Arrays,
  vector: Arrays,
): Arrays {
  if (role === 'vjp') return weightedRows(matrices, flattened(vector));
  const product = new Float64Array(totalOf(outputs));
  for (const [p, matrix] of matrices.entries()) {
    const own = vector[p]!;
    for (let m = 0; m < product.length; m += 1)
      for (let i = 0; i < own.length; i += 1) product[m]! += matrix[m * own.length + i]! * own[i]!;
  }
  return split(product, outputs);
}

/** Σ w times row m of some matrices. */
function weightedRows(matrices: Arrays, weights: Float64Array): Arrays {
  return matrices.map((matrix) => {
    const product = new Float64Array(matrix.length / weights.length);
    for (const [m, weight] of weights.entries())
      if (weight !== 0)
        for (let i = 0; i < product.length; i += 1) product[i]! += weight * matrix[m * product.length + i]!;
    return product;
  });
}

/** A weighted sum of the outputs as the loss, with what a matrix or products with cotangents claim for it. */
export function weightedScalarization(
  subject: VectorSubject,
  role: Exclude<Role, 'jvp'>,
  weights: Float64Array,
): Scalarization {
  return {
    value: (outputs) => weighted(weights, outputs),
    *claim({ path, multiple, into }) {
      if (role === 'vjp') {
        const vector = split(weights, subject.outputs);
        yield { kind: 'derivative', role, vector, path, multiple, into };
        return;
      }
      const matrices = yield* matricesAt(subject, { path, multiple });
      for (const [p, product] of weightedRows(matrices, weights).entries()) into[p]!.set(product);
    },
  };
}

/** A vector that is zero but for one of its arrays. */
export function alone(sized: Sized, place: number, numbers: Float64Array): Arrays {
  return emptyArrays(sized).map((zeros, k) => (k === place ? numbers : zeros));
}

/** What a role is first asked: its claim for a random vector, with a random sum of the outputs as the loss. */
export interface Asked extends Scalarization {
  readonly role: Role;
  readonly vector: Arrays;
}

/** What it answered. */
export interface Opening extends Asked, Claim {}

export function openingOf(subject: VectorSubject, role: Role, seed: number): Asked {
  const weights = cotangent(subject, seed, 0);
  if (role !== 'jvp')
    return {
      role,
      vector: split(weights, subject.outputs),
      ...weightedScalarization(subject, role, weights),
    };
  const vector = tangent(subject, seed, 0);
  return {
    role,
    vector,
    value: (outputs) => weighted(weights, outputs),
    *claim({ path, multiple, into }) {
      yield { kind: 'derivative', role, vector, path, multiple, into };
    },
  };
}

/** The claimed matrix at θ, for each parameter its entries for output after output; undefined where it may not be asked for to the end. */
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

/** A scalar function of the outputs, and what is claimed of it: one array for each parameter that moves. */
export interface Row {
  readonly value: (outputs: Float64Array) => number;
  readonly analytic: Arrays;
}

/**
 * The first product that a role was asked for, at points close to θ → how noisy the rows of its matrix are. A product with a tangent shows the noise of
 * each row; one with a cotangent that of all rows together, by each entry.
 * @param sizes for each parameter that moves, by how much a tangent multiplies its derivatives
 */
export function productNoise(
  task: VectorTask,
  opening: Opening,
  rows: readonly Pick<Row, 'analytic'>[],
  sizes: Arrays,
): (row: Row) => Generator<VectorRequest, Arrays, void> {
  const whole = finiteNorm([Float64Array.from(rows, ({ analytic }) => finiteNorm(analytic))]);
  let known: Arrays | undefined;
  return function* ({ value, analytic }) {
    known ??= yield* boundsOf(task, opening);
    if (known === undefined) return sizes.map(({ length }) => new Float64Array(length));
    if (opening.role === 'jvp') {
      // All that shows in a row of the product may be the noise of a single derivative.
      const bound = Math.abs(value(flattened(known)));
      return sizes.map((own) => own.map((size) => bound / Math.abs(size)));
    }
    // Rounding is relative: of the noise of all rows each has a share by its size.
    const share = finiteNorm(analytic) / whole || 0;
    return known.map((bounds) => bounds.map((bound) => share * bound));
  };
}

function* boundsOf(task: VectorTask, opening: Opening): Generator<VectorRequest, Arrays | undefined, void> {
  const { subject, settings, budget } = task;
  const scales = subject.saved.map(scaleOf);
  const source = { frame: subject, scales, claims: opening.analytic, seed: settings.seed, budget };
  const moved =
    opening.role === 'jvp'
      ? subject.outputs.map(({ count }) => new Float64Array(count).fill(1))
      : subject.saved.map((values, p) => values.map((value) => movedScale(value, scales[p]!)));
  const found = yield* scalarized(opening, task, subject, measureClaimNoise(source, moved));
  return found?.bounds;
}
