/** The user's ε and an inconclusive verdict → whether ε is the reason: rounding or truncation at that step hides what is asked, or it is lost in storage. */

import type { Evidence } from '../../../check/measurement.js';
import { resolution } from '../../../numerics/norms.js';
import type { Finding } from '../../../report.js';

/** A chosen step within this factor of ε would hardly do better. */
const MUCH_BETTER = 4;

export function poorEpsilon({
  epsilon,
  parameters,
  norms,
  tolerance,
  chosenStep,
  noise,
  verdict,
  comparable,
}: Evidence): readonly Finding[] {
  if (epsilon === undefined || !comparable || verdict !== 'inconclusive') return [];
  if (parameters.every(({ moved }) => !moved)) return [];
  const suggestion = `Leave epsilon out, and a step is chosen from the measured noise; or try ${chosenStep.toExponential(0)}.`;
  const reached = resolution(norms);
  const evidence = { epsilon, resolution: reached, suggested: chosenStep, noise };
  const lost = parameters.find(({ step, due, norms: own }) => own.checked < due.count && step?.min === 0);
  if (lost !== undefined)
    return [
      {
        code: 'poor-epsilon',
        parameter: lost.name,
        evidence,
        title: `epsilon ${epsilon} is lost in the storage of ${lost.name}: θ + ε is θ.`,
        advice: suggestion,
      },
    ];
  if (parameters.some(({ norms: own, due }) => own.checked < due.count)) return [];
  const [cause, better] =
    epsilon > chosenStep ? ['truncation', epsilon / chosenStep] : ['rounding', chosenStep / epsilon];
  return [
    {
      code: 'poor-epsilon',
      evidence,
      title:
        `With epsilon ${epsilon} ${cause} hides differences up to ${reached.toExponential(1)}: ` +
        `more than the tolerance, ${tolerance}.`,
      advice: better > MUCH_BETTER ? suggestion : 'Give a tolerance above that.',
    },
  ];
}
