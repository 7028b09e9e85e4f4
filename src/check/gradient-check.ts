/**
 * The check from beginning to end: preconditions, noise, sweep, verdict, findings. Written once as a generator that asks for
 * evaluations; `answer` gets them, at once or with `await`.
 */

import type { ParameterEvidence } from './measurement.js';
import { GradientSubject } from '../model/subject/gradient-subject.js';
import { demandBack } from '../model/subject/saved.js';
import type { Request } from '../model/evaluate/requests.js';
import { evaluationOf } from '../model/evaluate/answer-losses.js';
import type { GradientReport } from '../report.js';
import { answer } from './run/drive.js';
import { Budget } from './run/budget.js';
import { now } from './run/clock.js';
import { conclude, type Findings } from './report/build-report.js';
import { askFollowUp, noFollowUp, unlessThrown } from './preconditions/follow-up.js';
import { judgementOf } from './report/judge.js';
import { measure, unmeasured } from './measure.js';
import type { CheckObserver } from './run/observer.js';
import { claim, closing, hold } from './preconditions/repeated-calls.js';
import { readSettings, type Settings } from './settings.js';

/** Told what was measured of the parameters, in the order of the report and right before it; not where nothing could be measured. */
export type OnEvidence = (evidence: readonly ParameterEvidence[]) => void;

/**
 * Checks anything that claims to be a model.
 * @param observer told how the check goes, unless the options name who is
 * @param onPromise called when a function of the model first returns a promise; what it throws ends the check
 * @param onEvidence for a picture, which a report has no numbers for
 */
export function runCheck(
  model: unknown,
  options: unknown,
  observer: CheckObserver | undefined,
  onPromise: () => void = () => undefined,
  onEvidence: OnEvidence = () => undefined,
): GradientReport | Promise<GradientReport> {
  const settings = readSettings(options);
  const told = settings.onProgress === undefined ? observer : undefined;
  const subject = new GradientSubject(model, settings.selection, told && (() => told.calling()));
  return answer(
    procedure(subject, settings, told, onEvidence),
    (request) => evaluationOf(request, subject),
    onPromise,
  );
}

function* procedure(
  subject: GradientSubject,
  settings: Settings,
  observer: CheckObserver | undefined,
  onEvidence: OnEvidence,
): Generator<Request, GradientReport, void> {
  const started = now();
  try {
    const { analytic, preconditions: opening } = yield* claim(subject);
    if (!hold(opening)) {
      const measurement = unmeasured(subject, analytic);
      return gradientReport(subject, settings, {
        preconditions: opening,
        measurement,
        followUp: noFollowUp(subject),
      });
    }
    const loss = opening.losses[0]!.values[0]!;
    const budget = new Budget(settings, subject, observer, started);
    const measurement = yield* measure(subject, settings, analytic, loss, budget);
    const stopped = budget.stop();
    const judgement = judgementOf(subject, settings, measurement);
    const followUp =
      judgement.verdict === 'wrong' && stopped === undefined
        ? yield* unlessThrown(subject, askFollowUp(subject, loss, measurement, settings.seed))
        : noFollowUp(subject);
    const preconditions = yield* closing(subject, opening);
    demandBack(subject.restore());
    onEvidence(judgement.parameters);
    return gradientReport(subject, settings, { preconditions, measurement, judgement, followUp, stopped });
  } finally {
    try {
      subject.restore();
    } finally {
      observer?.end();
    }
  }
}

function gradientReport(subject: GradientSubject, settings: Settings, findings: Findings): GradientReport {
  const evaluations = { ...subject.evaluations };
  return { ...conclude(subject, settings, findings), kind: 'gradients', evaluations };
}
