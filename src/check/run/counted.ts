/** A procedure → the same one, and how many losses it has asked for itself: beside others, the model has been asked for theirs as well. */

import { lossesIn } from '../../model/evaluate/joint-points.js';
import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { alone } from './together.js';

/** What a procedure has asked for so far. */
export interface Asked {
  losses: number;
}

/** @param asked is counted up as the procedure goes on */
export function* counted<Result, Wanted extends LossRequest | GradientsRequest>(
  procedure: Generator<Wanted, Result, void>,
  asked: Asked,
): Generator<Wanted, Result, void> {
  let turn = procedure.next();
  while (turn.done !== true) {
    asked.losses += wantedBy(turn.value);
    turn = yield* alone(procedure, turn.value);
  }
  return turn.value;
}

function wantedBy(request: LossRequest | GradientsRequest): number {
  if (request.kind === 'gradients') return 0;
  if (request.kind !== 'joint') return lossesIn(request);
  return request.of.reduce((sum, one) => sum + lossesIn(one), 0);
}
