/**
 * What a rule makes of the numeric gradients → whether the analytic ones are just that, as far as is certain. A rule that makes them much
 * larger is held against the numeric ones, not against the error: beside that these are nothing, and any number would do for them.
 */

import { isTelling, shareLeft } from '../numerics/fit.js';
import type { WrongParameter } from './wrong-parameter.js';

/** What a claim would be, and what is uncertain of that. */
export interface Expected {
  readonly value: Float64Array;
  readonly uncertainty: Float64Array;
  /** By what each numeric entry was multiplied, where it was; a claim that is smaller for it is held against what it was made of. */
  readonly by?: Float64Array;
}

/** Whether each parameter's claim is what is expected, where that is another than the numeric gradient, and no coincidence. */
export function isAsExpected(
  group: readonly WrongParameter[],
  expected: readonly Expected[],
  isLikely: (group: readonly WrongParameter[]) => boolean = isTelling,
): boolean {
  const scales = expected.map(({ by, value }) =>
    by === undefined ? value.map(() => 1) : by.map((factor) => Math.max(1, 1 / Math.abs(factor))),
  );
  const widened = group.map((parameter, p) => ({
    ...parameter,
    uncertainty: expected[p]!.uncertainty.map((u, i) => u * scales[p]![i]!),
  }));
  const corrected = group.map(({ analytic, numeric }, p) =>
    numeric.map((n, i) => n + scales[p]![i]! * (analytic[i]! - expected[p]!.value[i]!)),
  );
  const isExact = widened.every(
    (parameter, p) => parameter.count > MOST_EXACT || isVeryNear(parameter, corrected[p]!),
  );
  return isExact && isLikely(widened) && shareLeft(widened, corrected) !== undefined;
}

/** Of so few entries each must be what is expected for itself: of several rules one is nearly right by chance. */
const MOST_EXACT = 2;
const NEAR: number = 2 ** -16;

function isVeryNear({ numeric, uncertainty, tolerance }: WrongParameter, corrected: Float64Array): boolean {
  return corrected.every(
    (c, i) =>
      !(Math.abs(c - numeric[i]!) > 2 * uncertainty[i]! + (2 * tolerance + NEAR) * Math.abs(numeric[i]!)),
  );
}

/** Whether it is no more likely than so that claims of any size are by chance within what is uncertain of the numeric ones. */
export function isUnlikely(group: readonly WrongParameter[], most: number): boolean {
  let chance = 1;
  for (const { analytic, numeric, uncertainty, tolerance } of group)
    for (const [i, g] of analytic.entries()) {
      const n = numeric[i]!;
      const passed = uncertainty[i]! + tolerance * (Math.abs(g) + Math.abs(n));
      if (passed < Math.abs(g - n)) chance *= passed / Math.abs(g - n);
    }
  return chance <= most;
}

/** The share of the error that is left of claims divided by a factor, where that is little beside the numeric gradients as well. */
export function shareLeftDivided(
  group: readonly WrongParameter[],
  corrected: readonly Float64Array[],
  factor: number,
): number | undefined {
  return shareLeft(dividedBy(factor, group), corrected);
}

/** Claims with errors as if they were no larger than the true gradients: what is certain of a factor is what is certain of these. */
export function dividedBy(factor: number, group: readonly WrongParameter[]): WrongParameter[] {
  const by = Math.max(1, Math.abs(factor));
  return group.map((parameter) => ({
    ...parameter,
    analytic: parameter.numeric.map((n, i) => n + (parameter.analytic[i]! - n) / by),
  }));
}
