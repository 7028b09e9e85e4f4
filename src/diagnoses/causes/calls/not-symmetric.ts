/** A Hessian that is not symmetric: one of the two orders of differentiation is wrong, or what is differentiated is no gradient. */

import type { Finding } from '../../../report.js';
import type { Evidence } from '../../../check/measurement.js';
import { brief } from '../../words.js';

export function notSymmetric({ contradictions, claim }: Evidence): readonly Finding[] {
  return contradictions.flatMap((broken) => {
    if (broken.kind !== 'not-symmetric') return [];
    const { row, column, value, mirrored, pairs, measured } = broken;
    const numbers =
      pairs === 0
        ? `for two random vectors v and w, v·${claim}(w) is ${brief(value)}, and w·${claim}(v) is ${brief(mirrored)}`
        : `${row} by ${column} is ${brief(value)}, ${column} by ${row} is ${brief(mirrored)}`;
    return [
      {
        code: 'not-symmetric',
        evidence: { value, mirrored, pairs },
        title: measured
          ? `What gradients() gives is the gradient of no function: its derivatives, which are claimed rightly, are not symmetric; ${numbers}.`
          : `What ${claim}() claims is not symmetric: ${numbers}.`,
        advice: measured
          ? 'Check gradients() against its loss first: of a true gradient the second derivatives are the same in both orders.'
          : 'Mixed second derivatives are the same in both orders: look for a term that only one half of the matrix has, or that one half has twice.',
      },
    ];
  });
}
