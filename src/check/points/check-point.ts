/**
 * A generic point → what the claims are worth there, by a few losses for each parameter: along random directions, and entry by entry where
 * that is as cheap, or where a claim is wrong, to tell how.
 */

import { isMisuse } from '../../errors.js';
import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import { countDifferent } from '../../model/subject/saved.js';
import { measureEntries } from '../entries/measure-entries.js';
import { measure } from '../measure.js';
import type { PointTask } from '../point-task.js';
import type { Measurement } from '../measurement.js';
import { type Judgement, judgementOf } from '../report/judge.js';
import type { Budget } from '../run/budget.js';
import { measureRuns } from '../runs/measure-runs.js';
import type { Settings } from '../settings.js';
import type { Strategy } from '../strategy.js';
import { genericPoint } from './generic-point.js';

/** What was found at a point. */
export interface PointJudgement {
  /** Its number; θ is the first. */
  readonly point: number;
  readonly judgement: Judgement;
  /** For each parameter with entries that are due, whether its claim is the same to the bit as at θ. */
  readonly isSame: readonly boolean[];
}

/** Of so few entries each is measured by itself: that takes no more losses than directions. */
const FEW_ENTRIES = 4;

/** A wrong parameter of so many entries at most is measured entry by entry, so that its cause can be told. */
const MOST_ENTRIES = 512;

/** Directions of each parameter, beside those at θ. */
const LOOKS = { least: 1, most: 2 };

/**
 * Checks the claims at a point, and puts the parameters back.
 * @param analytic the claims at θ
 * @returns undefined where the loss can't be evaluated there
 */
export function* checkPoint(
  subject: GradientSubject,
  settings: Settings,
  analytic: readonly Float64Array[],
  budget: Budget,
  point: number,
): Generator<LossRequest | GradientsRequest, PointJudgement | undefined, void> {
  try {
    const found = yield* genericPoint(subject, point, settings.seed);
    if (found === undefined) return undefined;
    const isSame = subject.due.map(
      ({ parameter }) => countDifferent(found.analytic[parameter]!, analytic[parameter]!) === 0,
    );
    const measurement = yield* measuredAt({ frame: subject, settings, budget, lossTime: 0, ...found });
    if (measurement === undefined) return undefined;
    return { point, judgement: judgementOf(subject, settings, measurement), isSame };
  } finally {
    subject.restore();
  }
}

/** What is measured at a point; undefined where that can't be done. */
function* measuredAt(
  task: PointTask,
): Generator<LossRequest | GradientsRequest, Measurement | undefined, void> {
  try {
    const measurement = yield* measure(task, STRATEGY);
    return Number.isNaN(measurement.noise) ? undefined : measurement;
  } catch (error) {
    // A function that throws beside θ, where the loss leaves its domain, is no mistake of the claim.
    if (isMisuse(error)) throw error;
    return undefined;
  }
}

const STRATEGY: Strategy = {
  method: 'directional',
  *measure(task, plan) {
    if (task.range.count <= FEW_ENTRIES) return yield* measureEntries(task);
    const measured = yield* measureRuns(task, { ...plan, looks: LOOKS });
    const { runs } = measured;
    const isWrong = runs !== undefined && (runs.widespread || runs.found > 0 || !runs.complete);
    const isFew = (): boolean => task.range.count <= MOST_ENTRIES && plan.hasTime(2 * task.range.count);
    return isWrong && isFew() ? yield* measureEntries(task) : measured;
  },
};
