/**
 * The check of products with a tangent for many entries at once: along a tangent of random signs each output is a function of one
 * number, and the product claims its derivative. What is wrong by one entry is wrong by as much along each; which entry it is, halves of
 * the tangent tell.
 */

import type { Contradiction } from '../measurement.js';
import { flattened } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import { slide } from '../../model/tree/directional-values.js';
import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { randomIntegers } from '../../numerics/random.js';
import { entryScale } from '../../numerics/step.js';
import type { Offender } from '../../report.js';
import { alone, different, type Tangents, locateEntry } from './locate-entry.js';
import type { Budget } from '../run/budget.js';
import {
  type Arrays,
  claimScalarization,
  outputsHere,
  outputsOf,
  productHere,
  signsFor,
} from './products.js';
import { noFollowUp } from '../preconditions/follow-up.js';
import { additivity } from './linearity.js';
import { OutputsCache } from './outputs-cache.js';
import { claim, closing, hold } from '../preconditions/repeated-calls.js';
import { VECTORS } from './by-cotangents.js';
import { measureRows, unmeasuredRows } from './per-output.js';
import type { Settings } from '../settings.js';
import { asymmetryAlong } from './symmetry.js';
import { type Told, told } from './vector-report.js';
import { scalarization, outputScalarization, scalarized, type View, weighted } from './scalarize.js';

/** Checks products with a tangent along a few tangents, each through one parameter after the other. */
export function* checkByTangents(
  subject: VectorSubject,
  settings: Settings,
  cache: OutputsCache,
  budget: Budget,
): Generator<VectorRequest, Told, void> {
  const view = claimScalarization(subject, 'jvp', settings.seed);
  const opening = yield* scalarized(
    view,
    cache,
    claim(subject, () => subject.outputs),
  );
  const tangents = tangentsFor(subject, settings.seed);
  const frame = slideFrame(subject, tangents);
  const { scalarizations, outputs } = sightsOf(subject, settings.seed);
  const end = {
    contradictions: [] as Contradiction[],
    followUp: noFollowUp(frame),
    preconditions: opening.preconditions,
  };
  if (!hold(opening.preconditions)) {
    const nothing = frame.parameters.map(({ count }) => new Float64Array(count));
    const claims = scalarizations.map(() => nothing);
    const found = { ...end, ...unmeasuredRows(frame, settings, claims) };
    return told(subject, settings, 'jvp', found, { frame, outputs });
  }
  const products: Float64Array[][] = [];
  for (const { parameter, along } of tangents) {
    const own: Float64Array[] = [];
    for (const signs of along) {
      own.push(flattened(yield* productHere(subject, 'jvp', alone(subject, parameter, signs))));
    }
    products.push(own);
  }
  yield* contradictionsOf(subject, settings, end.contradictions);
  const here = yield* outputsHere(subject);
  const claims = scalarizations.map(({ value }) => products.map((own) => Float64Array.from(own, value)));
  const slides = new OutputsCache(frame);
  const measured = yield* measureRows(frame, settings, { scalarizations, claims }, here, slides, budget);
  const { each, measurement, judgement, stopped } = measured;
  const preconditions = yield* scalarized(view, cache, closing(subject, opening.preconditions));
  const found = { ...end, preconditions, measurement, judgement, stopped };
  const { report, evidence } = told(subject, settings, 'jvp', found, { frame, outputs });
  const offenders: Offender[] = [];
  for (const offender of report.offenders)
    offenders.push(yield* locateEntry(subject, cache, { tangents, products, each }, offender, budget));
  return { report: { ...report, offenders: different(offenders), vectors: VECTORS }, evidence };
}

/** More outputs than these are not measured one by one, but as a few sums of them with random signs. */
const MOST_OUTPUTS = 2048;

/** What is measured along the tangents: each output by itself, or sums of them; and what the report calls them. */
function sightsOf(
  subject: VectorSubject,
  seed: number,
): { readonly scalarizations: readonly View[]; readonly outputs: VectorSubject['outputs'] } {
  const count = outputsOf(subject);
  if (count <= MOST_OUTPUTS)
    return {
      scalarizations: Array.from({ length: count }, (_, m) => outputScalarization(m)),
      outputs: subject.outputs,
    };
  const integers = randomIntegers(seed + 3);
  const scalarizations = Array.from({ length: VECTORS }, () => {
    const weights = flattened(signsFor(subject.outputs, integers));
    return scalarization((flat) => weighted(weights, flat));
  });
  const [first] = subject.outputs as [VectorSubject['outputs'][number]];
  const name = subject.names.outputs;
  return { scalarizations, outputs: [{ ...first, name, shape: [VECTORS], count: VECTORS }] };
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
    lossFunctions: subject.lossFunctions,
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
  const isHessian = subject.names.kind === 'hessian';
  for (let k = 0; k < (isHessian ? SYMMETRY_VECTORS : 2); k += 1) {
    const vector = signsFor(subject.parameters, integers);
    looks.push({ vector, product: yield* productHere(subject, 'jvp', vector) });
  }
  const broken = yield* additivity(subject, 'jvp', settings, looks[0]!, looks[1]!);
  if (broken !== undefined) found.push(broken);
  const asymmetric = isHessian ? asymmetryAlong(looks, settings) : undefined;
  if (asymmetric !== undefined) found.push(asymmetric);
}

/** How many vectors the symmetry of a Hessian is tried with. */
const SYMMETRY_VECTORS = 8;
