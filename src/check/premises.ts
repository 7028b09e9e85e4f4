/**
 * What must hold before a perturbation means anything: the loss and the gradients are functions of the parameters alone, and
 * calling them changes no parameter. Two calls of each at the same point tell, always a loss before the gradients, as
 * backward passes read what the forward pass cached.
 */

import type { Culprit, Premises } from '../diagnoses/evidence.js';
import type { GradientsRequest, LineRequest } from '../model/requests.js';
import { countDifferent, type Subject } from '../model/subject.js';

/** The claimed gradients, one array per checked parameter, and whether they may be compared at all. */
export interface Claim {
  readonly analytic: readonly Float64Array[];
  readonly premises: Premises;
}

/** Calls loss, gradients, loss, gradients at θ. Puts back what they changed. */
export function* claim(subject: Subject): Generator<LineRequest | GradientsRequest, Claim, void> {
  const losses: number[] = [];
  const claims: Float64Array[][] = [];
  let change: Premises['change'];
  for (let call = 0; call < 2; call += 1) {
    losses.push(yield* lossHere(subject));
    change ??= putBack(subject, 'loss');
    const into = subject.parameters.map(({ count }) => new Float64Array(count));
    yield { kind: 'gradients', into };
    claims.push(into);
    change ??= putBack(subject, 'gradients');
  }
  const gradientChange = firstDifference(subject, claims[0]!, claims[1]!);
  return { analytic: claims[0]!, premises: { losses, change, gradientChange } };
}

/** The premises at the end: whether the loss is still what it was, and no loss in between changed a parameter. */
export function* closing(subject: Subject, opening: Premises): Generator<LineRequest, Premises, void> {
  const during = putBack(subject, 'loss');
  const losses = [...opening.losses, yield* lossHere(subject)];
  return { ...opening, losses, change: during ?? putBack(subject, 'loss') };
}

/** What a function of the user's changed, if it did, after putting it back. */
function putBack(subject: Subject, by: Culprit): Premises['change'] {
  const found = subject.firstChange();
  if (found === undefined) return undefined;
  subject.restore();
  return { by, ...found };
}

/** Whether a comparison can mean anything. */
export function hold({ losses, change, gradientChange }: Premises): boolean {
  const deterministic = losses.every((loss) => loss === losses[0]);
  return deterministic && Number.isFinite(losses[0]) && change === undefined && gradientChange === undefined;
}

/** The loss at θ itself. */
function* lossHere(subject: Subject): Generator<LineRequest, number, void> {
  const losses = new Float64Array(1);
  yield { kind: 'line', direction: subject.parameters.map(() => undefined), multiples: [0], losses };
  return losses[0]!;
}

function firstDifference(
  subject: Subject,
  first: readonly Float64Array[],
  second: readonly Float64Array[],
): Premises['gradientChange'] {
  for (const [p, parameter] of subject.parameters.entries()) {
    const a = first[p]!;
    const b = second[p]!;
    if (countDifferent(a, b) === 0) continue;
    let entries = 0;
    let largest = -1;
    for (let i = 0; i < a.length; i += 1) {
      // 0 and −0 are the same gradient, NaN twice is the same failure.
      if (a[i] === b[i] || (Number.isNaN(a[i]) && Number.isNaN(b[i]))) continue;
      entries += 1;
      if (largest < 0 || Math.abs(a[i]! - b[i]!) > Math.abs(a[largest]! - b[largest]!)) largest = i;
    }
    if (entries > 0) return { parameter: parameter.name, entries, first: a[largest]!, second: b[largest]! };
  }
  return undefined;
}
