/** The same constant was added to every entry of the gradient. */

import { isShared, measuredEntries, proportion, shareLeft, weightsOf } from '../../../numerics/fit.js';
import { namesOf } from '../../wrong-parameter.js';
import type { Cause } from '../../cause.js';
import { brief } from '../../words.js';

export const offset: Cause = {
  code: 'offset',
  // A mean that is left out on the way back, as in a normalisation, leaves the same constant in all entries of a bias.
  stands: 'alone',
  explain(group, { unit }) {
    const count = group.reduce((sum, parameter) => sum + measuredEntries(parameter).length, 0);
    if (count < 2 || !isShared(group)) return undefined;
    const constant = proportion(
      group.map(({ analytic }) => analytic.map(() => 1)),
      group.map(({ analytic, numeric }) => analytic.map((claim, i) => claim - numeric[i]!)),
      group.map(weightsOf),
    );
    const corrected = group.map(({ analytic }) => analytic.map((value) => value - constant));
    if (shareLeft(group, corrected) === undefined) return undefined;
    const most = constant < 0 ? 'too small' : 'too large';
    return {
      evidence: { offset: constant * unit },
      title: `Every entry of the gradient of ${namesOf(group)} is ${most} by the same ${brief(Math.abs(constant * unit))}.`,
      advice:
        'Look for a constant that is added to the gradient, a term of the loss that is linear in the parameters and ' +
        'missing from one side, or a buffer that does not begin at zero.',
    };
  },
};
