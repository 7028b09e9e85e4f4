/** Claims that θ calls wrong at its kinks, or knows nothing of, though they are right beside it → which of them the chain rule may make of the kinks. */

import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Budget } from '../run/budget.js';
import { now } from '../run/clock.js';
import type { Settings } from '../settings.js';
import { CHECK_TIME } from '../strategy.js';
import { Circle, type SlopesAtKinks, unionOf } from './slopes-at-kinks.js';
import { isWithinSlopes } from './within-slopes.js';

/** What the kinks make of a claim; open where an effort was given up that would tell. */
export type AtKinks = 'right' | 'wrong' | 'open';

/** @param suspects the parameters that θ calls wrong, or of which it knows no entry */
export function* settleKinks(
  subject: GradientSubject,
  { seed, checkTime = CHECK_TIME }: Settings,
  analytic: readonly Float64Array[],
  suspects: readonly ParameterEvidence[],
  budget: Budget,
): Generator<PathRequest | GradientsRequest, ReadonlyMap<ParameterEvidence, AtKinks>, void> {
  const found = new Map<ParameterEvidence, AtKinks>(suspects.map((suspect) => [suspect, 'open']));
  const circle = new Circle(subject, analytic, seed);
  // Of a unit beyond others at kinks of theirs all points may be on one side: those where its own parameter moves most are on both.
  const circles = new Map<ParameterEvidence, Circle>();
  const judge = function* (
    suspect: ParameterEvidence,
    time: number,
  ): Generator<PathRequest | GradientsRequest, AtKinks, void> {
    const seen = judged(suspect, circle, circles.get(suspect));
    if (seen === 'right' || circles.has(suspect)) return seen;
    const own = new Circle(subject, analytic, seed, suspect.due.parameter);
    if (time * own.next > checkTime || !budget.allows(own.next) || !(yield* own.refine())) return seen;
    circles.set(suspect, own);
    return judged(suspect, circle, own);
  };
  let open = suspects;
  // The first round shows how long the others will take, of which each has to stay within the time of a check.
  for (let time = 0; open.length > 0 && circle.next > 0;) {
    if (time * circle.next > checkTime || !budget.allows(circle.next)) break;
    const [points, started] = [circle.next, now()];
    if (!(yield* circle.refine())) break;
    time = (now() - started) / points;
    for (const suspect of open) found.set(suspect, yield* judge(suspect, time));
    // Of what θ has not called wrong it is enough to know that it may be right.
    open = open.filter((suspect) => found.get(suspect) === 'open' && suspect.verdict === 'wrong');
  }
  return found;
}

/** @param own the circle on which the suspect's own parameter moves most */
function judged(suspect: ParameterEvidence, circle: Circle, own: Circle | undefined): AtKinks {
  const { parameter } = suspect.due;
  const slopes = (isFinest?: boolean): SlopesAtKinks => {
    const all = circle.slopes(parameter, isFinest);
    return own === undefined ? all : unionOf(all, own.slopes(parameter));
  };
  if (isWithinSlopes(suspect, slopes())) return 'right';
  return circle.next > 0 && isWithinSlopes(suspect, slopes(true)) ? 'open' : 'wrong';
}
