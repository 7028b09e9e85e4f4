/** Wrong parameters whose analytic gradient is minus the numeric one → that factor, −1. */

import { shareLeft } from '../../../numerics/fit.js';
import type { Cause, Explanation } from '../../cause.js';
import { besides, scaledBeside } from '../../penalties.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';
import { isMultiple } from './scaled.js';

/** A fitted factor is −1 when it is this close to it. */
const FLIPPED_WITHIN = 1e-4;

export const signFlipped: Cause<'sign-flipped'> = {
  code: 'sign-flipped',
  explain(group, { words }) {
    const flipped = group.map(({ analytic }) => analytic.map((g) => -g));
    if (shareLeft(group, flipped) === undefined) return undefined;
    return { evidence: { factor: -1 }, ...textFor(group, words) };
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const signFlippedBesidePenalty: Cause<'sign-flipped'> = {
  code: 'sign-flipped',
  explain(group, { unit, words }) {
    const found = scaledBeside(group, isMultiple);
    if (found === undefined || !(Math.abs(found.factor + 1) <= FLIPPED_WITHIN)) return undefined;
    const { penalty } = found;
    const lambda = found.lambda * unit;
    return {
      evidence: { factor: -1, lambda, power: penalty.power },
      ...textFor(group, words, `,${besides(penalty, lambda)},`),
    };
  },
};

/** @param aside what is right, after the name of the gradient */
function textFor(
  group: readonly WrongParameter[],
  words: Words,
  aside = '',
): Pick<Explanation<'sign-flipped'>, 'title' | 'advice'> {
  return {
    title: `The ${words.gradientOf(group)}${aside} has the wrong sign: it is the true one times −1.`,
    advice:
      'Look for target − output where output − target is meant, a lost minus of a negative log-likelihood, or a ' +
      'gradient that was already negated for a descent step.',
  };
}
