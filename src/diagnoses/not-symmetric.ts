/** A Hessian that is not symmetric: one of the two orders of differentiation is wrong, or what is differentiated is no gradient. */

import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';
import { brief } from './words.js';

export function notSymmetric({ contradictions, terms }: Evidence): readonly Finding[] {
  return contradictions.flatMap((broken) => {
    if (broken.kind !== 'not-symmetric') return [];
    const { row, column, value, mirrored, pairs, measured } = broken;
    const numbers =
      pairs === 0
        ? `along two vectors of random signs v·${terms.claim}(w) is ${brief(value)}, w·${terms.claim}(v) ${brief(mirrored)}`
        : `by ${row} and ${column} it is ${brief(value)}, by ${column} and ${row} ${brief(mirrored)}`;
    return [
      {
        code: 'not-symmetric',
        evidence: { value, mirrored, pairs },
        title: measured
          ? `gradients() is no gradient: its derivatives, as ${terms.claim}() rightly has them, are not symmetric; ${numbers}.`
          : `The Hessian of ${terms.claim}() is not symmetric: ${numbers}.`,
        advice: measured
          ? 'Check gradients() against its loss first: mixed second derivatives of any smooth function are the same in both orders.'
          : 'Mixed second derivatives are the same in both orders: look for a term that is written into one half of the matrix, or twice into one.',
      },
    ];
  });
}
