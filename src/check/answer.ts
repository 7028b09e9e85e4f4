/**
 * Answers a procedure's requests by calling the user's functions: at once while they return values, and from the first
 * promise on with `await`. The two loops differ in nothing else. Each call of a loss costs a few writes, no generator turn.
 */

import { isPromiseLike } from '../model/misuse.js';
import type { Request } from '../model/requests.js';
import type { Subject } from '../model/subject.js';
import { type Walk, walkOf } from '../model/walks.js';

/** A check as it runs: asks, and at last returns. It must restore the parameters in a `finally` of its own. */
export type Procedure<Result> = Generator<Request, Result, void>;

/**
 * Runs a procedure to its end: its result, or a promise of it when any of the user's functions returned a promise.
 * @param onPromise called at the first promise; what it throws ends the procedure
 */
export function answer<Result>(
  procedure: Procedure<Result>,
  subject: Subject,
  onPromise: () => void,
): Result | Promise<Result> {
  try {
    let turn = procedure.next();
    while (turn.done !== true) {
      const walk = walkOf(turn.value, subject);
      while (walk.advance()) {
        const value = walk.call();
        if (isPromiseLike(value)) {
          refusable(value, onPromise);
          return answerLater(procedure, subject, walk, value);
        }
        walk.accept(value);
      }
      turn = procedure.next();
    }
    return turn.value;
  } catch (error) {
    return abandon(procedure, error);
  }
}

/** Asks whether a promise may be awaited. If not, nobody will hear how it ends, and its rejection must not be unhandled. */
function refusable(promise: PromiseLike<unknown>, onPromise: () => void): void {
  try {
    onPromise();
  } catch (error) {
    promise.then(undefined, () => undefined);
    throw error;
  }
}

/** Goes on from a walk whose last call gave a promise. */
async function answerLater<Result>(
  procedure: Procedure<Result>,
  subject: Subject,
  pending: Walk,
  promise: PromiseLike<unknown>,
): Promise<Result> {
  try {
    let walk = pending;
    walk.accept(await promise);
    for (;;) {
      while (walk.advance()) {
        const value = walk.call();
        walk.accept(isPromiseLike(value) ? await value : value);
      }
      const turn = procedure.next();
      if (turn.done === true) return turn.value;
      walk = walkOf(turn.value, subject);
    }
  } catch (error) {
    return abandon(procedure, error);
  }
}

/** Lets the procedure's `finally` restore the parameters, and passes the user's error on unchanged. */
function abandon(procedure: Procedure<unknown>, error: unknown): never {
  procedure.throw(error);
  throw error;
}
