/** The loss gave different values at the same point: differences of it are then differences of chance. */

import type { Finding } from '../../../report.js';
import type { Evidence } from '../../../check/measurement.js';

export function nondeterministicLoss({ preconditions: { losses, change } }: Evidence): readonly Finding[] {
  // Other parameters have another loss.
  if (change !== undefined) return [];
  return losses.flatMap(({ by, values }): Finding[] => {
    const first = values[0]!;
    const other = values.find((loss) => loss !== first && !(Number.isNaN(loss) && Number.isNaN(first)));
    if (other === undefined) return [];
    return [
      {
        code: 'nondeterministic-loss',
        evidence: { first, second: other, change: other - first },
        title: `${by}() is not deterministic: it gave ${first} and then ${other} with the same parameters.`,
        advice:
          'Turn off dropout, fix the batch and seed the random numbers, and keep running statistics from being ' +
          'updated while the gradients are checked.',
      },
    ];
  });
}
