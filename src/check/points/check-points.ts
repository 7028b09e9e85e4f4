/** θ as it was judged → generic points beside it, as many as were asked for, and what is decided by all of them. */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import type { Subject } from '../../model/subject/subject.js';
import type { Points } from '../../report.js';
import type { Judgement } from '../report/judge.js';
import type { Budget } from '../run/budget.js';
import type { Settings } from '../settings.js';
import { checkPoint, type PointJudgement } from './check-point.js';
import { decide, type Decided } from './combine-points.js';

/** What all points say. */
export interface CheckedPoints {
  /** Of each parameter with entries that are due. */
  readonly decided: readonly Decided[];
  readonly counts: Points;
}

/**
 * Checks the points beside θ. Where the claim is wrong at θ, which has no kinks, nothing is left to ask.
 * @param analytic the claims at θ
 */
export function* checkPoints(
  subject: Subject,
  settings: Settings,
  here: Judgement,
  analytic: readonly Float64Array[],
  budget: Budget,
): Generator<LossRequest | GradientsRequest, CheckedPoints, void> {
  const found: PointJudgement[] = [];
  let skipped = 0;
  const isKinked = here.parameters.some(({ kinks }) => kinks.size > 0);
  const isDecided = here.verdict === 'wrong' && !isKinked;
  budget.silence();
  const last = isDecided ? 1 : settings.points;
  for (let point = 2; point <= last && !budget.spent(); point += 1) {
    const judged = yield* checkPoint(subject, settings, analytic, budget, point);
    if (budget.spent()) break;
    if (judged === undefined) skipped += 1;
    else found.push(judged);
  }
  const decided = decide(here, found);
  const wrong = decided.filter(({ evidence }) => evidence.verdict === 'wrong').map(({ point }) => point);
  return {
    decided,
    counts: {
      checked: 1 + found.length,
      skipped,
      ...(last === 1 + found.length + skipped ? {} : { left: last - 1 - found.length - skipped }),
      ...(wrong.length === 0 ? {} : { wrongAt: Math.min(...wrong) }),
    },
  };
}
