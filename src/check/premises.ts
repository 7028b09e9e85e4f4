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
  const note = (by: Culprit): void => {
    const found = subject.firstChange();
    if (found === undefined) return;
    change ??= { by, ...found };
    subject.restore();
  };
  for (let call = 0; call < 2; call += 1) {
    losses.push(yield* lossHere(subject));
    note('loss');
    const into = subject.parameters.map(({ count }) => new Float64Array(count));
    yield { kind: 'gradients', into };
    claims.push(into);
    note('gradients');
  }
  const gradientChange = firstDifference(subject, claims[0]!, claims[1]!);
  return { analytic: claims[0]!, premises: { losses, change, gradientChange } };
}

/** Whether a comparison can mean anything. */
export function hold({ losses, change, gradientChange }: Premises): boolean {
  const deterministic = losses.every((loss) => loss === losses[0]);
  return deterministic && Number.isFinite(losses[0]) && change === undefined && gradientChange === undefined;
}

/** The loss at θ itself. */
export function* lossHere(subject: Subject): Generator<LineRequest, number, void> {
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
