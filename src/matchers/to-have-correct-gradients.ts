/** The matcher `toHaveCorrectGradients`: see `assertion.ts` for what every matcher decides. */

import { runCheck } from '../check/gradient-check.js';
import { type Arguments, type Assertion, assertThat, type MatcherResult } from './assertion.js';
import type { MatcherContext } from './context.js';

const ASSERTION: Assertion = { name: 'toHaveCorrectGradients', check: runCheck };

/**
 * Passes when the gradients that `model` claims are those of its loss.
 *
 * @param model `{ parameters, loss(parameters), gradients(parameters) }`, and `losses(displacements, parameters)` where it has that
 * @param given the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export function toHaveCorrectGradients(
  this: MatcherContext | undefined | void,
  model: unknown,
  ...given: Arguments
): MatcherResult | Promise<MatcherResult> {
  return assertThat(ASSERTION, this ?? {}, model, given, toHaveCorrectGradients);
}
