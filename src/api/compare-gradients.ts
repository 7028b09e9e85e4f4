/** The comparison of two implementations as data, as users call it. */

import type { GradientCheckOptions } from '../check/options.js';
import { runReferenceCheck } from '../check/reference-check.js';
import type { Claim, Gradients } from '../model/gradient-model.js';
import type { GradientReport } from '../report.js';
import type { ReportOf, Synchrony } from './check-gradients.js';

/**
 * Compares the gradients that a model claims with those of a reference: of another implementation, or a tree of numbers that another
 * program wrote down. No loss is needed, and none is called.
 *
 * Both are asked at the parameters as given, and at generic points beside them; a tree of numbers is compared at the parameters as given only.
 * A reference without parameters of its own is given the model's; into its own the values of the model are written. All parameters are bit
 * for bit as before when this returns, resolves, rejects or throws. What rounding does to both claims is measured, by some ten calls of each.
 *
 * @returns the report, in which `numeric` is what the reference claims; or a promise of it when one of the two returns a promise
 * @throws UsageError at once when model, reference or options can't be used, as where the reference lacks a parameter, or has another shape
 * @example
 * const { verdict } = compareGradients(fusedLayer, naiveLayer);
 * const exported = JSON.parse(readFileSync('gradients-of-pytorch.json', 'utf8'));
 * compareGradients(layer, exported);
 */
export function compareGradients<
  P,
  Claimed extends Gradients | PromiseLike<Gradients>,
  Other extends Gradients | PromiseLike<Gradients> = never,
>(
  model: Claim<P> & { readonly parameters: P; gradients(parameters: P): Claimed },
  reference: (Omit<Claim<P>, 'gradients'> & { gradients(parameters: P): Other }) | NonNullable<Gradients>,
  options?: GradientCheckOptions,
): ReportOf<GradientReport, Synchrony<Claimed> | Synchrony<Other>> {
  return runReferenceCheck(model, reference, options) as never;
}
