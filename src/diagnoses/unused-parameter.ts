/** The loss doesn't move when a parameter does: not by a small step, not by one of the parameter's own size. */

import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';

export function unusedParameter({ parameters }: Evidence): readonly Finding[] {
  const dead = parameters.filter(({ moved }) => !moved);
  if (dead.length === parameters.length)
    return [
      {
        code: 'unused-parameter',
        evidence: { parameters: dead.length },
        title: 'The loss does not depend on the parameters: no perturbation of any of them moved it.',
        advice:
          'The loss must read the very arrays that are handed over, on every call. It does not when the model keeps a ' +
          'copy, has compiled itself to a closure, or reads a buffer other than the one that was written.',
      },
    ];
  return dead.map(({ name, norms }) => ({
    code: 'unused-parameter',
    parameter: name,
    evidence: { analyticNorm: norms.analytic * norms.scale },
    title: `The loss does not move when ${name} is perturbed, so nothing about it could be checked.`,
    advice: 'A dead unit explains it; so does a loss that reads a copy of the parameter.',
  }));
}
