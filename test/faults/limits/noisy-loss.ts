/** Noise that hides what is asked. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a large offset and a strict tolerance',
    model: 'perceptron',
    find: 'let total = 0;',
    put: 'let total = 1e9;',
    options: { tolerance: 1e-10 },
  },
  {
    name: 'an offset that leaves no digits',
    model: 'classifier',
    find: 'let total = 0;',
    put: 'let total = 1e14;',
  },
  {
    name: 'a loss in single precision and a strict tolerance',
    model: 'layer-norm',
    find: 'return total;',
    put: 'return Math.fround(total);',
    options: { tolerance: 1e-8 },
  },
];
