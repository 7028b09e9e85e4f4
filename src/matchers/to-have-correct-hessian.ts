/** The matcher `toHaveCorrectHessian`: see `assertion.ts` for what every matcher decides. */

import { runVectorCheck } from '../check/vector-check.js';
import { HESSIAN } from '../model/subject/vector-subject.js';
import { type Arguments, type Assertion, assertThat, type MatcherResult } from './assertion.js';
import type { MatcherContext } from './context.js';

const ASSERTION: Assertion = {
  name: 'toHaveCorrectHessian',
  check: (model, options, observer, onPromise, onEvidence) =>
    runVectorCheck(model, options, HESSIAN, observer, onPromise, onEvidence),
};

/**
 * Passes when the second derivatives that `model` claims are those of its gradients, and symmetric.
 *
 * @param model `{ parameters, gradients(parameters) }` with `hessian(parameters)` or `hvp(parameters, vector)`
 * @param given the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export function toHaveCorrectHessian(
  this: MatcherContext | undefined | void,
  model: unknown,
  ...given: Arguments
): MatcherResult | Promise<MatcherResult> {
  return assertThat(ASSERTION, this ?? {}, model, given, toHaveCorrectHessian);
}
