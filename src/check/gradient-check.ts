/**
 * The check from beginning to end: preconditions, noise, sweep, verdict, findings. Written once as a generator that asks for
 * evaluations; `answer` gets them, at once or with `await`.
 */

import { GradientSubject } from '../model/subject/gradient-subject.js';
import { demandBack } from '../model/subject/saved.js';
import type { Request } from '../model/evaluate/requests.js';
import { evaluationOf } from '../model/evaluate/answer-losses.js';
import type { GradientReport } from '../report.js';
import { answer } from './run/drive.js';
import { Budget } from './run/budget.js';
import { now } from './run/clock.js';
import { gradientReport } from './report/gradient-report.js';
import { askFollowUp, followUpGivenUp, noFollowUp } from './preconditions/follow-up.js';
import type { CheckHooks, OnEvidence } from './hooks.js';
import { judgedTogether, judgementOf } from './report/judge.js';
import { unmeasured } from './measure.js';
import { measureWatched } from './measure-watched.js';
import type { Preconditions, Repeated } from './measurement.js';
import { checkPoints } from './points/check-points.js';
import type { CheckObserver } from './run/observer.js';
import { unlessThrown } from './preconditions/unless-thrown.js';
import { changeDuring, claim, closing, hold, scatterOfLosses } from './preconditions/repeated-calls.js';
import { readSettings, type Settings } from './settings.js';

/** Checks anything that claims to be a model. */
export function runCheck(
  model: unknown,
  options: unknown,
  { observer, onPromise, onEvidence }: CheckHooks = {},
): GradientReport | Promise<GradientReport> {
  const settings = readSettings(options);
  const live = settings.onProgress === undefined ? observer : undefined;
  const subject = new GradientSubject(model, settings.selection, live && (() => live.calling()));
  return answer(
    gradientProcedure(subject, settings, live, onEvidence),
    (request) => evaluationOf(request, subject),
    onPromise,
  );
}

/** The check of a model that has been read; puts its parameters back. */
export function* gradientProcedure(
  subject: GradientSubject,
  settings: Settings,
  observer: CheckObserver | undefined,
  onEvidence: OnEvidence | undefined,
): Generator<Request, GradientReport, void> {
  const started = now();
  try {
    const { analytic, preconditions: opening, lossTime } = yield* claim(subject);
    if (!hold(opening)) return nothingKnown(subject, settings, analytic, opening);
    const loss = opening.losses[0]!.values[0]!;
    const budget = new Budget(settings, subject, observer, started);
    const scatters = { scatter: scatterOfLosses(opening), claimScatter: opening.scatter };
    const point = { frame: subject, settings, analytic, loss, lossTime, budget, ...scatters };
    const { measurement, unlike } = yield* measureWatched(point);
    if (unlike !== undefined)
      return nothingKnown(subject, settings, analytic, withLosses(subject, opening, unlike));
    const here = judgementOf(subject, settings, measurement);
    const change = changeDuring(subject);
    const beside = yield* checkPoints(subject, settings, here, { analytic, loss, ...scatters }, budget);
    if (beside.unlike !== undefined)
      return nothingKnown(subject, settings, analytic, withLosses(subject, opening, beside.unlike));
    const { decided, points, seen } = beside;
    const judgement = judgedTogether(subject, settings, analytic, decided);
    const stopped = budget.stop();
    const followUp =
      here.verdict === 'wrong' && judgement.verdict === 'wrong' && stopped === undefined
        ? yield* unlessThrown(askFollowUp(subject, loss, measurement, settings.seed), () =>
            followUpGivenUp(subject),
          )
        : noFollowUp(subject);
    const preconditions = yield* closing(subject, opening, change);
    demandBack(subject.restore());
    onEvidence?.(judgement.parameters);
    return gradientReport(subject, settings, {
      preconditions,
      measurement,
      judgement,
      followUp,
      stopped,
      points,
      seen,
    });
  } finally {
    try {
      subject.restore();
    } finally {
      observer?.end();
    }
  }
}

/** The report of a model whose functions are none. */
function nothingKnown(
  subject: GradientSubject,
  settings: Settings,
  analytic: readonly Float64Array[],
  preconditions: Preconditions,
): GradientReport {
  const measurement = unmeasured(subject, settings, analytic);
  return gradientReport(subject, settings, { preconditions, measurement, followUp: noFollowUp(subject) });
}

/** What was found out at first, and two losses that differ: which a change of the parameters explains. */
function withLosses(subject: GradientSubject, opening: Preconditions, unlike: Repeated): Preconditions {
  return { ...opening, losses: [...opening.losses, unlike], change: changeDuring(subject) };
}
