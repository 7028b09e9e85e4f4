/** The parameters that were found changed after calls of a function of the user's → that function: no two of its values belong to the same point. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';

export function mutatedParameters({ preconditions: { change } }: Evidence, words: Words): readonly Finding[] {
  if (change === undefined) return [];
  const { parameters, lost } = change;
  const call = words.callOf(change.by);
  const entries = parameters.reduce((sum, { entries: own }) => sum + own, 0);
  const areSeveral = parameters.length > 1;
  const [other, their] = areSeveral ? ['other arrays', 'their'] : ['another array', 'its'];
  const what = entries === 0 ? `put ${other} in ${their} place` : `changed ${entries} of ${their} entries`;
  return [
    {
      code: 'mutated-parameters',
      ...(areSeveral ? {} : { parameter: parameters[0]!.name }),
      evidence: { entries },
      title: `${call} changed the parameters: after a call it had ${what} (${namesOf(parameters, 'parameters')}).`,
      advice:
        `Make ${call} leave the parameters alone: no optimiser step, no clipping or normalising in place. ` +
        (lost.length === 0
          ? 'They have been put back as they were.'
          : `What it did to ${namesOf(
              lost.map((name) => ({ name })),
              'parameters',
            )} could not be undone.`),
    },
  ];
}
