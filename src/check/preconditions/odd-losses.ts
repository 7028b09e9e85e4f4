/**
 * The losses around a point as they come in → those that lie farthest from a straight line through it, asked for again: a loss that is random, be it
 * seldom, gives another one there. A function gives the same, whatever corners and jumps it has.
 */

import { moveTo } from '../../model/evaluate/points.js';
import type { PathRequest, Request, SweepRequest } from '../../model/evaluate/requests.js';
import type { LossFunction } from '../../model/gradient-model.js';
import type { Frame } from '../../model/subject/subject.js';
import { bendUncertainty } from '../../numerics/difference.js';
import { areRepeated, isBeyondScatter, MOST_ROUNDING } from '../../numerics/repeats.js';
import type { Repeated } from '../measurement.js';
import type { Budget } from '../run/budget.js';
import { unlessThrown } from './unless-thrown.js';

/** So often is asked again. A loss that is random in one call of ten is so again in all of them once in a thousand times. */
const MOST_ASKED = 3;

/** Losses that this takes: two for an entry, and those at the point itself. */
const AGAIN_LOSSES = 2;

/** A single loss on its own path is held against that at the point, where it is no farther away than this, in units of the scales. */
const NEAR: number = 2 ** -10;

type OneRequest = PathRequest | SweepRequest;

/** A request for one place, and the loss that was found there. */
interface Odd {
  /** The same place once more. */
  readonly request: OneRequest;
  readonly losses: readonly number[];
  /** How far off the line it is by its distance, in the unit of the loss, for a scale of the parameters. */
  readonly oddness: number;
}

/** What a point is asked for again with. */
interface Asked {
  readonly frame: Frame;
  readonly loss: number;
  readonly lossBy?: LossFunction;
  readonly scatter?: number;
  readonly budget: Budget;
}

export class OddLosses {
  readonly #point: Asked;
  readonly #scales: readonly number[];
  #odd: readonly Odd[] = [];

  /** @param scales of the parameters, in their units */
  constructor(point: Asked, scales: readonly number[]) {
    this.#point = point;
    this.#scales = scales;
  }

  /** Takes note of the answers to a request. */
  note(request: Request): void {
    if (request.kind === 'joint') for (const one of request.of) this.#noteOne(one);
    else if (request.kind !== 'gradients') this.#noteOne(request);
  }

  /** Asks again for the oddest, and for the loss at the point itself; what one of the two was, and is now. */
  *asked(): Generator<Request, Repeated | undefined, void> {
    const odd = this.#odd;
    if (odd.length === 0) return undefined;
    const { loss, frame, scatter, budget, lossBy = frame.lossFunctions[0] } = this.#point;
    const here: PathRequest = {
      kind: 'path',
      path: [],
      using: lossBy,
      multiples: new Float64Array(1),
      losses: new Float64Array(1),
    };
    const asked = Array.from({ length: MOST_ASKED }, (_, k) => odd[k % odd.length]!);
    for (const { request, losses } of [{ request: here, losses: [loss] }, ...asked]) {
      // Not by what ends a check: this is no part of it.
      if (!budget.hasTime(AGAIN_LOSSES, Infinity)) return undefined;
      const again = yield* unlessThrown(answersTo(request), () => {
        if (request.kind === 'path') moveTo(frame, request.path, 0);
        return losses;
      });
      const place = losses.findIndex(
        (value, k) =>
          !areRepeated([value, again[k]!], Math.abs(loss)) && isBeyondScatter(again[k]!, value, { scatter }),
      );
      if (place >= 0)
        return {
          by: (request.kind === 'path' ? request.using : undefined) ?? frame.lossFunctions[0],
          values: [losses[place]!, again[place]!],
        };
    }
    return undefined;
  }

  #noteOne(request: OneRequest): void {
    if (request.kind === 'path') this.#notePath(request);
    else this.#noteSweep(request);
  }

  /** Of each pair, by how much the slopes to both sides differ. */
  #noteSweep(request: SweepRequest): void {
    const { loss } = this.#point;
    const scale = this.#scales[request.parameter]!;
    const { above, below, forward, backward } = request;
    for (let k = 0; k < request.count; k += 1) {
      const [rise, fall] = [forward[k]! - loss, loss - backward[k]!];
      if (this.#isOnLine(rise - fall, forward[k]!, backward[k]!)) continue;
      const oddness = Math.abs(rise / above[k]! - fall / below[k]!) * scale;
      if (this.#isOdd(oddness))
        this.#keep({ request: pairOf(request, k), losses: [forward[k]!, backward[k]!], oddness });
    }
  }

  /** Of the points of a path, by how much the slope from the point itself differs from that of most others. */
  #notePath(request: PathRequest): void {
    const { path, multiples, losses, using } = request;
    const { loss } = this.#point;
    if (path.length === 0 || (multiples.length === 1 && !(Math.abs(multiples[0]!) <= NEAR))) return;
    const slopes = losses.map((value, k) => (value - loss) / multiples[k]!);
    const typical = multiples.length === 1 ? 0 : medianOf(slopes);
    for (const [k, slope] of slopes.entries()) {
      const oddness = Math.abs(slope - typical);
      if (this.#isOnLine(oddness * multiples[k]!, losses[k]!, loss) || !this.#isOdd(oddness)) continue;
      const place = { multiples: multiples.slice(k, k + 1), losses: new Float64Array(1) };
      const again = { kind: 'path', path, ...place } as const;
      this.#keep({
        request: using === undefined ? again : { ...again, using },
        losses: [losses[k]!],
        oddness,
      });
    }
  }

  /** Whether a loss is off by no more than rounding; not where it is no number, or no finite one. */
  #isOnLine(off: number, one: number, other: number): boolean {
    const { loss, scatter = 0 } = this.#point;
    const rounding = MOST_ROUNDING * Math.max(Math.abs(loss), Math.abs(one), Math.abs(other));
    return Math.abs(off) <= Math.max(rounding, bendUncertainty(scatter));
  }

  /** Whether there is room for one as odd as this. */
  #isOdd(oddness: number): boolean {
    return this.#odd.length < MOST_ASKED || !(oddness <= this.#odd.at(-1)!.oddness);
  }

  #keep(odd: Odd): void {
    const oddness = Number.isNaN(odd.oddness) ? Infinity : odd.oddness;
    this.#odd = [...this.#odd, { ...odd, oddness }]
      .toSorted((a, b) => (a.oddness === b.oddness ? 0 : b.oddness - a.oddness))
      .slice(0, MOST_ASKED);
  }
}

/** The k-th pair of a sweep, to be asked for once more. */
function pairOf({ parameter, entries, steps }: SweepRequest, k: number): SweepRequest {
  const room = (): Float64Array => new Float64Array(1);
  return {
    kind: 'sweep',
    parameter,
    count: 1,
    entries: entries.slice(k, k + 1),
    steps: steps.slice(k, k + 1),
    above: room(),
    below: room(),
    forward: room(),
    backward: room(),
  };
}

function* answersTo(request: OneRequest): Generator<Request, readonly number[], void> {
  yield request;
  return request.kind === 'path' ? [...request.losses] : [request.forward[0]!, request.backward[0]!];
}

function medianOf(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).toSorted();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]! / 2 + sorted[middle]! / 2;
}
