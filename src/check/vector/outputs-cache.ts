/**
 * The values of a vector function at the points that were asked about, so that each of its outputs can be measured by itself, with a
 * noise, steps and second looks of its own, for the evaluations of one. θ itself is always evaluated anew.
 */

import type {
  DirectionRequest,
  LineRequest,
  OutputsRequest,
  SweepRequest,
} from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { FNV_BASIS, hashOf } from '../../numerics/hash.js';

/** What was found on both sides of θ: the outputs, and the steps really stored. */
interface Pair {
  readonly forward: Float64Array;
  readonly backward: Float64Array;
  readonly above: number;
  readonly below: number;
}

/** No more numbers are kept, 128 MiB; what comes after them is evaluated as often as it is asked for. */
const MOST_NUMBERS: number = 2 ** 24;

export class OutputsCache {
  readonly #frame: Frame;
  readonly #pairs = new Map<string, Pair>();
  readonly #points = new Map<string, Float64Array>();
  #left = MOST_NUMBERS;

  /** @param frame the parameters that the requests are about */
  constructor(frame: Frame) {
    this.#frame = frame;
  }

  /** Answers a request for losses where the loss is `value` of the outputs. */
  *answer(
    request: SweepRequest | LineRequest | DirectionRequest,
    value: (outputs: Float64Array) => number,
  ): Generator<OutputsRequest, void, void> {
    if (request.kind === 'line') {
      const points = yield* this.#line(request);
      for (const [k, outputs] of points.entries()) request.losses[k] = value(outputs);
      return;
    }
    const pairs = yield* this.#pairsOf(request);
    for (const [k, { forward, backward, above, below }] of pairs.entries()) {
      request.forward[k] = value(forward);
      request.backward[k] = value(backward);
      if (request.kind === 'direction') continue;
      request.above[k] = above;
      request.below[k] = below;
    }
  }

  *#line(request: LineRequest): Generator<OutputsRequest, readonly Float64Array[], void> {
    const direction = request.direction
      .map((steps) => (steps === undefined ? '' : digest(new Uint32Array(steps.buffer))))
      .join();
    const keys = request.multiples.map((multiple) => `${direction} ${multiple}`);
    const found = keys.map((key) => this.#points.get(key));
    const missing = missingOf(found);
    if (missing.length > 0) {
      const into: Float64Array[] = [];
      const multiples = missing.map((k) => request.multiples[k]!);
      yield { kind: 'outputs', frame: this.#frame, at: { ...request, multiples }, into };
      for (const [j, k] of missing.entries()) {
        found[k] = into[j]!;
        if (multiples[j] !== 0 && this.#hasRoom(into[j]!.length)) this.#points.set(keys[k]!, into[j]!);
      }
    }
    return found as Float64Array[];
  }

  *#pairsOf(request: SweepRequest | DirectionRequest): Generator<OutputsRequest, readonly Pair[], void> {
    const keys = keysOf(request);
    const found = keys.map((key) => this.#pairs.get(key));
    const missing = missingOf(found);
    if (missing.length > 0) {
      const into: Float64Array[] = [];
      const at = partOf(request, missing);
      yield { kind: 'outputs', frame: this.#frame, at, into };
      for (const [j, k] of missing.entries()) {
        const [forward, backward] = [into[2 * j]!, into[2 * j + 1]!];
        const [above, below] = at.kind === 'sweep' ? [at.above[j]!, at.below[j]!] : [0, 0];
        const pair: Pair = { forward, backward, above, below };
        found[k] = pair;
        if (this.#hasRoom(2 * forward.length)) this.#pairs.set(keys[k]!, pair);
      }
    }
    return found as Pair[];
  }

  #hasRoom(numbers: number): boolean {
    this.#left -= numbers;
    return this.#left >= 0;
  }
}

function missingOf(found: readonly unknown[]): number[] {
  return found.flatMap((seen, k) => (seen === undefined ? [k] : []));
}

/** What tells the pairs of a request from all others. */
function keysOf(request: SweepRequest | DirectionRequest): string[] {
  const { parameter, count, steps } = request;
  const keys: string[] = [];
  if (request.kind === 'sweep') {
    for (let k = 0; k < count; k += 1) keys.push(`${parameter} ${request.entries[k]!} ${steps[k]!}`);
    return keys;
  }
  const { signs, from, to } = request;
  const run = `${parameter} ${from}-${to} ${digest(Uint32Array.from(signs.subarray(from, to)))}`;
  for (let k = 0; k < count; k += 1) keys.push(`${run} ${steps[k]!}`);
  return keys;
}

/** The same request for some of its pairs. */
function partOf<Asked extends SweepRequest | DirectionRequest>(
  request: Asked,
  places: readonly number[],
): Asked {
  const count = places.length;
  const part: Asked = {
    ...request,
    count,
    steps: Float64Array.from(places, (k) => request.steps[k]!),
    forward: new Float64Array(count),
    backward: new Float64Array(count),
  };
  if (request.kind === 'direction') return part;
  return {
    ...part,
    entries: Uint32Array.from(places, (k) => request.entries[k]!),
    above: new Float64Array(count),
    below: new Float64Array(count),
  };
}

/** A prime for a second hash. */
const OTHER_PRIME = 709_607;

/** Two hashes, with different primes, and the halves of each word exchanged: that two of some thousand directions share both has a chance of 1e-13. */
function digest(words: Uint32Array): string {
  const exchanged = words.map((word) => (word >>> 16) ^ (word << 16));
  return `${hashOf(words)}/${hashOf(exchanged, FNV_BASIS, OTHER_PRIME)}/${words.length}`;
}
