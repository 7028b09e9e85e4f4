/** Carries on with a value at once, or with a promise of it when it resolves, so that each adapter is written once. */

import { isPromiseLike } from '../errors.js';

/**
 * Calls `begin`, then `use` with what it returned or resolved to, then `end`, which is called whatever happened before.
 * @returns what `use` returned, or a promise of it when `begin` returned one
 */
export function settle<Begun, Result>(
  begin: () => Begun,
  use: (begun: Awaited<Begun>) => Result,
  end: () => void = () => undefined,
): Result | Promise<Result> {
  let later: Promise<Result> | undefined;
  try {
    const begun = begin();
    if (!isPromiseLike(begun)) return use(begun as Awaited<Begun>);
    later = settled(begun as PromiseLike<Awaited<Begun>>, use, end);
    return later;
  } finally {
    if (later === undefined) end();
  }
}

async function settled<Begun, Result>(
  begun: PromiseLike<Begun>,
  use: (begun: Begun) => Result,
  end: () => void,
): Promise<Result> {
  try {
    return await use(await begun);
  } finally {
    end();
  }
}

/**
 * Runs a procedure that yields values or promises of them, and is given the values: to its end at once while no promise comes, and from the
 * first one on later. A rejection is thrown where the procedure waits for it.
 */
export function run<Result>(procedure: Generator<unknown, Result>): Result | Promise<Result> {
  let turn = procedure.next();
  while (turn.done !== true) {
    if (isPromiseLike(turn.value)) return runLater(procedure, turn.value);
    turn = procedure.next(turn.value);
  }
  return turn.value;
}

async function runLater<Result>(
  procedure: Generator<unknown, Result>,
  first: PromiseLike<unknown>,
): Promise<Result> {
  let waited: unknown = first;
  for (;;) {
    let turn: IteratorResult<unknown, Result>;
    try {
      turn = procedure.next(await waited);
    } catch (error) {
      turn = procedure.throw(error);
    }
    if (turn.done === true) return turn.value;
    waited = turn.value;
  }
}

/** What a function returns: a promise where the one that it waits for returns a promise. */
export type Following<Waited, Result> = Waited extends PromiseLike<unknown> ? Promise<Result> : Result;
