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
  const isZero = (slice: number): boolean =>
    points.every((point) => !point.differs(() => 0, membersOf(slices, slice)));
  return Array.from({ length: slices.size }, (_, slice) => slice).filter(isZero);
}

/** The slices that could stand in each other's places, in groups; those that are zero are left aside. */
export function equalSlices(
  points: readonly MeasuredClaim[],
  slices: Slices,
): readonly (readonly number[])[] {
  if (slices.size > MOST_SLICES) return [];
  const signatures = signaturesOf(points, slices);
  const aside = new Set(zeroSlices(points, slices));
  const sorted = Array.from(signatures.keys())
    .filter((slice) => !aside.has(slice))
    .toSorted((a, b) => signatures[a]! - signatures[b]!);
  const groups: number[][] = [];
  for (const [rank, slice] of sorted.entries()) {
    const before = sorted[rank - 1];
    if (before !== undefined && areAlike(points, slices, before, slice)) groups.at(-1)!.push(slice);
    else groups.push([slice]);
  }
  return groups.filter(({ length }) => length > 1).map((group) => group.toSorted((a, b) => a - b));
}

/** Sums of the entries of each slice at all points, with random weights: those of equal slices are neighbours. */
function signaturesOf(points: readonly MeasuredClaim[], slices: Slices): Float64Array {
  const signatures = new Float64Array(slices.size);
  const random = randomNumbers(SEED);
  for (const { evidence, size } of points) {
    const weights = Array.from({ length: evidence.count / slices.size }, random);
    for (let slice = 0; slice < slices.size; slice += 1) {
      const members = membersOf(slices, slice);
      for (let k = 0; k < members.count; k += 1)
        signatures[slice]! += weights[k]! * (evidence.analytic[members.at(k)]! / size);
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
