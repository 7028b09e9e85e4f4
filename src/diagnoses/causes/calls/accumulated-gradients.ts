/** What three calls of `gradients` gave at the same point → whether each adds to what the calls before it left: the buffers are not zeroed. */

import type { Evidence } from '../../../check/measurement.js';
import { changedParameters, relativeDistance } from '../../../numerics/compare.js';
import { finiteNorm } from '../../../numerics/norms.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

/** The increments of two calls are the same when they differ, relative to their size, by no more than rounding of the sums. */
const SAME_INCREMENT = 1e-3;

export function accumulatedGradients(
  { preconditions: { claims: calls, names: all } }: Evidence,
  words: Words,
): readonly Finding[] {
  const [first, second, third] = calls;
  if (third === undefined) return [];
  const changed = changedParameters(calls);
  const isAdded = (p: number): boolean =>
    relativeDistance(difference(second![p]!, first![p]!), difference(third[p]!, second![p]!)) <=
    SAME_INCREMENT;
  if (!changed.every(isAdded)) return [];
  const names = changed.map((p) => all[p]!);
  const normOf = (call: readonly Float64Array[]): number => finiteNorm(changed.map((p) => call[p]!));
  const ratio = normOf(second!) / normOf(first!);
  // All of them have no need of their names.
  const gradient =
    all.length > 1 && names.length === all.length
      ? 'gradients'
      : words.gradientOf([{ name: names.join(', ') }]);
  return [
    {
      code: 'accumulated-gradients',
      ...(names.length > 1 ? {} : { parameter: names[0]! }),
      evidence: { calls: calls.length, ratio },
      title: `Each call of ${words.claimant} adds to the ${gradient}: a second call at the same point gave ${Number(ratio.toPrecision(3))} times the first.`,
      advice: `Zero the gradient buffers at the beginning of ${words.claimant}, before the backward pass adds to them.`,
    },
  ];
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}
