/** A point → what is measured of each parameter that has entries due, and what is looked for. */

import { totalOf } from '../model/array/concat.js';
import type { LossFunction } from '../model/gradient-model.js';
import type { Frame } from '../model/subject/subject.js';
import { finiteNorm } from '../numerics/norms.js';
import type { Method } from '../report.js';
import { type ParameterTask, toleranceOf } from './entries/task.js';
import type { ClaimBounds } from './preconditions/claim-noise.js';
import type { Budget } from './run/budget.js';
import type { RunPlan } from './runs/look.js';
import type { Settings } from './settings.js';
import { CHECK_TIME } from './strategy.js';

/** So many wrong entries of a parameter are looked for, or as many as are to be shown. */
const LEAST_FOUND = 16;

/** Directions of each parameter: errors of two entries that cancel along one of them show along another. */
const LOOKS = { least: 2, most: 3 };

export function planFor({ settings, budget }: PointTask, task: ParameterTask): RunPlan {
  const { method, checkTime = CHECK_TIME } = settings;
  return {
    looks: LOOKS,
    maySplit: true,
    most: Math.max(settings.worst, LEAST_FOUND),
    tolerance: toleranceOf(task),
    // Where a method is given it may take what it takes.
    hasTime: (losses, share = 1) =>
      budget.hasTime(losses, method === undefined ? share * checkTime : Infinity),
  };
}

/** What a point is measured with. */
export interface PointTask {
  readonly frame: Frame;
  readonly settings: Settings;
  /** The claimed gradients at the point. */
  readonly analytic: readonly Float64Array[];
  /** The loss at the point. */
  readonly loss: number;
  /** The function that gave it; that which many losses are asked of, where left out. */
  readonly lossBy?: LossFunction;
  /** The standard deviation of repeated losses, in their unit; 0 where left out. */
  readonly scatter?: number;
  /** That of repeated claims, in the unit of the gradient. */
  readonly claimScatter?: readonly Float64Array[] | undefined;
  /** How long a loss takes, in ms. */
  readonly lossTime: number;
  readonly budget: Budget;
  /** What is known of the noise of the claims; measured where left out. */
  readonly claimNoise?: ClaimBounds;
}

/** What all parameters of a point share. */
interface Shared extends Pick<ParameterTask, 'noise' | 'claimNoise' | 'moved'> {
  readonly method: Method;
  readonly scales: readonly number[];
}

/** The tasks of a point, one for each parameter with entries that are due. */
export function tasksOf(
  { frame, settings, analytic, loss, budget }: PointTask,
  { method, scales, ...shared }: Shared,
): ParameterTask[] {
  const total = totalOf(frame.due);
  const reach = Math.max(0, ...analytic.map((claims, p) => finiteNorm([claims]) * scales[p]!));
  let before = 0;
  return frame.due.map((range, k) => {
    const { parameter } = range;
    const { name } = frame.parameters[parameter]!;
    const end = (before += range.count);
    return {
      ...shared,
      frame,
      reach,
      parameter,
      range,
      loss,
      scale: scales[parameter]!,
      analytic: analytic[parameter]!,
      epsilon: settings.epsilon,
      policy: settings,
      seed: settings.seed,
      shown: settings.worst,
      budget,
      tell: (left) => {
        const done = end - left;
        // Along directions a parameter takes as long as another, and a point as long as another.
        const share =
          method === 'exhaustive'
            ? done / total
            : (k + 1 - left / range.count) / (frame.due.length * settings.points);
        budget.tell({ done, total, parameter: name }, share);
      },
    };
  });
}
