/** The parameters along which the loss moves by jumps → a finding for each: something between them and the loss is rounded to steps. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { aboutOf, called } from '../../names.js';
import type { Words } from '../../words.js';

export function staircase({ parameters }: Evidence, words: Words): readonly Finding[] {
  return parameters
    .filter(({ isStaircase }) => isStaircase)
    .map(({ name, output, norms, step }) => ({
      code: 'staircase',
      ...aboutOf({ name, output }),
      evidence: { step: step?.max ?? 0, slope: norms.numeric * norms.scale },
      title: `The ${words.loss} moves in steps with ${called({ name, output })}: it stands still, and then jumps.`,
      advice:
        'The slope over the steps is no derivative, nor is the zero between them, so neither passes or fails. ' +
        'Check without the rounding, quantisation or threshold, or leave the parameter out by except.',
    }));
}
