/**
 * The entries with a kink at the very point, or no slopes at all → a finding for each parameter: the slopes to the two sides differ however
 * small the step, or grow beyond all bounds.
 */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { aboutOf, called, placeOf } from '../../names.js';
import type { Words } from '../../words.js';

export function kink(evidence: Evidence, words: Words): readonly Finding[] {
  return [...kinks(evidence, words), ...alongDirections(evidence, words), ...jumps(evidence, words)];
}

/** Along directions of entries that were not measured by themselves. */
function alongDirections({ parameters }: Evidence, words: Words): readonly Finding[] {
  return parameters
    .filter(({ verdict, meetsKink }) => meetsKink === true && verdict !== 'wrong')
    .map(({ name, output, verdict, due: { count } }) => ({
      code: 'kink',
      ...aboutOf({ name, output }),
      evidence: { entries: count },
      title: `The ${words.loss} has a kink ${placeOf({})} along random directions of ${called({ name, output })}: they tell nothing of its entries there.`,
      advice:
        verdict === 'correct'
          ? 'The claims are right beside it, and what such a kink may make of them. Move the parameters off the kink for a stricter test.'
          : "Move the parameters off the kink; or check more points, or entry by entry, with method: 'exhaustive'.",
    }));
}

/** Where there is no slope to either side. */
function jumps({ parameters }: Evidence, words: Words): readonly Finding[] {
  return parameters
    .filter(({ singular }) => singular > 0)
    .map(({ name, output, singular, ...where }) => ({
      code: 'kink',
      ...aboutOf({ name, output }),
      evidence: { entries: singular },
      title: `The ${words.loss} has no derivative ${placeOf(where)} in ${entriesIn(singular)} of ${called({ name, output })}: it jumps there, or its slope grows without bound.`,
      advice:
        'No analytic value is right there. Move the parameters away from the jump, the cusp or the vertical tangent.',
    }));
}

function entriesIn(count: number): string {
  return count === 1 ? 'an entry' : `${count} entries`;
}

function kinks({ parameters }: Evidence, words: Words): readonly Finding[] {
  return parameters
    .filter(({ kinks: found }) => found.size > 0)
    .map(({ name, output, kinks: { size }, ...where }) => ({
      code: 'kink',
      ...aboutOf({ name, output }),
      evidence: { entries: size },
      title: `The ${words.loss} has a kink ${placeOf(where)} in ${entriesIn(size)} of ${called({ name, output })}: the slopes on its two sides differ.`,
      advice:
        "Any value between the two is a subgradient and was taken as right; kinks: 'reject' compares with their mean. " +
        'Move the parameters off the kink for a stricter test.',
    }));
}
