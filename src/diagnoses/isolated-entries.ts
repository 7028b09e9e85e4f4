/**
 * Some entries of a parameter are wrong and the others right. Where the wrong ones make a row, a column, a slice, a diagonal
 * or come at every k-th place, that is told, and so is what was done to them, where it is one thing.
 */

import type { Finding } from '../report.js';
import { type Accused, namesOf } from './accused.js';
import type { Cause } from './cause.js';
import { type Pattern, patternOf } from './patterns.js';
import { factorOf } from './scaled.js';
import { brief, entries } from './words.js';

/** Without a pattern, more wrong entries than this share of all are no exceptions. */
const LARGEST_SHARE = 1 / 2;

export const isolatedEntries: Cause = {
  code: 'isolated-entries',
  few: true,
  explain(group) {
    if (group.length > 1) return undefined;
    const [parameter] = group as [Accused];
    const { wrong, count, othersRight, isSample } = parameter;
    if (wrong.length === 0 || wrong.length === count || isSample) return undefined;
    const pattern = patternOf(parameter);
    if (pattern === undefined && wrong.length > LARGEST_SHARE * count) return undefined;
    const which = pattern?.text ?? `${entries(wrong.length)} of ${count}`;
    const treatment = treatmentOf(parameter);
    const are = `${which} of the gradient of ${namesOf(group)} ${pattern?.single === true ? 'is' : 'are'} wrong${treatment?.text ?? ''}`;
    return {
      evidence: { entries: wrong.length, ...pattern?.evidence, ...treatment?.evidence },
      title: othersRight
        ? `Only ${are}; the others are right.`
        : `Some entries are wrong: ${are}, and the others were not all looked at.`,
      advice: adviceFor(pattern, wrong.length),
    };
  },
};

/** What was done to the wrong entries, where it is one thing. */
function treatmentOf(
  parameter: Accused,
): { readonly text: string; readonly evidence: Finding['evidence'] } | undefined {
  const pick = (array: Float64Array): Float64Array =>
    Float64Array.from(parameter.wrong, (i) => array[i - parameter.from]!);
  const { analytic, numeric, uncertainty, values } = parameter;
  const some: Accused = {
    ...parameter,
    shape: [parameter.wrong.length],
    count: parameter.wrong.length,
    values: pick(values),
    analytic: pick(analytic),
    numeric: pick(numeric),
    uncertainty: pick(uncertainty),
  };
  if (some.analytic.every((value) => value === 0))
    return { text: ', claimed to be zero', evidence: { factor: 0 } };
  const factor = factorOf([some]);
  if (factor === undefined) return undefined;
  return { text: `, by a factor of ${brief(factor)}`, evidence: { factor } };
}

function adviceFor(pattern: Pattern | undefined, wrong: number): string {
  if (pattern?.advice !== undefined) return pattern.advice;
  return wrong === 1
    ? 'Look for what treats this one entry differently: the first or last turn of a loop, an index written twice, a special case.'
    : 'Look for what these entries share: a branch, a mask, an index that is written twice or skipped.';
}
