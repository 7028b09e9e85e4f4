/**
 * Finds which slice of a claimed gradient belongs where. Each slice has a signature, the sum of its entries with pseudo-random
 * weights; claimed and true slices are paired in the order of their signatures, and the pairing is then put to the proof. Where
 * that finds none, as a few badly known entries can put signatures out of order, the orders that people make are tried.
 */

import { shareLeft } from '../numerics/fit.js';
import { randomIntegers } from '../numerics/random.js';
import type { WrongParameter } from './wrong-parameter.js';
import type { Slices } from './layouts.js';

/** Seed of the weights; any would do. */
const SEED = 1;

/** A slice is told from its neighbours when their signatures lie this many uncertainties apart. */
const APART = 2;

/** At least this share of the slices that moved must be told apart: else chance could pair them. */
const LEAST_TOLD = 1 / 2;

/** So many entries may be moved in trying orders one by one: a tenth of a second's work. Small parameters have all orders tried. */
const MOST_MOVED: number = 2 ** 17;

/** The place where each slice of the claim belongs; undefined where no order of them explains the error, or too many would. */
export function matchSlices(parameter: WrongParameter, slices: Slices): readonly number[] | undefined {
  const order = sortedOrder(parameter, slices);
  if (order !== undefined) return order;
  for (const usual of usualOrders(slices.size, parameter.count))
    if (shareLeft([parameter], [rearranged(parameter.analytic, slices, usual)]) !== undefined) return usual;
  return undefined;
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

/** The order in which the slices have the same ranks. */
function sortedOrder(parameter: WrongParameter, slices: Slices): readonly number[] | undefined {
  const { analytic, numeric, uncertainty, tolerance, count } = parameter;
  if (slices.size < 2 || numeric.some(Number.isNaN)) return undefined;
  const weights = weightsFor(parameter, slices);
  const claimed = new Float64Array(slices.size);
  const real = new Float64Array(slices.size);
  const doubt = new Float64Array(slices.size);
  for (let i = 0; i < count; i += 1) {
    const slice = slices.of(i);
    claimed[slice]! += weights[i]! * analytic[i]!;
    real[slice]! += weights[i]! * numeric[i]!;
    doubt[slice]! += weights[i]! * (uncertainty[i]! + tolerance * Math.abs(numeric[i]!));
  }
  const from = ranks(claimed);
  const to = ranks(real);
  const order = Array.from({ length: slices.size }, () => 0);
  for (const [rank, slice] of from.entries()) order[slice] = to[rank]!;
  settleTies(order, real, doubt);
  if (!isTold(order, to, real, doubt)) return undefined;
  return shareLeft([parameter], [rearranged(analytic, slices, order)]) === undefined ? undefined : order;
}

/** Weights by the place within the slice, from ½ to 1, the same for every slice. */
function weightsFor({ count }: WrongParameter, slices: Slices): Float64Array {
  const integers = randomIntegers(SEED);
  const within = new Float64Array(count / slices.size).map(() => 1 + (integers() >>> 0) / 2 ** 32);
  const seen = new Uint32Array(slices.size);
  return new Float64Array(count).map((_, i) => within[seen[slices.of(i)]!++]!);
}

/** The slices in the order of their signatures. */
function ranks(signatures: Float64Array): number[] {
  return Array.from(signatures.keys()).toSorted((a, b) => signatures[a]! - signatures[b]! || a - b);
}

/** Slices that are alike, as zeros are, stay where they are, rather than count as moved. */
function settleTies(order: number[], real: Float64Array, doubt: Float64Array): void {
  const source = new Uint32Array(order.length);
  for (const [from, to] of order.entries()) source[to] = from;
  for (let from = 0; from < order.length; from += 1) {
    const to = order[from]!;
    if (from === to || Math.abs(real[from]! - real[to]!) > doubt[from]! + doubt[to]!) continue;
    const other = source[from]!;
    order[other] = to;
    source[to] = other;
    order[from] = from;
    source[from] = from;
  }
}

/** Whether enough of the slices that moved differ from their neighbours by more than is uncertain. */
function isTold(
  order: readonly number[],
  sorted: readonly number[],
  real: Float64Array,
  doubt: Float64Array,
): boolean {
  let moved = 0;
  let told = 0;
  for (const [rank, slice] of sorted.entries()) {
    if (order[slice] === slice) continue;
    moved += 1;
    const near = [sorted[rank - 1], sorted[rank + 1]].filter((other) => other !== undefined);
    told += Number(
      near.every((other) => Math.abs(real[slice]! - real[other]!) > APART * (doubt[slice]! + doubt[other]!)),
    );
  }
  return moved >= 2 && told >= LEAST_TOLD * moved;
}

/** The entries of an array with each slice in the place where it belongs. */
export function rearranged(array: Float64Array, slices: Slices, order: readonly number[]): Float64Array {
  const count = array.length;
  const members: number[][] = Array.from({ length: slices.size }, () => []);
  for (let i = 0; i < count; i += 1) members[slices.of(i)]!.push(i);
  const corrected = new Float64Array(count);
  for (const [from, to] of order.entries())
    for (const [k, entry] of members[from]!.entries()) corrected[members[to]![k]!] = array[entry]!;
  return corrected;
}
