/**
 * The check of a vector function: each of its outputs is a loss whose gradient is a row of the matrix that the derivatives claim. The
 * procedure is that of gradients, run for one output after the other on evaluations that are made once.
 */

import { vectorEvaluationOf } from '../model/evaluate/answer-outputs.js';
import type { VectorRequest } from '../model/evaluate/requests.js';
import { demandBack } from '../model/subject/saved.js';
import { type FunctionNames, VectorSubject } from '../model/subject/vector-subject.js';
import { misuse } from '../errors.js';
import type { JacobianReport } from '../report.js';
import type { CheckHooks, OnEvidence } from './hooks.js';
import { Budget } from './run/budget.js';
import { now } from './run/clock.js';
import { answer } from './run/drive.js';
import type { CheckObserver } from './run/observer.js';
import type { GradientCheckOptions } from './options.js';
import { LEAST_EVALUATIONS, readSettings, type Settings } from './settings.js';
import { checkRole } from './vector/check-role.js';
import { OutputsCache } from './vector/outputs-cache.js';
import { outputsHere } from './vector/products.js';
import { mergedReport, type RoleReport } from './vector/vector-report.js';

/**
 * Checks anything that claims to be a vector function with derivatives.
 * @param names what its functions are called
 */
export function runVectorCheck(
  model: unknown,
  options: unknown,
  names: FunctionNames,
  { observer, onPromise, onEvidence }: CheckHooks = {},
): JacobianReport | Promise<JacobianReport> {
  const settings = readSettings(options);
  const { points } = (options ?? {}) as GradientCheckOptions;
  if (points !== undefined && points > 1)
    throw misuse(
      `options.points must be 1 or left out, as a ${names.kind === 'hessian' ? 'Hessian' : 'Jacobian'} is checked at the parameters as given, but it is ${points}.`,
    );
  const live = settings.onProgress === undefined ? observer : undefined;
  const subject = new VectorSubject(model, settings.selection, names, live && (() => live.calling()));
  return answer(
    procedure(subject, settings, live, onEvidence),
    (request: VectorRequest) => vectorEvaluationOf(request, subject),
    onPromise,
  );
}

function* procedure(
  subject: VectorSubject,
  settings: Settings,
  observer: CheckObserver | undefined,
  onEvidence: OnEvidence | undefined,
): Generator<VectorRequest, JacobianReport, void> {
  const started = now();
  try {
    yield* outputsHere(subject);
    const cache = new OutputsCache();
    const all: RoleReport[] = [];
    for (const [k, role] of subject.roles.entries()) {
      // Each of those that are left is asked for its claims at least.
      const left = LEAST_EVALUATIONS * (subject.roles.length - 1 - k);
      const { maxEvaluations = Infinity } = settings;
      const budget = new Budget(
        { ...settings, maxEvaluations: maxEvaluations - left },
        subject,
        observer,
        started,
      );
      all.push(yield* checkRole({ subject, settings, cache, budget }, role));
      // What one claim did to the parameters is no fault of the next one's.
      demandBack(subject.restore());
    }
    if (settings.selection.shard === undefined) onEvidence?.(all.flatMap(({ evidence }) => evidence));
    return mergedReport(
      subject,
      settings,
      all.map(({ report }) => report),
    );
  } finally {
    try {
      subject.restore();
    } finally {
      observer?.end();
    }
  }
}
