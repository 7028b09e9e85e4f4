/** Wrong parameters whose analytic gradient is minus the numeric one → that factor, −1. */

import { shareLeft } from '../../../numerics/fit.js';
import type { Cause, Explanation } from '../../cause.js';
import { isUnlikely } from '../../expected.js';
import { besides, flippedBeside } from '../../penalties.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';
import { isMultiple } from './scaled.js';

/** How likely a claim of about the size may be the other one by what is uncertain, as a single number that is hardly known may. */
const LARGEST_CHANCE = 1 / 50;

export const signFlipped: Cause<'sign-flipped'> = {
  code: 'sign-flipped',
  explain(group, { words }) {
    const flipped = group.map(({ analytic }) => analytic.map((g) => -g));
    if (shareLeft(group, flipped) === undefined || !isUnlikely(group, LARGEST_CHANCE)) return undefined;
    return { evidence: { factor: -1 }, ...textFor(group, words) };
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const signFlippedBesidePenalty: Cause<'sign-flipped'> = {
  code: 'sign-flipped',
  explain(group, { unit, words }) {
    const found = flippedBeside(group, isMultiple);
    if (found === undefined) return undefined;
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
