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
  const circles = new Map<ParameterEvidence, Circle>();
  let open = suspects;
  // The first round shows how long the others will take, of which each has to stay within the time of a check.
  for (let time = 0; open.length > 0 && circle.next > 0;) {
    if (time * circle.next > checkTime || !budget.allows(circle.next)) break;
    const [points, started] = [circle.next, now()];
    if (!(yield* circle.refine())) break;
    time = (now() - started) / points;
    for (const suspect of open) {
      found.set(suspect, judged(suspect, circle, circles.get(suspect)));
      if (found.get(suspect) === 'right' || circles.has(suspect)) continue;
      // Of a unit beyond others at kinks of theirs all points may be on one side: those where its own parameter moves most are on both.
      const own = new Circle(subject, analytic, seed, suspect.due.parameter);
      if (time * own.next > checkTime || !budget.allows(own.next) || !(yield* own.refine())) continue;
      circles.set(suspect, own);
      found.set(suspect, judged(suspect, circle, own));
    }
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
