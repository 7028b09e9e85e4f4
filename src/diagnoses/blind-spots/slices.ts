/** The claims for a parameter at all points, and an axis of its shape → the slices that are zero at every point, and those that are equal. */

import { randomNumbers } from '../../numerics/random.js';
import { membersOf, type Slices } from '../layouts.js';
import type { MeasuredClaim } from './measured-claim.js';

/** So many slices along an axis are compared: a tenth of a second's work. */
const MOST_SLICES: number = 2 ** 16;

/** Seed of the weights; any would do. */
const SEED = 1;

/** The slices that could be left out, and nothing would show. */
export function zeroSlices(points: readonly MeasuredClaim[], slices: Slices): readonly number[] {
  return placesOf(areZero(points, slices), 1);
}

/** For each slice 1 where it could be left out, else 0. */
function areZero(points: readonly MeasuredClaim[], slices: Slices): Uint8Array {
  const flags = new Uint8Array(slices.size).fill(1);
  for (const point of points)
    for (let slice = 0; slice < slices.size; slice += 1)
      if (flags[slice] === 1 && point.differsFromZero(membersOf(slices, slice))) flags[slice] = 0;
  return flags;
}

function placesOf(flags: Uint8Array, wanted: number): number[] {
  const places: number[] = [];
  for (let k = 0; k < flags.length; k += 1) if (flags[k] === wanted) places.push(k);
  return places;
}

/** The slices that could stand in each other's places, in groups; those that are zero are left aside. */
export function equalSlices(
  points: readonly MeasuredClaim[],
  slices: Slices,
): readonly (readonly number[])[] {
  if (slices.size > MOST_SLICES) return [];
  const left = placesOf(areZero(points, slices), 0);
  const signatures = signaturesOf(points, slices, left);
  const sorted = left.toSorted((a, b) => signatures[a]! - signatures[b]!);
  const groups: number[][] = [];
  for (const [rank, slice] of sorted.entries()) {
    const before = sorted[rank - 1];
    if (before !== undefined && areAlike(points, slices, before, slice)) groups.at(-1)!.push(slice);
    else groups.push([slice]);
  }
  return groups.filter(({ length }) => length > 1).map((group) => group.toSorted((a, b) => a - b));
}

/** Sums of the entries of some slices at all points, with random weights: those of equal slices are neighbours. */
function signaturesOf(
  points: readonly MeasuredClaim[],
  slices: Slices,
  some: readonly number[],
): Float64Array {
  const signatures = new Float64Array(slices.size);
  const random = randomNumbers(SEED);
  for (const { evidence, size } of points) {
    const weights = Array.from({ length: evidence.count / slices.size }, random);
    for (const slice of some) {
      const { first, inner, outer, stride } = membersOf(slices, slice);
      for (let k = 0; k < inner * outer; k += 1) {
        const i = first + Math.floor(k / inner) * stride + (k % inner);
        signatures[slice]! += weights[k]! * (evidence.analytic[i]! / size);
      }
    }
  }
  return signatures;
}

/** Whether an exchange of two slices shows at no point. */
function areAlike(points: readonly MeasuredClaim[], slices: Slices, a: number, b: number): boolean {
  const apart = (b - a) * slices.inner;
  return points.every(
    (point) =>
      !point.differs((i) => point.evidence.analytic[i + apart]!, membersOf(slices, a)) &&
      !point.differs((i) => point.evidence.analytic[i - apart]!, membersOf(slices, b)),
  );
}
