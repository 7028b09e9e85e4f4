/** Claims that θ calls wrong at its kinks, or knows nothing of, though they are right beside it → which of them the chain rule may make of the kinks. */

import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Budget } from '../run/budget.js';
import { now } from '../run/clock.js';
import type { Settings } from '../settings.js';
import { CHECK_TIME } from '../strategy.js';
import { Circle } from './slopes-at-kinks.js';
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
  let open = suspects;
  // The first round shows how long the others will take, of which each has to stay within the time of a check.
  for (let time = 0; open.length > 0 && circle.next > 0;) {
    if (time * circle.next > checkTime || !budget.allows(circle.next)) break;
    const [points, started] = [circle.next, now()];
    if (!(yield* circle.refine())) break;
    time = (now() - started) / points;
    for (const suspect of open) found.set(suspect, judged(circle, suspect));
    // Of what θ has not called wrong it is enough to know that it may be right.
    open = open.filter((suspect) => found.get(suspect) === 'open' && suspect.verdict === 'wrong');
  }
  return found;
}

function judged(circle: Circle, suspect: ParameterEvidence): AtKinks {
  const { parameter } = suspect.due;
  if (isWithinSlopes(suspect, circle.slopes(parameter))) return 'right';
  return circle.next > 0 && isWithinSlopes(suspect, circle.slopes(parameter, true)) ? 'open' : 'wrong';
}
