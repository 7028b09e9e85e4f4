/**
 * The check of many outputs at once: sums of them with random signs are losses, whose gradients are products of the claim with these
 * cotangents. What is wrong in one output is wrong by as much in each of the sums; which output it is, halves of the cotangent tell.
 */

import type { Contradiction, Measurement } from '../measurement.js';
import { flattened, totalOf } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { randomIntegers } from '../../numerics/random.js';
import type { Derivative, Offender, Report, Verdict } from '../../report.js';
import { type CotangentCheck, projected, locateOutput } from './locate-output.js';
import type { Budget } from '../run/budget.js';
import { type Arrays, claimScalarization, matricesHere, outputsHere, signsFor } from './products.js';
import { conclude } from '../report/build-report.js';
import { askFollowUp, noFollowUp, unlessThrown } from '../preconditions/follow-up.js';
import { type Judgement, judgementOf, noneMoves } from '../report/judge.js';
import { additivity, brokenNames } from './linearity.js';
import { measure, unmeasured } from '../measure.js';
import type { OutputsCache } from './outputs-cache.js';
import { claim, closing, hold } from '../preconditions/repeated-calls.js';
import type { Settings } from '../settings.js';
import { asymmetry } from './symmetry.js';
import type { Told } from './vector-report.js';
import { scalarized, weighted } from './scalarize.js';

/** How many cotangents are taken: errors of several outputs cancel in one sum with a probability of 1/2 at most, in all of four of 1/16. */
export const VECTORS = 4;

/** So many numbers may the outputs at all entries' points be for each entry to be taken by itself; with more, directions are taken. */
const MOST_NUMBERS: number = 2 ** 23;

/** Checks what one role claims along a few cotangents. */
export function* checkByCotangents(
  subject: VectorSubject,
  settings: Settings,
  role: 'matrix' | 'vjp',
  cache: OutputsCache,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const view = claimScalarization(subject, role, settings.seed);
  const opening = yield* scalarized(view, cache, claim(subject));
  const claimant = subject.names.roles[role] as Derivative;
  const end = {
    kind: subject.names.kind,
    claim: claimant,
    followUp: noFollowUp(subject),
    preconditions: opening.preconditions,
  };
  if (!hold(opening.preconditions)) {
    const report = conclude(subject, settings, {
      ...end,
      measurement: unmeasured(subject, opening.analytic),
    });
    return { report: named(report, claimant, subject), evidence: [] };
  }
  const vectors = vectorsFor(subject, view.vector, settings.seed);
  const matrices = role === 'matrix' ? yield* matricesHere(subject) : undefined;
  const projections: CotangentCheck[] = [];
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
    const measurement = yield* scalarized(own, cache, measuring);
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
  const followUp = isAsked
    ? yield* unlessThrown(
        subject,
        scalarized(view, cache, askFollowUp(subject, view.value(here), together, settings.seed)),
      )
    : end.followUp;
  const preconditions = yield* scalarized(view, cache, closing(subject, opening.preconditions));
  const report = conclude(subject, settings, {
    ...end,
    preconditions,
    followUp,
    measurement,
    judgement,
    contradictions,
    stopped,
  });
  const offenders: Offender[] = [];
  for (const offender of report.offenders)
    offenders.push(yield* locateOutput(subject, cache, found, matrices, offender, measurement, budget));
  const whole = { ...report, offenders, vectors: vectors.length };
  const evidence = judgement.parameters;
  return { report: named(whole, claimant, subject, contradictions), evidence };
}

/** What was seen through one cotangent. */
interface Look {
  readonly projection: CotangentCheck;
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
