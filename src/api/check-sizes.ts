/** The check over a table of sizes as data, as users call it. */

import type { GradientCheckOptions } from '../check/options.js';
import { runSizesCheck } from '../check/sizes-check.js';
import type { Model } from '../model/gradient-model.js';
import type { Sizes, SizesOf, SizesReport } from '../sizes-report.js';
import type { ReportOf, Synchrony } from './check-gradients.js';
import { liveLine } from '../terminal/live-line.js';

/** What a factory may give: a model, a promise of one, or nothing where there is none of these sizes. */
type Made = Model<never> | null | undefined;

/** What a function of the model returns; `never` where the model has no such function. */
type ReturnOf<Given, Name extends string> =
  Given extends { readonly [member in Name]?: infer F }
    ? F extends (...inputs: never[]) => infer Returned
      ? Returned
      : never
    : never;

/** Whether a factory's models, or the factory itself, return promises. */
type SynchronyOf<Given> =
  | Synchrony<Given>
  | Synchrony<ReturnOf<Awaited<Given>, 'loss'>>
  | Synchrony<ReturnOf<Awaited<Given>, 'gradients'>>
  | Synchrony<ReturnOf<Awaited<Given>, 'losses'>>;

/** A report over sizes, or a promise of it when the factory or a function of its models returns a promise, by what they return. */
export type CheckedSizes<S extends Sizes, Given> = ReportOf<SizesReport<S>, SynchronyOf<Given>>;

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
export function checkSizes<const S extends Sizes, Given extends Made | PromiseLike<Made>>(
  factory: (sizes: SizesOf<S>) => Given,
  options: GradientCheckOptions & { readonly sizes: S },
): CheckedSizes<S, Given> {
  return runSizesCheck(factory, options, { observer: liveLine() }) as never;
}
