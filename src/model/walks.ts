/**
 * Answers a request one call of the user's function at a time: a walk goes to the next point, or tells `losses` of as many as a call
 * may hold, calls, takes the value, and leaves the parameters as they were saved when it ends. It stops at each promise and goes on
 * when told what came of it, so that the same walk runs with and without `await`. If a call throws, the walk is abandoned where it
 * stands and whoever runs the check restores.
 */

import { describe, isPromiseLike, misuse } from './misuse.js';
import { moveTo, type Points, pointsOf } from './points.js';
import type { GradientsRequest, Request } from './requests.js';
import type { Subject } from './subject.js';

export interface Walk {
  /** Goes on to the end, or to the first call that gives a promise, and returns that; `accept` must then come first. */
  run(): PromiseLike<unknown> | undefined;
  /** Takes what a promise resolved to. */
  accept(value: unknown): void;
}

/** The walk that answers a request. */
export function walkOf(request: Request, subject: Subject): Walk {
  if (request.kind === 'gradients') return new GradientsWalk(request, subject);
  const points = pointsOf(request, subject);
  const { by = subject.ways[0] } = request.kind === 'line' ? request : {};
  return by === 'losses' ? new BatchWalk(points, subject) : new LossWalk(points, subject);
}

/** One call of `loss` for each point. */
class LossWalk implements Walk {
  readonly #points: Points;
  readonly #subject: Subject;
  #position = 0;

  constructor(points: Points, subject: Subject) {
    this.#points = points;
    this.#subject = subject;
  }

  run(): PromiseLike<unknown> | undefined {
    const points = this.#points;
    // Ends for a count of NaN too, which comes of parameters that are not finite.
    while (this.#position < points.count) {
      points.place(this.#position);
      const value = this.#subject.callLoss();
      if (typeof value !== 'number' && isPromiseLike(value)) return value;
      this.accept(value);
    }
    points.leave();
    return undefined;
  }

  accept(value: unknown): void {
    this.#points.note(this.#position, demandLoss(value));
    this.#position += 1;
  }
}

/** The loss as a number; NaN and the infinities are numbers, and judged later. */
function demandLoss(value: unknown): number {
  if (typeof value === 'number') return value;
  throw misuse(`loss() must return a number, but it returned ${describe(value)}.`);
}

/** A call of `losses` is given at most so many points, as each may take far more memory in there, */
const MOST_POINTS = 2048;
/** and at most so many numbers, 32 MiB, as long as that leaves it a pair of points. */
const MOST_NUMBERS: number = 2 ** 22;

/** One call of `losses` for many points. */
class BatchWalk implements Walk {
  readonly #points: Points;
  readonly #subject: Subject;
  /** Points of a call. */
  readonly #most: number;
  #position = 0;
  /** Points of the call that is under way. */
  #size = 0;

  constructor(points: Points, subject: Subject) {
    this.#points = points;
    this.#subject = subject;
    const pairs = Math.max(1, Math.floor(MOST_NUMBERS / 2 / points.width));
    this.#most = Math.min(2 * pairs, MOST_POINTS);
  }

  run(): PromiseLike<unknown> | undefined {
    const points = this.#points;
    while (this.#position < points.count) {
      this.#size = Math.min(this.#most, points.count - this.#position);
      const displacements = Array.from({ length: this.#size }, (_, i) =>
        points.displacement(this.#position + i),
      );
      const value = this.#subject.callLosses(displacements);
      if (isPromiseLike(value)) return value;
      this.accept(value);
    }
    return undefined;
  }

  accept(value: unknown): void {
    const losses = demandLosses(value, this.#size);
    for (let i = 0; i < this.#size; i += 1) this.#points.note(this.#position + i, losses[i]!);
    this.#position += this.#size;
  }
}

/** The losses as so many numbers, each of which may be NaN or infinite. */
function demandLosses(value: unknown, count: number): ArrayLike<number> {
  const expected = count === 1 ? 'an array of 1 number' : `an array of ${count} numbers`;
  if (typeof value !== 'object' || value === null || (value as { length?: unknown }).length !== count)
    throw misuse(
      `losses() must return ${expected}, one for each displacement, but it returned ${describe(value)}.`,
    );
  const losses = value as ArrayLike<unknown>;
  for (let i = 0; i < count; i += 1)
    if (typeof losses[i] !== 'number')
      throw misuse(`losses() must return ${expected}, but entry ${i} is ${describe(losses[i])}.`);
  return losses as ArrayLike<number>;
}

class GradientsWalk implements Walk {
  readonly #request: GradientsRequest;
  readonly #subject: Subject;
  #called = false;

  constructor(request: GradientsRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
  }

  run(): PromiseLike<unknown> | undefined {
    if (this.#called) return undefined;
    this.#called = true;
    const { direction } = this.#request;
    if (direction !== undefined) moveTo(this.#subject, direction, 1);
    const value = this.#subject.callGradients();
    if (isPromiseLike(value)) return value;
    this.accept(value);
    return undefined;
  }

  accept(value: unknown): void {
    const { direction, into } = this.#request;
    this.#subject.readGradients(value, into);
    if (direction !== undefined) moveTo(this.#subject, direction, 0);
  }
}
