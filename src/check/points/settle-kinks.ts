/** Claims that θ calls wrong at its kinks, though they are right beside it → which of them the chain rule may make of the kinks. */

import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Budget } from '../run/budget.js';
import type { Settings } from '../settings.js';
import { CHECK_TIME } from '../strategy.js';
import { Circle } from './slopes-at-kinks.js';
import { isWithinSlopes } from './within-slopes.js';

/** What the kinks make of a claim; open where an effort was given up that would tell. */
export type AtKinks = 'right' | 'wrong' | 'open';

/** A point of the circle costs a loss and a gradient, which takes as long as some losses. */
const LOSSES_PER_POINT = 4;

/** @param suspects the parameters that θ calls wrong */
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
  while (open.length > 0 && circle.next > 0) {
    const isFirst = open === suspects;
    const losses = LOSSES_PER_POINT * circle.next;
    if (!(isFirst ? budget.allows(losses) : budget.hasTime(losses, checkTime))) break;
    if (!(yield* circle.refine())) break;
    for (const suspect of open) found.set(suspect, judged(circle, suspect));
    open = open.filter((suspect) => found.get(suspect) === 'open');
  }
  return found;
}

function judged(circle: Circle, suspect: ParameterEvidence): AtKinks {
  const { parameter } = suspect.due;
  if (isWithinSlopes(suspect, circle.slopes(parameter))) return 'right';
  return circle.next > 0 && isWithinSlopes(suspect, circle.slopes(parameter, true)) ? 'open' : 'wrong';
}
