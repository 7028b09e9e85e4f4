/** Second derivatives in both orders → a Hessian that is not symmetric: one of the orders is wrong, or what is differentiated is no gradient. */

import type { Claimant, Evidence, NotSymmetric } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { brief } from '../../brief.js';
import type { Words } from '../../words.js';

export function notSymmetric({ contradictions, claim }: Evidence, words: Words): readonly Finding[] {
  return contradictions.flatMap((broken) => {
    if (broken.kind !== 'not-symmetric') return [];
    const { value, mirrored, pairs } = broken;
    return [
      { code: 'not-symmetric', evidence: { value, mirrored, pairs }, ...textFor(broken, claim, words) },
    ];
  });
}

function textFor(
  { row, column, value, mirrored, pairs, measured }: NotSymmetric,
  claim: Claimant,
  { claimant, differentiated }: Words,
): Pick<Finding, 'title' | 'advice'> {
  const numbers =
    pairs === 0
      ? `for two random vectors v and w, v·${claim}(w) is ${brief(value)}, and w·${claim}(v) is ${brief(mirrored)}`
      : `${row} by ${column} is ${brief(value)}, ${column} by ${row} is ${brief(mirrored)}`;
  if (measured)
    return {
      title: `What ${differentiated} gives is the gradient of no function: its derivatives, which are claimed rightly, are not symmetric; ${numbers}.`,
      advice: `Check ${differentiated} against its loss first: of a true gradient the second derivatives are the same in both orders.`,
    };
  return {
    title: `What ${claimant} claims is not symmetric: ${numbers}.`,
    advice:
      'Mixed second derivatives are the same in both orders: look for a term that only one half of the matrix has, or that one half has twice.',
  };
}
