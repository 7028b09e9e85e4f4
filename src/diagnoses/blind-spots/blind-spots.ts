/**
 * What was measured of a right claim at all points → what could not have shown at any of them. The known mistakes are made to the claim, and
 * it is asked whether the verdict would have been the same. No losses.
 */

import type { ParameterEvidence } from '../../check/measurement.js';
import type { BlindSpot } from '../../report.js';
import { anyFactor, MUTATIONS, type Seen } from './mutations.js';
import { MeasuredClaim } from './measured-claim.js';

/** The parameters with entries that are due, at a point; undefined is one of which the point tells nothing. */
export type SeenAtPoint = readonly (ParameterEvidence | undefined)[];

export function blindSpotsOf(points: readonly SeenAtPoint[]): readonly BlindSpot[] {
  const [first = []] = points;
  const all = first.map((_, k) => points.map((point) => point[k] && new MeasuredClaim(point[k])));
  const spots: BlindSpot[] = [];
  const live: Live[] = [];
  for (const one of all) {
    const [told, ...others] = one.filter((point) => point !== undefined);
    if (told === undefined) continue;
    const { name, shape } = told.evidence;
    const seen: Seen = { name, shape, points: [told, ...others] };
    const zero = anyFactor(seen);
    spots.push(...(zero.length > 0 ? zero : MUTATIONS.flatMap((mutation) => mutation(seen))));
    if (zero.length === 0) live.push({ name, atPoints: one });
  }
  return [...spots, ...exchangedParameters(live)];
}

/** A parameter at each point. */
interface Live {
  readonly name: string;
  readonly atPoints: readonly (MeasuredClaim | undefined)[];
}

/** Parameters of as many entries with each other's gradients. */
function exchangedParameters(live: readonly Live[]): readonly BlindSpot[] {
  // Those of equal gradients are neighbours in the order of their sizes.
  const sorted = live.toSorted((a, b) => countOf(a) - countOf(b) || sizeOf(a) - sizeOf(b));
  return sorted.flatMap((one, k) => {
    const other = sorted[k + 1];
    if (other === undefined || countOf(one) !== countOf(other) || !areAlike(one, other)) return [];
    const because = `the gradients of ${one.name} and ${other.name} are equal: each other's gradients`;
    return [{ parameter: other.name, code: 'permuted', because }];
  });
}

function countOf({ atPoints }: Live): number {
  return atPoints.find((point) => point !== undefined)!.evidence.count;
}

function sizeOf({ atPoints }: Live): number {
  return atPoints.reduce((sum, point) => sum + (point?.size ?? 0), 0);
}

/** Whether the claims of two parameters show at no point where they stand in each other's places. */
function areAlike(one: Live, other: Live): boolean {
  const pairs = one.atPoints.map((point, k) => [point, other.atPoints[k]] as const);
  if (!pairs.some(([a, b]) => a !== undefined && b !== undefined)) return false;
  return pairs.every(
    ([a, b]) =>
      a === undefined ||
      b === undefined ||
      (!a.differs((i) => b.evidence.analytic[i]!) && !b.differs((i) => a.evidence.analytic[i]!)),
  );
}
