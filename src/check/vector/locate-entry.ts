/** Of an output that is wrong along a tangent, the entry that is to blame for it. */

import type { Measurement } from '../measurement.js';
import { flattened } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import { ravel, unravel } from '../../model/array/shape.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import type { Offender } from '../../report.js';
import { bisect } from './bisect.js';
import { outputPlace } from './locate-output.js';
import type { Budget } from '../run/budget.js';
import { type Arrays, emptyArrays, productHere } from './products.js';
import { entryDifference } from '../../verdict/ranking.js';
import type { OutputsCache } from './outputs-cache.js';

/** The tangents that move one parameter. */
export interface Tangents {
  /** Place of the parameter among those checked, and the run of its entries that is due. */
  readonly parameter: number;
  readonly from: number;
  readonly to: number;
  readonly along: readonly Float64Array[];
}

/** What was found along the tangents. */
export interface Along {
  readonly tangents: readonly Tangents[];
  /** What is claimed for each of them, the flattened outputs. */
  readonly products: readonly (readonly Float64Array[])[];
  /** What was measured of each output, or sum of them. */
  readonly each: readonly Measurement[];
}

/** The offender by the entry and in the output that are to blame for it. */
export function* locateEntry(
  subject: VectorSubject,
  cache: OutputsCache,
  { tangents, products, each }: Along,
  offender: Offender,
  budget: Budget,
): Generator<VectorRequest, Offender, void> {
  // What it has is the place of a tangent.
  const unknown = { ...offender, index: [] };
  const k = tangents.findIndex(({ parameter: p }) => subject.parameters[p]!.name === offender.parameter);
  const { parameter, from, to, along } = tangents[k]!;
  const place = offender.index[0]!;
  const signs = along[place]!;
  if (offender.verdict !== 'wrong' || Number.isNaN(offender.numeric)) return unknown;
  if (!budget.allows(4 * Math.ceil(Math.log2(to - from + 1)) + 2)) return unknown;
  const [measurement] = each as [Measurement];
  const step = measurement.chosenSteps[k]!;
  const part = (first: number, end: number): Float64Array =>
    signs.map((sign, i) => (i >= first && i < end ? sign : 0));
  const claimedBy = function* (tangent: Float64Array): Generator<VectorRequest, Float64Array, void> {
    return flattened(yield* productHere(subject, 'jvp', alone(subject, parameter, tangent)));
  };
  const numericBy = function* (tangent: Float64Array): Generator<VectorRequest, Float64Array, void> {
    const losses = new Float64Array(2);
    const direction = subject.parameters.map((_, p) => (p === parameter ? tangent : undefined));
    const at: Float64Array[] = [];
    const request = { kind: 'line', direction, multiples: [step, -step], losses } as const;
    yield* cache.answer(request, (outputs) => at.push(outputs));
    const [ahead, behind] = at as [Float64Array, Float64Array];
    return ahead.map((value, m) => (value / 2 - behind[m]! / 2) / step);
  };
  const whole = yield* numericBy(signs);
  const errors = products[k]![place]!.map((claimed, m) => claimed - whole[m]!);
  const m = each.length === errors.length ? placeOf(subject, offender) : largest(errors);
  const errorOf = function* (first: number, end: number): Generator<VectorRequest, number, void> {
    const tangent = part(first, end);
    return (yield* claimedBy(tangent))[m]! - (yield* numericBy(tangent))[m]!;
  };
  const entry = yield* bisect({ from, to }, errors[m]!, errorOf);
  const tangent = part(entry, entry + 1);
  const analytic = (yield* claimedBy(tangent))[m]! * signs[entry]!;
  const numeric = (yield* numericBy(tangent))[m]! * signs[entry]!;
  const uncertainty = noiseUncertainty((each[m] ?? measurement).noise, 2 * step);
  if (!(Math.abs(analytic - numeric) > uncertainty)) return unknown;
  const index = unravel(entry, subject.parameters[parameter]!.shape);
  const difference = entryDifference(analytic, numeric);
  return { ...offender, ...outputPlace(subject, m), index, analytic, numeric, uncertainty, difference };
}

/** The place of the largest magnitude. */
function largest(values: Float64Array): number {
  return values.reduce((best, value, m) => (Math.abs(value) > Math.abs(values[best]!) ? m : best), 0);
}

function placeOf(subject: VectorSubject, { output, outputIndex }: Offender): number {
  let before = 0;
  for (const { name, shape, count } of subject.outputs) {
    if (name === output) return before + ravel(outputIndex!, shape);
    before += count;
  }
  return before;
}

/** Several tangents may have led to the same entry. */
export function different(offenders: readonly Offender[]): readonly Offender[] {
  const key = ({ parameter, index, output, outputIndex }: Offender): string =>
    `${output} ${String(outputIndex)} ${parameter} ${String(index)}`;
  const wrong = offenders.filter(({ verdict }) => verdict === 'wrong');
  const shown = wrong.length > 0 ? wrong : offenders;
  return shown.filter((offender, k) => shown.findIndex((other) => key(other) === key(offender)) === k);
}

/** A tangent that moves one parameter, as arrays for all of them. */
export function alone(subject: VectorSubject, parameter: number, signs: Float64Array): Arrays {
  return emptyArrays(subject.parameters).map((zeros, p) => (p === parameter ? signs : zeros));
}
