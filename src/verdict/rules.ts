/**
 * The rules of the verdict, over the model, a parameter, or one entry. With d = g − n over a group and U the norm of the
 * uncertainties in it: wrong, when ‖d‖ exceeds tolerance · (‖g‖ + ‖n‖) by more than U; else correct, when (2) is within the
 * tolerance or both gradients are zero to within U; else inconclusive. All comparisons are written so that NaN never passes.
 */

import { type Compared, type GroupNorms, relativeDifference } from '../numerics/norms.js';
import type { Verdict } from '../report.js';
import type { Tolerances } from './tolerance.js';

/** Rule 1 for a group. */
export function isWrong(norms: GroupNorms, tolerance: number): boolean {
  return exceeds(norms.difference, norms.claimed + norms.numeric, norms.uncertainty, tolerance);
}

function exceeds(difference: number, size: number, uncertainty: number, tolerance: number): boolean {
  return !(difference - tolerance * size <= uncertainty);
}

/** Both gradients are zero as far as can be told. */
export function isStationary(norms: GroupNorms): boolean {
  return norms.analytic <= norms.uncertainty && norms.numeric <= norms.uncertainty;
}

/** Rules 1 to 3 for a group. `moves`: the loss does move when the group is perturbed, which a stationary point needs. */
export function judgeGroup(norms: GroupNorms, tolerances: Tolerances, moves: boolean): Verdict {
  if (isWrong(norms, tolerances.wrong)) return 'wrong';
  if (relativeDifference(norms) <= tolerances.correct || (moves && isStationary(norms))) return 'correct';
  return 'inconclusive';
}

/** A run of entries; `to` is not among them. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** One parameter's numbers with its root mean square size, against which its entries are measured. */
export interface Measured extends Compared {
  /** The entries that are looked at. */
  readonly due: Run;
  /** rms(g) + rms(n); of a part, as much of that as can be known: rms(g), and rms(n) as if n were zero where it is not looked at. */
  readonly typical: number;
  /** ‖g − n‖, which no entry's difference exceeds. */
  readonly difference: number;
}

/** Prepares a parameter's entries to be judged. */
export function measured(compared: Compared, norms: GroupNorms, due: Run): Measured {
  const root = Math.sqrt(Math.max(1, norms.checked));
  const { analytic, numeric, uncertainty } = compared;
  // A claim that is not finite has no size: its other entries are then measured against the numeric gradient.
  const claimed = Number.isFinite(norms.claimed) ? norms.claimed : norms.numeric;
  return {
    due,
    analytic,
    numeric,
    uncertainty,
    typical: ((claimed + Math.sqrt(norms.share) * norms.numeric) / root) * norms.scale,
    difference: norms.difference * norms.scale,
  };
}

/** The entries of a parameter that are wrong by themselves. */
export function wrongEntries(group: Measured, tolerance: number): readonly number[] {
  // No entry's difference exceeds the whole one.
  if (group.difference <= tolerance * group.typical) return [];
  const found: number[] = [];
  const { from, to } = group.due;
  for (let i = from; i < to; i += 1) if (isEntryWrong(group, i, tolerance)) found.push(i);
  return found;
}

/** The few entries that can exceed the tolerance at all, as no entry's size is below the typical one; NaN is among them. */
export function entriesBeyond({ analytic, numeric, typical, due }: Measured, tolerance: number): number[] {
  const within = tolerance * typical;
  const found: number[] = [];
  for (let i = due.from; i < due.to; i += 1)
    if (!(Math.abs(analytic[i]! - numeric[i]!) <= within)) found.push(i);
  return found;
}

/** Rule 1 for one entry: measured against its parameter's root mean square, or its own size where that is larger. */
export function isEntryWrong(group: Measured, i: number, tolerance: number): boolean {
  const n = group.numeric[i]!;
  if (!Number.isFinite(n)) return false;
  const g = group.analytic[i]!;
  return exceeds(Math.abs(g - n), entrySize(group, g, n), group.uncertainty[i]!, tolerance);
}

/** What an entry with these derivatives is measured against. */
export function entrySize({ typical }: Measured, analytic: number, numeric: number): number {
  const own = Math.abs(analytic) + Math.abs(numeric);
  return typical > own ? typical : own;
}
