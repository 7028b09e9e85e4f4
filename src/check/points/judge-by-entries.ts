/** θ, where runs meet kinks, and the parameters that no point beside it cleared → θ as its entries tell, where there is time for these. */

import { totalOf } from '../../model/array/concat.js';
import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import { measureEntries } from '../entries/measure-entries.js';
import { measureWatched } from '../measure-watched.js';
import type { ParameterEvidence } from '../measurement.js';
import type { PointTask } from '../point-task.js';
import { type Judgement, judgementOf } from '../report/judge.js';
import { NEEDED_TIME } from '../runs/look.js';
import { CHECK_TIME } from '../strategy.js';
import { isHiddenByKink } from './combine-points.js';

/** Whether a kink of θ hides what no point beside it cleared. */
export function isLeftByKink(evidence: ParameterEvidence): boolean {
  return evidence.verdict === 'inconclusive' && isHiddenByKink(evidence);
}

/** @returns undefined where there is no time for it, or losses are random */
export function* judgeByEntries(
  subject: GradientSubject,
  task: Omit<PointTask, 'frame' | 'lossTime'>,
  here: Judgement,
  asked: readonly ParameterEvidence[],
): Generator<LossRequest | GradientsRequest, Judgement | undefined, void> {
  const { settings, budget } = task;
  const { method, checkTime = CHECK_TIME } = settings;
  const within = method === undefined ? NEEDED_TIME * checkTime : Infinity;
  if (asked.length === 0 || !budget.hasTime(2 * totalOf(asked.map(({ due }) => due)), within))
    return undefined;
  const isAsked = (parameter: number): boolean => asked.some(({ due }) => due.parameter === parameter);
  const { measurement, unlike } = yield* measureWatched(
    { ...task, frame: subject, lossTime: 0 },
    {
      method: 'directional',
      *measure(own) {
        if (isAsked(own.parameter)) return yield* measureEntries(own);
        return here.parameters.find(({ due }) => due.parameter === own.parameter)!;
      },
    },
  );
  return unlike === undefined ? judgementOf(subject, settings, measurement) : undefined;
}
