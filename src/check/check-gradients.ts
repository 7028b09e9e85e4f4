/**
 * The check from beginning to end: premises, noise, sweep, verdict, findings. Written once as a generator that asks for
 * evaluations; `answer` gets them, at once or with `await`.
 */

import type { Gradients, Model } from '../model/model.js';
import type { Request } from '../model/requests.js';
import { Subject } from '../model/subject.js';
import type { GradientReport } from '../report.js';
import { answer } from './answer.js';
import { Budget } from './budget.js';
import { conclude } from './conclude.js';
import { inquire, noInquiry } from './inquiry.js';
import { judgementOf } from './judgement.js';
import { measure, unmeasured } from './measure.js';
import type { GradientCheckOptions } from './options.js';
import { claim, closing, hold } from './premises.js';
import { readSettings, type Settings } from './settings.js';

/** What a function returns, by its type: a value (`any` counts as one), a promise, or either. */
type Sort<Returned> = 0 extends 1 & Returned
  ? 'value'
  : [Returned] extends [never]
    ? 'value'
    : [Returned] extends [PromiseLike<unknown>]
      ? 'promise'
      : [Extract<Returned, PromiseLike<unknown>>] extends [never]
        ? 'value'
        : 'either';

/** A report, or a promise of it when `loss` or `gradients` returns a promise, by the types of what they return. */
export type Checked<Loss, Claimed> = 'promise' extends Sort<Loss> | Sort<Claimed>
  ? Promise<GradientReport>
  : 'either' extends Sort<Loss> | Sort<Claimed>
    ? GradientReport | Promise<GradientReport>
    : GradientReport;

/**
 * Compares the gradients that a model claims with centred differences of its loss, for every entry of every parameter.
 *
 * The parameters are perturbed in place, one entry at a time, and are bit for bit as before when this returns, resolves,
 * rejects or throws. A correct model with N entries costs 2N losses and some ten to thirty more, and two calls of
 * `gradients`.
 *
 * @throws TypeError at once when the model or the options can't be used; an error of the model's own passes unchanged
 */
export function checkGradients<
  P,
  Loss extends number | PromiseLike<number>,
  Claimed extends Gradients | PromiseLike<Gradients>,
>(
  model: Model<P> & { loss(parameters: P): Loss; gradients(parameters: P): Claimed },
  options?: GradientCheckOptions,
): Checked<Loss, Claimed> {
  return runCheck(model, options, () => undefined) as Checked<Loss, Claimed>;
}

/**
 * The same for anything that claims to be a model.
 * @param onPromise called when a function of the model first returns a promise; what it throws ends the check
 */
export function runCheck(
  model: unknown,
  options: unknown,
  onPromise: () => void,
): GradientReport | Promise<GradientReport> {
  const settings = readSettings(options);
  const subject = new Subject(model, settings.selection);
  return answer(procedure(subject, settings), subject, onPromise);
}

function* procedure(subject: Subject, settings: Settings): Generator<Request, GradientReport, void> {
  try {
    const { analytic, premises: opening } = yield* claim(subject);
    if (!hold(opening)) {
      const measurement = unmeasured(subject, analytic);
      return conclude(subject, settings, { premises: opening, measurement, inquiry: noInquiry(subject) });
    }
    const loss = opening.losses[0]!;
    const budget = new Budget(settings, subject.evaluations);
    const measurement = yield* measure(subject, settings, analytic, loss, budget);
    const stopped = budget.stop();
    const judgement = judgementOf(subject, settings, measurement);
    const inquiry =
      judgement.verdict === 'wrong' && stopped === undefined
        ? yield* inquire(subject, judgement.parameters, loss, measurement.noise, settings.seed)
        : noInquiry(subject);
    const premises = yield* closing(subject, opening);
    return conclude(subject, settings, { premises, measurement, judgement, inquiry, stopped });
  } finally {
    subject.restore();
  }
}
