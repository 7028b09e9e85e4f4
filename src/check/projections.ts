/**
 * The check of many outputs at once: sums of them with random signs are losses, whose gradients are products of the claim with these
 * cotangents. What is wrong in one output is wrong by as much in each of the sums; which output it is, halves of the cotangent tell.
 */

import type { Contradiction } from '../diagnoses/evidence.js';
import type { VectorRequest } from '../model/requests.js';
import { unravel } from '../model/shapes.js';
import type { VectorSubject } from '../model/vector-subject.js';
import { centralDifference, noiseUncertainty } from '../numerics/differences.js';
import { randomIntegers } from '../numerics/random.js';
import type { Derivative, Offender, Report } from '../report.js';
import { bisect } from './bisect.js';
import type { Budget } from './budget.js';
import {
  type Arrays,
  claimView,
  flattened,
  matricesHere,
  outputsHere,
  outputsOf,
  productWith,
  signsFor,
} from './claims.js';
import { conclude } from './conclude.js';
import { inquire, noInquiry } from './inquiry.js';
import { entryDifference } from './judge.js';
import { judgementOf } from './judgement.js';
import { additivity, brokenNames } from './linearity.js';
import { measure, type Measurement, unmeasured } from './measure.js';
import type { Memo } from './memo.js';
import { claim, closing, hold } from './premises.js';
import type { Settings } from './settings.js';
import { asymmetry } from './symmetry.js';
import { sweepRoom } from './sweep.js';
import { seenThrough, weighted, type View } from './views.js';

/** How many cotangents are taken: errors of two outputs that cancel in one sum do in all of four with a probability of 1/16 · 1/2. */
export const VECTORS = 4;

/** So many numbers may the outputs at all entries' points be for each entry to be taken by itself; with more, directions are taken. */
const MOST_NUMBERS: number = 2 ** 23;

/** A cotangent, with the claim for it. */
interface Projection {
  readonly weights: Float64Array;
  readonly analytic: Arrays;
  readonly view: View;
}

/** Checks what one role claims along a few cotangents. */
export function* checkProjections(
  subject: VectorSubject,
  settings: Settings,
  role: 'matrix' | 'vjp',
  memo: Memo,
  budget: Budget,
): Generator<VectorRequest, Report, void> {
  const view = claimView(subject, role, settings.seed);
  const opening = yield* seenThrough(view, memo, claim(subject));
  const terms = { value: subject.dialect.outputs, claim: subject.dialect.roles[role] as Derivative };
  const end = { terms, inquiry: noInquiry(subject), premises: opening.premises };
  if (!hold(opening.premises)) {
    const report = conclude(subject, settings, {
      ...end,
      measurement: unmeasured(subject, opening.analytic),
    });
    return named(report, terms.claim, subject);
  }
  const vectors = vectorsFor(subject, view.vector, settings.seed);
  const matrices = role === 'matrix' ? yield* matricesAgain(subject) : undefined;
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
  const entries = subject.due.reduce((sum, { count }) => sum + count, 0);
  const method = 2 * entries * here.length <= MOST_NUMBERS ? undefined : 'directional';
  let [found] = projections as [Projection];
  let measurement: Measurement | undefined;
  let judgement;
  for (const projection of projections) {
    const { value } = projection.view;
    const own = yield* seenThrough(
      projection.view,
      memo,
      measure(subject, { ...settings, method }, projection.analytic, value(here), budget),
    );
    budget.silence();
    const verdict = judgementOf(subject, settings, own);
    if (judgement !== undefined && RANK[verdict.verdict] <= RANK[judgement.verdict]) continue;
    [found, measurement, judgement] = [projection, own, verdict];
    if (verdict.verdict === 'wrong') break;
  }
  const stopped = budget.stop();
  const asymmetric = matrices && asymmetry(subject, matrices, settings, judgement!);
  if (asymmetric !== undefined) contradictions.push(asymmetric);
  const isAsked = judgement!.verdict === 'wrong' && stopped === undefined;
  const together = { analytic: opening.analytic, noise: measurement!.noise };
  const inquiry = isAsked
    ? yield* seenThrough(view, memo, inquire(subject, view.value(here), together, settings.seed))
    : end.inquiry;
  const premises = yield* seenThrough(view, memo, closing(subject, opening.premises));
  const report = conclude(subject, settings, {
    ...end,
    premises,
    inquiry,
    measurement: measurement!,
    judgement: judgement!,
    contradictions,
    stopped,
  });
  const offenders: Offender[] = [];
  for (const offender of report.offenders)
    offenders.push(yield* withOutput(subject, memo, found, matrices, offender, measurement!, budget));
  return named({ ...report, offenders, vectors: vectors.length }, terms.claim, subject, contradictions);
}

const RANK = { correct: 0, inconclusive: 1, wrong: 2 } as const;

/** The first cotangent, and others of random signs. */
function vectorsFor(subject: VectorSubject, first: Arrays, seed: number): Arrays[] {
  const integers = randomIntegers(seed + 1);
  const more = Array.from({ length: VECTORS - 1 }, () => signsFor(subject.outputs, integers));
  return [first, ...more];
}

function* matricesAgain(subject: VectorSubject): Generator<VectorRequest, Arrays, void> {
  yield* outputsHere(subject);
  return yield* matricesHere(subject);
}

/** The claim for a cotangent. */
function* projected(
  subject: VectorSubject,
  vector: Arrays,
  matrices: Arrays | undefined,
): Generator<VectorRequest, Arrays, void> {
  if (matrices === undefined) {
    yield* outputsHere(subject);
    return yield* productWith(subject, 'vjp', vector);
  }
  const weights = flattened(vector);
  return subject.parameters.map(({ count }, p) => {
    const product = new Float64Array(count);
    for (const [m, weight] of weights.entries())
      for (let i = 0; i < count; i += 1) product[i]! += weight * matrices[p]![m * count + i]!;
    return product;
  });
}

/** The offender in the output that is to blame for it. */
function* withOutput(
  subject: VectorSubject,
  memo: Memo,
  { weights }: Projection,
  matrices: Arrays | undefined,
  offender: Offender,
  measurement: Measurement,
  budget: Budget,
): Generator<VectorRequest, Offender, void> {
  if (offender.verdict !== 'wrong' || Number.isNaN(offender.numeric) || !budget.allows(2)) return offender;
  const p = subject.parameters.findIndex(({ name }) => name === offender.parameter);
  const { shape, count } = subject.parameters[p]!;
  const entry = offender.index.reduce((place, index, axis) => place * shape[axis]! + index, 0);
  const room = sweepRoom(1);
  const step = measurement.chosenSteps[subject.due.findIndex(({ parameter }) => parameter === p)]!;
  room.entries[0] = entry;
  room.steps[0] = step;
  const numeric = new Float64Array(weights.length);
  // Asked for the sum of all, and taken of each.
  const each: Float64Array[] = [];
  yield* memo.answer({ kind: 'sweep', parameter: p, count: 1, ...room }, (outputs) => each.push(outputs));
  const distance = room.above[0]! + room.below[0]!;
  for (let m = 0; m < numeric.length; m += 1)
    numeric[m] = centralDifference(
      { ...room, forward: Float64Array.of(each[0]![m]!), backward: Float64Array.of(each[1]![m]!) },
      0,
    );
  const claimedBy = function* (from: number, to: number): Generator<VectorRequest, number, void> {
    if (matrices !== undefined) {
      let sum = 0;
      for (let m = from; m < to; m += 1) sum += weights[m]! * matrices[p]![m * count + entry]!;
      return sum;
    }
    const part = weights.map((weight, m) => (m >= from && m < to ? weight : 0));
    const [product] = [yield* projected(subject, split(part, subject.outputs), undefined)];
    return product![p]![entry]!;
  };
  const errorOf = function* (from: number, to: number): Generator<VectorRequest, number, void> {
    let error = yield* claimedBy(from, to);
    for (let m = from; m < to; m += 1) error -= weights[m]! * numeric[m]!;
    return error;
  };
  const m = yield* bisect({ from: 0, to: outputsOf(subject) }, offender.analytic - offender.numeric, errorOf);
  const analytic = (yield* claimedBy(m, m + 1)) * weights[m]!;
  const own = { analytic, numeric: numeric[m]! };
  const uncertainty = noiseUncertainty(measurement.noise / Math.sqrt(weights.length), distance);
  if (!(Math.abs(own.analytic - own.numeric) > uncertainty)) return offender;
  return {
    ...offender,
    ...own,
    ...outputPlace(subject, m),
    uncertainty,
    difference: entryDifference(own.analytic, own.numeric),
  };
}

/** The m-th output by its array and index. */
export function outputPlace(
  subject: VectorSubject,
  m: number,
): Required<Pick<Offender, 'output' | 'outputIndex'>> {
  let before = 0;
  for (const { name, shape, count } of subject.outputs) {
    if (m < before + count) return { output: name, outputIndex: unravel(m - before, shape) };
    before += count;
  }
  throw new RangeError(`there is no output ${m}`);
}

function split(flat: Float64Array, arrays: readonly { readonly count: number }[]): Arrays {
  let from = 0;
  return arrays.map(({ count }) => flat.subarray(from, (from += count)));
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
