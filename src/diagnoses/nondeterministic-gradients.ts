/** Two calls of `gradients` at the same point gave different values: there is no one claim to check. */

import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';

export function nondeterministicGradients({ premises: { gradientChange } }: Evidence): readonly Finding[] {
  if (gradientChange === undefined) return [];
  const { parameter, entries, first, second } = gradientChange;
  return [
    {
      code: 'nondeterministic-gradients',
      parameter,
      evidence: { entries, first, second },
      title: `Two calls of gradients() at the same parameters differ: an entry of ${parameter} was ${first}, then ${second}.`,
      advice:
        'If gradients add up in buffers, zero the buffers first; else make the backward pass deterministic.',
    },
  ];
}
