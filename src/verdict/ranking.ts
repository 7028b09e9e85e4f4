/**
 * A parameter's judged entries → those to look at again, and those to report, worst first.
 */

import type { Offender, Verdict } from '../report.js';
import { entriesBeyond, entrySize, isEntryWrong, type Measured } from './rules.js';

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
  return open.toSorted((a, b) => scores.get(b)! - scores.get(a)!);
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
  { parameter, entry }: Pick<Suspect, 'parameter' | 'entry'>,
  tolerance: number,
  most: number,
): void {
  const score = scoreOf(group, entry, tolerance);
  if (score === undefined) return;
  const verdict = isEntryWrong(group, entry, tolerance) ? 'wrong' : 'inconclusive';
  const before = suspects.findIndex((other) => other.score < score);
  suspects.splice(before < 0 ? suspects.length : before, 0, { parameter, entry, score, verdict });
  if (suspects.length > most) suspects.pop();
}

/** The entries of a parameter that would be reported, worst first. */
export function worstEntries(group: Measured, tolerance: number, most: number): number[] {
  const suspects: Suspect[] = [];
  for (const entry of entriesBeyond(group, tolerance))
    noteSuspect(suspects, group, { parameter: 0, entry }, tolerance, most);
  return suspects.map(({ entry }) => entry);
}

function scoreOf(group: Measured, i: number, tolerance: number): number | undefined {
  const g = group.analytic[i]!;
  const n = group.numeric[i]!;
  if (!Number.isFinite(g)) return WORST_SCORE;
  if (!Number.isFinite(n)) return UNMEASURED_SCORE;
  const difference = Math.abs(g - n);
  const size = entrySize(group, i, g, n);
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

/** Of suspects those that are wrong; all, where none is by itself. */
export function wrongOf(suspects: readonly Suspect[]): readonly Suspect[] {
  const wrong = suspects.filter(({ verdict }) => verdict === 'wrong');
  return wrong.length > 0 ? wrong : suspects;
}

/** |g − n| over what the entry is measured against: what is held against the tolerance. */
function judgedDifference(group: Measured, i: number): number {
  const [g, n] = [group.analytic[i]!, group.numeric[i]!];
  const own = entryDifference(g, n);
  const size = entrySize(group, i, g, n);
  // Where the entry's own size overflows it is not less than any other.
  return size > Math.abs(g) + Math.abs(n) ? Math.abs(g - n) / size : own;
}

/** A suspect as the report shows it. */
export function offender(
  suspect: Suspect,
  parameter: string,
  index: readonly number[],
  group: Measured,
): Offender {
  return {
    parameter,
    index,
    analytic: group.analytic[suspect.entry]!,
    numeric: group.numeric[suspect.entry]!,
    uncertainty: group.uncertainty[suspect.entry]!,
    difference: judgedDifference(group, suspect.entry),
    verdict: suspect.verdict,
  };
}
