/** Losses at points far from θ → whether the loss depends on what small steps did not move it by. */

import { moveTo } from '../../model/evaluate/points.js';
import type { Path, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { isBeyondScatter } from '../../numerics/repeats.js';
import { demandSameBeside, lossesByEach, type Places } from './loss-functions.js';
import { randomPath, weightsOf } from './random-path.js';
import { unlessThrown } from './unless-thrown.js';

/** Displacements, in units of the parameter's scale, by which a parameter that small steps don't move is tried, one after the other. */
const LIVENESS_MULTIPLES: readonly number[] = [2 ** -10, 1];
/** Losses that this takes. */
export const LIVENESS_LOSSES: number = 2 * LIVENESS_MULTIPLES.length;

/** How far all that is due moves together, in units of their scales. */
export const FAR: number = 2 ** -3;

/** Whether the loss moves when all of one parameter is moved by much; where it throws that far away, it is not known to. */
export function* isAlive(frame: Frame, parameter: number, here: Here): Generator<PathRequest, boolean, void> {
  const path = randomPath(frame, here.scales, here.seed, [parameter]);
  for (const multiple of LIVENESS_MULTIPLES) {
    const moves = movesAt(frame, { path, multiples: Float64Array.of(multiple, -multiple) }, here);
    if (yield* unlessThrown(moves, () => givenUp(frame, path, false))) return true;
  }
  return false;
}

function* movesAt(
  frame: Frame,
  places: Places,
  { loss, analytic, scatter }: Here,
): Generator<PathRequest, boolean, void> {
  const losses = yield* lossesByEach(frame, places);
  const alive = losses[0]!.some((value) => isBeyondScatter(value, loss, { scatter }));
  // It may be `losses` that forgot the parameter.
  if (!alive) demandSameBeside(frame, analytic, losses);
  return alive;
}

/** The point that displacements are from. */
export interface Here {
  readonly loss: number;
  /** One for each parameter, in its unit. */
  readonly scales: readonly number[];
  readonly seed: number;
  /** The claimed gradients. */
  readonly analytic: readonly Float64Array[];
  readonly scatter?: number | undefined;
}

/** The loss where all that is due has moved together, as it may depend on them only so; undefined where it throws there. */
export function* lossFarAway(
  frame: Frame,
  { scales, seed }: Pick<Here, 'scales' | 'seed'>,
): Generator<PathRequest, number | undefined, void> {
  const path = frame.due.map(({ parameter, from, to }) => {
    const weights = weightsOf(frame, parameter, { scale: scales[parameter]!, seed });
    return { parameter, from, to, weights };
  });
  return yield* unlessThrown(lossAt(path, FAR), () => givenUp(frame, path, undefined));
}

function* lossAt(path: Path, multiple: number): Generator<PathRequest, number | undefined, void> {
  const losses = new Float64Array(1);
  yield { kind: 'path', path, multiples: Float64Array.of(multiple), losses };
  return losses[0]!;
}

/** What is known without a look along a path, with the parameters put back. */
function givenUp<Known>(frame: Frame, path: Path, known: Known): Known {
  moveTo(frame, path, 0);
  return known;
}
