/**
 * θ → a generic point beside it, and what is found there: the loss and the claims. What hides a mistake at θ, a zero, equal rows, a kink, is
 * nowhere else.
 */

import { isMisuse } from '../../errors.js';
import type { GradientsRequest, LossRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import type { Subject } from '../../model/subject/subject.js';
import { finiteRootMeanSquare } from '../../numerics/norms.js';
import { randomNumbers, seedFor } from '../../numerics/random.js';
import { claimsAt } from '../preconditions/gradients-along.js';
import { weightsOf } from '../preconditions/random-path.js';

/** A point that is checked beside θ. */
export interface GenericPoint {
  /** The loss there. */
  readonly loss: number;
  /** The claimed gradients, one array for each checked parameter. */
  readonly analytic: readonly Float64Array[];
}

/** How far θ is moved: by random magnitudes of about an eighth of each parameter's scale, between a twelfth and a sixth. */
const DISTANCE: number = 1 / 12;

/** Where nothing can be found there, as the loss is not finite or throws, θ is moved by so much less. */
const NEARER = 1 / 8;

/** θ is moved so often at most: at last by a 6000th of its scale. */
const MOST_TRIES = 4;

/**
 * Moves the parameters to a generic point, which the subject is then at, until it is restored: as the model says itself, or by random
 * magnitudes.
 * @param point its number; θ is the first
 * @param evaluate what is found where the parameters are; undefined where nothing can be
 * @returns undefined where nothing can be found, however little θ is moved
 */
export function* genericPoint<Found, Asked extends LossRequest | GradientsRequest>(
  subject: GradientSubject,
  point: number,
  seed: number,
  evaluate: (subject: Subject) => Generator<Asked, Found | undefined, void>,
): Generator<Asked, Found | undefined, void> {
  const own = seedFor(`point ${point}`, seed);
  const random = randomNumbers(own);
  const scales = scalesOf(subject.saved);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const hasMoved = subject.randomizes
      ? subject.randomize(random)
      : move(subject, scales, DISTANCE * NEARER ** tries, own);
    const found = hasMoved ? yield* evaluate(subject) : undefined;
    if (found !== undefined) return found;
    subject.restore();
  }
  return undefined;
}

/** The scale of each parameter; of one that is zero, what is typical of the others. */
function scalesOf(saved: readonly Float64Array[]): readonly number[] {
  const scales = saved.map((values) => finiteRootMeanSquare(values));
  const known = scales.filter((scale) => scale > 0);
  const logarithms = known.reduce((sum, scale) => sum + Math.log(scale), 0);
  const typical = known.length === 0 ? 1 : Math.exp(logarithms / known.length);
  return scales.map((scale) => (scale > 0 ? scale : typical));
}

/** Moves the parameters; whether they took it, as a setter may refuse. */
function move(subject: Subject, scales: readonly number[], distance: number, seed: number): boolean {
  try {
    for (const [p, { values }] of subject.parameters.entries()) {
      const weights = weightsOf(subject, p, { scale: scales[p]!, seed });
      const moved = subject.saved[p]!.slice();
      for (let i = 0; i < moved.length; i += 1) moved[i]! += distance * weights.at(i);
      values.write(moved);
    }
  } catch {
    return false;
  }
  subject.rebase();
  return true;
}

/** The loss and the claims where the parameters are; undefined where the loss is not finite, or a function throws. */
export function* evaluated(
  subject: Subject,
): Generator<PathRequest | GradientsRequest, GenericPoint | undefined, void> {
  try {
    const analytic = subject.parameters.map(({ count }) => new Float64Array(count));
    const loss = yield* claimsAt([], 0, analytic);
    return Number.isFinite(loss) ? { loss, analytic } : undefined;
  } catch (error) {
    // What is handed over wrongly is no property of the point.
    if (isMisuse(error)) throw error;
    return undefined;
  }
}
