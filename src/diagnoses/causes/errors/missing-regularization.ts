/**
 * Wrong parameters whose error is proportional to their values, or to the signs of these → λ: an L2 or L1 penalty is in the loss and not
 * in the backward pass, or the reverse. λ is what the gradient lacks per unit of θ, n − g = λ θ: the penalty is then λ/2 ‖θ‖² (or λ ‖θ‖₁).
 */

import { isShared, proportion, shareLeft, weightsOf } from '../../../numerics/fit.js';
import { brief } from '../../brief.js';
import type { Cause, Explanation } from '../../cause.js';
import { namesOf } from '../../names.js';
import { isConstant, isTellingOf, isWritten, PENALTIES, type Penalty } from '../../penalties.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';

type Code = 'missing-regularization';

export const missingRegularization: Cause<Code> = {
  code: 'missing-regularization',
  explain(group, { unit, words }) {
    if (!isShared(group)) return undefined;
    for (const penalty of PENALTIES) {
      const slopes = group.map(({ values }) => penalty.slopes(values));
      const lambda = lambdaOf(group, slopes);
      if (lambda !== undefined && isTellingOf(penalty, slopes, lambda * unit))
        return explanationOf(group, penalty, lambda * unit, words);
    }
    return undefined;
  },
};

function lambdaOf(group: readonly WrongParameter[], slopes: readonly Float64Array[]): number | undefined {
  // Where it is the same for every entry, nothing tells it from an offset.
  if (isConstant(slopes)) return undefined;
  const missing = group.map(({ analytic, numeric }) => numeric.map((n, i) => n - analytic[i]!));
  const lambda = proportion(slopes, missing, group.map(weightsOf));
  const corrected = group.map(({ analytic }, p) => analytic.map((g, i) => g + lambda * slopes[p]![i]!));
  return shareLeft(group, corrected) === undefined ? undefined : lambda;
}

/** Whether the error may as well be what a normalisation takes away: the true gradient is at right angles to each parameter, as far as that is known. */
function isAlongLength(group: readonly WrongParameter[], power: number, lambda: number): boolean {
  if (power !== 2 || isWritten(lambda)) return false;
  return group.every(({ numeric, uncertainty, values }) => {
    const products = numeric.map((n, i) => n * values[i]!);
    const doubt = uncertainty.map((u, i) => (u * values[i]!) ** 2);
    const sum = (array: Float64Array): number => array.reduce((total, x) => total + x, 0);
    return products.length > 1 && Math.abs(sum(products)) <= Math.sqrt(sum(doubt));
  });
}

function explanationOf(
  group: readonly WrongParameter[],
  { power, term }: Penalty,
  lambda: number,
  words: Words,
): Explanation<Code> {
  const size = brief(Math.abs(lambda));
  const penalty = power === 2 ? '½λ‖θ‖²' : 'λ‖θ‖₁';
  const evidence = { lambda, power };
  const aside = isAlongLength(group, power, lambda)
    ? ` But ${size} is no number that anybody writes: where the ${words.loss} divides by the length of ${namesOf(group)}, it is the part along it that a normalisation takes away.`
    : '';
  const gradient = words.gradientOf(group);
  if (lambda > 0)
    return {
      evidence,
      title: `The ${gradient} lacks ${size}·${term}: the ${words.loss} has a penalty, ${penalty}, that the backward pass leaves out, or has less of.`,
      advice: `Add λ${power === 2 ? 'θ' : ' sign θ'} to the gradient, with the λ of the ${words.loss}, or take the penalty out of the ${words.loss}.${aside}`,
    };
  return {
    evidence,
    title: `The ${gradient} has ${size}·${term} too much: a penalty, ${penalty}, that the ${words.loss} does not have, or has less of.`,
    advice: `Weight decay belongs either to the optimiser or to the ${words.loss}: take the term out of ${words.claimant}, add it to ${words.differentiated}, or mend its factor or sign.${aside}`,
  };
}
