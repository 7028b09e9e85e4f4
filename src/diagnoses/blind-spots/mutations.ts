/**
 * The claims for a parameter at all points → the known mistakes that could be made to them, and would show at none: each with what the
 * mistake would be called, and what hides it.
 */

import type { BlindSpot, FindingCode } from '../../report.js';
import { type AxisOrder, axisOrders, sliceName, slicesAlong, straightened } from '../layouts.js';
import { equalSlices, zeroSlices } from './slices.js';
import type { MeasuredClaim } from './measured-claim.js';

/** A parameter at the points that tell anything of it, one or more. */
export interface Seen {
  readonly name: string;
  readonly shape: readonly number[];
  readonly points: readonly [MeasuredClaim, ...MeasuredClaim[]];
}

/** What could not have shown, of one kind of mistakes. */
type Mutation = (seen: Seen) => readonly BlindSpot[];

/** Of a gradient that is zero the first of these is enough. */
export const MUTATIONS: readonly Mutation[] = [penalty, leftOut, exchanged, transposed];

function spot({ name }: Seen, code: FindingCode, because: string): BlindSpot {
  return { parameter: name, code, because };
}

/** −g, 2g, nothing: of a gradient that is zero any factor gives the same. */
export function anyFactor(seen: Seen): readonly BlindSpot[] {
  const { points, name } = seen;
  const hides = (factor: number): boolean =>
    points.every((point) => !point.shows((i) => factor * point.evidence.analytic[i]!));
  if (!hides(-1) && !hides(0) && !hides(2)) return [];
  const code = hides(-1) ? 'sign-flipped' : hides(2) ? 'scaled' : 'zero-gradient';
  return [spot(seen, code, `the gradient of ${name} ${hiddenBy(points)}: a wrong sign or factor`)];
}

/** What hides a factor. */
function hiddenBy(points: Seen['points']): string {
  if (points.every(({ size }) => size === 0)) return 'is zero';
  const isKinked = points.every(({ evidence }) => evidence.kinks.size > 0);
  return isKinked ? 'lies between the slopes at a kink' : 'could not be told from zero';
}

/** g + λθ, g + λ sign θ: the same for any λ where θ is zero. */
function penalty(seen: Seen): readonly BlindSpot[] {
  const { points, name } = seen;
  const isZero = points.every(({ evidence }) => evidence.values.every((value) => value === 0));
  return isZero ? [spot(seen, 'missing-regularization', `${name} is zero: a missing penalty`)] : [];
}

/** A row, a column or a slice that is not there. */
function leftOut(seen: Seen): readonly BlindSpot[] {
  const { shape, points } = seen;
  if (shape.length < 2) return [];
  return axesOf(shape).flatMap((axis) => {
    const slices = slicesAlong(shape, axis);
    const zero = zeroSlices(points, slices);
    if (zero.length === 0) return [];
    const isOne = zero.length === 1;
    const what = `${slicesIn(seen, axis, zero)} ${isOne ? 'is' : 'are'} zero`;
    const name = sliceName(shape.length, axis, !isOne);
    return [spot(seen, 'isolated-entries', `${what}: ${isOne ? 'a ' : ''}${name} left out`)];
  });
}

/** Rows, columns or entries in each other's places. */
function exchanged(seen: Seen): readonly BlindSpot[] {
  const { shape, points } = seen;
  return axesOf(shape).flatMap((axis) => {
    const slices = slicesAlong(shape, axis);
    const groups = equalSlices(points, slices);
    const [first, ...others] = groups;
    if (first === undefined) return [];
    const name = sliceName(shape.length, axis, true);
    const what =
      others.length > 0
        ? `${groups.flat().length} ${name} of the gradient of ${seen.name} are equal to others`
        : `${slicesIn(seen, axis, first)} are equal`;
    return [spot(seen, 'permuted', `${what}: ${name} in each other's places`)];
  });
}

/** A flat array of four has two equal entries where it is symmetric as a matrix: that is told of these. */
const LEAST_ROWS = 3;

/** gᵀ, and a flat array that is one. */
function transposed(seen: Seen): readonly BlindSpot[] {
  const { shape, points, name } = seen;
  if (shape.length === 0 || isConstant(seen)) return [];
  for (const order of axisOrders(shape)) {
    if (!keepsSizes(order) || (shape.length === 1 && order.shape[0]! < LEAST_ROWS)) continue;
    const isHidden = points.every(
      (point) => !point.differs((i) => straightened(point.evidence.analytic, order, [i])[0]!),
    );
    if (!isHidden) continue;
    const read = shape.length === 1 ? `, read as ${order.shape.join(' × ')},` : '';
    const what =
      order.shape.length === 2
        ? 'is symmetric'
        : `is the same with its axes in the order ${order.axes.join(', ')}`;
    return [spot(seen, 'transposed', `the gradient of ${name}${read} ${what}: a transposition`)];
  }
  return [];
}

/** Whether an order exchanges axes of the same size, of more than one entry: with others numbers would be in other places. */
function keepsSizes({ shape, axes }: AxisOrder): boolean {
  return (
    axes.every((axis, k) => shape[axis] === shape[k]) &&
    axes.some((axis, k) => axis !== k && shape[axis]! > 1)
  );
}

/** Whether all entries are the same at every point. */
function isConstant({ points }: Seen): boolean {
  return points.every((point) => !point.differs(() => point.evidence.analytic[0]!));
}

/** The axes with more than one slice. */
function axesOf(shape: readonly number[]): readonly number[] {
  return shape.flatMap((size, axis) => (size > 1 ? [axis] : []));
}

/** So many slices are named; more are counted. */
const MOST_NAMED = 4;

/** `row 2 of the gradient of W`, `all columns of …`, `7 entries of …`. */
function slicesIn({ shape, name }: Seen, axis: number, places: readonly number[]): string {
  const { length } = places;
  const what = sliceName(shape.length, axis, length > 1);
  const of = `of the gradient of ${name}`;
  if (length === shape[axis]) return `all ${what} ${of}`;
  if (length > MOST_NAMED) return `${length} ${what} ${of}`;
  const named = length === 1 ? String(places[0]) : `${places.slice(0, -1).join(', ')} and ${places.at(-1)}`;
  return shape.length > 2 ? `${what}, ${named}, ${of}` : `${what} ${named} ${of}`;
}
