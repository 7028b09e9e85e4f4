/**
 * What must hold before a perturbation means anything: the loss and the gradients are functions of the parameters alone, and
 * calling them changes no parameter. Two calls of each at the same point tell, always a loss before the gradients, as
 * backward passes read what the forward pass cached.
 */

import { changedParameters } from '../../numerics/compare.js';
import type { Culprit, Preconditions, Repeated } from '../measurement.js';
import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { Subject } from '../../model/subject/subject.js';
import { now } from '../run/clock.js';
import { demandSame, lossesBy, type Places } from './loss-functions.js';

/** The claimed gradients, one array per checked parameter, and whether they may be compared at all. */
export interface Claim {
  readonly analytic: readonly Float64Array[];
  readonly preconditions: Preconditions;
  /** How long a loss takes, in ms: the least of the calls, by the function that many are asked of. */
  readonly lossTime: number;
}

/**
 * Calls loss and gradients at θ in turn, twice, and a third time where the two claims differ. Puts back what they changed. The first claim
 * settles which parameters there are; until then nothing is put back, as what has no claim is not to be written to.
 * @param claimedBy what the claims are of, as arrays: the parameters that are checked; of a product with a tangent, the outputs
 */
export function* claim(
  subject: Subject,
  claimedBy: () => readonly { readonly name: string; readonly count: number }[] = () => subject.parameters,
): Generator<PathRequest | GradientsRequest, Claim, void> {
  let losses: readonly Repeated[] = subject.lossFunctions.map((by) => ({ by, values: [] }));
  const claims: Float64Array[][] = [];
  let change: Preconditions['change'];
  let lossTime = Infinity;
  for (let call = 0; call < 2 || (call === 2 && differ(claims)); call += 1) {
    const here = yield* lossesHere(subject, losses);
    losses = here.losses;
    lossTime = Math.min(lossTime, here.time);
    change ??= here.change;
    const into = subject.isSettled ? claimedBy().map(({ count }) => new Float64Array(count)) : [];
    yield { kind: 'gradients', into, path: [], multiple: 0 };
    claims.push(into);
    change = among(subject, change) ?? putBack(subject, 'gradients');
  }
  const analytic = claims[0]!;
  if (change === undefined && losses.every(isConstant))
    demandSame(
      subject,
      analytic,
      losses.map(({ values }) => values[0]!),
    );
  const names = claimedBy().map(({ name }) => name);
  return { analytic, preconditions: { losses, change, names, claims }, lossTime };
}

/** What of a change is one of parameters that are checked, put back with all others. */
function among(subject: Subject, change: Preconditions['change']): Preconditions['change'] {
  const parameters = (change?.parameters ?? []).filter((changed) =>
    subject.parameters.some(({ name }) => name === changed.name),
  );
  return parameters.length === 0 ? undefined : { by: change!.by, parameters, lost: subject.restore() };
}

/** Whether the claims of two calls differ: 0 and −0 are the same gradient, NaN twice the same failure. */
function differ(claims: readonly (readonly Float64Array[])[]): boolean {
  return changedParameters(claims).length > 0;
}

/** Whether a loss since the opening changed a parameter, after putting it back. */
export function changeDuring(subject: Subject): Preconditions['change'] {
  return putBack(subject, subject.lossFunctions[0]);
}

/**
 * The preconditions at the end: whether the loss is still what it was, and no loss in between changed a parameter.
 * @param before what was found changed before, and put back
 */
export function* closing(
  subject: Subject,
  opening: Preconditions,
  before?: Preconditions['change'],
): Generator<PathRequest, Preconditions, void> {
  const during = before ?? changeDuring(subject);
  const { losses, change } = yield* lossesHere(subject, opening.losses);
  return { ...opening, losses, change: during ?? change };
}

/** What a function of the user's changed, if it did, after putting it back. */
function putBack(subject: Subject, by: Culprit): Preconditions['change'] {
  const parameters = subject.changes();
  if (parameters.length === 0) return undefined;
  return { by, parameters, lost: subject.isSettled ? subject.restore() : [] };
}

/** Whether a comparison can mean anything. */
export function hold({ losses, change, claims }: Preconditions): boolean {
  const sound = losses.every((repeated) => isConstant(repeated) && Number.isFinite(repeated.values[0]));
  return sound && change === undefined && !differ(claims);
}

/** Whether a function gave the same loss, or the same failure, in every call. */
function isConstant({ values }: Repeated): boolean {
  return values.every((value) => value === values[0] || Object.is(value, values[0]));
}

/** The loss at θ itself once more, by every function that evaluates it, `loss` last. */
function* lossesHere(
  subject: Subject,
  before: readonly Repeated[],
): Generator<PathRequest, Pick<Preconditions, 'losses' | 'change'> & { readonly time: number }, void> {
  const here: Places = { path: [], multiples: new Float64Array(1) };
  const losses: Repeated[] = [];
  let change: Preconditions['change'];
  let time = Infinity;
  for (const { by, values } of before) {
    const started = now();
    const [value] = yield* lossesBy(by, subject, here);
    if (by === subject.lossFunctions[0]) time = now() - started;
    losses.push({ by, values: [...values, value!] });
    change ??= putBack(subject, by);
  }
  return { losses, change, time };
}
