/** A function of the user's changed a parameter: then no two of its values belong to the same point. */

import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';

export function mutatedParameters({ premises: { change } }: Evidence): readonly Finding[] {
  if (change === undefined) return [];
  const { by, parameter, entries } = change;
  const what = entries === 0 ? 'put another array in its place' : `changed ${entries} of its entries`;
  return [
    {
      code: 'mutated-parameters',
      parameter,
      evidence: { entries },
      title: `${by}() changed the parameters: after a call it had ${what} (${parameter}).`,
      advice:
        `Make ${by}() leave the parameters alone: no optimiser step, no clipping or normalising in place. ` +
        'They have been put back as they were.',
    },
  ];
}
