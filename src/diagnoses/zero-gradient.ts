/** The claimed gradient is zero throughout, where the loss has a slope: it was never computed, or the way to it is cut. */

import { namesOf } from './accused.js';
import type { Cause } from './cause.js';

export const zeroGradient: Cause = {
  code: 'zero-gradient',
  explain(group, { unit }) {
    if (!group.every(({ analytic }) => analytic.every((value) => value === 0))) return undefined;
    const squares = group.reduce(
      (sum, { numeric }) => numeric.reduce((own, n) => own + (Number.isNaN(n) ? 0 : n * n), sum),
      0,
    );
    return {
      evidence: { numericNorm: Math.sqrt(squares) * unit },
      title: `The gradient of ${namesOf(group)} is claimed to be zero throughout, but the loss depends on it.`,
      advice:
        'It was never computed, never stored where it is read, or zeroed after it was: look for the line that should ' +
        'write it, and for an operation whose backward pass is missing.',
    };
  },
};
