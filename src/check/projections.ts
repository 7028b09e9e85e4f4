/**
 * The check of many outputs at once: sums of them with random signs are losses, whose gradients are products of the claim with these
 * cotangents. What is wrong in one output is wrong by as much in each of the sums; which output it is, halves of the cotangent tell.
 */

import type { Contradiction } from '../diagnoses/evidence.js';
import { flattened, totalOf } from '../model/flat.js';
import type { VectorRequest } from '../model/requests.js';
import type { VectorSubject } from '../model/vector-subject.js';
import { randomIntegers } from '../numerics/random.js';
import type { Derivative, Offender, Report, Verdict } from '../report.js';
import { type Projection, projected, withOutput } from './blame-output.js';
import type { Budget } from './budget.js';
import { type Arrays, claimView, matricesHere, outputsHere, signsFor } from './claims.js';
import { conclude } from './conclude.js';
import { inquire, noInquiry } from './inquiry.js';
import { type Judgement, judgementOf, noneMoves } from './judgement.js';
import { additivity, brokenNames } from './linearity.js';
import { measure, type Measurement, unmeasured } from './measure.js';
import type { Memo } from './memo.js';
import { claim, closing, hold } from './premises.js';
import type { Settings } from './settings.js';
import { asymmetry } from './symmetry.js';
import type { Told } from './told.js';
import { seenThrough, weighted } from './views.js';

/** How many cotangents are taken: errors of several outputs cancel in one sum with a probability of 1/2 at most, in all of four of 1/16. */
export const VECTORS = 4;

/** So many numbers may the outputs at all entries' points be for each entry to be taken by itself; with more, directions are taken. */
const MOST_NUMBERS: number = 2 ** 23;

/** Checks what one role claims along a few cotangents. */
export function* checkProjections(
  subject: VectorSubject,
  settings: Settings,
  role: 'matrix' | 'vjp',
  memo: Memo,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const view = claimView(subject, role, settings.seed);
  const opening = yield* seenThrough(view, memo, claim(subject));
  const terms = { value: subject.dialect.outputs, claim: subject.dialect.roles[role] as Derivative };
  const end = { terms, inquiry: noInquiry(subject), premises: opening.premises };
  if (!hold(opening.premises)) {
    const report = conclude(subject, settings, {
      ...end,
      measurement: unmeasured(subject, opening.analytic),
    });
    return { report: named(report, terms.claim, subject), evidence: [] };
  }
  const vectors = vectorsFor(subject, view.vector, settings.seed);
  const matrices = role === 'matrix' ? yield* matricesHere(subject) : undefined;
  const projections: Projection[] = [];
  const contradictions: Contradiction[] = [];
  for (const vector of vectors) {
    const weights = flattened(vector);
    const analytic = vector === view.vector ? opening.analytic : yield* projected(subject, vector, matrices);
    projections.push({
      weights,
      analytic,
      view: { ...view, value: (outputs) => weighted(weights, outputs) },
    });
  }
  if (role === 'vjp') {
    const pair = [0, 1].map((k) => ({ vector: vectors[k]!, product: projections[k]!.analytic }));
    const broken = yield* additivity(subject, role, settings, pair[0]!, pair[1]!);
    if (broken !== undefined) contradictions.push(broken);
  }
  const here = yield* outputsHere(subject);
  const entries = totalOf(subject.due);
  const method = 2 * entries * here.length <= MOST_NUMBERS ? undefined : 'directional';
  const looks: Look[] = [];
  for (const projection of projections) {
    const { view: own, analytic } = projection;
    const measuring = measure(subject, { ...settings, method }, analytic, own.value(here), budget, true);
    const measurement = yield* seenThrough(own, memo, measuring);
    budget.silence();
    const judgement = judgementOf(subject, settings, measurement);
    looks.push({ projection, measurement, judgement });
    if (judgement.verdict === 'wrong') break;
  }
  const { projection: found, measurement, judgement } = worstOf(looks);
  const stopped = budget.stop();
  const asymmetric = matrices && asymmetry(subject, matrices, settings, judgement);
  if (asymmetric !== undefined) contradictions.push(asymmetric);
  const isAsked = judgement.verdict === 'wrong' && stopped === undefined;
  const together = { analytic: opening.analytic, noise: measurement.noise };
  const inquiry = isAsked
    ? yield* seenThrough(view, memo, inquire(subject, view.value(here), together, settings.seed))
    : end.inquiry;
  const premises = yield* seenThrough(view, memo, closing(subject, opening.premises));
  const report = conclude(subject, settings, {
    ...end,
    premises,
    inquiry,
    measurement,
    judgement,
    contradictions,
    stopped,
  });
  const offenders: Offender[] = [];
  for (const offender of report.offenders)
    offenders.push(yield* withOutput(subject, memo, found, matrices, offender, measurement, budget));
  const whole = { ...report, offenders, vectors: vectors.length };
  const evidence = judgement.parameters;
  return { report: named(whole, terms.claim, subject, contradictions), evidence };
}

/** What was seen through one cotangent. */
interface Look {
  readonly projection: Projection;
  readonly measurement: Measurement;
  readonly judgement: Judgement;
}

/** The first of those with the worst verdict; one in which nothing moves, as outputs may cancel, says nothing beside others. */
function worstOf(looks: readonly Look[]): Look {
  const moving = looks.filter(({ judgement }) => !noneMoves(judgement.parameters));
  const having = (verdict: Verdict): Look | undefined =>
    moving.find(({ judgement }) => judgement.verdict === verdict);
  return having('wrong') ?? having('inconclusive') ?? moving[0] ?? looks[0]!;
}

/** The first cotangent, and others of random signs. */
function vectorsFor(subject: VectorSubject, first: Arrays, seed: number): Arrays[] {
  const integers = randomIntegers(seed + 1);
  const more = Array.from({ length: VECTORS - 1 }, () => signsFor(subject.outputs, integers));
  return [first, ...more];
}

/** A report that says whose claim it is about. */
function named(
  report: Report,
  derivative: Derivative,
  { outputs, calls }: VectorSubject,
  contradictions: readonly Contradiction[] = [],
): Report {
  const broken = brokenNames(contradictions);
  const output = outputs.length === 1 ? outputs[0]!.name : 'outputs';
  return {
    ...report,
    evaluations: calls,
    parameters: report.parameters.map((parameter) => ({
      ...parameter,
      output,
      derivative,
      verdict: broken.has(parameter.name) ? 'wrong' : parameter.verdict,
    })),
    offenders: report.offenders.map((offender) => ({ ...offender, derivative })),
  };
}
