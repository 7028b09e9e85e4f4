/** The matcher `toHaveCorrectJacobian`: see `assertion.ts` for what every matcher decides. */

import { runVectorCheck } from '../check/vector-check.js';
import { JACOBIAN } from '../model/subject/vector-subject.js';
import { type Arguments, type Assertion, assertThat, type MatcherResult } from './assertion.js';
import type { MatcherContext } from './context.js';

const ASSERTION: Assertion = {
  name: 'toHaveCorrectJacobian',
  check: (model, options, observer, onPromise, onEvidence) =>
    runVectorCheck(model, options, JACOBIAN, observer, onPromise, onEvidence),
};

/**
 * Passes when each of the derivatives that `model` claims is that of its outputs.
 *
 * @param model `{ parameters, outputs(parameters) }` with `jacobian(parameters)`, `vjp(parameters, cotangent)` or `jvp(parameters, tangent)`
 * @param given the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export function toHaveCorrectJacobian(
  this: MatcherContext | undefined | void,
  model: unknown,
  ...given: Arguments
): MatcherResult | Promise<MatcherResult> {
  return assertThat(ASSERTION, this ?? {}, model, given, toHaveCorrectJacobian);
}
