/** The claimed gradient is zero throughout, where the loss has a slope: it was never computed, or the way to it is cut. */

import { type WrongParameter, namesOf } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { isConstant, LEAST_ENTRIES, PENALTIES } from '../../penalties.js';
import { brief } from '../../words.js';

/** A claim is λ s when no entry is off by more than this share of it: rounding of one product, in single precision at worst. */
const SAME_WITHIN: number = 2 ** -22;

export const zeroGradient: Cause = {
  code: 'zero-gradient',
  explain(group, { unit }) {
    if (!group.every(isZero)) return undefined;
    return {
      evidence: { numericNorm: normOf(group) * unit },
      title: `The gradient of ${namesOf(group)} is claimed to be zero throughout, but the loss depends on it.`,
      advice: ADVICE,
    };
  },
};

/** A penalty is all that is claimed: what else the loss says was never computed. */
export const zeroBesidePenalty: Cause = {
  code: 'zero-gradient',
  explain(group, { unit }): Explanation | undefined {
    const claimed = group.filter((parameter) => !isZero(parameter));
    for (const { power, term, slopes: slopesOf } of PENALTIES) {
      const slopes = claimed.map(({ values }) => slopesOf(values));
      if (slopes.reduce((sum, { length }) => sum + length, 0) < LEAST_ENTRIES || isConstant(slopes)) continue;
      const lambda = commonRatio(claimed, slopes);
      if (lambda === undefined) continue;
      const size = brief(lambda * unit);
      return {
        evidence: { numericNorm: normOf(group) * unit, lambda: lambda * unit, power },
        title: `The gradient of ${namesOf(group)} is claimed to be zero but for ${size}·${term}, the part of a penalty.`,
        advice: ADVICE,
      };
    }
    return undefined;
  },
};

const ADVICE =
  'It was never computed, never stored where it is read, or zeroed after it was: look for the line that should ' +
  'write it, and for an operation whose backward pass is missing.';

function isZero({ analytic }: WrongParameter): boolean {
  return analytic.every((value) => value === 0);
}

/** λ where every claim is λ s; undefined where it isn't. */
function commonRatio(group: readonly WrongParameter[], slopes: readonly Float64Array[]): number | undefined {
  let [most, lambda] = [0, 0];
  for (const [p, { analytic }] of group.entries())
    for (const [i, claim] of analytic.entries())
      if (Math.abs(slopes[p]![i]!) > most)
        [most, lambda] = [Math.abs(slopes[p]![i]!), claim / slopes[p]![i]!];
  const same = group.every(({ analytic }, p) =>
    analytic.every((claim, i) => {
      const expected = lambda * slopes[p]![i]!;
      return Math.abs(claim - expected) <= SAME_WITHIN * Math.abs(expected);
    }),
  );
  return same && lambda !== 0 ? lambda : undefined;
}

/** 2-norm of the numeric gradients. */
function normOf(group: readonly WrongParameter[]): number {
  const squares = group.reduce(
    (sum, { numeric }) => numeric.reduce((own, n) => own + (Number.isNaN(n) ? 0 : n * n), sum),
    0,
  );
  return Math.sqrt(squares);
}
