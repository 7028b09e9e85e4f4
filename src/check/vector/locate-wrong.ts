/**
 * A derivative that is wrong along random vectors → the output and the entry that are to blame.
 *
 * u·Jv is off by the sum of u e v over all errors e. Where u is a single output, or v a single entry, the other of the two is searched for as the wrong
 * entry of a gradient is, by the same code.
 */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Culprit } from '../../numerics/decode.js';
import { randomIntegers } from '../../numerics/random.js';
import { locate } from '../runs/locate.js';
import type { Direction } from '../runs/direction-paths.js';
import type { Look, Seen } from '../runs/look.js';
import { type Claimed, errorsBy, LOOK_OUTPUTS, lookAt, type Pair, unitEntry, unitOutput } from './pairs.js';
import { cotangentWeights, tangentWeights, VECTORS } from './random-vectors.js';
import type { VectorTask } from './scalarization.js';

/** What is wrong: a single output or a sum of them, by a single entry or by a tangent. */
export interface Wrong extends Claimed {
  readonly outputs: Direction;
  /** The entry; none where it is wrong along a tangent. */
  readonly entry?: number;
}

/** An entry of a Jacobian that is to blame. */
export interface Blamed {
  readonly output: number;
  readonly entry: number;
  readonly analytic: number;
  readonly numeric: number;
  readonly uncertainty: number;
}

/** @returns undefined where nothing by itself is found to be wrong */
export function* locateWrong(
  task: VectorTask,
  wrong: Wrong,
): Generator<VectorRequest, Blamed | undefined, void> {
  const { run } = wrong.outputs;
  const byEntry = wrong.entry === undefined ? yield* search(task, wrong, entriesIn(task, wrong)) : undefined;
  if (byEntry !== undefined && run.to - run.from === 1) return byEntry;
  const entry = wrong.entry ?? byEntry?.entry;
  if (entry === undefined) return undefined;
  return yield* search(task, wrong, outputsBy(task, wrong, unitEntry(task, wrong, entry)));
}

/** Which of the two is searched for. */
interface Side {
  readonly run: Direction['run'];
  /** The k-th random vector, and the one of a single entry. */
  readonly vectorAt: (k: number) => Direction;
  readonly unitAt: (place: number) => Direction;
  /** A vector beside what the other of the two is. */
  readonly pair: (vector: Direction) => Pair;
  /** Entries by which all outputs are looked at, where most is wrong. */
  readonly tried: readonly Direction[];
}

/** So many of them, and of the outputs that are wrong most likely. */
const LIKELY = 3;

function entriesIn(task: VectorTask, wrong: Wrong): Side {
  const { subject, settings } = task;
  const { range, outputs } = wrong;
  const integers = randomIntegers(settings.seed + outputs.run.from);
  const anyEntry = (): number => range.from + Math.floor((integers() / 2 ** 32) * range.count);
  return {
    run: range,
    vectorAt: (k) => ({ run: range, weights: tangentWeights(subject, range.parameter, settings.seed, k) }),
    unitAt: (entry) => unitEntry(task, wrong, entry),
    pair: (v) => [outputs, v],
    tried: Array.from({ length: LIKELY }, () => unitEntry(task, wrong, anyEntry())),
  };
}

function outputsBy({ subject, settings }: VectorTask, { here }: Wrong, v: Direction): Side {
  const run = { from: 0, to: here.length };
  return {
    run,
    vectorAt: (k) => ({ run, weights: cotangentWeights(subject.outputs, settings.seed, k) }),
    unitAt: unitOutput,
    pair: (u) => [u, v],
    tried: [v],
  };
}

/** What is to blame for most of what is off along random vectors. */
function* search(
  task: VectorTask,
  wrong: Wrong,
  { run, vectorAt, unitAt, pair, tried }: Side,
): Generator<VectorRequest, Blamed | undefined, void> {
  const found: Blamed[] = [];
  /** How far a single output by a single entry is off; 0 where it is right. */
  const errorOf = function* (one: Pair): Generator<VectorRequest, number, void> {
    const seen = yield* lookAt(task, wrong, one);
    if (seen?.outcome !== 'wrong') return 0;
    found.push(blamedOf(one, seen));
    return seen.error;
  };
  const look = function* (vectors: readonly Direction[]): Generator<VectorRequest, Seen[] | undefined, void> {
    const seen: Seen[] = [];
    for (const vector of vectors) {
      const one = yield* lookAt(task, wrong, pair(vector));
      if (one === undefined) return undefined;
      seen.push({ ...one, ...vector });
    }
    return seen;
  };
  let drawn = 0;
  const draw = (): Direction => vectorAt(drawn++);
  const searching = {
    run,
    goesOn: () => !task.budget.spent(),
    draw,
    look,
    *measure(places: readonly number[]): Generator<VectorRequest, Culprit[], void> {
      const culprits: Culprit[] = [];
      for (const entry of places) {
        const error = yield* errorOf(pair(unitAt(entry)));
        if (error !== 0) culprits.push({ entry, error: error / unitAt(entry).weights.at(entry) });
      }
      return culprits;
    },
    *isWidespread(): Generator<VectorRequest, boolean, void> {
      for (const v of tried.filter(() => task.budget.allows(LOOK_OUTPUTS)))
        for (const output of largest(yield* errorsBy(task, wrong, v), LIKELY))
          yield* errorOf([unitOutput(output), v]);
      return found.length > 0;
    },
  };
  const looks = yield* look(Array.from({ length: VECTORS }, draw));
  yield* locate<VectorRequest>(searching, looks ?? [], 1);
  const off = ({ analytic, numeric }: Blamed): number => Math.abs(analytic - numeric);
  return found.toSorted((a, b) => off(b) - off(a))[0];
}

function blamedOf([u, v]: Pair, { error, numeric, uncertainty }: Look): Blamed {
  const [output, entry] = [u.run.from, v.run.from];
  const scale = v.weights.at(entry);
  return {
    output,
    entry,
    analytic: (numeric + error) / scale,
    numeric: numeric / scale,
    uncertainty: uncertainty / scale,
  };
}

/** The places of the largest magnitudes, largest first. */
function largest(values: Float64Array, most: number): number[] {
  const size = (k: number): number => Math.abs(values[k]!) || 0;
  return [...values.keys()].toSorted((a, b) => size(b) - size(a)).slice(0, most);
}
