/** The same constant was added to every entry of the gradient. */

import { isShared, measuredEntries, shareLeft } from '../numerics/fits.js';
import { namesOf } from './accused.js';
import type { Cause } from './cause.js';
import { brief } from './words.js';

export const offset: Cause = {
  code: 'offset',
  explain(group, { unit }) {
    let sum = 0;
    let count = 0;
    for (const parameter of group)
      for (const i of measuredEntries(parameter)) {
        sum += parameter.analytic[i]! - parameter.numeric[i]!;
        count += 1;
      }
    if (count < 2 || !isShared(group)) return undefined;
    const constant = sum / count;
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
