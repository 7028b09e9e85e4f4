/** Each call of `gradients` adds to what the calls before it left: the buffers are not zeroed. */

import type { Finding } from '../../../report.js';
import { changedParameters, relativeDistance } from '../../../numerics/compare.js';
import type { Evidence } from '../../../check/measurement.js';

/** The increments of two calls are the same when they differ, relative to their size, by no more than rounding of the sums. */
const SAME_INCREMENT = 1e-3;

export function accumulatedGradients({
  preconditions: { claims, names: all },
}: Evidence): readonly Finding[] {
  const [first, second, third] = claims;
  if (third === undefined) return [];
  const changed = changedParameters(claims);
  const adding = changed.filter((p) => {
    const before = second![p]!.map((value, i) => value - first![p]![i]!);
    const after = third[p]!.map((value, i) => value - second![p]![i]!);
    return relativeDistance(before, after) <= SAME_INCREMENT;
  });
  if (adding.length < changed.length) return [];
  const names = adding.map((p) => all[p]!);
  const ratio = norm(adding.map((p) => second![p]!)) / norm(adding.map((p) => first![p]!));
  const whole = all.length > 1 && names.length === all.length;
  return [
    {
      code: 'accumulated-gradients',
      ...(names.length > 1 ? {} : { parameter: names[0]! }),
      evidence: { calls: claims.length, ratio },
      title: `Each call of gradients() adds to the gradient${whole ? 's' : ` of ${names.join(', ')}`}: a second call at the same point gave ${Number(ratio.toPrecision(3))} times the first.`,
      advice:
        'Zero the gradient buffers at the beginning of gradients(), before the backward pass adds to them.',
    },
  ];
}

function norm(arrays: readonly Float64Array[]): number {
  return Math.hypot(...arrays.map((array) => Math.sqrt(array.reduce((sum, x) => sum + x * x, 0))));
}
