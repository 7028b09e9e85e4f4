/** Points at which the loss has a corner. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a weight of zero under an L1 penalty',
    model: 'logistic',
    find: 'const w = normals(inputs);',
    put: 'const w = normals(inputs).with(2, 0);',
    parameter: 'w',
    evidence: { entries: 1 },
  },
  {
    name: 'all weights zero under an L1 penalty',
    model: 'logistic',
    find: 'const w = normals(inputs);',
    put: 'const w = normals(inputs).fill(0);',
    parameter: 'w',
    evidence: { entries: 6 },
  },
  {
    name: 'the corner of an absolute value',
    model: 'quartic',
    find: '+ Math.sin(x)',
    put: '+ Math.abs(x - 1.7)',
    // Beside the corner the claimed slope is none.
    options: { points: 1 },
    parameter: 'parameters',
    evidence: { entries: 1 },
  },
];
