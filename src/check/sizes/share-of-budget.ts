/** The settings of a check over sizes, and what its cases have taken → the settings of the next: an equal share of what is left. */

import { misuse } from '../../errors.js';
import type { GradientReport } from '../../report.js';
import { LEAST_EVALUATIONS, type Settings } from '../settings.js';
import { CHECK_TIME } from '../strategy.js';

/** How far a check over sizes is. */
interface Standing {
  /** In ms. */
  readonly elapsed: number;
  /** Cases that are still to be checked. */
  readonly left: number;
  readonly checked: readonly { readonly report: Pick<GradientReport, 'evaluations'> }[];
}

/** A limit of time that has been reached, in ms: no more than what comes before the first look at the clock. */
const NO_TIME: number = 2 ** -10;

/** @throws UsageError where so few losses are allowed that no check can be made of some case */
export function shareOf(settings: Settings, { elapsed, left, checked }: Standing): Settings {
  const { checkTime = CHECK_TIME, timeLimit, maxEvaluations } = settings;
  const used = checked.reduce((sum, { report }) => sum + report.evaluations.loss, 0);
  const losses = maxEvaluations === undefined ? undefined : Math.floor((maxEvaluations - used) / left);
  if (losses !== undefined && losses < LEAST_EVALUATIONS)
    throw misuse(
      `options.maxEvaluations is ${maxEvaluations}, which is less than ${LEAST_EVALUATIONS} losses for each of ${left + checked.length} cases.`,
    );
  return {
    ...settings,
    checkTime: Math.max(0, checkTime - elapsed) / left,
    timeLimit: timeLimit === undefined ? undefined : Math.max(NO_TIME, (timeLimit - elapsed) / left),
    maxEvaluations: losses,
  };
}
