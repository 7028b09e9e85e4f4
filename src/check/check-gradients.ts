/**
 * The check from beginning to end: premises, noise, sweep, verdict, findings. Written once as a generator that asks for
 * evaluations; `answer` gets them, at once or with `await`.
 */

import type { ParameterEvidence } from '../diagnoses/evidence.js';
import { GradientSubject } from '../model/gradient-subject.js';
import type { Request } from '../model/requests.js';
import { walkOf } from '../model/walks.js';
import type { GradientReport } from '../report.js';
import { answer } from './answer.js';
import { Budget } from './budget.js';
import { now } from './clock.js';
import { conclude } from './conclude.js';
import { inquire, noInquiry } from './inquiry.js';
import { judgementOf } from './judgement.js';
import { measure, unmeasured } from './measure.js';
import type { Onlooker } from './onlooker.js';
import { claim, closing, hold } from './premises.js';
import { readSettings, type Settings } from './settings.js';

/** Told what was measured of the parameters, in the order of the report and right before it; not where nothing could be measured. */
export type OnEvidence = (evidence: readonly ParameterEvidence[]) => void;

/**
 * Checks anything that claims to be a model.
 * @param onlooker told how the check goes, unless the options name who is
 * @param onPromise called when a function of the model first returns a promise; what it throws ends the check
 * @param onEvidence for a picture, which a report has no numbers for
 */
export function runCheck(
  model: unknown,
  options: unknown,
  onlooker: Onlooker | undefined,
  onPromise: () => void = () => undefined,
  onEvidence: OnEvidence = () => undefined,
): GradientReport | Promise<GradientReport> {
  const settings = readSettings(options);
  const told = settings.onProgress === undefined ? onlooker : undefined;
  const subject = new GradientSubject(model, settings.selection, told && (() => told.calling()));
  return answer(
    procedure(subject, settings, told, onEvidence),
    (request) => walkOf(request, subject),
    onPromise,
  );
}

function* procedure(
  subject: GradientSubject,
  settings: Settings,
  onlooker: Onlooker | undefined,
  onEvidence: OnEvidence,
): Generator<Request, GradientReport, void> {
  const started = now();
  try {
    const { analytic, premises: opening } = yield* claim(subject);
    if (!hold(opening)) {
      const measurement = unmeasured(subject, analytic);
      return conclude(subject, settings, { premises: opening, measurement, inquiry: noInquiry(subject) });
    }
    const loss = opening.losses[0]!.values[0]!;
    const budget = new Budget(settings, subject, onlooker, started);
    const measurement = yield* measure(subject, settings, analytic, loss, budget);
    const stopped = budget.stop();
    const judgement = judgementOf(subject, settings, measurement);
    const inquiry =
      judgement.verdict === 'wrong' && stopped === undefined
        ? yield* inquire(subject, loss, measurement, settings.seed)
        : noInquiry(subject);
    const premises = yield* closing(subject, opening);
    onEvidence(judgement.parameters);
    return conclude(subject, settings, { premises, measurement, judgement, inquiry, stopped });
  } finally {
    try {
      subject.restore();
    } finally {
      onlooker?.end();
    }
  }
}
