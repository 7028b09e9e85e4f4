/** Two calls of `gradients` at the same point gave different values: there is no one claim to check. */

import type { Finding } from '../../../report.js';
import { changedParameters } from '../../../numerics/compare.js';
import type { Evidence } from '../../../check/measurement.js';

export function nondeterministicGradients({
  preconditions: { claims, names },
}: Evidence): readonly Finding[] {
  const changed = changedParameters(claims);
  const [place] = changed;
  if (place === undefined) return [];
  const { entries, first, second } = largestChange(claims[0]![place]!, claims[1]![place]!);
  const name = names[place]!;
  return [
    {
      code: 'nondeterministic-gradients',
      ...(changed.length === 1 ? { parameter: name } : {}),
      evidence: { entries, first, second },
      title: `Two calls of gradients() at the same parameters differ: an entry of ${name} was ${first}, then ${second}.`,
      advice:
        'Make the backward pass deterministic: leave dropout off and the model in the mode of the loss, seed random numbers, and let no call leave anything behind.',
    },
  ];
}

function largestChange(a: Float64Array, b: Float64Array): { entries: number; first: number; second: number } {
  let entries = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    if (a[i] === b[i] || (Number.isNaN(a[i]) && Number.isNaN(b[i]))) continue;
    entries += 1;
    if (!(Math.abs(a[i]! - b[i]!) <= Math.abs(a[largest]! - b[largest]!))) largest = i;
  }
  return { entries, first: a[largest]!, second: b[largest]! };
}
