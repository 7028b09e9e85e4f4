/** Outcomes counted: by what they are counted, and how sure the shares are. */

import type { Outcome } from './judge.js';

/** So many of so many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

export interface Counts {
  readonly name: string;
  /** Right models called wrong, or on which the checker threw. */
  readonly falseAlarms: Share;
  /** Right models of which it says that it can't tell. */
  readonly inconclusive: Share;
  /** The same of those in which no right claim is noise. */
  readonly needless: Share;
  /** Structured faults called correct. */
  readonly passed: Share;
  /** Errors above twice (resolution + tolerance) that are not called wrong. */
  readonly missedAbove: Share;
  /** The same called correct. */
  readonly passedAbove: Share;
  /** Single entries off by a small error that are not called wrong. */
  readonly missedEntries: Share;
  /** Faults that are called wrong, with something right put first. */
  readonly misplaced: Share;
  /** Losses of right models over twice the numbers of their entries. */
  readonly cost: number;
}

function share(outcomes: readonly Outcome[], is: (outcome: Outcome) => boolean): Share {
  return { count: outcomes.filter(is).length, of: outcomes.length };
}

export function count(name: string, outcomes: readonly Outcome[]): Counts {
  const right = outcomes.filter(({ kind }) => kind === 'right');
  const wrong = outcomes.filter(({ kind }) => kind !== 'right');
  const isFound = ({ verdict }: Outcome): boolean => verdict === 'wrong';
  const total = (of: (outcome: Outcome) => number): number => right.reduce((sum, one) => sum + of(one), 0);
  return {
    name,
    falseAlarms: share(right, ({ verdict }) => verdict === 'wrong' || verdict === 'error'),
    inconclusive: share(right, ({ verdict }) => verdict === 'inconclusive'),
    needless: share(
      right.filter(({ clear }) => clear),
      ({ verdict }) => verdict === 'inconclusive',
    ),
    passed: share(
      wrong.filter(({ kind }) => kind === 'structured'),
      ({ verdict }) => verdict === 'correct',
    ),
    missedAbove: share(
      wrong.filter(({ above }) => above),
      (one) => !isFound(one),
    ),
    passedAbove: share(
      wrong.filter(({ above }) => above),
      ({ verdict }) => verdict === 'correct',
    ),
    missedEntries: share(
      wrong.filter(({ kind }) => kind === 'entry'),
      (one) => !isFound(one),
    ),
    misplaced: share(wrong.filter(isFound), ({ misplaced }) => misplaced),
    cost: total(({ losses }) => losses) / (2 * total(({ entries }) => entries)),
  };
}

/** By what `key` says of them, in the order of their appearance. */
export function countBy(outcomes: readonly Outcome[], key: (outcome: Outcome) => string): Counts[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const name = key(outcome);
    const group = groups.get(name) ?? [];
    group.push(outcome);
    groups.set(name, group);
  }
  return [...groups].map(([name, group]) => count(name, group));
}

/** The 97.5 % quantile of the normal distribution. */
const QUANTILE = 1.959_963_985;

/**
 * The 95 % interval of a share: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * J. Am. Stat. Assoc. 22 (1927), 209–212; as L. D. Brown, T. T. Cai and A. DasGupta advise for small counts, Stat. Sci. 16
 * (2001), 101–133.
 */
export function interval({ count: k, of: n }: Share): readonly [number, number] {
  if (n === 0) return [0, 1];
  const squared = QUANTILE ** 2 / n;
  const p = k / n;
  const middle = (p + squared / 2) / (1 + squared);
  const half = (QUANTILE * Math.sqrt((p * (1 - p)) / n + squared / (4 * n))) / (1 + squared);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** How bad a row is: what is plainly wrong, then what is not known. */
export function badness({ falseAlarms, passed, missedAbove, inconclusive, missedEntries }: Counts): number[] {
  const of = ({ count: k, of: n }: Share): number => (n === 0 ? 0 : k / n);
  return [of(falseAlarms) + of(passed) + of(missedAbove), of(inconclusive), of(missedEntries)];
}

/** The worst first. */
export function worstFirst(rows: readonly Counts[]): Counts[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [badness(a), badness(b)];
    const k = left.findIndex((value, i) => value !== right[i]);
    return k < 0 ? 0 : right[k]! - left[k]!;
  });
}
