/** Claims of repeated calls that differ by rounding only → by how much: it was taken for noise, so that they could be compared all the same. */

import type { Evidence } from '../../../check/measurement.js';
import { rootMeanSquare } from '../../../numerics/norms.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

export function noisyGradients(
  { preconditions: { scatter, claims, names }, comparable }: Evidence,
  words: Words,
): readonly Finding[] {
  if (scatter === undefined || !comparable) return [];
  const shares = scatter.map((own, p) => rootMeanSquare(own) / rootMeanSquare(claims[0]![p]!) || 0);
  const noisy = [...shares.keys()].filter((p) => shares[p]! > 0);
  const worst = noisy.reduce((most, p) => (shares[p]! > shares[most]! ? p : most), noisy[0]!);
  // Of few calls: one digit.
  return [
    {
      code: 'noisy-gradients',
      ...(noisy.length === 1 ? { parameter: names[worst]! } : {}),
      evidence: { parameters: noisy.length, noise: rootMeanSquare(scatter[worst]!), share: shares[worst]! },
      title: `Calls of ${words.claimant} at the same parameters differ by rounding: by ${shares[worst]!.toExponential(0)} of ${names[worst]!}, root mean square.`,
      advice:
        'That is what sums in no fixed order do, and was taken for noise: a smaller mistake would not be seen. ' +
        'Add up in a fixed order where more has to be seen.',
    },
  ];
}
