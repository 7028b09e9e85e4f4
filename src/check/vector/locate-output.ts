/** Of an entry that is wrong in a sum of the outputs, the output that is to blame for it. */

import type { Measurement } from '../measurement.js';
import { flattened, split } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import { ravel, unravel } from '../../model/array/shape.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { centralDifference, noiseUncertainty } from '../../numerics/difference.js';
import type { Offender } from '../../report.js';
import { bisect } from './bisect.js';
import type { Budget } from '../run/budget.js';
import { type Arrays, outputsOf, productHere, weightedRows } from './products.js';
import { entryDifference } from '../../verdict/ranking.js';
import type { OutputsCache } from './outputs-cache.js';
import { sweepRoom } from '../entries/sweep.js';
import type { View } from './scalarize.js';

/** A cotangent, with the claim for it. */
export interface CotangentCheck {
  readonly weights: Float64Array;
  readonly analytic: Arrays;
  readonly view: View;
}

/** The claim for a cotangent. */
export function* projected(
  subject: VectorSubject,
  vector: Arrays,
  matrices: Arrays | undefined,
): Generator<VectorRequest, Arrays, void> {
  return matrices === undefined
    ? yield* productHere(subject, 'vjp', vector)
    : weightedRows(matrices, flattened(vector));
}

/** The offender in the output that is to blame for it. */
export function* locateOutput(
  subject: VectorSubject,
  cache: OutputsCache,
  { weights }: CotangentCheck,
  matrices: Arrays | undefined,
  offender: Offender,
  measurement: Measurement,
  budget: Budget,
): Generator<VectorRequest, Offender, void> {
  if (offender.verdict !== 'wrong' || Number.isNaN(offender.numeric) || !budget.allows(2)) return offender;
  const p = subject.parameters.findIndex(({ name }) => name === offender.parameter);
  const { shape, count } = subject.parameters[p]!;
  const entry = ravel(offender.index, shape);
  const room = sweepRoom(1);
  const step = measurement.chosenSteps[subject.due.findIndex(({ parameter }) => parameter === p)]!;
  room.entries[0] = entry;
  room.steps[0] = step;
  const numeric = new Float64Array(weights.length);
  // Asked for the sum of all, and taken of each.
  const each: Float64Array[] = [];
  yield* cache.answer({ kind: 'sweep', parameter: p, count: 1, ...room }, (outputs) => each.push(outputs));
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
    const product = yield* projected(subject, split(part, subject.outputs), undefined);
    return product[p]![entry]!;
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
