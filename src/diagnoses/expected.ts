/**
 * What a rule makes of the numeric gradients, without any number that is fitted → whether the analytic ones are just that, as far as is
 * certain.
 */

import { isTelling, shareLeft } from '../numerics/fit.js';
import type { WrongParameter } from './wrong-parameter.js';

/** What a claim would be, and what is uncertain of that. */
export interface Expected {
  readonly value: Float64Array;
  readonly uncertainty: Float64Array;
}

/** Whether each parameter's claim is what is expected, where that is another than the numeric gradient, and no coincidence. */
export function isAsExpected(group: readonly WrongParameter[], expected: readonly Expected[]): boolean {
  const widened = group.map((parameter, p) => ({ ...parameter, uncertainty: expected[p]!.uncertainty }));
  const corrected = group.map(({ analytic, numeric }, p) =>
    numeric.map((n, i) => n + (analytic[i]! - expected[p]!.value[i]!)),
  );
  return isTelling(widened) && shareLeft(widened, corrected) !== undefined;
}
