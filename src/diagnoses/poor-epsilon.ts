/** The user's ε is too small for the noise of the loss, or is lost in storage: the excess is rounding and not a mistake. */

import { resolution } from '../numerics/norms.js';
import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';

export function poorEpsilon({
  epsilon,
  parameters,
  norms,
  tolerance,
  chosenStep,
  noise,
  verdict,
}: Evidence): readonly Finding[] {
  if (epsilon === undefined || Number.isNaN(noise) || verdict === 'wrong') return [];
  const lost = parameters.find(({ step, count, norms: own }) => own.checked < count && step.min === 0);
  if (lost === undefined && (verdict === 'correct' || !(epsilon < chosenStep))) return [];
  const reached = resolution(norms);
  const title =
    lost === undefined
      ? `With epsilon ${epsilon} rounding hides differences up to ${reached.toExponential(1)}; what exceeds the tolerance ${tolerance} is less than that.`
      : `epsilon ${epsilon} is lost in the storage of ${lost.name}: θ + ε is θ.`;
  return [
    {
      code: 'poor-epsilon',
      ...(lost === undefined ? {} : { parameter: lost.name }),
      evidence: { epsilon, resolution: reached, suggested: chosenStep, noise },
      title,
      advice: `Leave epsilon out, and a step is chosen from the measured noise; or try ${Number(chosenStep.toPrecision(1))}.`,
    },
  ];
}
