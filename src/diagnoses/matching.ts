/**
 * A parameter and its slices along an axis → the place where each slice of the analytic gradient belongs. Each slice has a signature,
 * the sum of its entries with pseudo-random weights. Slices of the analytic and of the numeric gradient are paired in the order of their
 * signatures, and the pairing is then put to the proof. Where that finds none, as a few badly known entries can put signatures out of
 * order, the orders that people make are tried.
 */

import { shareLeft } from '../numerics/fit.js';
import { randomIntegers } from '../numerics/random.js';
import type { Slices } from './layouts.js';
import type { WrongParameter } from './wrong-parameter.js';

/** Seed of the weights; any would do. */
const SEED = 1;

/** A slice is distinct from its neighbours when their signatures lie this many uncertainties apart. */
const APART = 2;

/** At least this share of the slices that moved must be distinct: else chance could pair them. */
const LEAST_DISTINCT = 1 / 2;

/** So many entries may be moved in trying orders one by one: a tenth of a second's work. Small parameters have all orders tried. */
const MOST_MOVED: number = 2 ** 17;

/** The place where each slice belongs; undefined where no order of them explains the error, or too many would. */
export function matchSlices(parameter: WrongParameter, slices: Slices): readonly number[] | undefined {
  const sorted = sortedOrder(parameter, slices);
  if (sorted !== undefined && explains(sorted, parameter, slices)) return sorted;
  for (const usual of usualOrders(slices.size, parameter.count))
    if (explains(usual, parameter, slices)) return usual;
  return undefined;
}

function explains(order: readonly number[], parameter: WrongParameter, slices: Slices): boolean {
  return shareLeft([parameter], [rearranged(parameter.analytic, slices, order)]) !== undefined;
}

/** Orders that come of a wrong index, the likely first: all shifted, all reversed, two exchanged. As many as are worth the work. */
export function* usualOrders(size: number, count: number): Generator<readonly number[]> {
  let left = Math.floor(MOST_MOVED / count);
  const places = Array.from({ length: size }, (_, k) => k);
  if (size < 2 || left < 1) return;
  yield places.toReversed();
  for (let by = 1; 2 * by <= size && (left -= 2) > 0; by += 1) {
    yield places.map((k) => (k + by) % size);
    if (2 * by < size) yield places.map((k) => (k + size - by) % size);
  }
  for (let apart = 1; apart < size; apart += 1)
    for (let a = 0; a + apart < size && (left -= 1) > 0; a += 1)
      yield places.map((k) => (k === a ? a + apart : k === a + apart ? a : k));
}

/** The signatures of all slices, by both gradients, and how far those of the numeric one are uncertain. */
interface Signatures {
  readonly analytic: Float64Array;
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
}

/** The order in which the slices have the same ranks by both gradients; undefined where too few are distinct. */
function sortedOrder(parameter: WrongParameter, slices: Slices): readonly number[] | undefined {
  if (parameter.numeric.some(Number.isNaN)) return undefined;
  const signatures = signaturesOf(parameter, slices);
  const from = ranks(signatures.analytic);
  const to = ranks(signatures.numeric);
  const order = Array.from({ length: slices.size }, () => 0);
  for (const [rank, slice] of from.entries()) order[slice] = to[rank]!;
  settleTies(order, signatures);
  return areDistinct(order, to, signatures) ? order : undefined;
}

function signaturesOf(
  { analytic, numeric, uncertainty, tolerance, count }: WrongParameter,
  slices: Slices,
): Signatures {
  const weights = weightsFor(count, slices);
  const sums = {
    analytic: new Float64Array(slices.size),
    numeric: new Float64Array(slices.size),
    uncertainty: new Float64Array(slices.size),
  };
  for (let i = 0; i < count; i += 1) {
    const slice = slices.of(i);
    sums.analytic[slice]! += weights[i]! * analytic[i]!;
    sums.numeric[slice]! += weights[i]! * numeric[i]!;
    sums.uncertainty[slice]! += weights[i]! * (uncertainty[i]! + tolerance * Math.abs(numeric[i]!));
  }
  return sums;
}

/** Weights by the place within the slice, from 1 to 2, the same for every slice. */
function weightsFor(count: number, slices: Slices): Float64Array {
  const integers = randomIntegers(SEED);
  const within: number[] = [];
  const seen = new Uint32Array(slices.size);
  return new Float64Array(count).map((_, i) => {
    const place = seen[slices.of(i)]!++;
    return (within[place] ??= 1 + (integers() >>> 0) / 2 ** 32);
  });
}

/** The slices in the order of their signatures. */
function ranks(signatures: Float64Array): number[] {
  return Array.from(signatures.keys()).toSorted((a, b) => signatures[a]! - signatures[b]!);
}

/** Slices that are alike, as zeros are, stay where they are, rather than count as moved. */
function settleTies(order: number[], signatures: Signatures): void {
  const source = new Uint32Array(order.length);
  for (const [from, to] of order.entries()) source[to] = from;
  for (let from = 0; from < order.length; from += 1) {
    const to = order[from]!;
    if (differ(signatures, from, to, 1)) continue;
    const other = source[from]!;
    order[other] = to;
    source[to] = other;
    order[from] = from;
    source[from] = from;
  }
}

/** Whether the signatures of two slices are further apart than so many times what is uncertain in them. */
function differ({ numeric, uncertainty }: Signatures, a: number, b: number, times: number): boolean {
  return Math.abs(numeric[a]! - numeric[b]!) > times * (uncertainty[a]! + uncertainty[b]!);
}

/**
 * Whether enough of the slices that moved differ from their neighbours by more than is uncertain.
 * @param sorted the slices in the order of their numeric signatures
 */
function areDistinct(order: readonly number[], sorted: readonly number[], signatures: Signatures): boolean {
  let moved = 0;
  let distinct = 0;
  for (const [rank, slice] of sorted.entries()) {
    if (order[slice] === slice) continue;
    moved += 1;
    const near = [sorted[rank - 1], sorted[rank + 1]].filter((other) => other !== undefined);
    distinct += Number(near.every((other) => differ(signatures, slice, other, APART)));
  }
  return distinct >= LEAST_DISTINCT * moved;
}

/** The entries of an array with each slice in the place where it belongs. */
export function rearranged(array: Float64Array, slices: Slices, order: readonly number[]): Float64Array {
  const members: number[][] = Array.from({ length: slices.size }, () => []);
  for (let i = 0; i < array.length; i += 1) members[slices.of(i)]!.push(i);
  const corrected = new Float64Array(array.length);
  for (const [from, to] of order.entries())
    for (const [k, entry] of members[from]!.entries()) corrected[members[to]![k]!] = array[entry]!;
  return corrected;
}
