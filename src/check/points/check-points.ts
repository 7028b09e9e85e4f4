/** θ as it was judged → generic points beside it, as many as were asked for, and what is decided by all of them. */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import type { Points } from '../../report.js';
import type { ParameterEvidence, Repeated } from '../measurement.js';
import type { PointTask } from '../point-task.js';
import type { Judgement } from '../report/judge.js';
import type { Budget } from '../run/budget.js';
import type { Settings } from '../settings.js';
import { type AtTheta, checkPoint, type PointJudgement } from './check-point.js';
import { decide, seenAt, suspectsAtKinks, wrongIn } from './combine-points.js';
import { isLeftByKink, judgeByEntries } from './judge-by-entries.js';
import { settleKinks } from './settle-kinks.js';

/** What all points say. */
export interface CheckedPoints {
  /** Of each parameter with entries that are due. */
  readonly decided: readonly ParameterEvidence[];
  readonly points: Points;
  /** Two losses at the same place that differ by more than rounding. */
  readonly unlike?: Repeated;
  /** What each point tells of each of them. */
  readonly seen: ReturnType<typeof seenAt>;
}

type Decided = CheckedPoints['decided'];

/**
 * Checks the points beside θ. Where the claim is wrong at θ, which has no kinks, nothing is left to ask.
 * @param claims what is claimed at θ, and its loss
 */
export function* checkPoints(
  subject: GradientSubject,
  settings: Settings,
  here: Judgement,
  claims: Omit<AtTheta, 'parameters'> & Pick<PointTask, 'loss'>,
  budget: Budget,
): Generator<LossRequest | GradientsRequest, CheckedPoints, void> {
  const theta = { ...claims, parameters: here.parameters };
  const isKinked = here.parameters.some(({ kinks }) => kinks.size > 0);
  const last = here.verdict === 'wrong' && !isKinked ? 1 : settings.points;
  const { found, skipped } = yield* judgedPoints(subject, settings, theta, budget, last);
  const checked = 1 + found.length;
  const unlike = found.at(-1)?.unlike;
  if (unlike !== undefined) return { decided: [], seen: [], unlike, points: { checked, skipped } };
  const decideFor = function* (at: Judgement): Generator<LossRequest | GradientsRequest, Decided, void> {
    const suspects = settings.kinks === 'subgradient' ? suspectsAtKinks(at, found) : [];
    const settled = yield* settleKinks(subject, settings, claims.analytic, suspects, budget);
    return decide(at, found, settled);
  };
  const first = yield* decideFor(here);
  const task = { ...claims, settings, budget };
  const again = yield* judgeByEntries(subject, task, here, first.filter(isLeftByKink));
  const decided = again === undefined ? first : yield* decideFor(again);
  const left = last - checked - skipped;
  return {
    decided,
    seen: seenAt(here, found),
    points: {
      checked,
      skipped,
      ...(left === 0 ? {} : { left }),
      ...wrongIn(decided),
    },
  };
}

/** What is found at each point up to the last, and how many told nothing; none after one at which the loss was random. */
function* judgedPoints(
  subject: GradientSubject,
  settings: Settings,
  theta: AtTheta,
  budget: Budget,
  last: number,
): Generator<
  LossRequest | GradientsRequest,
  { readonly found: readonly PointJudgement[]; readonly skipped: number },
  void
> {
  const found: PointJudgement[] = [];
  let skipped = 0;
  // The progress of what follows would repeat what was told.
  budget.silence();
  for (let point = 2; point <= last && !budget.spent(); point += 1) {
    const judged = yield* checkPoint(subject, settings, theta, budget, point);
    if (budget.spent() && !isWhole(judged)) break;
    if (judged === undefined) skipped += 1;
    else found.push(judged);
    if (judged?.unlike !== undefined) break;
  }
  return { found, skipped };
}

/** Whether no budget cut a point short. */
function isWhole(judged: PointJudgement | undefined): boolean {
  return judged?.judgement.parameters.every(({ unreached }) => unreached === 0) === true;
}
