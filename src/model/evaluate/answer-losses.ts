/**
 * Answers a request one call of the user's function at a time: a walk goes to the next point, or tells `losses` of as many as a call
 * may hold, calls, takes the value, and leaves the parameters as they were saved when it ends. It stops at each promise and goes on
 * when told what came of it, so that the same walk runs with and without `await`. If a call throws, the walk is abandoned where it
 * stands and whoever runs the check restores.
 */

import type { GradientSubject } from '../subject/gradient-subject.js';
import { describe, isPromiseLike, misuse } from '../../errors.js';
import { movedAlong, movedAt, withCause } from './moved.js';
import { writtenBy } from './draw-moves.js';
import type { Points } from './joint-points.js';
import { moveTo, pointsOf } from './points.js';
import { demandLoss } from './scalar-loss.js';
import type { GradientsRequest, Request } from './requests.js';
import type { Subject } from '../subject/subject.js';

export interface Evaluation {
  /** Goes on to the end, or to the first call that gives a promise, and returns that; `accept` must then come first. */
  run(): PromiseLike<unknown> | undefined;
  /** Takes what a promise resolved to. */
  accept(value: unknown): void;
  /** The error that a promise was rejected with, saying what had been moved. */
  explained?(error: unknown): unknown;
}

/** The walk that answers a request for losses or gradients. */
export function evaluationOf(request: Request, subject: GradientSubject): Evaluation {
  if (request.kind === 'path' || request.kind === 'gradients') subject.noteChanges(writtenBy(request.path));
  if (request.kind === 'gradients') {
    const { path, multiple, into } = request;
    return new CallEvaluation(
      subject,
      { path, multiple },
      {
        call: () => subject.callGradients(),
        read: (value) => {
          subject.readGradients(value, into);
        },
      },
    );
  }
  const points = pointsOf(request, subject, (one) => {
    if (one.kind === 'path') subject.noteChanges(writtenBy(one.path));
  });
  const { using = subject.lossFunctions[0] } = request.kind === 'path' ? request : {};
  return using === 'losses'
    ? new BatchEvaluation(points, subject)
    : new LossEvaluation(points, (k) => movedAt(request, k, subject), subject);
}

/** One call of a function for each point. */
export abstract class PointEvaluation implements Evaluation {
  protected readonly points: Points;
  readonly #movedAt: (k: number) => string | undefined;
  /** What the function gives at some of the points, where it is known already. */
  readonly #known: readonly unknown[] | undefined;
  #position = 0;

  /** @param moved what had been moved at the k-th point, in words */
  constructor(points: Points, moved: (k: number) => string | undefined, known?: readonly unknown[]) {
    this.points = points;
    this.#movedAt = moved;
    this.#known = known;
  }

  /** Calls the function at the parameters as they stand. */
  protected abstract call(): unknown;
  /** Takes what it gave at the k-th point. */
  protected abstract take(k: number, value: unknown): void;

  run(): PromiseLike<unknown> | undefined {
    try {
      return this.#run();
    } catch (error) {
      throw this.explained(error);
    }
  }

  #run(): PromiseLike<unknown> | undefined {
    const { points } = this;
    // Ends for a count of NaN too, which comes of parameters that are not finite.
    while (this.#position < points.count) {
      points.place(this.#position);
      if (this.#known?.[this.#position] !== undefined) {
        this.#position += 1;
        continue;
      }
      const value = this.call();
      if (typeof value !== 'number' && isPromiseLike(value)) return value;
      this.accept(value);
    }
    points.leave();
    return undefined;
  }

  explained(error: unknown): unknown {
    return this.#position < this.points.count ? withCause(error, this.#movedAt(this.#position)) : error;
  }

  accept(value: unknown): void {
    this.take(this.#position, value);
    this.#position += 1;
  }
}

class LossEvaluation extends PointEvaluation {
  readonly #subject: GradientSubject;

  constructor(points: Points, moved: (k: number) => string | undefined, subject: GradientSubject) {
    super(points, moved);
    this.#subject = subject;
  }

  protected call(): unknown {
    return this.#subject.callLoss();
  }

  protected take(k: number, value: unknown): void {
    this.points.note(k, demandLoss(value));
  }
}

/** A call of `losses` is given at most so many points, as each may take far more memory in there, */
const MOST_POINTS = 2048;
/** and at most so many numbers, 32 MiB, as long as that leaves it a pair of points. */
const MOST_NUMBERS: number = 2 ** 22;

/** One call of `losses` for many points. */
class BatchEvaluation implements Evaluation {
  readonly #points: Points;
  readonly #subject: GradientSubject;
  /** Points of a call. */
  readonly #most: number;
  #position = 0;
  /** Points of the call that is under way. */
  #size = 0;

  constructor(points: Points, subject: GradientSubject) {
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

/** A point of a path. */
type Place = Pick<GradientsRequest, 'path' | 'multiple'>;

/** One call at a point of a path. */
export class CallEvaluation implements Evaluation {
  readonly #subject: Subject;
  readonly #place: Place;
  readonly #use: { call(): unknown; read(value: unknown): void };
  #called = false;

  /** @param use how the function is called there, and what becomes of what it gave */
  constructor(subject: Subject, place: Place, use: { call(): unknown; read(value: unknown): void }) {
    this.#subject = subject;
    this.#place = place;
    this.#use = use;
  }

  run(): PromiseLike<unknown> | undefined {
    if (this.#called) return undefined;
    this.#called = true;
    try {
      moveTo(this.#subject, this.#place.path, this.#place.multiple);
      const value = this.#use.call();
      if (isPromiseLike(value)) return value;
      this.accept(value);
      return undefined;
    } catch (error) {
      throw this.explained(error);
    }
  }

  explained(error: unknown): unknown {
    const { path, multiple } = this.#place;
    return withCause(error, movedAlong(path, multiple, this.#subject));
  }

  accept(value: unknown): void {
    this.#use.read(value);
    moveTo(this.#subject, this.#place.path, 0);
  }
}
