/**
 * Answers a procedure's requests by calling the user's functions: at once while they return values, and from the first
 * promise on with `await`. The two loops differ in nothing else. Each call of a loss costs a few writes, no generator turn.
 */

import type { Evaluation } from '../../model/evaluate/answer-losses.js';

/**
 * A check as it runs: asks, and at last returns. An error of the user's code is thrown where it asked; what it doesn't catch ends it. It must
 * restore the parameters in a `finally` of its own.
 */
export type Procedure<Asked, Result> = Generator<Asked, Result, void>;

/**
 * Runs a procedure to its end: its result, or a promise of it when any of the user's functions returned a promise. An error of a function
 * is thrown into the procedure, which may go on from there; if it does not, its `finally` restores the parameters, and the error passes on.
 * @param evaluationOf the evaluation that answers a request
 * @param onPromise called at the first promise; what it throws ends the procedure
 */
export function answer<Asked, Result>(
  procedure: Procedure<Asked, Result>,
  evaluationOf: (request: Asked) => Evaluation,
  onPromise: () => void = () => undefined,
): Result | Promise<Result> {
  let turn = procedure.next();
  while (turn.done !== true) {
    try {
      const evaluation = evaluationOf(turn.value);
      const promise = evaluation.run();
      if (promise !== undefined) {
        refusable(promise, onPromise);
        return answerLater(procedure, evaluationOf, evaluation, promise);
      }
    } catch (error) {
      turn = procedure.throw(error);
      continue;
    }
    turn = procedure.next();
  }
  return turn.value;
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

/** Goes on from an evaluation whose last call gave a promise. */
async function answerLater<Asked, Result>(
  procedure: Procedure<Asked, Result>,
  evaluationOf: (request: Asked) => Evaluation,
  begun: Evaluation,
  first: PromiseLike<unknown>,
): Promise<Result> {
  let evaluation = begun;
  let promise: PromiseLike<unknown> | undefined = first;
  for (;;) {
    let turn: IteratorResult<Asked, Result> | undefined;
    try {
      for (; promise !== undefined; promise = evaluation.run()) evaluation.accept(await promise);
    } catch (error) {
      turn = procedure.throw(evaluation.explained?.(error) ?? error);
    }
    turn ??= procedure.next();
    while (turn.done !== true)
      try {
        evaluation = evaluationOf(turn.value);
        promise = evaluation.run();
        break;
      } catch (error) {
        turn = procedure.throw(error);
      }
    if (turn.done === true) return turn.value;
  }
}
