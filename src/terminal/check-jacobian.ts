/** The checks of vector functions and of second derivatives as data, as users call them. */

import { runVectorCheck } from '../check/check-jacobian.js';
import type { GradientCheckOptions } from '../check/options.js';
import type { CurvedModel, VectorModel } from '../model/vector-model.js';
import { HESSIAN, JACOBIAN } from '../model/vector-subject.js';
import type { JacobianReport } from '../report.js';
import type { Reported, Sort } from './check-gradients.js';
import { liveLine } from './live-line.js';

/** What a member returns, where it is a function. */
type Returns<Model, K extends keyof Model> = Model[K] extends
  | ((...inputs: never[]) => infer Value)
  | undefined
  ? Value
  : never;

/** A report, or a promise of it when one of a model's functions returns a promise. */
type CheckedBy<Model, K extends keyof Model> = Reported<
  JacobianReport,
  { [F in K]: Sort<Returns<Model, F>> }[K]
>;

/**
 * Compares each derivative that a function with many values claims, `jacobian`, `vjp` and `jvp`, with centred differences of its
 * `outputs`, and `vjp` and `jvp` with what it takes to be linear.
 *
 * The parameters are perturbed in place, and are bit for bit as before when this returns, resolves, rejects or throws. With M outputs
 * and N entries a right function costs 2N evaluations and some more; M products of `vjp`, N of `jvp`. Where that is more than 20 000, or
 * M N is large, a few random cotangents and tangents of ±1 are taken in their place.
 *
 * @throws TypeError at once when the model or the options can't be used; an error of the model's own passes unchanged
 */
export function checkJacobian<P, Y, Model extends VectorModel<P, Y>>(
  model: Model & VectorModel<P, Y>,
  options?: GradientCheckOptions,
): CheckedBy<Model, 'outputs' | 'jacobian' | 'vjp' | 'jvp'> {
  return runVectorCheck(model, options, JACOBIAN, liveLine()) as CheckedBy<
    Model,
    'outputs' | 'jacobian' | 'vjp' | 'jvp'
  >;
}

/**
 * Compares the second derivatives that a model claims, `hessian` and `hvp`, with centred differences of its `gradients`, and holds them
 * to be symmetric, and `hvp` to be linear. As for `checkJacobian`, of which this is the case where the outputs are gradients.
 *
 * @throws TypeError at once when the model or the options can't be used; an error of the model's own passes unchanged
 */
export function checkHessian<P, Model extends CurvedModel<P>>(
  model: Model & CurvedModel<P>,
  options?: GradientCheckOptions,
): CheckedBy<Model, 'gradients' | 'hessian' | 'hvp'> {
  return runVectorCheck(model, options, HESSIAN, liveLine()) as CheckedBy<
    Model,
    'gradients' | 'hessian' | 'hvp'
  >;
}
