/**
 * Scalar functions of the outputs with their claims → each measured and judged like a loss of its own, so that none hides behind a larger one,
 * on evaluations that all of them share.
 */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import { formatsOf } from '../../numerics/format.js';
import { NOISE_POINTS } from '../../numerics/noise.js';
import { STEP_RATIO } from '../../numerics/step.js';
import type { Stop } from '../../report.js';
import { measureEntries } from '../entries/measure-entries.js';
import { measure, unmeasured } from '../measure.js';
import type { ClaimBounds } from '../preconditions/claim-noise.js';
import { judgementOf } from '../report/judge.js';
import type { Settings } from '../settings.js';
import type { Strategy } from '../strategy.js';
import { type JudgedRow, joinRows, type Together } from './join-rows.js';
import { type Arrays, emptyArrays, type Row } from './products.js';
import { scalarized, unclaimed, type VectorTask } from './scalarization.js';
import type { Layout } from './vector-report.js';

/** What was measured of all rows. */
export interface MeasuredRows extends Together {
  /** The budget that ended it, if one did. */
  readonly stopped: Stop | undefined;
}

/**
 * Measures all rows, entry by entry.
 * @param here the outputs at θ
 * @param noise of the claims, which is asked for where a row is not right
 */
export function* measureRows(
  task: VectorTask,
  { frame, outputs }: Layout,
  rows: readonly Row[],
  here: Float64Array,
  noise: (row: Row) => Generator<VectorRequest, Arrays, void>,
): Generator<VectorRequest, MeasuredRows, void> {
  const { settings, budget } = task;
  const strategy = sharedSteps(Infinity);
  const judged = function* (
    { value, analytic }: Row,
    claimNoise: ClaimBounds,
  ): Generator<VectorRequest, JudgedRow, void> {
    const point = { frame, settings, analytic, loss: value(here), lossTime: 0, budget, claimNoise };
    const measurement = yield* scalarized(unclaimed(value), task, frame, measure(point, strategy));
    return { measurement, parameters: judgementOf(frame, settings, measurement).parameters };
  };
  const each: JudgedRow[] = [];
  for (const row of rows) {
    each.push(yield* judged(row, bounded(row, emptyArrays(frame.parameters))));
    // The other rows were evaluated along with the first.
    budget.silence();
  }
  const { judgement } = joinRows(frame, settings, each, outputs);
  const width = frame.due.length;
  for (const [m, row] of rows.entries()) {
    const own = judgement.parameters.slice(m * width, (m + 1) * width);
    if (own.every(({ verdict }) => verdict === 'correct')) continue;
    if (!budget.allows(NOISE_POINTS)) break;
    each[m] = yield* judged(row, bounded(row, yield* noise(row)));
  }
  return { stopped: budget.stop(), ...joinRows(frame, settings, each, outputs) };
}

/** The rows of what could not be measured. */
export function unmeasuredRows(settings: Settings, { frame, outputs }: Layout): Together {
  const nothing = emptyArrays(frame.parameters);
  const measurement = unmeasured(frame, settings, nothing);
  const { parameters } = judgementOf(frame, settings, measurement);
  const rows = outputs.flatMap(({ count }) =>
    Array.from({ length: count }, () => ({ measurement, parameters })),
  );
  return joinRows(frame, settings, rows, outputs);
}

/** The noise of claims where it is known. */
function bounded({ analytic }: Row, bounds: Arrays): ClaimBounds {
  const formats = formatsOf(analytic);
  return {
    format: (p) => formats[p]!,
    known: (p) => bounds[p],
    // eslint-disable-next-line require-yield -- asks for nothing
    *bounds(p) {
      return bounds[p]!;
    },
  };
}

/** A step of the ladder and its neighbours, with some room for rounding. */
const REACH: number = 1.5 * STEP_RATIO;

/**
 * Every entry, at a step that another function of the outputs was measured at, where that is no further from the best than the next of the ladder.
 * @param moved entries that move at once where noise and steps are looked for: all, for functions that may depend on few of them
 */
export function sharedSteps(moved: number): Strategy {
  const taken = new Map<number, number[]>();
  return {
    method: 'exhaustive',
    moved,
    measure(task) {
      const steps = taken.get(task.parameter) ?? [];
      taken.set(task.parameter, steps);
      return measureEntries(task, ({ step, noise }) => {
        const isNear = (other: number): boolean =>
          other <= noise.reach && other <= step * REACH && other >= step / REACH;
        const near = steps.find(isNear);
        if (near === undefined) steps.push(step);
        return near ?? step;
      });
    },
  };
}
