/**
 * The rules of the verdict, over the model, a parameter, or one entry. With d = g − n over a group and U the norm of the
 * uncertainties in it: wrong, when ‖d‖ exceeds tolerance · (‖g‖ + ‖n‖) by more than U; else correct, when (2) is within the
 * tolerance or both gradients are zero to within U; else inconclusive. All comparisons are written so that NaN never passes.
 */

import type { Due } from '../model/due.js';
import { type Compared, type GroupNorms, relativeDifference } from '../numerics/norms.js';
import type { Offender, Verdict } from '../report.js';
import { LARGEST_DEFAULT_TOLERANCE } from './settings.js';
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

/** One parameter's numbers with its root mean square size, against which its entries are measured. */
export interface Measured extends Compared {
  /** The entries that are looked at. */
  readonly due: Due;
  /** rms(g) + rms(n); of a part, as much of that as can be known: rms(g), and rms(n) as if n were zero where it is not looked at. */
  readonly typical: number;
  /** ‖g − n‖, which no entry's difference exceeds. */
  readonly difference: number;
}

/** Prepares a parameter's entries to be judged. */
export function measured(compared: Compared, norms: GroupNorms, due: Due): Measured {
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
function entriesBeyond({ analytic, numeric, typical, due }: Measured, tolerance: number): number[] {
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

/**
 * The entries of a parameter that need a second look, worst first: those that are wrong so far and those that could not be
 * measured; where the parameter is wrong as a whole by many small errors, all that take up half the tolerance or more.
 */
export function suspectsOf(group: Measured, tolerance: number, wholeIsWrong: boolean): readonly number[] {
  let found = entriesBeyond(group, tolerance).filter(
    (i) => Number.isNaN(group.numeric[i]) || isEntryWrong(group, i, tolerance),
  );
  if (found.length === 0 && wholeIsWrong)
    found = entriesBeyond(group, tolerance / 2).filter((i) => scoreOf(group, i, tolerance / 2) !== undefined);
  // A claimed value that is not finite is wrong beside any number; no step can clear it.
  const open = found.filter((i) => Number.isFinite(group.analytic[i]) || Number.isNaN(group.numeric[i]));
  const scores = new Map(open.map((i) => [i, scoreOf(group, i, tolerance) ?? 0]));
  return open.toSorted((a, b) => scores.get(b)! - scores.get(a)! || a - b);
}

/** Noise is averaged away by up to 64 differences, which divide it by 8; beyond that nothing more is to be had of an entry. */
const AVERAGED = 8;

/**
 * The entries that noise leaves open: off by more than any default tolerance allows, they may be wrong, and averages can tell.
 */
export function openEntries(group: Measured, tolerance: number): number[] {
  const bound = Math.max(tolerance, LARGEST_DEFAULT_TOLERANCE);
  return entriesBeyond(group, bound).filter((i) => {
    const g = group.analytic[i]!;
    const n = group.numeric[i]!;
    const allowed = bound * entrySize(group, g, n);
    const hidden = group.uncertainty[i]!;
    return Math.abs(g - n) > allowed && hidden < AVERAGED * allowed && !isEntryWrong(group, i, tolerance);
  });
}

/** An entry to report, by its places. */
export interface Suspect {
  readonly parameter: number;
  readonly entry: number;
  /** How bad: beyond-noise difference over size; the larger the worse. */
  readonly score: number;
  readonly verdict: Verdict;
}

/** Score of an entry whose claimed value is not finite: worse than any number. */
const WORST_SCORE: number = Infinity;
/** Score of an entry that could not be measured: behind all that could. */
const UNMEASURED_SCORE = -Infinity;

/**
 * Puts an entry that exceeds the tolerance into `suspects`, sorted worst first and at most `most` long. Entries within the
 * tolerance are left out.
 */
export function noteSuspect(
  suspects: Suspect[],
  group: Measured,
  parameter: number,
  entry: number,
  tolerance: number,
  most: number,
): void {
  const score = scoreOf(group, entry, tolerance);
  if (score === undefined) return;
  if (suspects.length === most && score <= suspects.at(-1)!.score) return;
  const verdict = isEntryWrong(group, entry, tolerance) ? 'wrong' : 'inconclusive';
  const before = suspects.findIndex((other) => other.score < score);
  suspects.splice(before < 0 ? suspects.length : before, 0, { parameter, entry, score, verdict });
  if (suspects.length > most) suspects.pop();
}

function scoreOf(group: Measured, i: number, tolerance: number): number | undefined {
  const g = group.analytic[i]!;
  const n = group.numeric[i]!;
  if (!Number.isFinite(n)) return UNMEASURED_SCORE;
  if (!Number.isFinite(g)) return WORST_SCORE;
  const difference = Math.abs(g - n);
  const size = entrySize(group, g, n);
  return difference <= tolerance * size ? undefined : (difference - group.uncertainty[i]!) / size;
}

/**
 * How far an entry is off beyond its uncertainty, relative to its size, so that it is wrong above the tolerance: never negative,
 * Infinity where the claim is not finite, NaN where nothing was compared.
 */
export function excessOf(group: Measured, i: number): number {
  const score = scoreOf(group, i, 0);
  return score === UNMEASURED_SCORE ? Number.NaN : Math.max(0, score ?? 0);
}

/** |g − n| / (|g| + |n|) for one entry: 0 when both are zero. */
export function entryDifference(analytic: number, numeric: number): number {
  if (analytic === numeric) return 0;
  return Math.abs(analytic / 2 - numeric / 2) / (Math.abs(analytic) / 2 + Math.abs(numeric) / 2);
}

/** A suspect as the report shows it. */
export function offender(
  suspect: Suspect,
  parameter: string,
  index: readonly number[],
  compared: Compared,
): Offender {
  const analytic = compared.analytic[suspect.entry]!;
  const numeric = compared.numeric[suspect.entry]!;
  return {
    parameter,
    index,
    analytic,
    numeric,
    uncertainty: compared.uncertainty[suspect.entry]!,
    difference: entryDifference(analytic, numeric),
    verdict: suspect.verdict,
  };
}
