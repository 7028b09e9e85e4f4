/** What a check that passes may not have seen. Types only, as in `report.ts`. */

import type { FindingEvidence } from './finding.js';

/** A known mistake that would have had the same verdict at every point that was checked. */
export interface BlindSpot {
  readonly parameter: string;
  /** What it would have been called, had it shown. */
  readonly code: keyof FindingEvidence;
  /** What hides it, and what it is: `b is zero: a missing penalty`. */
  readonly because: string;
}

/** Something that makes a pass weak. */
export interface Weakness {
  /**
   * `'blind-spot'`: there are such; `'unused-parameter'`: the loss does not move with it; `'unresolved-parameter'`: less than a digit of its
   * gradient is known; `'kink'`: any claim between two slopes will do; `'stale-elsewhere'`: the claim was computed once;
   * `'skipped-point'`: a point could not be evaluated; `'ignored-gradient'`: what was claimed without a parameter for it was not checked;
   * `'raised-tolerance'`: noise raised it above 1e-4.
   */
  readonly code:
    | 'blind-spot'
    | 'unused-parameter'
    | 'unresolved-parameter'
    | 'kink'
    | 'stale-elsewhere'
    | 'skipped-point'
    | 'ignored-gradient'
    | 'raised-tolerance';
  /** Those that it is about, where it is about any. */
  readonly parameters?: readonly string[];
}
