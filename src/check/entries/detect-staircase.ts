/**
 * A parameter that had to be moved far for the loss to move → whether the loss moves by jumps, as what is differentiated is rounded to steps.
 *
 * On a staircase the slope of each step is zero, and that over many of them is what the steps were made of: neither is a derivative. Noise
 * shows at any distance, and beyond a kink the loss begins to move slowly; a loss that stands still, and then jumps, does neither.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import type { Sample } from '../../numerics/sample.js';
import { quantumOf } from '../../numerics/noise.js';
import { STEP_RATIO } from '../../numerics/step.js';
import type { Paths } from '../paths/paths.js';
import type { ParameterTask } from './task.js';

/** Only a parameter that needs so large a step may be one, in units of its scale. */
const LARGE_STEP: number = 2 ** -6;

/** So many entries are looked at. */
const TRIED = 4;

/** Whether the loss stands still is seen so many times closer to θ. */
const CLOSER: number = STEP_RATIO ** 5;

/** A jump is this share of the whole change at least: with more jumps in it the slope over them is as good as one with noise. */
const JUMP_SHARE = 1 / 32;

/** The place where the loss begins to move is halved so often that a slope would show as less than a jump. */
const HALVINGS = 16;

/** A change is more than the rounding of the loss when it has so many times its quanta, and its noise where other parameters move. */
const MOST_ROUNDINGS = 64;

/** @param step at which the entries were measured, in units of their scales */
export function* isStaircase(
  { range, loss, noise, budget }: ParameterTask,
  paths: Paths,
  step: number,
): Generator<LossRequest, boolean, void> {
  if (step < LARGE_STEP || budget.spent()) return false;
  // What was measured no further away than where the loss still stands has no jump of it.
  const nearby = noise.distance <= step / CLOSER ? noise.level : 0;
  const entries = spread(range, TRIED);
  const far = yield* paths.sample(entries.map((path) => ({ path, step })));
  const near = yield* paths.sample(entries.map((path) => ({ path, step: step / CLOSER })));
  for (const [k, path] of entries.entries()) {
    const [closer, further] = [near?.[k], far?.[k]];
    if (closer === undefined || further === undefined) return false;
    const moving = SIDES.filter(
      (side) => side(closer) === loss && isBeyondRounding(loss, side(further), nearby),
    );
    for (const side of moving) if (yield* jumps(paths, path, step, side)) return true;
  }
  return false;
}

/** The loss on one side of θ. */
type Side = (sample: Sample) => number;
const SIDES: readonly Side[] = [({ forward }) => forward, ({ backward }) => backward];

/** Some entries of a range, evenly spread. */
function spread({ from, count }: ParameterTask['range'], most: number): number[] {
  const length = Math.min(count, most);
  return Array.from({ length }, (_, k) => from + Math.floor(((k + 1 / 2) * count) / length));
}

function isBeyondRounding(loss: number, other: number, noise: number): boolean {
  return Math.abs(other - loss) > MOST_ROUNDINGS * Math.max(quantumOf([loss, other]), noise);
}

/** Whether the loss, where it begins to move, moves at once by much of what it moves by at the step. */
function* jumps(paths: Paths, path: number, step: number, side: Side): Generator<LossRequest, boolean, void> {
  let [still, moved] = [step / CLOSER, step];
  let change: number | undefined;
  let whole: number | undefined;
  for (let k = 0; k <= HALVINGS; k += 1) {
    const middle = k === 0 ? step : Math.sqrt(still * moved);
    const [sample] = (yield* paths.sample([{ path, step: middle }])) ?? [];
    if (sample === undefined) return false;
    const own = Math.abs(side(sample) - paths.loss);
    whole ??= own;
    if (own === 0) still = middle;
    else [moved, change] = [middle, own];
    // Closer to where it begins to move it moves by less still.
    if (own > 0 && own < JUMP_SHARE * whole) return false;
  }
  return change !== undefined && change >= JUMP_SHARE * whole!;
}
