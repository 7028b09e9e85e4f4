/** The claimed gradient is the true one with the other sign. */

import { shareLeft } from '../numerics/fits.js';
import { namesOf } from './accused.js';
import type { Cause } from './cause.js';

export const signFlipped: Cause = {
  code: 'sign-flipped',
  explain(group) {
    const flipped = group.map(({ analytic }) => analytic.map((value) => -value));
    if (shareLeft(group, flipped) === undefined) return undefined;
    return {
      evidence: { factor: -1 },
      title: `The gradient of ${namesOf(group)} has the wrong sign: it is the true one times −1.`,
      advice:
        'Look for target − output where output − target is meant, a lost minus of a negative log-likelihood, or a ' +
        'gradient that was already negated for a descent step.',
    };
  },
};
