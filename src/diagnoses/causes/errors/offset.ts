/** Wrong parameters whose error is the same in every entry → that constant. */

import { isShared, proportion, shareLeft, weightsOf } from '../../../numerics/fit.js';
import { brief } from '../../brief.js';
import type { Cause } from '../../cause.js';
import { invarianceOf } from '../../invariances.js';
import { namesOf } from '../../names.js';
import type { WrongParameter } from '../../wrong-parameter.js';

export const offset: Cause<'offset'> = {
  code: 'offset',
  // A mean that is left out on the way back, as in a normalisation, leaves the same constant in all entries of a bias.
  exclusive: true,
  explain(group, { unit, words }) {
    if (!isShared(group)) return undefined;
    const constant = proportion(
      group.map(({ analytic }) => analytic.map(() => 1)),
      group.map(({ analytic, numeric }) => analytic.map((g, i) => g - numeric[i]!)),
      group.map(weightsOf),
    );
    const corrected = group.map(({ analytic }) => analytic.map((g) => g - constant));
    if (shareLeft(group, corrected) === undefined) return undefined;
    return {
      evidence: { offset: constant * unit },
      title: `Every entry of the ${words.gradientOf(group)} is too ${constant < 0 ? 'small' : 'large'} by the same ${brief(Math.abs(constant * unit))}.`,
      advice:
        invarianceOf(group[0]!, words.loss) ??
        `Look for a constant that is added to the gradient, a term of the ${words.loss} that is linear in the parameters and missing from one side, or a buffer that does not begin at zero.${penaltyOf(group, constant)}`,
    };
  },
};

/** Where all parameters have one sign, a penalty on their magnitudes looks the same. */
function penaltyOf(group: readonly WrongParameter[], constant: number): string {
  const signs = new Set(group.flatMap(({ values }) => Array.from(values, Math.sign)));
  const [sign] = signs;
  if (signs.size !== 1 || sign === 0) return '';
  const isMissing = constant * sign! < 0;
  return ` Where all of ${namesOf(group)} have one sign, as here, a penalty λ‖θ‖₁ that ${isMissing ? 'the backward pass leaves out' : 'only the backward pass has'} looks the same.`;
}
