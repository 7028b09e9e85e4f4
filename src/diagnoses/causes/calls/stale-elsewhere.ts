/**
 * The claims that are the same to the bit at another point, where they are not right → a finding: they are right at the parameters as given,
 * and were computed once, before the check.
 */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';

export function staleElsewhere({ parameters }: Evidence, words: Words): readonly Finding[] {
  const stale = parameters.filter(({ staleAt, verdict }) => staleAt !== undefined && verdict !== 'wrong');
  const [first, ...others] = stale;
  if (first === undefined) return [];
  const isOne = others.length === 0;
  const point = Math.min(...stale.map(({ staleAt }) => staleAt!));
  return [
    {
      code: 'stale-elsewhere',
      ...(isOne ? { parameter: first.name } : {}),
      evidence: { parameters: stale.length, point },
      title:
        `What is claimed of ${namesOf(stale, 'of them')} is right at the parameters as given, and the same to the bit at point ${point}, ` +
        `where it is not right: it was computed once, before the check.`,
      advice:
        `Only the parameters as given were checked. Move the forward pass into ${words.claimant}, so that each call computes what is ` +
        'claimed from the parameters as they are then.',
    },
  ];
}
