/** The check as data, as users call it: typed by what their functions return, and with a line on the terminal while it takes long. */

import { runCheck } from '../check/gradient-check.js';
import type { GradientCheckOptions } from '../check/options.js';
import type { Displacement, GradientsOf } from '../model/gradient-model.js';
import type { GradientReport } from '../report.js';
import { liveLine } from '../terminal/live-line.js';

/** What a function returns, by its type: a value (`any` counts as one), a promise, or either. */
export type Synchrony<Returned> = 0 extends 1 & Returned
  ? 'value'
  : [Returned] extends [never]
    ? 'value'
    : [Returned] extends [PromiseLike<unknown>]
      ? 'promise'
      : [Extract<Returned, PromiseLike<unknown>>] extends [never]
        ? 'value'
        : 'either';

/** A report, or a promise of it when a function returns a promise, by the types of what each of them returns. */
export type ReportOf<Report, Synchronies> = 'promise' extends Synchronies
  ? Promise<Report>
  : 'either' extends Synchronies
    ? Report | Promise<Report>
    : Report;

/** A report, or a promise of it when `loss`, `gradients` or `losses` returns a promise, by the types of what they return. */
export type Checked<Loss, Claimed, Losses = never> = ReportOf<
  GradientReport,
  Synchrony<Loss> | Synchrony<Claimed> | Synchrony<Losses>
>;

/**
 * Compares the gradients that a model claims with centred differences of its loss, for every entry of every parameter.
 *
 * The parameters are perturbed in place, one entry at a time, and are bit for bit as before when this returns, resolves,
 * rejects or throws. A correct model with N entries costs 2N losses and some ten to thirty more, and two calls of
 * `gradients`; where the model offers `losses`, many of these losses come of one call of it.
 *
 * @returns the report, or a promise of it when a function of the model returns a promise
 * @throws UsageError at once when the model or the options can't be used; an error of the model's own passes unchanged
 * @example
 * const theta = { slope: 3 };
 * const { verdict } = checkGradients({
 *   parameters: theta,
 *   loss: () => theta.slope ** 2,
 *   gradients: () => ({ slope: 2 * theta.slope }),
 * });
 */
export function checkGradients<
  P,
  Loss extends number | PromiseLike<number>,
  Claimed extends GradientsOf<P> | PromiseLike<GradientsOf<P>>,
  Losses extends ArrayLike<number> | PromiseLike<ArrayLike<number>> = never,
>(
  // Not an intersection with a model: in one TypeScript doesn't mind names that have nothing in common.
  model: {
    readonly parameters: P;
    loss(parameters: P): Loss;
    gradients(parameters: P): Claimed;
    losses?(displacements: readonly Displacement[], parameters: P): Losses;
    randomize?(parameters: P, random: () => number): void;
    reset?(): unknown;
  },
  options?: GradientCheckOptions,
): Checked<Loss, Claimed, Losses> {
  return runCheck(model, options, { observer: liveLine() }) as Checked<Loss, Claimed, Losses>;
}
