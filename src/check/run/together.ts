/** Several procedures that don't depend on each other → run side by side: the losses that all of them ask for next are asked for at once. */

import type { GradientsRequest, JointRequest, LossRequest } from '../../model/evaluate/requests.js';

type Asked = LossRequest | GradientsRequest;

/**
 * Runs some procedures, and returns their results in the same order. Where a function of the user's throws, each of their requests is made by
 * itself, so that the error reaches the procedure that it is about.
 */
export function* together<Result>(
  procedures: readonly Generator<Asked, Result, void>[],
): Generator<Asked, Result[], void> {
  const turns: IteratorResult<Asked, Result>[] = [];
  for (const [k, procedure] of procedures.entries()) turns[k] = yield* apart(procedure, procedure.next());
  for (;;) {
    const open = [...turns.keys()].filter((k) => turns[k]!.done !== true);
    if (open.length === 0) return turns.map(({ value }) => value as Result);
    const joint = open.filter((k) => requestsIn(turns[k]!.value as Asked).length > 0);
    if (joint.length > 1 && (yield* answered(joint.flatMap((k) => requestsIn(turns[k]!.value as Asked)))))
      for (const k of joint) turns[k] = yield* apart(procedures[k]!, procedures[k]!.next());
    else
      for (const k of open)
        turns[k] = yield* apart(procedures[k]!, yield* alone(procedures[k]!, turns[k]!.value as Asked));
  }
}

/** What of a request may be asked for with others: losses by whichever function is asked for many. */
function requestsIn(request: Asked): JointRequest['of'] {
  if (request.kind === 'gradients' || (request.kind === 'path' && request.using !== undefined)) return [];
  return request.kind === 'joint' ? request.of : [request];
}

/** Goes on with a procedure while it asks for what can't be asked for with others: what it finds out so the others need not ask again. */
function* apart<Result>(
  procedure: Generator<Asked, Result, void>,
  first: IteratorResult<Asked, Result>,
): Generator<Asked, IteratorResult<Asked, Result>, void> {
  let turn = first;
  while (turn.done !== true && requestsIn(turn.value).length === 0)
    turn = yield* alone(procedure, turn.value);
  return turn;
}

/** Makes some requests at once; whether they were answered. */
function* answered(of: JointRequest['of']): Generator<Asked, boolean, void> {
  try {
    yield { kind: 'joint', of };
    return true;
  } catch {
    return false;
  }
}

/** Makes one request, and goes on with the procedure that made it. */
export function* alone<Result, Wanted extends Asked>(
  procedure: Generator<Wanted, Result, void>,
  request: Wanted,
): Generator<Wanted, IteratorResult<Wanted, Result>, void> {
  try {
    yield request;
  } catch (error) {
    return procedure.throw(error);
  }
  return procedure.next();
}
