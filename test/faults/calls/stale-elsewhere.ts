/** Gradients that were computed once, at the very parameters that are checked. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'gradients are computed once, after the last training step',
    model: 'network',
    find: 'trained.step(0.1);',
    put: 'trained.step(0.1); const once = trained.gradients(); trained.gradients = () => once;',
    evidence: { parameters: 4, point: 2 },
  },
  {
    name: 'the gradient of a number is written down',
    model: 'quartic',
    find: 'gradients: (x) =>',
    put: 'gradients: (_, x = 1.7) =>',
    parameter: 'parameters',
    evidence: { parameters: 1, point: 2 },
  },
  {
    name: 'that of an intercept is kept from the first call',
    model: 'logistic',
    find: 'intercept: dIntercept };',
    put: 'intercept: (this.kept ??= dIntercept) };',
    parameter: 'intercept',
    evidence: { parameters: 1, point: 2 },
  },
];
