/** What one role claims → the report on it: by all entries of the matrix, or along a few random vectors, and from beginning to end. */

import { totalOf } from '../../model/array/concat.js';
import { unravel } from '../../model/array/shape.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Role } from '../../model/vector-model.js';
import type { Offender, ParameterReport, Report } from '../../report.js';
import { entryDifference } from '../../verdict/ranking.js';
import { formatsOf } from '../../numerics/format.js';
import { askFollowUp, followUpGivenUp, noFollowUp } from '../preconditions/follow-up.js';
import { unlessThrown } from '../preconditions/unless-thrown.js';
import { claim, closing, hold } from '../preconditions/repeated-calls.js';
import { isCheap } from '../strategy.js';
import { byCotangents } from './by-cotangents.js';
import { byEntries } from './by-entries.js';
import { byTangents } from './by-tangents.js';
import { type Blamed, locateWrong } from './locate-wrong.js';
import type { Checked, Method } from './method.js';
import { type Opening, openingOf, outputsHere, outputsOf, sidesOf } from './products.js';
import { unmeasuredRows } from './rows.js';
import { scalarized, type VectorTask } from './scalarization.js';
import { outputPlace, reportOf, type RoleReport } from './vector-report.js';

/** Beyond so many evaluations and products with unit vectors, random ones are the default, as they are beyond so many losses of a gradient. */
const MOST_CALLS = 20_000;
/** Random vectors are also the default beyond so many entries of the matrix, which are each judged by themselves. */
const MOST_ENTRIES: number = 2 ** 18;

/** All entries, or random vectors where that takes too long or is asked for. */
function methodFor(task: VectorTask, { role, lossTime }: Opening): Method {
  const { subject, settings } = task;
  const outputs = outputsOf(subject);
  const entries = totalOf(subject.due);
  const products = { matrix: 0, vjp: outputs, jvp: entries }[role];
  const calls = 2 * entries + products;
  const isSmall = calls <= MOST_CALLS && outputs * entries <= MOST_ENTRIES && isCheap(calls, lossTime);
  if ((settings.method ?? (isSmall ? 'exhaustive' : 'directional')) === 'exhaustive') return byEntries(task);
  return role === 'jvp' ? byTangents(task) : byCotangents(task, role);
}

/** Checks what one role claims. */
export function* checkRole(task: VectorTask, role: Role): Generator<VectorRequest, RoleReport, void> {
  const { subject, settings } = task;
  const first = openingOf(subject, role, settings.seed);
  const claiming = claim(subject, () => sidesOf(subject, role).product);
  const opening: Opening = { ...first, ...(yield* scalarized(first, task, subject, claiming)) };
  const method = methodFor(task, opening);
  if (!hold(opening.preconditions) || !task.budget.allows(method.opening)) {
    const nothing = {
      ...unmeasuredRows(settings, method.layout),
      contradictions: [],
      stopped: task.budget.stop(),
      followUp: noFollowUp(subject),
    };
    return reportOf(task, role, { ...nothing, preconditions: opening.preconditions }, method.layout);
  }
  const checked = yield* method.check(opening);
  const followUp =
    checked.judgement.verdict === 'wrong' &&
    checked.stopped === undefined &&
    role !== 'jvp' &&
    task.budget.allows(FOLLOW_UP_OUTPUTS + 2 * subject.due.length)
      ? yield* asked(task, opening, checked)
      : noFollowUp(subject);
  const preconditions = yield* scalarized(opening, task, subject, closing(subject, opening.preconditions));
  const { report, evidence } = reportOf(task, role, { ...checked, preconditions, followUp }, method.layout);
  return { report: yield* located(task, report, method, checked), evidence };
}

/** Evaluations that it takes to ask a model with wrong derivatives, beside two for each parameter. */
const FOLLOW_UP_OUTPUTS = 2;

/** What a model with wrong derivatives is asked. */
function* asked(
  task: VectorTask,
  opening: Opening,
  { sumNoise: noise }: Checked,
): Generator<VectorRequest, Parameters<typeof reportOf>[2]['followUp'], void> {
  const { subject, settings } = task;
  const loss = opening.value(yield* outputsHere(subject));
  const { analytic } = opening;
  const claimed = { analytic, formats: formatsOf(analytic), noise };
  const asking = askFollowUp(subject, loss, claimed, settings.seed);
  return yield* unlessThrown(scalarized(opening, task, subject, asking), () => followUpGivenUp(subject));
}

/** The report with the outputs and entries that are to blame for its offenders, in the place of random vectors. */
function* located(
  task: VectorTask,
  report: Report,
  { layout: { frame }, vectors }: Method,
  { wrongIn }: Checked,
): Generator<VectorRequest, Report, void> {
  if (vectors === undefined || wrongIn === undefined) return report;
  const { subject } = task;
  const offenders: Offender[] = [];
  for (const offender of report.offenders) {
    const isPlaced = offender.verdict === 'wrong' && !Number.isNaN(offender.numeric);
    const blamed = isPlaced ? yield* locateWrong(task, wrongIn(offender)) : undefined;
    const unplaced = frame === subject ? offender : { ...offender, index: [] };
    offenders.push(blamed === undefined ? unplaced : placed(subject, offender, blamed, report.tolerance));
  }
  const shown = different(offenders);
  const parameters =
    frame === subject ? report.parameters : report.parameters.map((own) => counted(own, shown));
  return { ...report, parameters, offenders: shown, vectors };
}

/** Along tangents only those entries are known to be wrong that were found. */
function counted(own: ParameterReport, offenders: readonly Offender[]): ParameterReport {
  const found = offenders.filter(({ parameter, output }) => parameter === own.name && output === own.output);
  return own.wrong === 0 ? own : { ...own, wrong: Math.max(1, found.length), wrongIs: 'at least' };
}

/** The entry that was found to be to blame; what is right by itself is none, however wrong the sum that led to it. */
function placed(
  subject: VectorSubject,
  offender: Offender,
  { output, entry, ...numbers }: Blamed,
  tolerance: number,
): Offender {
  const { shape } = subject.parameters.find(({ name }) => name === offender.parameter)!;
  const { analytic, numeric, uncertainty } = numbers;
  const difference = entryDifference(analytic, numeric);
  const allowed = uncertainty + tolerance * (Math.abs(analytic) + Math.abs(numeric));
  // What was seen of the sum is not what was seen of the entry.
  const { steps: _, ...told } = offender;
  return {
    ...told,
    ...outputPlace(subject, output),
    index: unravel(entry, shape),
    ...numbers,
    difference,
    verdict: Math.abs(analytic - numeric) <= allowed ? 'inconclusive' : 'wrong',
  };
}

/** Several vectors may have led to the same entry. */
function different(offenders: readonly Offender[]): readonly Offender[] {
  const key = ({ parameter, index, output, outputIndex }: Offender): string =>
    `${output} ${String(outputIndex)} ${parameter} ${String(index)}`;
  const wrong = offenders.filter(({ verdict }) => verdict === 'wrong');
  const shown = wrong.length > 0 ? wrong : offenders;
  return shown.filter((offender, k) => shown.findIndex((other) => key(other) === key(offender)) === k);
}
