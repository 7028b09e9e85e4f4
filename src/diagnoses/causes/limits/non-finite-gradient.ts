/** Analytic gradients with NaN or an infinity in them → one finding of all such parameters: upstream of the first one everything is. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { aboutOf, called, namesOf } from '../../names.js';
import type { Words } from '../../words.js';

const SHARED =
  ' Where all of them have one cause, it is in what they share: the first things that a backward pass computes.';

export function nonFiniteGradient({ parameters, kind }: Evidence, words: Words): readonly Finding[] {
  const found = parameters.flatMap(({ name, output, analytic, due, count, point }) => {
    let entries = 0;
    for (let i = due.from; i < due.to; i += 1) if (!Number.isFinite(analytic[i])) entries += 1;
    return entries === 0
      ? []
      : [{ name, output, entries, count: due.count, isPart: due.count < count, point }];
  });
  if (found.length === 0) return [];
  const sumOf = (key: 'entries' | 'count'): number => found.reduce((sum, one) => sum + one[key], 0);
  const last = found.at(-1)!;
  const areSeveral = found.length > 1;
  const isBeside = found.every(({ point = 1 }) => point !== 1);
  const where = isBeside ? `, at point ${last.point}, beside the parameters as given` : '';
  const isOrdered = kind === 'gradients';
  const lastPlace = parameters.findLastIndex(
    ({ name, output }) => name === last.name && output === last.output,
  );
  const isAfter = parameters
    .slice(lastPlace + 1)
    .some(({ verdict, moved }) => verdict === 'correct' && moved);
  const begin =
    !areSeveral || !isOrdered
      ? ''
      : isAfter
        ? ` Begin at ${called(last)}, the first counted from the output.`
        : SHARED;
  return [
    {
      code: 'non-finite-gradient',
      ...(areSeveral ? {} : aboutOf(last)),
      evidence: { entries: sumOf('entries') },
      title: `${words.claimant} gave NaN or an infinity for ${sumOf('entries')} of the ${sumOf('count')} entries of ${namesOf(found, 'such parameters')}${where}.`,
      advice: `Look for a division by zero, a log of zero or an overflow in the backward pass.${begin}`,
    },
  ];
}
