/**
 * What a model is asked once its gradients are known to be wrong, to tell why: whether parameters share their storage, and
 * whether the claim changes at all where the loss shows that it must. A few calls; a correct model is asked nothing.
 */

import type { Inquiry, ParameterEvidence } from '../diagnoses/evidence.js';
import type { GradientsRequest, LineRequest } from '../model/requests.js';
import { countDifferent, type Subject } from '../model/subject.js';
import { NOISE_COVERAGE } from '../numerics/differences.js';
import { rootMeanSquare } from '../numerics/norms.js';
import { fillSigns, randomIntegers } from '../numerics/random.js';
import { entryScale } from '../numerics/steps.js';

/** How far away the other point is, in scales of each parameter: near enough to stay in the domain, far enough to bend the loss. */
const DISPLACEMENT: number = 2 ** -7;

/** What is known of a model that was not asked. */
export function noInquiry(subject: Subject): Inquiry {
  return { sharers: subject.parameters.map(() => []), frozen: subject.parameters.map(() => false) };
}

/**
 * Asks a model with wrong gradients.
 * @param loss J(θ)
 * @param noise σ, in the unit of the loss
 */
export function* inquire(
  subject: Subject,
  parameters: readonly ParameterEvidence[],
  loss: number,
  noise: number,
  seed: number,
): Generator<LineRequest | GradientsRequest, Inquiry, void> {
  const sharers = subject.sharers();
  const integers = randomIntegers(seed);
  const direction = subject.saved.map((values) => {
    const signs = new Float64Array(values.length);
    fillSigns(signs, DISPLACEMENT * entryScale(0, rootMeanSquare(values)), integers);
    return signs;
  });
  const losses = new Float64Array(1);
  yield { kind: 'line', direction, multiples: [1], losses };
  const into = subject.parameters.map(({ count }) => new Float64Array(count));
  yield { kind: 'gradients', into, direction };
  const bent = isBent(parameters, direction, losses[0]! - loss, noise);
  const frozen = parameters.map(({ analytic }, p) => bent && countDifferent(analytic, into[p]!) === 0);
  return { sharers, frozen };
}

/** Whether the loss changed otherwise than its slope at θ says, so that its gradient can't be the same at both points. */
function isBent(
  parameters: readonly ParameterEvidence[],
  direction: readonly Float64Array[],
  change: number,
  noise: number,
): boolean {
  let straight = 0;
  let uncertainty = NOISE_COVERAGE * Math.SQRT2 * noise;
  for (const [p, { numeric, uncertainty: own }] of parameters.entries())
    for (let i = 0; i < numeric.length; i += 1) {
      straight += numeric[i]! * direction[p]![i]!;
      uncertainty += own[i]! * Math.abs(direction[p]![i]!);
    }
  return Math.abs(change - straight) > uncertainty;
}
