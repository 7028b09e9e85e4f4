/** The backward pass claims NaN or an infinity. */

import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';

export function nonFiniteGradient({ parameters }: Evidence): readonly Finding[] {
  return parameters.flatMap(({ name, analytic, norms, count }) => {
    if (norms.checked === count && Number.isFinite(norms.analytic)) return [];
    let entries = 0;
    for (const value of analytic) if (!Number.isFinite(value)) entries += 1;
    if (entries === 0) return [];
    return [
      {
        code: 'non-finite-gradient' as const,
        parameter: name,
        evidence: { entries },
        title: `gradients() gave NaN or an infinity for ${entries} of the ${count} entries of ${name}.`,
        advice: 'Look for a division by zero, a log of zero or an overflow in the backward pass.',
      },
    ];
  });
}
