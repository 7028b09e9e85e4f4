/** The cases of a check over sizes → the one to tell in full. */

import type { GradientReport, Verdict } from '../../report.js';

/** A combination of sizes that was checked. */
interface Case {
  readonly sizes: Readonly<Record<string, number>>;
  readonly report: Pick<GradientReport, 'verdict'>;
}

const WORST_FIRST: readonly Verdict[] = ['wrong', 'inconclusive', 'correct'];

/** Of the wrong cases, else of the inconclusive, the one with the smallest sizes; undefined where there is no case. */
export function worstCase<Own extends Case>(cases: readonly Own[]): Own | undefined {
  const worst = WORST_FIRST.find((verdict) => cases.some(({ report }) => report.verdict === verdict));
  const alike = cases.filter(({ report }) => report.verdict === worst);
  return alike.reduce<Own | undefined>(
    (best, own) => (best === undefined || sumOf(own) < sumOf(best) ? own : best),
    undefined,
  );
}

function sumOf({ sizes }: Case): number {
  return Object.values(sizes).reduce((sum, size) => sum + size, 0);
}
