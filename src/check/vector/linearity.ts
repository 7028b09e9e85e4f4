/** Whether a product with a vector is linear in it, which no matrix of unit vectors could tell. Asks for claims only, for no difference. */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { type Format, formatOf } from '../../numerics/format.js';
import { type Compared, groupNorms, rootMeanSquare } from '../../numerics/norms.js';
import { DOUBLE_SPACING } from '../../numerics/step.js';
import { isWrong, measured, wrongEntries } from '../../verdict/rules.js';
import { tolerancesFor } from '../../verdict/tolerance.js';
import type { Contradiction, NotLinear } from '../measurement.js';
import type { Settings } from '../settings.js';
import { type Arrays, emptyArrays, productHere, sidesOf, type Sized } from './products.js';

/** The names of those whose claims are not linear. */
export function brokenNames(contradictions: readonly Contradiction[]): ReadonlySet<string> {
  return new Set(contradictions.flatMap((one) => (one.kind === 'not-linear' ? one.names : [])));
}

/** How far rounding puts a sum of products off, relative to the sum of their magnitudes: a few units for each, with a margin. */
const SUM_SPACINGS = 64;

/**
 * Whether a product with a vector is linear in it: zero for zero, and for a random vector what its parts add up to.
 */
export function* linearity(
  subject: VectorSubject,
  role: 'vjp' | 'jvp',
  settings: Settings,
  { vector, product, sum, sizes }: Sums,
): Generator<VectorRequest, NotLinear | undefined, void> {
  // A claim that is no number breaks every law, and is told as what it is.
  if (![...product, ...sum].every((array) => array.every(Number.isFinite))) return undefined;
  const sides = sidesOf(subject, role);
  const atZero = yield* productHere(subject, role, emptyArrays(sides.vector));
  const doubled = yield* productHere(
    subject,
    role,
    vector.map((weights) => weights.map((weight) => -2 * weight)),
  );
  const format = formatOf(product);
  const names: string[] = [];
  let [zero, residual, size] = [0, 0, 0];
  let constant = true;
  for (const [k, claimed] of product.entries()) {
    const { length } = claimed;
    const rounding = sizes[k]!.map((total) => SUM_SPACINGS * DOUBLE_SPACING * total);
    const apart = (one: Float64Array, other: Float64Array): boolean =>
      differ({ analytic: one, numeric: other, uncertainty: rounding }, settings, format);
    const scaled = doubled[k]!.map((value) => value / -2);
    const offZero = atZero[k]!.some((value) => !(Math.abs(value) <= NEGLIGIBLE * rootMeanSquare(sizes[k]!)));
    constant &&= claimed.every((value, i) => value === atZero[k]![i] && value === doubled[k]![i]);
    if (!(offZero || apart(claimed, sum[k]!) || apart(claimed, scaled))) continue;
    names.push(sides.product[k]!.name);
    zero = Math.max(zero, rootMeanSquare(atZero[k]!) * Math.sqrt(length));
    residual = Math.max(residual, distance(claimed, sum[k]!), distance(claimed, scaled));
    size = Math.max(size, rootMeanSquare(claimed) * Math.sqrt(length));
  }
  if (names.length === 0) return undefined;
  return { kind: 'not-linear', names, zero, residual, size, constant: constant && zero > 0 };
}

/** What is claimed for zero is zero but for less than this share of what is claimed for others. */
const NEGLIGIBLE: number = 2 ** -40;

/** What a product is compared with. */
export interface Sums {
  readonly vector: Arrays;
  /** f(v). */
  readonly product: Arrays;
  /** Σ vᵢ f(eᵢ), */
  readonly sum: Arrays;
  /** and Σ |vᵢ f(eᵢ)|. */
  readonly sizes: Arrays;
}

/** Whether a product is linear, by two random vectors and their sum. */
export function* additivity(
  subject: VectorSubject,
  role: 'vjp' | 'jvp',
  settings: Settings,
  one: { readonly vector: Arrays; readonly product: Arrays },
  other: { readonly vector: Arrays; readonly product: Arrays },
): Generator<VectorRequest, NotLinear | undefined, void> {
  const vector = one.vector.map((weights, k) => weights.map((weight, i) => weight + other.vector[k]![i]!));
  const product = yield* productHere(subject, role, vector);
  const sum = one.product.map((own, k) => own.map((value, i) => value + other.product[k]![i]!));
  const sizes = one.product.map((own, k) =>
    own.map((value, i) => Math.abs(value) + Math.abs(other.product[k]![i]!)),
  );
  return yield* linearity(subject, role, settings, { vector, product, sum, sizes });
}

/** The sums of the unit vectors' products for a vector. */
export function sumsOf(
  subject: VectorSubject,
  role: 'vjp' | 'jvp',
  vector: Arrays,
  product: Arrays,
  matrices: Arrays,
): Sums {
  const sum = product.map(({ length }) => new Float64Array(length));
  const sizes = product.map(({ length }) => new Float64Array(length));
  const outputs = flattenedPlaces(subject.outputs);
  for (const [p, { count }] of subject.parameters.entries())
    for (const [m, { array, entry }] of outputs.entries())
      for (let i = 0; i < count; i += 1) {
        const value = matrices[p]![m * count + i]!;
        const [k, place] = role === 'vjp' ? [p, i] : [array, entry];
        const part = (role === 'vjp' ? vector[array]![entry]! : vector[p]![i]!) * value;
        sum[k]![place]! += part;
        sizes[k]![place]! += Math.abs(part);
      }
  return { vector, product, sum, sizes };
}

/** For each place of some flattened arrays the array it lies in, and where. */
function flattenedPlaces(arrays: Sized): { readonly array: number; readonly entry: number }[] {
  return arrays.flatMap(({ count }, array) =>
    Array.from({ length: count }, (_, entry) => ({ array, entry })),
  );
}

/** Whether two claims differ by the rules of the verdict. */
function differ(compared: Compared, settings: Settings, format: Format): boolean {
  const norms = groupNorms(compared);
  const { wrong } = tolerancesFor(settings, format, norms);
  const { length } = compared.analytic;
  const group = measured({ ...compared, values: new Float64Array(length) }, norms, { from: 0, to: length });
  return isWrong(norms, wrong) || wrongEntries(group, wrong).length > 0;
}

function distance(a: Float64Array, b: Float64Array): number {
  return rootMeanSquare(a.map((value, i) => value - b[i]!)) * Math.sqrt(a.length);
}
