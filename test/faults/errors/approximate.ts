/** Gradients that are nearly right. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'an exponential of five digits',
    model: 'logistic',
    find: '(1 + Math.exp(margin(p, s))) / X.length',
    put: '(1 + Number(Math.exp(margin(p, s)).toPrecision(5))) / X.length',
  },
  {
    name: 'a coarse root',
    model: 'line',
    find: '(1.5 * Math.sqrt(Math.abs(residual)) *',
    put: '(1.5 * Number(Math.sqrt(Math.abs(residual)).toFixed(4)) *',
  },
  {
    name: 'one number by a coarse difference',
    model: 'quartic',
    find: 'gradients: (x) => x ** 3 - 2 * x + Math.cos(x)',
    put: 'gradients: (x) => x ** 3 - 2 * x + (Math.sin(x + 1e-4) - Math.sin(x)) / 1e-4',
    parameter: 'parameters',
    evidence: { digits: 4 },
  },
];
