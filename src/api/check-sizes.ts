/** The check over a table of sizes as data, as users call it. */

import type { GradientCheckOptions } from '../check/options.js';
import { runSizesCheck } from '../check/sizes-check.js';
import type { Displacement, Gradients, Model } from '../model/gradient-model.js';
import type { Sizes, SizesOf, SizesReport } from '../sizes-report.js';
import type { ReportOf, Synchrony } from './check-gradients.js';
import { liveLine } from '../terminal/live-line.js';

/** What a factory gives: a model, or nothing where there is none of these sizes. */
export type MadeModel<P, Loss, Claimed, Losses> =
  | (Model<P> & {
      loss(parameters: P): Loss;
      gradients(parameters: P): Claimed;
      losses?(displacements: readonly Displacement[], parameters: P): Losses;
    })
  | null
  | undefined;

/**
 * Checks the gradients of the models that a factory makes, over a table of sizes: a mistake may show at some sizes only, as where two are
 * unequal, or one is 1.
 *
 * Where the lists make at most 64 combinations all are checked, else all corners and a seeded selection of others. Together they take
 * about as long as one check. The report tells by which law the error grows with the sizes, or what sizes it takes.
 *
 * @param factory called once for each combination of sizes; `null` or `undefined` where there is no model of these
 * @param options `sizes`, a list of whole numbers for each size, and the options of the checks
 * @returns the report, or a promise of it when the factory or a function of a model returns a promise
 * @throws UsageError at once when the factory, a model or the options can't be used; an error of the factory's or a model's own passes on,
 * with the sizes as its `cause`
 * @example
 * const { verdict, law, predictor } = checkSizes(({ batch, units }) => layerOf(batch, units), {
 *   sizes: { batch: [1, 2, 5], units: [1, 3, 4] },
 * });
 */
export function checkSizes<
  S extends Sizes,
  P,
  Loss extends number | PromiseLike<number>,
  Claimed extends Gradients | PromiseLike<Gradients>,
  Losses extends ArrayLike<number> | PromiseLike<ArrayLike<number>> = never,
>(
  factory: (sizes: SizesOf<S>) => MadeModel<P, Loss, Claimed, Losses>,
  options: GradientCheckOptions & { readonly sizes: S },
): ReportOf<SizesReport<S>, Synchrony<Loss> | Synchrony<Claimed> | Synchrony<Losses>>;
/** The same of a factory that returns a promise of its model. */
export function checkSizes<S extends Sizes, P>(
  factory: (sizes: SizesOf<S>) => PromiseLike<Model<P> | null | undefined>,
  options: GradientCheckOptions & { readonly sizes: S },
): Promise<SizesReport<S>>;
export function checkSizes(
  factory: (sizes: SizesOf<Sizes>) => unknown,
  options: GradientCheckOptions & { readonly sizes: Sizes },
): SizesReport | Promise<SizesReport> {
  return runSizesCheck(factory, options, { observer: liveLine() });
}
