/** The parameters that don't move the loss → findings: not by a small step did they, nor by one of the parameter's own size. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';

/** Of the only number there is, which may have been handed over by itself. */
const ALONE =
  'A number that is handed over by itself is no variable of the model: read it from the argument, as in loss: (x) => x ** 2. ';

export function unusedParameter(
  { parameters, norms: { share } }: Evidence,
  words: Words,
): readonly Finding[] {
  const dead = parameters.filter(({ moved }) => !moved);
  if (dead.length === parameters.length)
    return [
      {
        code: 'unused-parameter',
        evidence: { parameters: dead.length },
        title: `The ${words.loss} did not move with the parameters${share < 1 ? ' of this part' : ''}, as far as they were moved: by up to about their own size.`,
        advice:
          (share < 1 ? 'A dead unit explains it where the part holds nothing else. ' : '') +
          (dead.length === 1 && dead[0]!.shape.length === 0 ? ALONE : '') +
          `The ${words.loss} must read the very arrays that are handed over, on every call. It does not when the model keeps a ` +
          'copy, has compiled itself to a closure, or reads a buffer other than the one that was written.',
      },
    ];
  // Several whose analytic gradient is not zero have one cause; a dead unit is no mistake, and each is a finding by itself.
  const wrong = dead.filter(({ verdict }) => verdict === 'wrong');
  const together = wrong.length > 1 ? [wrong] : [];
  const single = dead.filter((parameter) => !together.flat().includes(parameter)).map((one) => [one]);
  return [...together, ...single].map((group) => ({
    code: 'unused-parameter',
    ...(group.length > 1 ? {} : { parameter: group[0]!.name }),
    evidence: {
      ...(group.length > 1 ? { parameters: group.length } : {}),
      analyticNorm: Math.hypot(...group.map(({ norms }) => norms.analytic * norms.scale)),
    },
    title: `The ${words.loss} does not move when ${namesOf(group, 'of them')} ${group.length > 1 ? 'are' : 'is'} perturbed, so nothing about ${group.length > 1 ? 'them' : 'it'} could be checked.`,
    advice: `A dead unit explains it; so does a ${words.loss} that reads a copy of the parameter.`,
  }));
}
