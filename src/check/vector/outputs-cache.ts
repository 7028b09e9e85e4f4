/**
 * A request for losses at some points → the values of a vector function there, each evaluated once: so that many scalar functions of the
 * outputs can be measured, each with a noise, steps and closer looks of its own, for the evaluations of one.
 *
 * What calls for a fresh evaluation gets one: θ itself, and a request that names the function, as derivatives are asked for after it.
 */

import type { OutputsRequest, PathRequest, SweepRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';

/** No more numbers are kept, 128 MiB; what comes after them is evaluated as often as it is asked for. */
export const MOST_NUMBERS: number = 2 ** 24;

/** A request for losses, not of several. */
type OneRequest = PathRequest | SweepRequest;

/** What is known of a point. */
interface Known {
  readonly outputs: Float64Array;
  /** Of a sweep: how far from θ it really is. */
  readonly distance: number;
}

export class OutputsCache {
  /** Those of each frame, as the same parameter and entry of another lie elsewhere. */
  readonly #known = new Map<Frame, Map<string, Known>>();
  #left = MOST_NUMBERS;

  /** Answers a request for losses where the loss is `value` of the outputs. */
  *answer(
    frame: Frame,
    request: OneRequest,
    value: (outputs: Float64Array) => number,
  ): Generator<OutputsRequest, void, void> {
    const outputs = yield* this.outputs(frame, request);
    if (request.kind === 'path') {
      for (const [k, at] of outputs.entries()) request.losses[k] = value(at);
      return;
    }
    for (let k = 0; k < request.count; k += 1) {
      request.forward[k] = value(outputs[2 * k]!);
      request.backward[k] = value(outputs[2 * k + 1]!);
    }
  }

  /** The outputs at the points of a request, in which what was really stored is filled in. */
  *outputs(frame: Frame, request: OneRequest): Generator<OutputsRequest, readonly Float64Array[], void> {
    const known = this.#of(frame);
    const keys = keysOf(request);
    const found = keys.map((key) => (key === undefined ? undefined : known.get(key)));
    const isComplete = found.every((one) => one !== undefined);
    if (isComplete && isTold(request, found)) return found.map(({ outputs }) => outputs);
    const into = found.map((one) => one?.outputs);
    yield { kind: 'outputs', frame, at: request, into };
    for (const [k, outputs] of into.entries())
      if (keys[k] !== undefined && found[k] === undefined && this.#hasRoom(outputs!.length))
        known.set(keys[k], { outputs: outputs!, distance: distanceOf(request, k) });
    return into as Float64Array[];
  }

  #of(frame: Frame): Map<string, Known> {
    const own = this.#known.get(frame) ?? new Map<string, Known>();
    this.#known.set(frame, own);
    return own;
  }

  #hasRoom(numbers: number): boolean {
    this.#left -= numbers;
    return this.#left >= 0;
  }
}

/** What tells each point of a request from all others; undefined of one that is to be evaluated anew. */
function keysOf(request: OneRequest): (string | undefined)[] {
  return request.kind === 'sweep' ? sweepKeys(request) : pathKeys(request);
}

function sweepKeys({ parameter, count, entries, steps }: SweepRequest): string[] {
  const keys: string[] = [];
  for (let k = 0; k < count; k += 1) {
    const place = `${parameter} ${entries[k]!} ${steps[k]!}`;
    keys.push(`${place} +`, `${place} -`);
  }
  return keys;
}

function pathKeys({ path, multiples, using }: PathRequest): (string | undefined)[] {
  const line = path
    .map(({ parameter, from, to, weights }) => `${parameter} ${from}-${to} ${weights.key}`)
    .join();
  return Array.from(multiples, (multiple) =>
    using !== undefined || path.length === 0 || multiple === 0 ? undefined : `${line} ${multiple}`,
  );
}

/** Whether what is known fills in all that is asked for: the products with displacements need the parameters to be moved again. */
function isTold(request: OneRequest, found: readonly Known[]): boolean {
  if (request.kind === 'path') return request.products === undefined;
  for (let k = 0; k < request.count; k += 1) {
    request.above[k] = found[2 * k]!.distance;
    request.below[k] = found[2 * k + 1]!.distance;
  }
  return true;
}

function distanceOf(request: OneRequest, k: number): number {
  if (request.kind === 'path') return 0;
  return (k % 2 === 0 ? request.above : request.below)[k >> 1]!;
}
