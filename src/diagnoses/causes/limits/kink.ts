/** The entries with a kink at the very point → a finding for each parameter: the slopes to their two sides differ however small the step. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { aboutOf, called } from '../../names.js';
import type { Words } from '../../words.js';

export function kink({ parameters }: Evidence, words: Words): readonly Finding[] {
  return parameters
    .filter(({ kinks }) => kinks.size > 0)
    .map(({ name, output, kinks }) => ({
      code: 'kink',
      ...aboutOf({ name, output }),
      evidence: { entries: kinks.size },
      title: `The ${words.loss} has a kink at this point in ${kinks.size === 1 ? 'an entry' : `${kinks.size} entries`} of ${called({ name, output })}: the slopes on its two sides differ.`,
      advice:
        "Any value between the two is a subgradient and was taken as right; kinks: 'reject' compares with their mean. " +
        'Move the parameters off the kink for a stricter test.',
    }));
}
