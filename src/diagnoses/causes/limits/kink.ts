/** The loss has a corner at the very point: its slopes to the two sides differ however small the step. */

import type { Finding } from '../../../report.js';
import { aboutOf, called } from '../../wrong-parameter.js';
import type { Evidence } from '../../../check/measurement.js';

export function kink({ parameters }: Evidence): readonly Finding[] {
  return parameters
    .filter(({ kinks }) => kinks.size > 0)
    .map(({ name, output, kinks }) => ({
      code: 'kink',
      ...aboutOf({ name, output }),
      evidence: { entries: kinks.size },
      title: `The loss has a kink at this point in ${kinks.size === 1 ? 'an entry' : `${kinks.size} entries`} of ${called({ name, output })}: the slopes on its two sides differ.`,
      advice:
        "Any value between the two is a subgradient and was taken as right; kinks: 'reject' compares with their mean. " +
        'Move the parameters off the kink for a stricter test.',
    }));
}
