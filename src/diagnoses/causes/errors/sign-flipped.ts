/** The claimed gradient is the true one with the other sign. */

import { shareLeft } from '../../../numerics/fit.js';
import { type WrongParameter, namesOf } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { besides, scaledBeside } from '../../penalties.js';
import { isMultiple } from './scaled.js';

/** A fitted factor is −1 when it is this close to it. */
const FLIPPED_WITHIN = 1e-4;

export const signFlipped: Cause = {
  code: 'sign-flipped',
  explain: (group) => (isFlipped(group) ? explanationOf(group) : undefined),
};

/** The same of what is left when a penalty that is right is taken away. */
export const signFlippedBesidePenalty: Cause = {
  code: 'sign-flipped',
  explain(group, { unit }) {
    const found = scaledBeside(group, isMultiple);
    if (found === undefined || !(Math.abs(found.factor + 1) <= FLIPPED_WITHIN)) return undefined;
    const lambda = found.lambda * unit;
    return explanationOf(group, { lambda, power: found.penalty.power }, besides(found.penalty, lambda));
  },
};

function isFlipped(group: readonly WrongParameter[]): boolean {
  const flipped = group.map(({ analytic }) => analytic.map((value) => -value));
  return shareLeft(group, flipped) !== undefined;
}

function explanationOf(
  group: readonly WrongParameter[],
  evidence: Explanation['evidence'] = {},
  more = '',
): Explanation {
  return {
    evidence: { factor: -1, ...evidence },
    title: `The gradient of ${namesOf(group)}${more === '' ? '' : `,${more},`} has the wrong sign: it is the true one times −1.`,
    advice:
      'Look for target − output where output − target is meant, a lost minus of a negative log-likelihood, or a ' +
      'gradient that was already negated for a descent step.',
  };
}
