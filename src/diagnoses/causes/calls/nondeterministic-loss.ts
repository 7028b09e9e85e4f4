/** The losses of repeated calls at the same point → two that differ: differences of such a loss are differences of chance. */

import type { Evidence } from '../../../check/measurement.js';
import { areRepeated } from '../../../numerics/repeats.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

export function nondeterministicLoss(
  { preconditions: { losses, change } }: Evidence,
  words: Words,
): readonly Finding[] {
  // Other parameters have another loss.
  if (change !== undefined) return [];
  return losses.flatMap(({ by, values, size }): Finding[] => {
    if (areRepeated(values, size)) return [];
    const first = values[0]!;
    const second = values.find((loss) => !areRepeated([first, loss], size)) ?? values.at(-1)!;
    return [
      {
        code: 'nondeterministic-loss',
        evidence: { first, second, change: second - first },
        title: `${words.callOf(by)} is not deterministic: ${words.gave} ${first} and then ${second} with the same parameters.`,
        advice:
          'Turn off dropout, fix the batch and seed the random numbers, and keep running statistics from being ' +
          'updated while the gradients are checked.',
      },
    ];
  });
}
