/** Losses at points far from θ → whether the loss depends on what small steps did not move it by. */

import type { PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { demandSameBeside, lossesByEach } from './loss-functions.js';
import { randomPath } from './random-path.js';

/** Displacements, in units of the parameter's scale, by which a parameter that small steps don't move is tried. */
const LIVENESS_MULTIPLES: readonly number[] = [2 ** -10, -(2 ** -10), 1, -1];
export const LIVENESS_LOSSES: number = LIVENESS_MULTIPLES.length;

/** How far all parameters move together, in units of their scales. */
export const FAR: number = 2 ** -3;

/** Whether the loss moves when all of one parameter is moved by much. */
export function* isAlive(
  frame: Frame,
  parameter: number,
  { loss, scales, seed, analytic }: Here,
): Generator<PathRequest, boolean, void> {
  const path = randomPath(frame, scales, seed, [parameter]);
  const losses = yield* lossesByEach(frame, { path, multiples: Float64Array.from(LIVENESS_MULTIPLES) });
  const alive = losses[0]!.some((value) => value !== loss);
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
}

/** The loss where all parameters have moved together, as it may depend on them only so. */
export function* lossFarAway(
  frame: Frame,
  { scales, seed }: Pick<Here, 'scales' | 'seed'>,
): Generator<PathRequest, number, void> {
  const losses = new Float64Array(1);
  yield { kind: 'path', path: randomPath(frame, scales, seed), multiples: Float64Array.of(FAR), losses };
  return losses[0]!;
}
