/**
 * Wrong parameters, and one after them → whether the claims are that one's entries times numbers that are the same for every unit. On the way
 * back through v = f(u), z = W v, the gradient by u is Wᵀδ times the derivative of f, unit by unit: without the latter, sums of it over samples
 * are combinations of the rows of W, and there are fewer of these than units.
 */

import { dotProduct } from '../numerics/norms.js';
import { divisorsOf } from './layouts.js';
import type { Context, WrongParameter } from './wrong-parameter.js';

/** Sums of a few products are the same to this share, in single precision at worst. */
const SAME_WITHIN: number = 2 ** -18;
/** The true gradient is no such combination where this share of it is none, and so many times what is uncertain. */
const LEAST_OFF: number = 2 ** -8;
const TIMES_UNCERTAIN = 4;
/** Fewer numbers that could have been others may be as they are by chance. */
const LEAST_FREE = 3;

/** Vectors of one number for each unit. */
type Vectors = readonly Float64Array[];

/** The parameter of whose entries all claims of a group are made, and nothing else that differs from unit to unit. */
export function withoutLocalDerivative(
  group: readonly WrongParameter[],
  { parameters, evidence }: Context,
): WrongParameter | undefined {
  if (group.some(({ heldEntries, hasRows }) => heldEntries !== undefined || hasRows)) return undefined;
  const places = new Set(group.map(({ place }) => place));
  const others = parameters.filter(
    (one) => !places.has(one.place) && one.heldEntries === undefined && !one.hasRows,
  );
  return others.find((other) => {
    // What is right of as many units, as their biases, has the derivative.
    const isRight = (units: number): boolean =>
      parameters.some(
        (one) => one !== other && one.size === units && evidence.parameters[one.place]!.verdict === 'correct',
      );
    return basesOf(other).some((basis) => areMadeOf(group, basis) && !isRight(basis[0]!.length));
  });
}

/** The rows of every matrix that a parameter may be, orthonormal, where they are fewer than their entries. */
function basesOf({ values, shape, size }: WrongParameter): Vectors[] {
  const lengths = shape.length === 2 ? [...shape] : [...divisorsOf(size, 2), size];
  return lengths
    .filter((units) => units > 1 && size / units < units)
    .flatMap((units) => linesOf(values, units, shape).map(orthonormal));
}

/** An array cut into vectors of so many entries: its rows, and its columns; of a matrix only what has that length. */
function linesOf(array: Float64Array, units: number, shape: readonly number[]): Vectors[] {
  const count = array.length / units;
  const rows = Array.from({ length: count }, (_, k) => array.slice(k * units, (k + 1) * units));
  const columns = Array.from({ length: count }, (_, k) => array.filter((__, i) => i % count === k));
  if (count === 1 || (shape.length === 2 && shape[0] !== units)) return [rows];
  return shape.length === 2 && shape[1] !== units ? [columns] : [rows, columns];
}

/** Directions at right angles that span the same; of those that depend on each other fewer. */
function orthonormal(vectors: Vectors): Vectors {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = beside(beside(vector, basis), basis);
    const length = lengthOf(rest);
    if (length > SAME_WITHIN * lengthOf(vector)) basis.push(rest.map((x) => x / length));
  }
  return basis;
}

/** What is left of a vector at right angles to a basis. */
function beside(vector: Float64Array, basis: Vectors): Float64Array<ArrayBuffer> {
  const rest = Float64Array.from(vector);
  for (const direction of basis) {
    const along = dotProduct(vector, direction);
    for (const [i, x] of direction.entries()) rest[i]! -= along * x;
  }
  return rest;
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dotProduct(vector, vector));
}

/** Whether the claims of a group are combinations of a basis, and not all of their true gradients are. */
function areMadeOf(group: readonly WrongParameter[], basis: Vectors): boolean {
  const units = basis[0]?.length ?? 0;
  let free = 0;
  let isOff = false;
  for (const parameter of group) {
    const made = units > 0 && parameter.size % units === 0 ? madeOf(parameter, basis, units) : undefined;
    if (made === undefined) return false;
    free += made.free;
    isOff ||= made.isOff;
  }
  return isOff && free >= LEAST_FREE;
}

/** How many numbers of a claim could be others if it were no combination of the basis, and whether the true gradient is none; undefined where it is none. */
function madeOf(
  { analytic, numeric, uncertainty, shape }: WrongParameter,
  basis: Vectors,
  units: number,
): { readonly free: number; readonly isOff: boolean } | undefined {
  const [claims, trues, doubts] = [analytic, numeric, uncertainty].map((array) =>
    linesOf(array, units, shape),
  );
  for (const [k, vectors] of claims!.entries()) {
    const seen = vectors.filter((vector) => lengthOf(vector) > 0);
    const isMade = seen.every((v) => lengthOf(beside(v, basis)) <= SAME_WITHIN * lengthOf(v));
    // Of several outputs a single product is one sample's, whose units may all have the derivative one.
    if (seen.length === 0 || !isMade || (basis.length > 1 && seen.length > 1 && isOneLine(seen))) continue;
    const isOff = trues![k]!.some((vector, line) => {
      const least = TIMES_UNCERTAIN * lengthOf(doubts![k]![line]!) + LEAST_OFF * lengthOf(vector);
      return lengthOf(beside(vector, basis)) > least;
    });
    return { free: seen.length * (units - basis.length), isOff };
  }
  return undefined;
}

/** Whether all vectors are multiples of one. */
function isOneLine(vectors: Vectors): boolean {
  const basis = orthonormal(vectors.slice(0, 1));
  return vectors.every((vector) => lengthOf(beside(vector, basis)) <= SAME_WITHIN * lengthOf(vector));
}
