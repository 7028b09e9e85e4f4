/** Norms, and parameters with entries, as the rules read them: whatever is left out is as it is where all is right and known. */

import { groupNorms, type GroupNorms } from '../../src/numerics/norms.js';
import { measured, type Measured, type Run } from '../../src/verdict/rules.js';

export function norms(given: Partial<GroupNorms> = {}): GroupNorms {
  const analytic = given.analytic ?? 1;
  return {
    scale: 1,
    analytic,
    claimed: analytic,
    share: 1,
    numeric: 1,
    difference: 0,
    uncertainty: 0,
    checked: 1,
    ...given,
  };
}

export interface Entries {
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
  /** 0, where left out. */
  readonly uncertainty?: readonly number[];
  /** 1, where left out. */
  readonly values?: readonly number[];
  readonly due?: Run;
}

/** A parameter whose entries are judged. */
export function group({ analytic, numeric, uncertainty, values, due }: Entries): Measured {
  const array = (numbers: readonly number[] | undefined, otherwise: number): Float64Array =>
    Float64Array.from(numbers ?? analytic.map(() => otherwise));
  const range = due ?? { from: 0, to: analytic.length };
  const compared = {
    analytic: array(analytic, 0),
    numeric: array(numeric, 0).map((n, i) => (i >= range.from && i < range.to ? n : Number.NaN)),
    uncertainty: array(uncertainty, 0),
    values: array(values, 1),
  };
  return measured(compared, groupNorms(compared, range.to - range.from), range);
}
