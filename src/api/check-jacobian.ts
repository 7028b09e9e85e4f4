/** The checks of vector functions and of second derivatives as data, as users call them. */

import { runVectorCheck } from '../check/vector-check.js';
import type { GradientCheckOptions } from '../check/options.js';
import type { Gradients } from '../model/gradient-model.js';
import type { Matrix, Outputs } from '../model/vector-model.js';
import { HESSIAN, JACOBIAN } from '../model/subject/vector-subject.js';
import type { JacobianReport } from '../report.js';
import type { ReportOf, Synchrony } from './check-gradients.js';
import { liveLine } from '../terminal/live-line.js';

/**
 * Compares each derivative that a function with many values claims, `jacobian`, `vjp` and `jvp`, with centred differences of its
 * `outputs`, and `vjp` and `jvp` with what it takes to be linear.
 *
 * The parameters are perturbed in place, and are bit for bit as before when this returns, resolves, rejects or throws. With M outputs
 * and N entries a right function costs 2N evaluations and some more; M products of `vjp`, N of `jvp`. Where that is more than 20 000, or
 * M N is large, a few random cotangents and tangents are taken in their place.
 *
 * @returns the report, or a promise of it when a function of the model returns a promise
 * @throws UsageError at once when the model or the options can't be used; an error of the model's own passes unchanged
 * @example
 * const { verdict } = checkJacobian({
 *   parameters: { x: [1, -2], w: 3 },
 *   outputs: ({ x, w }) => x.map((v) => v ** 2 * w),
 *   vjp: ({ x, w }, above) => ({
 *     x: above.map((d, i) => d * 2 * x[i] * w),
 *     w: above.reduce((sum, d, i) => sum + d * x[i] ** 2, 0),
 *   }),
 * });
 */
export function checkJacobian<
  P,
  Y,
  Full extends Matrix | PromiseLike<Matrix> = never,
  Backward extends Gradients | PromiseLike<Gradients> = never,
  Forward extends Outputs | PromiseLike<Outputs> = never,
>(
  model: {
    readonly parameters: P;
    outputs(parameters: P): Y;
    jacobian?(parameters: P): Full;
    vjp?(parameters: P, cotangent: Awaited<Y>): Backward;
    jvp?(parameters: P, tangent: P): Forward;
  },
  options?: GradientCheckOptions,
): ReportOf<JacobianReport, Synchrony<Y> | Synchrony<Full> | Synchrony<Backward> | Synchrony<Forward>> {
  return runVectorCheck(model, options, JACOBIAN, { observer: liveLine() }) as never;
}

/**
 * Compares the second derivatives that a model claims, `hessian` and `hvp`, with centred differences of its `gradients`, and holds them
 * to be symmetric, and `hvp` to be linear. As for `checkJacobian`, of which this is the case where the outputs are gradients.
 *
 * @returns the report, or a promise of it when a function of the model returns a promise
 * @throws UsageError at once when the model or the options can't be used; an error of the model's own passes unchanged
 * @example
 * const { verdict } = checkHessian({
 *   parameters: [1.5, 0.5],
 *   gradients: ([x, y]) => [2 * x * y, x ** 2],
 *   hessian: ([x, y]) => [
 *     [2 * y, 2 * x],
 *     [2 * x, 0],
 *   ],
 * });
 */
export function checkHessian<
  P,
  Claimed extends Gradients | PromiseLike<Gradients>,
  Full extends Matrix | PromiseLike<Matrix> = never,
  Product extends Gradients | PromiseLike<Gradients> = never,
>(
  model: {
    readonly parameters: P;
    gradients(parameters: P): Claimed;
    hessian?(parameters: P): Full;
    hvp?(parameters: P, vector: P): Product;
  },
  options?: GradientCheckOptions,
): ReportOf<JacobianReport, Synchrony<Claimed> | Synchrony<Full> | Synchrony<Product>> {
  return runVectorCheck(model, options, HESSIAN, { observer: liveLine() }) as never;
}
