/**
 * What must hold before a perturbation means anything: the loss and the gradients are functions of the parameters alone, and
 * calling them changes no parameter. Two calls of each at the same point tell, always a loss before the gradients, as
 * backward passes read what the forward pass cached. Where calls differ by rounding only, as sums in no fixed order do, more of them tell how much
 * they scatter: that is noise, and not chance.
 */

import { changedParameters } from '../../numerics/compare.js';
import { areRepeated, areSame, REPEATS, Scatter, scatterOf } from '../../numerics/repeats.js';
import type { Culprit, Preconditions, Repeated } from '../measurement.js';
import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { Subject } from '../../model/subject/subject.js';
import { now } from '../run/clock.js';
import { areRepeatedClaims, changeOverScales } from './rounding.js';
import { demandSame, lossesBy, type Places } from './loss-functions.js';

/** The claimed gradients, one array per checked parameter, and whether they may be compared at all. */
export interface Claim {
  readonly analytic: readonly Float64Array[];
  readonly preconditions: Preconditions;
  /** How long a loss takes, in ms: the least of the calls, by the function that many are asked of. */
  readonly lossTime: number;
}

type Asking<Result> = Generator<PathRequest | GradientsRequest, Result, void>;

/** Calls of which all claims are kept, to tell what is wrong where they are no functions. */
const KEPT_CALLS = 3;

/** What the calls so far gave. */
interface Calls {
  losses: readonly Repeated[];
  readonly claims: Float64Array[][];
  change: Preconditions['change'];
  lossTime: number;
}

/**
 * Calls loss and gradients at θ in turn, twice, a third time where the two claims differ, and more often where calls differ by rounding only. Puts back
 * what they changed. The first claim settles which parameters there are; until then nothing is put back, as what has no claim is not to be written to.
 * @param claimedBy what the claims are of, as arrays: the parameters that are checked; of a product with a tangent, the outputs
 */
export function* claim(
  subject: Subject,
  claimedBy: () => readonly { readonly name: string; readonly count: number }[] = () => subject.parameters,
): Asking<Claim> {
  const calls: Calls = {
    losses: subject.lossFunctions.map((by) => ({ by, values: [] })),
    claims: [],
    change: undefined,
    lossTime: Infinity,
  };
  const call = function* (): Asking<Float64Array[]> {
    const into = subject.isSettled ? claimedBy().map(({ count }) => new Float64Array(count)) : [];
    yield* callBoth(subject, calls, into);
    return into;
  };
  for (let k = 0; k < 2 || (k < KEPT_CALLS && differ(calls.claims)); k += 1) calls.claims.push(yield* call());
  const scatter = calls.change === undefined ? yield* scatterOfCalls(subject, calls, call) : undefined;
  const { losses, claims, change, lossTime } = calls;
  const analytic = claims[0]!;
  if (change === undefined && losses.every(isRepeated))
    demandSame(
      subject,
      analytic,
      losses.map(({ values }) => values[0]!),
    );
  const names = claimedBy().map(({ name }) => name);
  return { analytic, preconditions: { losses, change, names, claims, scatter }, lossTime };
}

/** One call of each. */
function* callBoth(subject: Subject, calls: Calls, into: Float64Array[]): Asking<void> {
  const here = yield* lossesHere(subject, calls.losses);
  calls.losses = here.losses;
  calls.lossTime = Math.min(calls.lossTime, here.time);
  calls.change ??= here.change;
  yield { kind: 'gradients', into, path: [], multiple: 0 };
  calls.change = among(subject, calls.change) ?? putBack(subject, 'gradients');
}

/**
 * Calls that differ by rounding only are repeated.
 * @returns how much the claims scatter; undefined where they don't, or differ by more
 */
function* scatterOfCalls(
  subject: Subject,
  calls: Calls,
  call: () => Asking<Float64Array[]>,
): Asking<readonly Float64Array[] | undefined> {
  const { claims } = calls;
  if (calls.losses.every(({ values }) => areSame(values)) && !differ(claims)) return undefined;
  if (!calls.losses.every(isRepeated)) {
    // What is left of a sum may be less than the rounding of its terms.
    const change = yield* changeOverScales(subject, calls.losses);
    calls.losses = calls.losses.map((repeated) => ({ ...repeated, size: change }));
  }
  const size = Math.max(...calls.losses.map((own) => Math.max(Math.abs(own.values[0]!), own.size ?? 0)));
  const isNoise = (): boolean => calls.losses.every(isRepeated) && areRepeatedClaims(subject, claims, size);
  if (!isNoise()) return undefined;
  const scatter = claims[0]!.map(({ length }) => new Scatter(length));
  const add = (arrays: readonly Float64Array[]): void => arrays.forEach((own, p) => scatter[p]!.add(own));
  claims.forEach(add);
  for (let k = claims.length; k < REPEATS && isNoise(); k += 1) {
    const [first, second] = claims as [Float64Array[], Float64Array[]];
    const next = yield* call();
    add(next);
    // Of later calls only one that tells is kept.
    if (!areRepeatedClaims(subject, [first, next], size)) claims.splice(0, claims.length, first, next);
    else if (!differ([first, second])) claims[1] = next;
  }
  return isNoise() && differ(claims) ? scatter.map((own) => own.deviations()) : undefined;
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
export function hold({ losses, change, claims, scatter }: Preconditions): boolean {
  const sound = losses.every((repeated) => isRepeated(repeated) && Number.isFinite(repeated.values[0]));
  return sound && change === undefined && (scatter !== undefined || !differ(claims));
}

/** The standard deviation of repeated losses by the function that many are asked of, in the unit of the loss. */
export function scatterOfLosses({ losses }: Preconditions): number {
  return scatterOf(losses[0]!.values);
}

/** Whether a function gave the same loss, or the same failure, in every call, but for rounding. */
function isRepeated({ values, size }: Repeated): boolean {
  return areRepeated(values, size);
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
  for (const repeated of before) {
    const { by, values } = repeated;
    const started = now();
    const [value] = yield* lossesBy(by, subject, here);
    if (by === subject.lossFunctions[0]) time = now() - started;
    losses.push({ ...repeated, values: [...values, value!] });
    change ??= putBack(subject, by);
  }
  return { losses, change, time };
}
