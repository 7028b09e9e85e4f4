/** What a check over a table of sizes found, as plain data: types only. */

import type { GradientReport, Verdict } from './report.js';

/** The sizes to check, by their names: a list of whole numbers for each. */
export type Sizes = Readonly<Record<string, readonly number[]>>;

/** One number for each size: what a factory is called with. */
export type SizesOf<S extends Sizes> = { readonly [K in keyof S]: number };

/** What was found at one combination of sizes. */
export interface SizesCase<S extends Sizes = Sizes> {
  readonly sizes: SizesOf<S>;
  readonly report: GradientReport;
}

/** What was found at all combinations of sizes that were checked. */
export interface SizesReport<S extends Sizes = Sizes> {
  /** `wrong` if any case is; else `inconclusive` if any is, or there is none; else `correct`. */
  readonly verdict: Verdict;
  /** In the order of the lists, the last size the fastest. */
  readonly cases: readonly SizesCase<S>[];
  /**
   * Where one factor is what is wrong at every failing case: analytic / numeric = constant · Π size^exponent. The exponents are rounded
   * to 0.05; 0 for a size that the factor does not depend on.
   */
  readonly law?: { readonly exponents: Readonly<Record<keyof S, number>> };
  /**
   * The simplest condition on the sizes that is true exactly at the failing cases, as in `samples ≠ features`. Absent where there is
   * none, where all cases fail, and where the law says it all.
   */
  readonly predictor?: string;
}
