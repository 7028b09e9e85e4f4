/** The matchers and nothing else, so that `expect.extend(await import('expect-gradients/matchers'))` is safe. */

import { runCheck } from '../check/gradient-check.js';
import { runVectorCheck } from '../check/vector-check.js';
import { HESSIAN, JACOBIAN } from '../model/subject/vector-subject.js';
import { matcherOf } from './assertion.js';
import type { GradientMatcher } from './context.js';

/**
 * Passes when the gradients that `model` claims are those of its loss.
 *
 * @param model `{ parameters, loss(parameters), gradients(parameters) }`, and `losses(displacements, parameters)` where it has that
 * @param check the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export const toHaveCorrectGradients: GradientMatcher = matcherOf('toHaveCorrectGradients', runCheck);

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
