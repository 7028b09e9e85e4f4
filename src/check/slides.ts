/**
 * The check of products with a tangent for many entries at once: along a tangent of random signs each output is a function of one
 * number, and the product claims its derivative. What is wrong by one entry is wrong by as much along each; which entry it is, halves of
 * the tangent tell.
 */

import type { Contradiction } from '../diagnoses/evidence.js';
import type { VectorRequest } from '../model/requests.js';
import { slide } from '../model/slide.js';
import { unravel } from '../model/shapes.js';
import type { Frame } from '../model/subject.js';
import type { VectorSubject } from '../model/vector-subject.js';
import { noiseUncertainty } from '../numerics/differences.js';
import { rootMeanSquare } from '../numerics/norms.js';
import { randomIntegers } from '../numerics/random.js';
import { entryScale } from '../numerics/steps.js';
import type { Offender, Report } from '../report.js';
import { bisect } from './bisect.js';
import { outputPlace } from './blame.js';
import { joined, judgeJoined } from './blocks.js';
import type { Budget } from './budget.js';
import {
  type Arrays,
  claimView,
  emptyArrays,
  flattened,
  outputsHere,
  outputsOf,
  productWith,
  signsFor,
} from './claims.js';
import { noInquiry } from './inquiry.js';
import { entryDifference } from './judge.js';
import { additivity } from './linearity.js';
import { measure, type Measurement, unmeasured } from './measure.js';
import { Memo } from './memo.js';
import { claim, closing, hold } from './premises.js';
import { VECTORS } from './projections.js';
import type { Settings } from './settings.js';
import { asymmetryAlong } from './symmetry.js';
import { told } from './told.js';
import { outputView, seenThrough } from './views.js';

/** Checks products with a tangent along a few tangents, each through one parameter after the other. */
export function* checkSlides(
  subject: VectorSubject,
  settings: Settings,
  memo: Memo,
  budget: Budget,
): Generator<VectorRequest, Report, void> {
  const view = claimView(subject, 'jvp', settings.seed);
  const opening = yield* seenThrough(view, memo, claim(subject, subject.outputs));
  const tangents = tangentsFor(subject, settings.seed);
  const frame = slideFrame(subject, tangents);
  const end = {
    contradictions: [] as Contradiction[],
    inquiry: noInquiry(frame),
    premises: opening.premises,
  };
  if (!hold(opening.premises)) {
    const nothing = frame.parameters.map(({ count }) => new Float64Array(count));
    const rows = Array.from({ length: outputsOf(subject) }, () => nothing);
    const measurement = joined(
      rows.map((row) => unmeasured(frame, row)),
      rows,
    );
    const judgement = judgeJoined(frame, rows.length, settings, measurement);
    return told(subject, settings, 'jvp', { ...end, measurement, judgement }, frame);
  }
  const products: Float64Array[][] = [];
  for (const { parameter, along } of tangents) {
    const own: Float64Array[] = [];
    for (const signs of along) {
      yield* outputsHere(subject);
      own.push(flattened(yield* productWith(subject, 'jvp', alone(subject, parameter, signs))));
    }
    products.push(own);
  }
  yield* contradictionsOf(subject, settings, end.contradictions);
  const here = yield* outputsHere(subject);
  const slides = new Memo(frame);
  const each: Measurement[] = [];
  const rows = Array.from(here, (_, m) =>
    products.map((own) => Float64Array.from(own, (product) => product[m]!)),
  );
  for (const [m, row] of rows.entries()) {
    const measured = measure(frame, { ...settings, method: 'exhaustive' }, row, here[m]!, budget);
    each.push(yield* seenThrough(outputView(m), slides, measured));
    budget.silence();
  }
  const stopped = budget.stop();
  const measurement = joined(each, rows);
  const judgement = judgeJoined(frame, rows.length, settings, measurement);
  const premises = yield* seenThrough(view, memo, closing(subject, opening.premises));
  const report = told(subject, settings, 'jvp', { ...end, premises, measurement, judgement, stopped }, frame);
  const offenders: Offender[] = [];
  for (const offender of report.offenders)
    offenders.push(yield* withEntry(subject, memo, tangents, offender, each, budget));
  return { ...report, offenders: different(offenders), vectors: VECTORS };
}

/** The tangents that move one parameter. */
interface Tangents {
  /** Place of the parameter among those checked, and the run of its entries that is due. */
  readonly parameter: number;
  readonly from: number;
  readonly to: number;
  readonly along: readonly Float64Array[];
}

/** For each parameter with entries that are due a few tangents of random signs in these. */
function tangentsFor(subject: VectorSubject, seed: number): readonly Tangents[] {
  const integers = randomIntegers(seed + 2);
  return subject.due.map(({ parameter, from, to }) => ({
    parameter,
    from,
    to,
    along: Array.from({ length: VECTORS }, () => {
      const [signs] = signsFor([subject.parameters[parameter]!], integers) as [Float64Array];
      return signs.fill(0, 0, from).fill(0, to);
    }),
  }));
}

function alone(subject: VectorSubject, parameter: number, signs: Float64Array): Arrays {
  return emptyArrays(subject.parameters).map((zeros, p) => (p === parameter ? signs : zeros));
}

/** The parameters as numbers that move along the tangents. */
function slideFrame(subject: VectorSubject, tangents: readonly Tangents[]): Frame {
  const rest = tangents.map(({ parameter }) => entryScale(0, rootMeanSquare(subject.saved[parameter]!)));
  const parameters = tangents.map(({ parameter, along }, k) =>
    slide(subject.parameters[parameter]!, subject.saved[parameter]!, along, rest[k]!),
  );
  return {
    parameters,
    saved: parameters.map(({ count }, k) => new Float64Array(count).fill(rest[k]!)),
    due: parameters.map(({ count }, parameter) => ({ parameter, from: 0, to: count, count })),
    ways: subject.ways,
    evaluations: subject.evaluations,
  };
}

function* contradictionsOf(
  subject: VectorSubject,
  settings: Settings,
  found: Contradiction[],
): Generator<VectorRequest, void, void> {
  const integers = randomIntegers(settings.seed + 1);
  const looks: { readonly vector: Arrays; readonly product: Arrays }[] = [];
  const isHessian = subject.dialect.outputs === 'gradients';
  for (let k = 0; k < (isHessian ? SYMMETRY_VECTORS : 2); k += 1) {
    const vector = signsFor(subject.parameters, integers);
    yield* outputsHere(subject);
    looks.push({ vector, product: yield* productWith(subject, 'jvp', vector) });
  }
  const broken = yield* additivity(subject, 'jvp', settings, looks[0]!, looks[1]!);
  if (broken !== undefined) found.push(broken);
  const asymmetric = isHessian ? asymmetryAlong(looks, settings) : undefined;
  if (asymmetric !== undefined) found.push(asymmetric);
}

/** How many vectors the symmetry of a Hessian is tried with. */
const SYMMETRY_VECTORS = 8;

/** The offender by the entry that is to blame for it. */
function* withEntry(
  subject: VectorSubject,
  memo: Memo,
  tangents: readonly Tangents[],
  offender: Offender,
  each: readonly Measurement[],
  budget: Budget,
): Generator<VectorRequest, Offender, void> {
  if (offender.verdict !== 'wrong' || Number.isNaN(offender.numeric)) return offender;
  const m = placeOf(subject, offender);
  const k = tangents.findIndex(({ parameter: p }) => subject.parameters[p]!.name === offender.parameter);
  const { parameter, from, to, along } = tangents[k]!;
  const signs = along[offender.index[0]!]!;
  const step = each[m]!.chosenSteps[k]!;
  if (!budget.allows(4 * Math.ceil(Math.log2(to - from + 1)))) return offender;
  const part = (first: number, end: number): Float64Array =>
    signs.map((sign, i) => (i >= first && i < end ? sign : 0));
  const claimedBy = function* (tangent: Float64Array): Generator<VectorRequest, number, void> {
    yield* outputsHere(subject);
    return flattened(yield* productWith(subject, 'jvp', alone(subject, parameter, tangent)))[m]!;
  };
  const numericBy = function* (tangent: Float64Array): Generator<VectorRequest, number, void> {
    const losses = new Float64Array(2);
    const direction = subject.parameters.map((_, p) => (p === parameter ? tangent : undefined));
    yield* memo.answer(
      { kind: 'line', direction, multiples: [step, -step], losses },
      (outputs) => outputs[m]!,
    );
    return (losses[0]! / 2 - losses[1]! / 2) / step;
  };
  const errorOf = function* (first: number, end: number): Generator<VectorRequest, number, void> {
    const tangent = part(first, end);
    return (yield* claimedBy(tangent)) - (yield* numericBy(tangent));
  };
  const entry = yield* bisect({ from, to }, offender.analytic - offender.numeric, errorOf);
  const tangent = part(entry, entry + 1);
  const analytic = (yield* claimedBy(tangent)) * signs[entry]!;
  const numeric = (yield* numericBy(tangent)) * signs[entry]!;
  const uncertainty = noiseUncertainty(each[m]!.noise, 2 * step);
  if (!(Math.abs(analytic - numeric) > uncertainty)) return offender;
  const index = unravel(entry, subject.parameters[parameter]!.shape);
  const difference = entryDifference(analytic, numeric);
  return { ...offender, index, analytic, numeric, uncertainty, difference };
}

function placeOf(subject: VectorSubject, offender: Offender): number {
  const names = Array.from({ length: outputsOf(subject) }, (_, m) => outputPlace(subject, m));
  return names.findIndex(
    ({ output, outputIndex }) =>
      output === offender.output && String(outputIndex) === String(offender.outputIndex),
  );
}

/** Several tangents may have led to the same entry. */
function different(offenders: readonly Offender[]): readonly Offender[] {
  const key = ({ parameter, index, output, outputIndex }: Offender): string =>
    `${output} ${String(outputIndex)} ${parameter} ${String(index)}`;
  return offenders.filter(
    (offender, k) => offenders.findIndex((other) => key(other) === key(offender)) === k,
  );
}
