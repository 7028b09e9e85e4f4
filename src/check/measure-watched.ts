/** Everything that is measured at one point, and whether a loss that it was measured from is random: those that look so are asked for again. */

import type { GradientsRequest, LossRequest } from '../model/evaluate/requests.js';
import { measure } from './measure.js';
import type { Measurement, Repeated } from './measurement.js';
import type { PointTask } from './point-task.js';
import { OddLosses } from './preconditions/odd-losses.js';
import { scaleOf } from './preconditions/parameter-scale.js';
import type { Strategy } from './strategy.js';

type Asked = LossRequest | GradientsRequest;

export interface Watched {
  readonly measurement: Measurement;
  /** Two losses at the same place that differ by more than rounding. */
  readonly unlike: Repeated | undefined;
}

/** @param given how it is measured; undefined: by the time that it takes */
export function* measureWatched(point: PointTask, given?: Strategy): Generator<Asked, Watched, void> {
  const odd = new OddLosses(point, point.frame.saved.map(scaleOf));
  const measurement = yield* watched(measure(point, given), (request) => odd.note(request));
  return { measurement, unlike: yield* odd.asked() };
}

/** Runs a procedure as it is, and shows each of its requests when it has been answered. */
function* watched<Result>(
  procedure: Generator<Asked, Result, void>,
  show: (answered: Asked) => void,
): Generator<Asked, Result, void> {
  let turn = procedure.next();
  while (turn.done !== true) {
    try {
      yield turn.value;
    } catch (error) {
      turn = procedure.throw(error);
      continue;
    }
    show(turn.value);
    turn = procedure.next();
  }
  return turn.value;
}
