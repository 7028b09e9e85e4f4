/** What two calls of `gradients` gave at the same point → the entry that differs most: there is no one gradient to check. */

import type { Evidence } from '../../../check/measurement.js';
import { changedParameters } from '../../../numerics/compare.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

export function nondeterministicGradients(
  { preconditions: { claims: calls, names } }: Evidence,
  words: Words,
): readonly Finding[] {
  const changed = changedParameters(calls);
  const [place] = changed;
  if (place === undefined) return [];
  const change = largestChange(calls[0]![place]!, calls[1]![place]!);
  const name = names[place]!;
  return [
    {
      code: 'nondeterministic-gradients',
      ...(changed.length === 1 ? { parameter: name } : {}),
      evidence: change,
      title: `Two calls of ${words.claimant} at the same parameters differ: an entry of ${name} was ${change.first}, then ${change.second}.`,
      advice: onlyGrows(calls, changed)
        ? `All that changes goes on in the direction in which it began: something adds up from call to call. Zero the gradients of all nodes, and other buffers, at the beginning of ${words.claimant}.`
        : `Make the backward pass deterministic: leave dropout off and the model in the mode of the ${words.loss}, seed random numbers, and let no call leave anything behind.`,
    },
  ];
}

/** Whether a third call moved every entry further than the second did, the same way, as random numbers hardly would. */
function onlyGrows(calls: readonly (readonly Float64Array[])[], changed: readonly number[]): boolean {
  const [first, second, third] = calls;
  if (third === undefined) return false;
  return changed.every((p) =>
    first![p]!.every((a, i) => {
      const [b, c] = [second![p]![i]!, third[p]![i]!];
      return a === b ? b === c : (c - b) / (b - a) >= 1;
    }),
  );
}

function largestChange(
  a: Float64Array,
  b: Float64Array,
): { readonly entries: number; readonly first: number; readonly second: number } {
  let entries = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    if (a[i] === b[i] || (Number.isNaN(a[i]) && Number.isNaN(b[i]))) continue;
    entries += 1;
    if (!(Math.abs(a[i]! - b[i]!) <= Math.abs(a[largest]! - b[largest]!))) largest = i;
  }
  return { entries, first: a[largest]!, second: b[largest]! };
}
