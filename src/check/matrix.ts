/** The check of all that one role claims, entry by entry of the whole matrix. */

import type { Contradiction } from '../diagnoses/evidence.js';
import type { Role, VectorRequest } from '../model/requests.js';
import type { VectorSubject } from '../model/vector-subject.js';
import type { Budget } from './budget.js';
import { type Arrays, claimedMatrix, claimView, outputsHere, outputsOf, sidesOf } from './claims.js';
import { inquire, noInquiry } from './inquiry.js';
import { linearity, sumsOf } from './linearity.js';
import type { Memo } from './memo.js';
import { claim, closing, hold } from './premises.js';
import { measureRows, unmeasuredRows } from './rows.js';
import type { Settings } from './settings.js';
import { asymmetry } from './symmetry.js';
import { type Told, told } from './told.js';
import { outputView, seenThrough } from './views.js';

/** Checks the matrix that is claimed by one role. */
export function* checkMatrix(
  subject: VectorSubject,
  settings: Settings,
  role: Role,
  memo: Memo,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const view = claimView(subject, role, settings.seed);
  const opening = yield* seenThrough(view, memo, claim(subject, sidesOf(subject, role).product));
  const matrices = hold(opening.premises)
    ? yield* claimedMatrix(subject, role, () => !budget.spent())
    : undefined;
  const rows = rowsOf(subject, matrices);
  if (matrices === undefined)
    return told(subject, settings, role, {
      ...unmeasuredRows(subject, settings, rows),
      premises: opening.premises,
      inquiry: noInquiry(subject),
      contradictions: [],
      stopped: budget.stop(),
    });
  const contradictions: Contradiction[] = [];
  if (role !== 'matrix') {
    const sums = sumsOf(subject, role, view.vector, opening.analytic, matrices);
    const broken = yield* linearity(subject, role, settings, sums);
    if (broken !== undefined) contradictions.push(broken);
  }
  const here = yield* outputsHere(subject);
  const all = { sights: rows.map((_, m) => outputView(m)), claims: rows };
  const measured = yield* measureRows(subject, settings, all, here, memo, budget);
  const { each, measurement, judgement, stopped } = measured;
  const asymmetric = asymmetry(subject, matrices, settings, judgement);
  if (asymmetric !== undefined) contradictions.push(asymmetric);
  const isAsked = judgement.verdict === 'wrong' && stopped === undefined && role !== 'jvp';
  const together = { analytic: opening.analytic, noise: Math.hypot(...each.map(({ noise }) => noise)) };
  const inquiry = isAsked
    ? yield* seenThrough(view, memo, inquire(subject, view.value(here), together, settings.seed))
    : noInquiry(subject);
  const premises = yield* seenThrough(view, memo, closing(subject, opening.premises));
  return told(subject, settings, role, {
    premises,
    measurement,
    judgement,
    inquiry,
    contradictions,
    stopped,
  });
}

/** Of the claimed matrices the row of each output, by parameters; zeros where they were not asked for. */
function rowsOf(subject: VectorSubject, matrices: Arrays | undefined): Float64Array[][] {
  return Array.from({ length: outputsOf(subject) }, (_, m) =>
    subject.parameters.map(
      ({ count }, p) => matrices?.[p]!.subarray(m * count, (m + 1) * count) ?? new Float64Array(count),
    ),
  );
}
