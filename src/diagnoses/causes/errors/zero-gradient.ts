/** Wrong parameters whose analytic gradient is zero, or no more than a penalty's → the size of the numeric one: it was never computed, or the way to it is cut. */

import { groupNorms, jointNorms } from '../../../numerics/norms.js';
import { brief } from '../../brief.js';
import type { Cause } from '../../cause.js';
import { isConstant, LEAST_ENTRIES, PENALTIES } from '../../penalties.js';
import type { WrongParameter } from '../../wrong-parameter.js';

/** A gradient is λ s when no entry is off by more than this share of it: rounding of one product, in single precision at worst. */
const SAME_WITHIN: number = 2 ** -22;

export const zeroGradient: Cause<'zero-gradient'> = {
  code: 'zero-gradient',
  explain(group, { unit, words }) {
    if (!group.every((parameter) => isZero(parameter) || isRounding(parameter))) return undefined;
    const isExact = group.every(isZero);
    return {
      evidence: { numericNorm: numericNormOf(group) * unit },
      title: `The ${words.gradientOf(group)} is claimed to be zero ${isExact ? 'throughout' : 'but for rounding'}, but ${words.dependence}.`,
      advice: isExact
        ? ADVICE
        : 'Its terms cancel: look for a sum that is zero, as that of the errors of a softmax, which is taken before its terms are multiplied by what differs, or stored at one place instead of several.',
    };
  },
};

/** A penalty is all that there is: what else the numeric gradient shows was never computed. */
export const zeroBesidePenalty: Cause<'zero-gradient'> = {
  code: 'zero-gradient',
  explain(group, { unit, words }) {
    const penalized = group.filter((parameter) => !isZero(parameter));
    if (penalized.reduce((sum, { count }) => sum + count, 0) < LEAST_ENTRIES) return undefined;
    for (const { power, term, slopes } of PENALTIES) {
      const ratio = commonRatio(
        penalized,
        penalized.map(({ values }) => slopes(values)),
      );
      if (ratio === undefined) continue;
      const lambda = ratio * unit;
      return {
        evidence: { numericNorm: numericNormOf(group) * unit, lambda, power },
        title: `The ${words.gradientOf(group)} is claimed to be zero but for ${brief(lambda)}·${term}, the part of a penalty.`,
        advice: ADVICE,
      };
    }
    return undefined;
  },
};

const ADVICE =
  'It was never computed, never stored where it is read, or zeroed after it was: look for the line that should ' +
  'write it, for = where += is meant in a loop whose last turn adds nothing, and for an operation whose backward pass is missing.';

function isZero({ analytic }: WrongParameter): boolean {
  return analytic.every((value) => value === 0);
}

/** What is left of terms that cancel is this share of the true gradient, in double precision and in single. */
const ROUNDING: number = 2 ** -40;
const ROUNDING_SINGLE: number = 2 ** -18;

function isRounding(parameter: WrongParameter): boolean {
  const { analytic, numeric, uncertainty } = groupNorms(parameter);
  const isSingle = parameter.analytic.every((value) => Math.fround(value) === value);
  return numeric > 2 * uncertainty && analytic <= (isSingle ? ROUNDING_SINGLE : ROUNDING) * numeric;
}

/** λ where every analytic gradient is λ s, and not a constant; undefined where it isn't. */
function commonRatio(group: readonly WrongParameter[], slopes: readonly Float64Array[]): number | undefined {
  if (isConstant(slopes)) return undefined;
  let [most, lambda] = [0, 0];
  for (const [p, { analytic }] of group.entries())
    for (const [i, g] of analytic.entries()) {
      const slope = slopes[p]![i]!;
      if (Math.abs(slope) > most) [most, lambda] = [Math.abs(slope), g / slope];
    }
  const isCommon = group.every(({ analytic }, p) =>
    analytic.every((g, i) => {
      const expected = lambda * slopes[p]![i]!;
      return Math.abs(g - expected) <= SAME_WITHIN * Math.abs(expected);
    }),
  );
  return isCommon && lambda !== 0 ? lambda : undefined;
}

function numericNormOf(group: readonly WrongParameter[]): number {
  const { numeric, scale } = jointNorms(group);
  return numeric * scale;
}
