/**
 * What derivatives claim → whether it keeps the laws that derivatives keep: a product with a vector is linear in it, which no matrix of unit vectors
 * could tell, and a Hessian is symmetric, as second derivatives are where they are continuous. Asks for claims only, for no difference.
 */

import { placeOn } from '../../model/array/axis.js';
import { flattened } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { type Format, formatOf } from '../../numerics/format.js';
import { type Compared, groupNorms, rootMeanSquare } from '../../numerics/norms.js';
import { DOUBLE_SPACING } from '../../numerics/step.js';
import { isWrong, measured, wrongEntries } from '../../verdict/rules.js';
import { tolerancesFor } from '../../verdict/tolerance.js';
import type { Contradiction, NotLinear, NotSymmetric } from '../measurement.js';
import type { Judgement } from '../report/judge.js';
import type { Settings } from '../settings.js';
import { type Arrays, emptyArrays, matrixProduct, productHere, sidesOf } from './products.js';

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
export interface Sums extends Product {
  /** Σ vᵢ f(eᵢ), */
  readonly sum: Arrays;
  /** and Σ |vᵢ f(eᵢ)|. */
  readonly sizes: Arrays;
}

/** A vector, and what is claimed for it. */
interface Product {
  readonly vector: Arrays;
  readonly product: Arrays;
}

/** Evaluations of the outputs that linearity takes, one before each product; */
export const LINEARITY_OUTPUTS = 2;
/** and additivity. */
export const ADDITIVITY_OUTPUTS: number = 1 + LINEARITY_OUTPUTS;

/** Whether a product is linear, by two random vectors and their sum. */
export function* additivity(
  subject: VectorSubject,
  role: 'vjp' | 'jvp',
  settings: Settings,
  [one, other]: readonly Product[],
): Generator<VectorRequest, NotLinear | undefined, void> {
  const vector = combined(one!.vector, other!.vector, (a, b) => a + b);
  const product = yield* productHere(subject, role, vector);
  const sum = combined(one!.product, other!.product, (a, b) => a + b);
  const sizes = combined(one!.product, other!.product, (a, b) => Math.abs(a) + Math.abs(b));
  return yield* linearity(subject, role, settings, { vector, product, sum, sizes });
}

function combined(one: Arrays, other: Arrays, of: (a: number, b: number) => number): Arrays {
  return one.map((own, k) => own.map((value, i) => of(value, other[k]![i]!)));
}

/** The sums of the unit vectors' products, which are the columns or rows of a matrix, for a vector. */
export function sumsFor(
  subject: VectorSubject,
  role: 'vjp' | 'jvp',
  { vector, product }: Product,
  matrices: Arrays,
): Sums {
  const sizes = matrixProduct(subject, role, matrices.map(magnitudes), vector.map(magnitudes));
  return { vector, product, sum: matrixProduct(subject, role, matrices, vector), sizes };
}

function magnitudes(values: Float64Array): Float64Array {
  return values.map(Math.abs);
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

/**
 * What breaks the symmetry of the matrices that are claimed for each parameter; undefined of a Jacobian.
 * @param judgement of the claim by the differences of the gradients
 */
export function asymmetry(
  subject: VectorSubject,
  matrices: Arrays,
  settings: Settings,
  { verdict }: Pick<Judgement, 'verdict'>,
): NotSymmetric | undefined {
  if (subject.names.kind !== 'hessian') return undefined;
  const places = subject.parameters.flatMap(({ name, shape, count }, p) =>
    Array.from({ length: count }, (_, i) => ({ name, shape, count, p, i })),
  );
  const at = (row: number, { p, i, count }: (typeof places)[number]): number =>
    matrices[p]![row * count + i]!;
  const typical = 2 * rootMeanSquare(Float64Array.from(matrices, rootMeanSquare));
  const format = formatOf(matrices);
  const tolerance = Math.max(...matrices.map((matrix) => claimTolerance(matrix, format, settings)));
  let [pairs, worst] = [0, 0];
  let found: readonly [number, number] = [0, 0];
  for (const [a, row] of places.entries())
    for (let b = a + 1; b < places.length; b += 1) {
      const [one, other] = [at(a, places[b]!), at(b, row)];
      const size = Math.max(typical, Math.abs(one) + Math.abs(other));
      const apart = Math.abs(one - other);
      if (!(apart > tolerance * size)) continue;
      pairs += 1;
      if (apart <= worst) continue;
      [worst, found] = [apart, [a, b]];
    }
  if (pairs === 0) return undefined;
  const [row, column] = [places[found[0]]!, places[found[1]]!];
  return {
    kind: 'not-symmetric',
    row: placeOn({ ...row, from: 0 }, row.i),
    column: placeOn({ ...column, from: 0 }, column.i),
    value: at(found[0], column),
    mirrored: at(found[1], row),
    pairs,
    measured: verdict === 'correct',
  };
}

/** How many vectors the symmetry is tried with: an entry without its mirror image shows for two of them but by chance. */
export const SYMMETRY_VECTORS = 3;

/** The same of products with random vectors: v·Hw = w·Hv. */
export function asymmetryAlong(looks: readonly Product[], settings: Settings): NotSymmetric | undefined {
  const format = formatOf(looks.flatMap(({ product }) => product));
  for (const [k, { vector: w, product: atW }] of looks.slice(1).entries()) {
    const { vector: v, product: atV } = looks[k]!;
    const [along, mirrored] = [terms(v, atW), terms(w, atV)];
    const tolerance = Math.max(
      ...[...atV, ...atW].map((claimed) => claimTolerance(claimed, format, settings)),
    );
    const size = (rootMeanSquare(along) + rootMeanSquare(mirrored)) * Math.sqrt(along.length);
    const [value, other] = [sumOf(along), sumOf(mirrored)];
    if (Math.abs(value - other) > tolerance * size)
      return {
        kind: 'not-symmetric',
        row: 'v',
        column: 'w',
        value,
        mirrored: other,
        pairs: 0,
        measured: false,
      };
  }
  return undefined;
}

function claimTolerance(claimed: Float64Array, format: Format, settings: Settings): number {
  const compared = { analytic: claimed, numeric: claimed, uncertainty: new Float64Array(claimed.length) };
  return tolerancesFor(settings, format, groupNorms(compared)).wrong;
}

/** What each entry adds to a product of two vectors. */
function terms(one: Arrays, other: Arrays): Float64Array {
  return flattened(combined(one, other, (a, b) => a * b));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
