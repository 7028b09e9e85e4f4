/**
 * The check of one implementation against another: at θ, and at generic points beside it, the claims of the model are held against those
 * of the reference, each as certain as its own noise lets it be. No loss is needed, or called.
 */

import { isMisuse } from '../errors.js';
import { evaluationOf } from '../model/evaluate/answer-losses.js';
import { GradientSubject } from '../model/subject/gradient-subject.js';
import { countDifferent, demandBack } from '../model/subject/saved.js';
import type { GradientReport, Points } from '../report.js';
import type { CheckHooks } from './hooks.js';
import { unmeasured } from './measure.js';
import type { FollowUp, Preconditions } from './measurement.js';
import { decide, seenAt, wrongIn } from './points/combine-points.js';
import type { PointJudgement } from './points/check-point.js';
import { type GenericPoint, genericPoint } from './points/generic-point.js';
import { displacementAlong, noFollowUp } from './preconditions/follow-up.js';
import { randomPath } from './preconditions/random-path.js';
import { type Claim, claim, hold } from './preconditions/repeated-calls.js';
import { comparison, noiseOfClaims, type TwoClaims } from './reference/compared-gradients.js';
import { type Asking, demandReference, isSound, Reference } from './reference/reference.js';
import { readComparison } from './reference/reference-options.js';
import type { Findings } from './report/build-report.js';
import { gradientReport } from './report/gradient-report.js';
import { type Judgement, judgedTogether, judgementOf } from './report/judge.js';
import { Budget } from './run/budget.js';
import { now } from './run/clock.js';
import { answer } from './run/drive.js';
import type { Settings } from './settings.js';
import { scaleOf } from './preconditions/parameter-scale.js';

/** What is compared. */
interface Pair {
  readonly model: GradientSubject;
  readonly reference: Reference;
  readonly settings: Settings;
  readonly budget: Budget;
  /** Whose functions answer the next request. */
  readonly asked: Asked;
}

/** Whose functions answer requests. */
interface Asked {
  subject: GradientSubject;
}

/** Compares anything that claims to be a model with anything that claims to be a reference of it. */
export function runReferenceCheck(
  model: unknown,
  reference: unknown,
  options: unknown,
  { onPromise, onEvidence }: CheckHooks = {},
): GradientReport | Promise<GradientReport> {
  const settings = readComparison(options);
  const role = { hasLoss: false, call: 'gradients()' };
  const subject = new GradientSubject(model, settings.selection, undefined, role);
  demandReference(reference);
  const asked: Asked = { subject };
  // Only after the model's first claim is it known what the two have to have in common.
  const open = (): Pair => ({
    model: subject,
    reference: new Reference(reference, model as { readonly parameters: unknown }, subject),
    settings,
    budget: new Budget(settings, subject, undefined, now()),
    asked,
  });
  return answer(
    procedure(subject, open, onEvidence),
    (request) => evaluationOf(request, asked.subject),
    onPromise,
  );
}

function* procedure(
  model: GradientSubject,
  open: () => Pair,
  onEvidence: CheckHooks['onEvidence'],
): Asking<GradientReport> {
  let pair: Pair | undefined;
  try {
    const { analytic, preconditions } = yield* claim(model);
    pair = open();
    return yield* compared(pair, { analytic, preconditions }, onEvidence);
  } finally {
    try {
      pair?.reference.restore();
    } finally {
      demandBack(model.restore());
    }
  }
}

/** Compares with what the model claims at θ. */
function* compared(
  pair: Pair,
  { analytic, preconditions }: Pick<Claim, 'analytic' | 'preconditions'>,
  onEvidence: CheckHooks['onEvidence'],
): Asking<GradientReport> {
  const { model, reference, settings, asked } = pair;
  const nothing = { measurement: unmeasured(model, settings, analytic), followUp: noFollowUp(model) };
  if (!hold(preconditions)) return reportOf(pair, { ...nothing, preconditions });
  asked.subject = reference.subject;
  const other = yield* reference.here();
  asked.subject = model;
  if (!isSound(other))
    return reportOf(pair, { ...nothing, preconditions: other.preconditions, claim: 'reference.gradients' });
  const claims = { analytic, reference: other.claims, ...(yield* noiseHere(pair, analytic, other.claims)) };
  const measurement = comparison(model, claims);
  const here = judgementOf(model, settings, measurement);
  const { found, points } = yield* beside(pair, here, claims);
  const seen = seenAt(here, found);
  const judgement = judgedTogether(model, settings, analytic, decide(here, found));
  onEvidence?.(judgement.parameters);
  return reportOf(pair, {
    preconditions: closing(model, preconditions),
    measurement,
    judgement,
    followUp: followUpOf(pair, judgement),
    seen,
    points: { ...points, ...wrongIn(judgement.parameters) },
  });
}

/** What noise makes uncertain of both claims; of a tree of numbers nothing is known but their format. */
function* noiseHere(
  pair: Pair,
  analytic: readonly Float64Array[],
  others: readonly Float64Array[],
): Asking<Pick<TwoClaims, 'analyticBounds' | 'referenceBounds'>> {
  const { model, reference, settings, budget } = pair;
  const analyticBounds = yield* noiseOfClaims({ frame: model, claims: analytic, settings, budget });
  if (reference.isFixed)
    return { analyticBounds, referenceBounds: others.map(({ length }) => new Float64Array(length)) };
  pair.asked.subject = reference.subject;
  const bounds = yield* noiseOfClaims({ frame: reference.subject, claims: others, settings, budget });
  pair.asked.subject = model;
  return { analyticBounds, referenceBounds: reference.boundsOf(bounds) };
}

/** The generic points beside θ. Where the claim is wrong at θ nothing is left to ask. */
function* beside(
  pair: Pair,
  here: Judgement,
  claims: TwoClaims,
): Asking<{ readonly found: readonly PointJudgement[]; readonly points: Points }> {
  const { reference, settings } = pair;
  const last = reference.isFixed || here.verdict === 'wrong' ? 1 : settings.points;
  const found: PointJudgement[] = [];
  for (let point = 2; point <= last; point += 1) {
    const judged = yield* besideAt(pair, claims, point);
    if (judged !== undefined) found.push(judged);
  }
  return { found, points: { checked: 1 + found.length, skipped: last - 1 - found.length } };
}

/** What is found at a point; undefined where one of the two can't be evaluated. Puts all parameters back. */
function* besideAt(pair: Pair, claims: TwoClaims, point: number): Asking<PointJudgement | undefined> {
  const { model, reference, settings } = pair;
  let others: readonly Float64Array[] = [];
  const both = function* (): Asking<GenericPoint | undefined> {
    try {
      others = yield* referenceThere(pair);
      const analytic = model.parameters.map(({ count }) => new Float64Array(count));
      yield { kind: 'gradients', path: [], multiple: 0, into: analytic };
      return others.every((numbers) => numbers.every(Number.isFinite)) ? { loss: 0, analytic } : undefined;
    } catch (error) {
      // What is handed over wrongly is no property of the point.
      if (isMisuse(error)) throw error;
      return undefined;
    }
  };
  try {
    const moved = yield* genericPoint(model, point, settings.seed, both);
    if (moved === undefined) return undefined;
    const { analytic } = moved;
    const isSame = model.due.map(
      ({ parameter: p }) => countDifferent(analytic[p]!, claims.analytic[p]!) === 0,
    );
    const measurement = comparison(model, { ...claims, analytic, reference: others });
    return { point, judgement: judgementOf(model, settings, measurement), isSame };
  } finally {
    pair.asked.subject = model;
    reference.subject.restore();
    model.restore();
  }
}

/** What the reference claims where the model is. */
function* referenceThere(pair: Pair): Asking<readonly Float64Array[]> {
  pair.asked.subject = pair.reference.subject;
  try {
    return yield* pair.reference.there();
  } finally {
    pair.asked.subject = pair.model;
  }
}

/** The preconditions at the end: no call may have changed a parameter. */
function closing(model: GradientSubject, opening: Preconditions): Preconditions {
  const parameters = model.changes();
  const lost = model.restore();
  return parameters.length === 0 ? opening : { ...opening, change: { by: 'gradients', parameters, lost } };
}

/** Which parameters of a wrong model share their storage. */
function followUpOf({ model, settings }: Pair, { verdict }: Judgement): FollowUp {
  const none = noFollowUp(model);
  if (verdict !== 'wrong') return none;
  const scales = model.saved.map(scaleOf);
  const shared = model.sharers(displacementAlong(randomPath(model, scales, settings.seed)));
  return { ...none, sharers: model.due.map(({ parameter }) => shared[parameter]!) };
}

function reportOf({ model, reference, settings }: Pair, findings: Findings): GradientReport {
  const { gradients } = model.evaluations;
  const other = reference.isFixed ? {} : { reference: reference.subject.evaluations.gradients };
  return gradientReport(
    model,
    settings,
    { ...findings, against: 'reference' },
    { loss: 0, gradients, ...other },
  );
}
