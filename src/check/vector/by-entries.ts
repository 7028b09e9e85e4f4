/** The check of all that one role claims, entry by entry of the whole matrix. */

import type { Contradiction } from '../measurement.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Role } from '../../model/vector-model.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Budget } from '../run/budget.js';
import {
  type Arrays,
  claimedMatrix,
  claimScalarization,
  outputsHere,
  outputsOf,
  sidesOf,
} from './products.js';
import { askFollowUp, noFollowUp, unlessThrown } from '../preconditions/follow-up.js';
import { linearity, sumsOf } from './linearity.js';
import type { OutputsCache } from './outputs-cache.js';
import { claim, closing, hold } from '../preconditions/repeated-calls.js';
import { measureRows, unmeasuredRows } from './per-output.js';
import type { Settings } from '../settings.js';
import { asymmetry } from './symmetry.js';
import { type Told, told } from './vector-report.js';
import { outputScalarization, scalarized } from './scalarize.js';

/** Checks the matrix that is claimed by one role. */
export function* checkByEntries(
  subject: VectorSubject,
  settings: Settings,
  role: Role,
  cache: OutputsCache,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const view = claimScalarization(subject, role, settings.seed);
  const opening = yield* scalarized(
    view,
    cache,
    claim(subject, () => sidesOf(subject, role).product),
  );
  const matrices = hold(opening.preconditions)
    ? yield* claimedMatrix(subject, role, () => !budget.spent())
    : undefined;
  const rows = rowsOf(subject, matrices);
  if (matrices === undefined)
    return told(subject, settings, role, {
      ...unmeasuredRows(subject, settings, rows),
      preconditions: opening.preconditions,
      followUp: noFollowUp(subject),
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
  const all = { scalarizations: rows.map((_, m) => outputScalarization(m)), claims: rows };
  const measured = yield* measureRows(subject, settings, all, here, cache, budget);
  const { each, measurement, judgement, stopped } = measured;
  const asymmetric = asymmetry(subject, matrices, settings, judgement);
  if (asymmetric !== undefined) contradictions.push(asymmetric);
  const isAsked = judgement.verdict === 'wrong' && stopped === undefined && role !== 'jvp';
  const together = { analytic: opening.analytic, noise: Math.hypot(...each.map(({ noise }) => noise)) };
  const followUp = isAsked
    ? yield* unlessThrown(
        subject,
        scalarized(view, cache, askFollowUp(subject, view.value(here), together, settings.seed)),
      )
    : noFollowUp(subject);
  const preconditions = yield* scalarized(view, cache, closing(subject, opening.preconditions));
  return told(subject, settings, role, {
    preconditions,
    measurement,
    judgement,
    followUp,
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
