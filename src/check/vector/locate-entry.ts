/** An output that is wrong along a tangent → the entry that is to blame for it. */

import { flattened } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import { randomIntegers } from '../../numerics/random.js';
import type { Offender } from '../../report.js';
import type { Judgement } from '../report/judge.js';
import type { Direction, Seen } from '../runs/look.js';
import {
  type Blamed,
  blamedOn,
  type BlameSearch,
  findBlamed,
  largest,
  type Line,
  lineBy,
  ruleFor,
  seenOn,
  slopesOn,
  withBlamed,
} from './blame.js';
import { alone, productHere } from './products.js';
import { numbersOf, tangentWeights } from './random-vectors.js';
import type { VectorTask } from './scalarization.js';
import type { TangentFrame } from './tangent-frame.js';
import { flatPlace } from './vector-report.js';

/** What was found along tangents. */
export interface AlongTangents {
  readonly frame: TangentFrame;
  /** For each of its parameters what is claimed along each tangent, the flattened outputs. */
  readonly products: readonly (readonly Float64Array[])[];
  /** The outputs at θ. */
  readonly here: Float64Array;
  readonly judgement: Judgement;
}

/** Where most entries are wrong, so many are looked at by themselves. */
const LIKELY = 3;

/** The offender by the entry and in the output that are to blame for it; what it has is the place of a tangent. */
export function* locateEntry(
  task: VectorTask,
  { frame, products, here, judgement }: AlongTangents,
  offender: Offender,
): Generator<VectorRequest, Offender, void> {
  const unknown = { ...offender, index: [] };
  if (offender.verdict !== 'wrong' || Number.isNaN(offender.numeric)) return unknown;
  const { subject, settings } = task;
  const k = frame.parameters.findIndex(({ name }) => name === offender.parameter);
  const place = offender.index[0]!;
  const row = offender.output === undefined ? undefined : flatPlace(subject, offender);
  const own = judgement.parameters.find(
    ({ name, wrong }, group) =>
      name === offender.parameter &&
      (row === undefined ? wrong.includes(place) : Math.floor(group / frame.due.length) === row),
  )!;
  const range = subject.due[k]!;
  const { parameter: p } = range;
  const rule = ruleFor(subject.parameters[p]!, own, own.step!.min);
  const vectorAt = (j: number): Direction => ({
    run: range,
    weights: tangentWeights(subject, p, settings.seed, j),
  });
  const lineAlong = (direction: Direction): Line => ({ parameter: p, direction, rule, scale: 1 });
  const claims = products[k]!;
  const output = row ?? (yield* worstAlong(task, lineAlong(vectorAt(place)), claims[place]!));
  const seen = (vector: Direction, product: Float64Array): Generator<VectorRequest, Seen | undefined, void> =>
    seenOn(task, lineAlong(vector), (outputs) => outputs[output]!, here, product[output]!);
  const looks: Seen[] = [];
  for (const [j, product] of claims.entries()) {
    const look = yield* seen(vectorAt(j), product);
    if (look !== undefined) looks.push({ ...look, ...vectorAt(j) });
  }
  const productBy = function* ({ run, weights }: Direction): Generator<VectorRequest, Float64Array, void> {
    const numbers = numbersOf(weights, subject.parameters[p]!.count, run);
    return flattened(yield* productHere(subject, 'jvp', alone(subject.parameters, p, numbers)));
  };
  let drawn = claims.length;
  const search: BlameSearch = {
    run: range,
    draw: () => vectorAt(drawn++),
    *look(vector) {
      return yield* seen(vector, yield* productBy(vector));
    },
    *measure(entry) {
      const line = lineBy(subject, p, own, entry, rule);
      const product = yield* productBy(line.direction);
      return yield* blamedOn(task, line, output, here, product[output]!);
    },
    *likely() {
      const integers = randomIntegers(settings.seed + output);
      const found: (Blamed | undefined)[] = [];
      for (let j = 0; j < LIKELY; j += 1) {
        const entry = range.from + Math.floor((integers() / 2 ** 32) * range.count);
        const line = lineBy(subject, p, own, entry, rule);
        const product = yield* productBy(line.direction);
        const worst = yield* worstAlong(task, line, product);
        found.push(yield* blamedOn(task, line, worst, here, product[worst]!));
      }
      return found;
    },
  };
  const blamed = yield* findBlamed(task, search, looks);
  return blamed === undefined ? unknown : withBlamed(subject, offender, blamed);
}

/** The output whose claim is off by most along a line. */
function* worstAlong(
  task: VectorTask,
  line: Line,
  product: Float64Array,
): Generator<VectorRequest, number, void> {
  const slopes = yield* slopesOn(task, line);
  const [worst] = largest(
    slopes.map((slope, m) => product[m]! - slope),
    1,
  );
  return worst!;
}

/** Several tangents may have led to the same entry. */
export function different(offenders: readonly Offender[]): readonly Offender[] {
  const key = ({ parameter, index, output, outputIndex }: Offender): string =>
    `${output} ${String(outputIndex)} ${parameter} ${String(index)}`;
  const wrong = offenders.filter(({ verdict }) => verdict === 'wrong');
  const shown = wrong.length > 0 ? wrong : offenders;
  return shown.filter((offender, k) => shown.findIndex((other) => key(other) === key(offender)) === k);
}
