/** An entry by which the claim for a sum of the outputs is wrong → the output that is to blame for it. */

import { ravel } from '../../model/array/shape.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Offender } from '../../report.js';
import type { Judgement } from '../report/judge.js';
import type { Direction, Seen } from '../runs/look.js';
import {
  type Blamed,
  blamedOn,
  type BlameSearch,
  findBlamed,
  largest,
  lineBy,
  seenOn,
  slopesOn,
  withBlamed,
} from './blame.js';
import { type Arrays, claimFor } from './products.js';
import { cotangentWeights, numbersOf } from './random-vectors.js';
import { type VectorTask, weighted } from './scalarization.js';

/** A cotangent, flattened, with the claim for it. */
export interface CotangentClaim {
  readonly weights: Float64Array;
  readonly analytic: Arrays;
}

/** What was found along cotangents. */
export interface AlongCotangents {
  readonly claims: readonly CotangentClaim[];
  readonly matrices: Arrays | undefined;
  /** The outputs at θ. */
  readonly here: Float64Array;
  readonly judgement: Judgement;
}

/** Where most outputs are wrong, so many are looked at by themselves. */
const LIKELY = 3;

/** The offender in the output that is to blame for it. */
export function* locateOutput(
  task: VectorTask,
  { claims, matrices, here, judgement }: AlongCotangents,
  offender: Offender,
): Generator<VectorRequest, Offender, void> {
  if (offender.verdict !== 'wrong' || Number.isNaN(offender.numeric)) return offender;
  const { subject, settings } = task;
  const own = judgement.parameters.find(({ name }) => name === offender.parameter)!;
  const { parameter: p } = own.due;
  const entry = ravel(offender.index, own.shape);
  const line = lineBy(subject, p, own, entry);
  const run = { from: 0, to: here.length };
  const vectorAt = (k: number): Direction => ({
    run,
    weights: cotangentWeights(subject.outputs, settings.seed, k),
  });
  const seen = (weights: Float64Array, claim: Arrays): Generator<VectorRequest, Seen | undefined, void> =>
    seenOn(task, line, (outputs) => weighted(weights, outputs), here, claim[p]![entry]! * line.scale);
  const looks: Seen[] = [];
  for (const [k, { weights, analytic }] of claims.entries()) {
    const look = yield* seen(weights, analytic);
    if (look !== undefined) looks.push({ ...look, ...vectorAt(k) });
  }
  const measure = function* (m: number): Generator<VectorRequest, Blamed | undefined, void> {
    const unit = new Float64Array(here.length).fill(1, m, m + 1);
    const claim = yield* claimFor(subject, unit, matrices);
    return yield* blamedOn(task, line, m, here, claim[p]![entry]! * line.scale);
  };
  let drawn = claims.length;
  const search: BlameSearch = {
    run,
    draw: () => vectorAt(drawn++),
    *look({ weights }) {
      const numbers = numbersOf(weights, here.length);
      return yield* seen(numbers, yield* claimFor(subject, numbers, matrices));
    },
    measure,
    *likely() {
      const slopes = yield* slopesOn(task, line);
      const { count } = subject.parameters[p]!;
      // Where each claim is known so is each error; else it is the larger the larger the derivative is.
      const errors = slopes.map((slope, m) =>
        matrices === undefined ? slope : matrices[p]![m * count + entry]! * line.scale - slope,
      );
      const found: (Blamed | undefined)[] = [];
      for (const m of largest(errors, LIKELY)) found.push(yield* measure(m));
      return found;
    },
  };
  const blamed = yield* findBlamed(task, search, looks);
  return blamed === undefined ? offender : withBlamed(subject, offender, blamed);
}
