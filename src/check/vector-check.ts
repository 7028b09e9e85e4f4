/**
 * The check of a vector function: each of its outputs is a loss whose gradient is a row of the matrix that the derivatives claim. The
 * procedure is that of gradients, run for one output after the other on evaluations that are made once.
 */

import { totalOf } from '../model/array/concat.js';
import type { VectorRequest } from '../model/evaluate/requests.js';
import { demandBack } from '../model/subject/saved.js';
import type { Role } from '../model/vector-model.js';
import { type FunctionNames, VectorSubject } from '../model/subject/vector-subject.js';
import { vectorEvaluationOf } from '../model/evaluate/answer-outputs.js';
import type { JacobianReport } from '../report.js';
import { answer } from './run/drive.js';
import { Budget } from './run/budget.js';
import type { OnEvidence } from './gradient-check.js';
import { now } from './run/clock.js';
import { outputsHere, outputsOf } from './vector/products.js';
import { combined } from './vector/merge-reports.js';
import { checkByEntries } from './vector/by-entries.js';
import { OutputsCache } from './vector/outputs-cache.js';
import type { CheckObserver } from './run/observer.js';
import { checkByCotangents } from './vector/by-cotangents.js';
import { readSettings, type Settings } from './settings.js';
import { checkByTangents } from './vector/by-tangents.js';
import type { Told } from './vector/vector-report.js';

/**
 * Checks anything that claims to be a vector function with derivatives.
 * @param names what its functions are called
 * @param observer told how the check goes, unless the options name who is
 * @param onPromise called when a function of the model first returns a promise; what it throws ends the check
 * @param onEvidence for a picture: of a part of the entries there is none
 */
export function runVectorCheck(
  model: unknown,
  options: unknown,
  names: FunctionNames,
  observer: CheckObserver | undefined,
  onPromise: () => void = () => undefined,
  onEvidence: OnEvidence = () => undefined,
): JacobianReport | Promise<JacobianReport> {
  const settings = readSettings(options);
  const told = settings.onProgress === undefined ? observer : undefined;
  const subject = new VectorSubject(model, settings.selection, names, told && (() => told.calling()));
  return answer(
    procedure(subject, settings, told, onEvidence),
    (request: VectorRequest) => vectorEvaluationOf(request, subject),
    onPromise,
  );
}

/** Beyond so many evaluations and products with unit vectors, random ones are the default; as beyond so many losses of a gradient, */
const MOST_CALLS = 20_000;
/** and beyond so many entries of the matrix, which are each judged by themselves. */
const MOST_ENTRIES: number = 2 ** 18;

function* checkRole(
  subject: VectorSubject,
  settings: Settings,
  role: Role,
  cache: OutputsCache,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const outputs = outputsOf(subject);
  const entries = totalOf(subject.due);
  const products = { matrix: 0, vjp: outputs, jvp: entries }[role];
  const isSmall = 2 * entries + products <= MOST_CALLS && outputs * entries <= MOST_ENTRIES;
  if ((settings.method ?? (isSmall ? 'exhaustive' : 'directional')) === 'exhaustive')
    return yield* checkByEntries(subject, settings, role, cache, budget);
  return role === 'jvp'
    ? yield* checkByTangents(subject, settings, cache, budget)
    : yield* checkByCotangents(subject, settings, role, cache, budget);
}

function* procedure(
  subject: VectorSubject,
  settings: Settings,
  observer: CheckObserver | undefined,
  onEvidence: OnEvidence,
): Generator<VectorRequest, JacobianReport, void> {
  const started = now();
  try {
    const budget = new Budget(settings, subject, observer, started);
    yield* outputsHere(subject);
    const cache = new OutputsCache(subject);
    const all: Told[] = [];
    for (const role of subject.roles) {
      all.push(yield* checkRole(subject, settings, role, cache, budget));
      // What one claim did to the parameters is no fault of the next one's.
      demandBack(subject.restore());
    }
    if (settings.selection.shard === undefined) onEvidence(all.flatMap(({ evidence }) => evidence));
    return combined(
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
