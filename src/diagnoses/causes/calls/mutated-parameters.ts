/** A function of the user's changed a parameter: then no two of its values belong to the same point. */

import type { Finding } from '../../../report.js';
import { namesOf } from '../../wrong-parameter.js';
import type { Evidence } from '../../../check/measurement.js';

export function mutatedParameters({ preconditions: { change } }: Evidence): readonly Finding[] {
  if (change === undefined) return [];
  const { by, parameters, lost } = change;
  const entries = parameters.reduce((sum, { entries: own }) => sum + own, 0);
  const several = parameters.length > 1;
  const names = namesOf(parameters, 'parameters');
  const what =
    entries === 0
      ? `put ${several ? 'other arrays' : 'another array'} in ${several ? 'their' : 'its'} place (${names})`
      : `changed ${entries} of ${several ? 'their' : 'its'} entries (${names})`;
  return [
    {
      code: 'mutated-parameters',
      ...(several ? {} : { parameter: parameters[0]!.name }),
      evidence: { entries },
      title: `${by}() changed the parameters: after a call it had ${what}.`,
      advice:
        `Make ${by}() leave the parameters alone: no optimiser step, no clipping or normalising in place. ` +
        (lost.length === 0
          ? 'They have been put back as they were.'
          : `What it did to ${namesOf(
              lost.map((name) => ({ name })),
              'parameters',
            )} could not be undone.`),
    },
  ];
}
