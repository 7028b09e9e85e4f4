/**
 * The check of a vector function: each of its outputs is a loss whose gradient is a row of the matrix that the derivatives claim. The
 * procedure is that of gradients, run for one output after the other on evaluations that are made once.
 */

import { totalOf } from '../model/flat.js';
import type { Role, VectorRequest } from '../model/requests.js';
import { type Dialect, VectorSubject } from '../model/vector-subject.js';
import { vectorWalkOf } from '../model/vector-walks.js';
import type { JacobianReport } from '../report.js';
import { answer } from './answer.js';
import { Budget } from './budget.js';
import type { OnEvidence } from './check-gradients.js';
import { now } from './clock.js';
import { outputsHere, outputsOf } from './claims.js';
import { combined } from './combine.js';
import { checkMatrix } from './matrix.js';
import { Memo } from './memo.js';
import type { Onlooker } from './onlooker.js';
import { checkProjections } from './projections.js';
import { readSettings, type Settings } from './settings.js';
import { checkSlides } from './slides.js';
import type { Told } from './told.js';

/**
 * Checks anything that claims to be a vector function with derivatives.
 * @param dialect what its functions are called
 * @param onlooker told how the check goes, unless the options name who is
 * @param onPromise called when a function of the model first returns a promise; what it throws ends the check
 * @param onEvidence for a picture: of a part of the entries there is none
 */
export function runVectorCheck(
  model: unknown,
  options: unknown,
  dialect: Dialect,
  onlooker: Onlooker | undefined,
  onPromise: () => void = () => undefined,
  onEvidence: OnEvidence = () => undefined,
): JacobianReport | Promise<JacobianReport> {
  const settings = readSettings(options);
  const told = settings.onProgress === undefined ? onlooker : undefined;
  const subject = new VectorSubject(model, settings.selection, dialect, told && (() => told.calling()));
  return answer(
    procedure(subject, settings, told, onEvidence),
    (request: VectorRequest) => vectorWalkOf(request, subject),
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
  memo: Memo,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const outputs = outputsOf(subject);
  const entries = totalOf(subject.due);
  const products = { matrix: 0, vjp: outputs, jvp: entries }[role];
  const isSmall = 2 * entries + products <= MOST_CALLS && outputs * entries <= MOST_ENTRIES;
  if ((settings.method ?? (isSmall ? 'exhaustive' : 'directional')) === 'exhaustive')
    return yield* checkMatrix(subject, settings, role, memo, budget);
  return role === 'jvp'
    ? yield* checkSlides(subject, settings, memo, budget)
    : yield* checkProjections(subject, settings, role, memo, budget);
}

function* procedure(
  subject: VectorSubject,
  settings: Settings,
  onlooker: Onlooker | undefined,
  onEvidence: OnEvidence,
): Generator<VectorRequest, JacobianReport, void> {
  const started = now();
  try {
    const budget = new Budget(settings, subject, onlooker, started);
    yield* outputsHere(subject);
    const memo = new Memo(subject);
    const all: Told[] = [];
    for (const role of subject.roles) {
      all.push(yield* checkRole(subject, settings, role, memo, budget));
      // What one claim did to the parameters is no fault of the next one's.
      subject.restore();
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
      onlooker?.end();
    }
  }
}
