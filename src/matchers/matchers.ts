/** The matchers and nothing else, so that `expect.extend(await import('expect-gradients/matchers'))` is safe. */

import { runCheck } from '../check/gradient-check.js';
import type { CheckHooks } from '../check/hooks.js';
import { runReferenceCheck } from '../check/reference-check.js';
import { runSizesCheck } from '../check/sizes-check.js';
import { runVectorCheck } from '../check/vector-check.js';
import { HESSIAN, JACOBIAN } from '../model/subject/vector-subject.js';
import { matcherAgainst, matcherOf } from './assertion.js';
import type { GradientMatcher, ReferenceMatcher } from './context.js';

/**
 * Passes when the gradients that `model` claims are those of its loss.
 *
 * @param model `{ parameters, loss(parameters), gradients(parameters) }`, and `losses(displacements, parameters)` where it has that; with the
 * option `sizes` a factory of such models
 * @param check the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export const toHaveCorrectGradients: GradientMatcher = matcherOf(
  'toHaveCorrectGradients',
  (received, options, hooks) => checkOf(received, options)(received, options, hooks),
);

/**
 * Passes when the gradients that `model` claims are those of a reference. No loss is needed, and none is called.
 *
 * @param model `{ parameters, gradients(parameters) }`
 * @param reference another one, with parameters of its own or without, or a tree of numbers
 * @param options those of a check, but for what is about losses
 * @returns the result, or a promise of it when a function of one of the two returns a promise
 */
export const toHaveGradientsOf: ReferenceMatcher = matcherAgainst('toHaveGradientsOf', runReferenceCheck);

/**
 * Passes when each of the derivatives that `model` claims is that of its outputs.
 *
 * @param model `{ parameters, outputs(parameters) }` with `jacobian(parameters)`, `vjp(parameters, cotangent)` or `jvp(parameters, tangent)`
 * @param check the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export const toHaveCorrectJacobian: GradientMatcher = matcherOf(
  'toHaveCorrectJacobian',
  (model, options, hooks) => runVectorCheck(model, options, JACOBIAN, hooks),
);

/**
 * Passes when the second derivatives that `model` claims are those of its gradients, and symmetric.
 *
 * @param model `{ parameters, gradients(parameters) }` with `hessian(parameters)` or `hvp(parameters, vector)`
 * @param check the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export const toHaveCorrectHessian: GradientMatcher = matcherOf(
  'toHaveCorrectHessian',
  (model, options, hooks) => runVectorCheck(model, options, HESSIAN, hooks),
);

/** The check of a model, or of a factory of models, which sizes are given for. */
function checkOf(
  received: unknown,
  options: unknown,
): (
  received: unknown,
  options: unknown,
  hooks: CheckHooks,
) => ReturnType<typeof runCheck | typeof runSizesCheck> {
  const { sizes } = (options ?? {}) as { readonly sizes?: unknown };
  return typeof received === 'function' || sizes !== undefined ? runSizesCheck : runCheck;
}
