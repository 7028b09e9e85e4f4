/** What was found at each combination of sizes → the report on all of them: the verdict, the law of the error, the condition for it. */

import { powerLaw, type SizedFactor } from '../../numerics/power-law.js';
import type { GradientReport, Verdict } from '../../report.js';
import type { SizesReport } from '../../sizes-report.js';
import type { SizesHere } from './size-cases.js';
import { conditionFor } from './size-conditions.js';

/** A combination that was checked. */
export interface CheckedCase {
  readonly sizes: SizesHere;
  readonly report: GradientReport;
  /** The factor that is all that is wrong with the claims, if it is. */
  readonly factor: Pick<SizedFactor, 'factor' | 'within'> | undefined;
}

export function sizesReport(checked: readonly CheckedCase[]): SizesReport {
  const failed = checked.filter(isOf('wrong'));
  const right = checked.filter(isOf('correct'));
  const everywhere = lawOf([...failed, ...right]);
  const exponents = everywhere ?? lawOf(failed);
  const predictor =
    everywhere === undefined ? conditionFor(failed.map(sizesIn), right.map(sizesIn)) : undefined;
  return {
    verdict: verdictOf(checked),
    cases: checked.map(({ sizes, report }) => ({ sizes, report })),
    ...(exponents === undefined ? {} : { law: { exponents } }),
    ...(predictor === undefined ? {} : { predictor }),
  };
}

function isOf(verdict: Verdict): (one: Pick<CheckedCase, 'report'>) => boolean {
  return ({ report }) => report.verdict === verdict;
}

function sizesIn({ sizes }: CheckedCase): SizesHere {
  return sizes;
}

function verdictOf(checked: readonly CheckedCase[]): Verdict {
  if (checked.some(isOf('wrong'))) return 'wrong';
  return checked.length === 0 || checked.some(isOf('inconclusive')) ? 'inconclusive' : 'correct';
}

/** The exponents of the law that the factors of some cases follow; where the claim is right the factor is 1. */
function lawOf(cases: readonly CheckedCase[]): Readonly<Record<string, number>> | undefined {
  const [first] = cases;
  if (first === undefined || !cases.some(isOf('wrong'))) return undefined;
  const factors = cases.flatMap(({ sizes, report, factor }) => {
    const { tolerance, resolution, verdict } = report;
    const own = verdict === 'correct' ? { factor: 1, within: tolerance + resolution } : factor;
    return own === undefined ? [] : [{ ...own, sizes: Object.values(sizes) }];
  });
  const exponents = factors.length < cases.length ? undefined : powerLaw(factors);
  return exponents && Object.fromEntries(Object.keys(first.sizes).map((name, s) => [name, exponents[s]!]));
}
