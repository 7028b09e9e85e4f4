/** Wrong parameters whose analytic gradient is the numeric one times the parameter itself, entry by entry → that it is by the logarithm: dJ/d log θ = θ dJ/dθ. */

import type { Cause } from '../../cause.js';
import { isAsExpected } from '../../expected.js';
import { namesOf } from '../../names.js';

export const logParameter: Cause<'log-parameter'> = {
  code: 'log-parameter',
  explain(group, { words }) {
    const expected = group.map(({ numeric, uncertainty, values }) => ({
      value: numeric.map((n, i) => n * values[i]!),
      uncertainty: uncertainty.map((u, i) => u * Math.abs(values[i]!)),
    }));
    if (!isAsExpected(group, expected)) return undefined;
    const sizes = group.flatMap(({ values }) => Array.from(values));
    const names = namesOf(group);
    return {
      evidence: { smallest: Math.min(...sizes), largest: Math.max(...sizes) },
      title: `The ${words.gradientOf(group)} is what it should be times the parameter itself, entry by entry: the derivative by its logarithm.`,
      advice: `Divide by ${group.length === 1 ? names : 'the parameter'} what ${words.claimant} returns, or hand over the logarithms as the parameters, which ${words.differentiated} then has to take the exponential of.`,
    };
  },
};
