/** Steps that hide what is asked. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'far too small',
    model: 'perceptron',
    options: { epsilon: 1e-12, tolerance: 1e-7 },
  },
  {
    name: 'far too large',
    model: 'recurrent',
    options: { epsilon: 0.3, tolerance: 1e-7 },
  },
  {
    name: 'too small for the offset of the loss',
    model: 'tied',
    find: 'let total = 0;',
    put: 'let total = 1e6;',
    options: { epsilon: 1e-7, tolerance: 1e-7 },
  },
  {
    name: 'lost in storage',
    model: 'quartic',
    find: 'parameters: 1.7',
    put: 'parameters: 1e12',
    options: { epsilon: 1e-5 },
    parameter: 'parameters',
  },
];
