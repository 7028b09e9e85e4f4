/**
 * What must hold before a perturbation means anything: the loss and the gradients are functions of the parameters alone, and
 * calling them changes no parameter. Two calls of each at the same point tell, always a loss before the gradients, as
 * backward passes read what the forward pass cached.
 */

import { changedParameters } from '../diagnoses/calls.js';
import type { Culprit, Premises } from '../diagnoses/evidence.js';
import type { GradientsRequest, LineRequest } from '../model/requests.js';
import type { Subject } from '../model/subject.js';

/** The claimed gradients, one array per checked parameter, and whether they may be compared at all. */
export interface Claim {
  readonly analytic: readonly Float64Array[];
  readonly premises: Premises;
}

/** Calls loss and gradients at θ in turn, twice, and a third time where the two claims differ. Puts back what they changed. */
export function* claim(subject: Subject): Generator<LineRequest | GradientsRequest, Claim, void> {
  const losses: number[] = [];
  const claims: Float64Array[][] = [];
  let change: Premises['change'];
  for (let call = 0; call < 2 || (call === 2 && differ(claims)); call += 1) {
    losses.push(yield* lossHere(subject));
    change ??= putBack(subject, 'loss');
    const into = subject.parameters.map(({ count }) => new Float64Array(count));
    yield { kind: 'gradients', into, direction: undefined };
    claims.push(into);
    change ??= putBack(subject, 'gradients');
  }
  const names = subject.parameters.map(({ name }) => name);
  return { analytic: claims[0]!, premises: { losses, change, names, claims } };
}

/** Whether the claims of two calls differ: 0 and −0 are the same gradient, NaN twice the same failure. */
function differ(claims: readonly (readonly Float64Array[])[]): boolean {
  return changedParameters(claims).length > 0;
}

/** The premises at the end: whether the loss is still what it was, and no loss in between changed a parameter. */
export function* closing(subject: Subject, opening: Premises): Generator<LineRequest, Premises, void> {
  const during = putBack(subject, 'loss');
  const losses = [...opening.losses, yield* lossHere(subject)];
  return { ...opening, losses, change: during ?? putBack(subject, 'loss') };
}

/** What a function of the user's changed, if it did, after putting it back. */
function putBack(subject: Subject, by: Culprit): Premises['change'] {
  const parameters = subject.changes();
  if (parameters.length === 0) return undefined;
  subject.restore();
  return { by, parameters };
}

/** Whether a comparison can mean anything. */
export function hold({ losses, change, claims }: Premises): boolean {
  const deterministic = losses.every((loss) => loss === losses[0]);
  return deterministic && Number.isFinite(losses[0]) && change === undefined && !differ(claims);
}

/** The loss at θ itself. */
function* lossHere(subject: Subject): Generator<LineRequest, number, void> {
  const losses = new Float64Array(1);
  yield { kind: 'line', direction: subject.parameters.map(() => undefined), multiples: [0], losses };
  return losses[0]!;
}
