/** A loss that is NaN or infinite, at the parameters as given or beside them → what can't be compared: there is no difference to take. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { aboutOf, namesOf } from '../../names.js';
import type { Words } from '../../words.js';

/** What to do where nothing was moved. */
const OUTSIDE = 'Compare at a point where both are finite.';

export function nonFiniteLoss(
  { preconditions, parameters, comparable, against }: Evidence,
  words: Words,
): readonly Finding[] {
  const { by, values } = preconditions.losses[0]!;
  const call = words.callOf(by);
  const loss = values[0]!;
  if (!Number.isFinite(loss))
    return [
      {
        code: 'non-finite-loss',
        evidence: { loss },
        title: `${call} is ${loss} at the parameters as given.`,
        advice: `Check at a point inside the domain of the ${words.loss}: away from log(0), 0/0 and overflow.`,
      },
    ];
  if (!comparable) return [];
  return parameters
    .filter(
      ({ norms, due, step, unreached, open }) =>
        norms.checked + unreached + open < due.count &&
        (against !== undefined || (step !== undefined && step.min > 0)),
    )
    .map(({ name, output, norms, count, due, step, unreached }) => ({
      code: 'non-finite-loss',
      ...aboutOf({ name, output }),
      evidence: { entries: due.count - norms.checked - unreached, step: step?.max ?? 0 },
      title: `${call} is not finite ${step === undefined ? 'at' : 'beside'} the parameters: ${due.count - norms.checked - unreached} of ${due.count} entries of ${namesOf([{ name, output, isPart: due.count < count }])} can't be compared.`,
      advice:
        step === undefined
          ? OUTSIDE
          : `The step leaves the domain of the ${words.loss}, or the parameter is not finite itself. Check at another point, or with a smaller epsilon.`,
    }));
}
