/**
 * The error is proportional to the parameters themselves, or to their signs: an L2 or L1 penalty is in the loss and not in the
 * backward pass, or the reverse. λ is what the gradient lacks per unit of θ, n − g = λ θ: the penalty is then λ/2 ‖θ‖² (or λ ‖θ‖₁).
 */

import { isShared, proportion, shareLeft, weightsOf } from '../../../numerics/fit.js';
import { type WrongParameter, namesOf } from '../../wrong-parameter.js';
import type { Cause } from '../../cause.js';
import { isConstant, PENALTIES, type Penalty } from '../../penalties.js';
import { brief } from '../../words.js';

export const missingRegularization: Cause = {
  code: 'missing-regularization',
  explain(group, { unit }) {
    if (!isShared(group)) return undefined;
    for (const penalty of PENALTIES) {
      const slopes = group.map(({ values }) => penalty.slopes(values));
      // Where it is the same for every entry, nothing tells it from an offset.
      if (isConstant(slopes)) continue;
      const lambda = lambdaOf(group, slopes);
      if (lambda !== undefined) return explanationOf(group, penalty, lambda * unit);
    }
    return undefined;
  },
};

function lambdaOf(group: readonly WrongParameter[], slopes: readonly Float64Array[]): number | undefined {
  const missing = group.map(({ analytic, numeric }) => numeric.map((n, i) => n - analytic[i]!));
  const lambda = proportion(slopes, missing, group.map(weightsOf));
  if (!Number.isFinite(lambda) || lambda === 0) return undefined;
  const corrected = group.map(({ analytic }, p) => analytic.map((g, i) => g + lambda * slopes[p]![i]!));
  return shareLeft(group, corrected) === undefined ? undefined : lambda;
}

function explanationOf(
  group: readonly WrongParameter[],
  { power, term }: Penalty,
  lambda: number,
): ReturnType<Cause['explain']> {
  const size = brief(Math.abs(lambda));
  const penalty = power === 2 ? `½·${size}·‖θ‖²` : `${size}·‖θ‖₁`;
  const names = namesOf(group);
  return {
    evidence: { lambda, power },
    title:
      lambda > 0
        ? `The gradient of ${names} lacks ${size}·${term}: the loss has a penalty ${penalty} that the backward pass leaves out.`
        : `The gradient of ${names} has ${size}·${term} too much: a penalty ${penalty} that the loss does not have.`,
    advice:
      lambda > 0
        ? `Add ${size} times ${power === 2 ? 'the parameter' : 'the sign of the parameter'} to its gradient, or take the penalty out of the loss.`
        : 'Weight decay belongs either to the optimiser or to the loss: take the term out of gradients(), add it to loss(), or mend its factor or sign.',
  };
}
