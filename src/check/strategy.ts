/** The size of a model and the time that a loss takes → whether its entries are measured one by one, or along runs of them. */

import type { GradientsRequest, LossRequest } from '../model/evaluate/requests.js';
import type { Method } from '../report.js';
import { measureEntries } from './entries/measure-entries.js';
import type { ParameterTask } from './entries/task.js';
import type { MeasuredParameter } from './measurement.js';
import type { RunPlan } from './runs/look.js';
import { measureRuns } from './runs/measure-runs.js';

/** How the parameters of a point are measured. */
export interface Strategy {
  /** `'directional'` where all entries of a parameter move together, so that noise is measured of all at once. */
  readonly method: Method;
  /** About so many entries move at once where noise and steps of single entries are looked for; a function of few of them needs all. */
  readonly moved?: number;
  measure(
    task: ParameterTask,
    plan: RunPlan,
  ): Generator<LossRequest | GradientsRequest, MeasuredParameter, void>;
}

export const EXHAUSTIVE: Strategy = { method: 'exhaustive', measure: (task) => measureEntries(task) };
export const DIRECTIONAL: Strategy = { method: 'directional', measure: measureRuns };

export function strategyOf(method: Method): Strategy {
  return method === 'exhaustive' ? EXHAUSTIVE : DIRECTIONAL;
}

/** By default a check takes about so long, in ms; a test runner gives a test five seconds. */
export const CHECK_TIME = 1000;

/** So few losses take no longer than runs would. */
const FEW_LOSSES = 64;

/** The first calls of a function may take so many times as long as later ones, which have been compiled. */
export const SLOW_START = 16;

/**
 * Whether the entries can be measured one by one in a time.
 * @param losses two for each entry
 * @param lossTime of one of them, in ms
 * @param within in ms
 */
export function isCheap(losses: number, lossTime: number, within: number = CHECK_TIME): boolean {
  return losses <= FEW_LOSSES || losses * lossTime <= within;
}
