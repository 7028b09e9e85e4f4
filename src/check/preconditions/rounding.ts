/** Losses and claims of several calls at θ → how large what is added up in them may be, and whether the claims differ by no more than its rounding. */

import type { PathRequest } from '../../model/evaluate/requests.js';
import type { Subject } from '../../model/subject/subject.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { areRepeated } from '../../numerics/repeats.js';
import type { Repeated } from '../measurement.js';
import { scaleOf } from './parameter-scale.js';
import { FAR, lossFarAway } from './sensitivity.js';

/** Of the draws of a direction; which it is does not matter. */
const SEED = 1;

/** What the loss changes by over the scales of the parameters, in its unit: 0 where it is not finite that far away, or throws. */
export function* changeOverScales(
  subject: Subject,
  losses: readonly Repeated[],
): Generator<PathRequest, number, void> {
  if (!subject.isSettled || !losses.every(({ values }) => values.every(Number.isFinite))) return 0;
  const far = yield* lossFarAway(subject, { scales: subject.saved.map(scaleOf), seed: SEED });
  const change = Math.abs((far ?? 0) - losses[0]!.values[0]!) / FAR;
  return Number.isFinite(change) && far !== undefined ? change : 0;
}

/**
 * Whether all claims are the same but for rounding, which is relative to what is typical of a parameter, or of what all parameters move the loss by,
 * or of the loss, as what is left of a sum may be less than the rounding of its terms.
 * @param loss how large it is, in its unit; 0 where it is not known
 */
export function areRepeatedClaims(
  { saved }: Pick<Subject, 'saved'>,
  claims: readonly (readonly Float64Array[])[],
  loss: number,
): boolean {
  const [first] = claims as readonly [readonly Float64Array[]];
  const scales = first.map((_, p) => scaleOf(saved[p] ?? new Float64Array(0)));
  const typical = first.map(rootMeanSquare);
  const reach = Math.max(Number.isFinite(loss) ? loss : 0, ...typical.map((size, p) => size * scales[p]!));
  return first.every((own, p) => {
    const size = Math.max(typical[p]!, reach / scales[p]!);
    const values = new Float64Array(claims.length);
    return own.every((_, i) => {
      for (const [k, claim] of claims.entries()) values[k] = claim[p]![i]!;
      return areRepeated(values, size);
    });
  });
}
