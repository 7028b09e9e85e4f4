/**
 * A model whose gradients are wrong → whether parameters share their storage, and whether the claim changes at all where the loss shows that it
 * must. A few calls; a correct model is asked nothing.
 */

import type { FollowUp, Measurement } from '../measurement.js';
import type { GradientsRequest, Path, PathRequest } from '../../model/evaluate/requests.js';
import { countDifferent } from '../../model/subject/saved.js';
import type { Subject } from '../../model/subject/subject.js';
import { bendUncertainty } from '../../numerics/difference.js';
import { demandSameBeside, lossesByEach } from './loss-functions.js';
import { randomPath } from './random-path.js';
import { coarsestSpacingOf } from '../../numerics/format.js';
import { scaleOf } from './parameter-scale.js';
import { unlessThrown } from './unless-thrown.js';

/** How far away the other point is, in scales of each parameter: near enough to stay in the domain, far enough to bend the loss. */
const DISPLACEMENT: number = 2 ** -7;

/** Where claims are rounded to a coarser format, so many bits of it: less may leave them as they are. */
const ROUNDED_BITS = 4;

/** What is known of a model that was not asked. */
export function noFollowUp(subject: Pick<Subject, 'due'>): FollowUp {
  return { sharers: subject.due.map(() => []), frozen: subject.due.map(() => false) };
}

/** What is known of a model whose code threw when it was asked, with its parameters put back. */
export function followUpGivenUp(subject: Subject): FollowUp {
  subject.restore();
  return noFollowUp(subject);
}

/**
 * Asks a model with wrong gradients.
 * @param loss J(θ)
 * @param measurement the claims for all parameters, their formats, and σ, in the unit of the loss
 */
export function* askFollowUp(
  subject: Subject,
  loss: number,
  { analytic, formats, noise }: Pick<Measurement, 'analytic' | 'formats' | 'noise'>,
  seed: number,
): Generator<PathRequest | GradientsRequest, FollowUp, void> {
  const scales = subject.saved.map(scaleOf);
  const path = randomPath(subject, scales, seed);
  const shared = subject.sharers(displacementAlong(path));
  const sharers = subject.due.map(({ parameter }) => shared[parameter]!);
  const into = subject.parameters.map(({ count }) => new Float64Array(count));
  // A loss first, as backward passes read what the forward pass cached.
  const distance = Math.max(DISPLACEMENT, 2 ** ROUNDED_BITS * coarsestSpacingOf(formats));
  const losses = yield* lossesByEach(subject, { path, multiples: Float64Array.of(distance) });
  demandSameBeside(subject, analytic, losses);
  yield { kind: 'gradients', into, path, multiple: distance };
  const same = subject.due.map(
    ({ parameter: p }) =>
      analytic[p]!.some((value) => value !== 0) && countDifferent(analytic[p]!, into[p]!) === 0,
  );
  const frozen = yield* frozenAmong(subject, same, path, { loss, noise });
  const restored = (): void => void subject.restore();
  if (frozen.some(Boolean)) yield* unlessThrown(forgetFar(subject, { analytic, path, frozen }), restored);
  return { sharers, frozen };
}

/** Which of the claims that are the same beside θ should be others. */
function* frozenAmong(
  subject: Subject,
  same: readonly boolean[],
  path: Path,
  { loss, noise }: { readonly loss: number; readonly noise: number },
): Generator<PathRequest, boolean[], void> {
  if (same.every(Boolean)) {
    const bent = yield* bends(path, loss, noise);
    return same.map(() => bent);
  }
  // Beside others that change, a claim may rightly be the same: unless the loss bends along that parameter alone.
  const frozen: boolean[] = [];
  for (const [k, isSame] of same.entries()) {
    const alone = path.filter(({ parameter }) => parameter === subject.due[k]!.parameter);
    frozen.push(isSame && (yield* bends(alone, loss, noise)));
  }
  return frozen;
}

/** How far away a claim that was computed once is the same too, as signs, counts and bounds are not: in scales, the farthest where the loss is finite. */
const FAR: readonly number[] = [4, 1, 1 / 4];

/**
 * Strikes out of those that were the same beside θ what is another farther away, to either side: that moves in steps. Between, the claim is
 * asked for at θ again, as it may be that of the call before.
 */
function* forgetFar(
  subject: Subject,
  { analytic, path, frozen }: { analytic: Measurement['analytic']; path: Path; frozen: boolean[] },
): Generator<PathRequest | GradientsRequest, void, void> {
  const into = subject.parameters.map(({ count }) => new Float64Array(count));
  for (const side of [1, -1]) {
    const multiples = Float64Array.from(FAR, (distance) => side * distance);
    const losses = new Float64Array(FAR.length);
    yield { kind: 'path', path, multiples, losses };
    const multiple = multiples.find((_, k) => Number.isFinite(losses[k]));
    if (multiple === undefined) continue;
    yield { kind: 'gradients', into, path, multiple: 0 };
    yield { kind: 'gradients', into, path, multiple };
    for (const [k, { parameter: p }] of subject.due.entries())
      if (into[p]!.every(Number.isFinite) && countDifferent(analytic[p]!, into[p]!) > 0) frozen[k] = false;
  }
}

/** What the path adds to each parameter, at the other point. */
export function displacementAlong(path: Path): readonly Float64Array[] {
  return path.map(({ to, weights }) =>
    Float64Array.from({ length: to }, (_, i) => DISPLACEMENT * weights.at(i)),
  );
}

/** Whether the loss is no straight line through θ, so that its gradient can't be the same all along. */
function* bends(path: Path, loss: number, noise: number): Generator<PathRequest, boolean, void> {
  const losses = new Float64Array(2);
  yield { kind: 'path', path, multiples: Float64Array.of(DISPLACEMENT, -DISPLACEMENT), losses };
  const [ahead, behind] = losses as unknown as [number, number];
  return Math.abs(ahead / 2 - loss + behind / 2) > bendUncertainty(noise) / 2;
}
