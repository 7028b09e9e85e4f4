/** Losses that are NaN or infinite, here or beside. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'the log of a negative number',
    model: 'classifier',
    find: 'Math.log(predict(p, s).q[labels[s]])',
    put: 'Math.log(predict(p, s).q[labels[s]] - 1)',
  },
  {
    name: 'an overflow',
    model: 'line',
    find: '** 1.5 / xs.length',
    put: '** 1e5 * 1e300 + Infinity',
  },
  {
    name: 'a loss that is finite at one point only',
    model: 'quartic',
    find: '+ Math.sin(x)',
    put: '+ Math.log(x === 1.7 ? 1 : -1)',
    parameter: 'parameters',
    evidence: { entries: 1 },
  },
  {
    name: 'a loss that is not finite beside the bias',
    model: 'tied',
    find: 'let total = 0;',
    put: "let total = Math.sqrt(-Math.abs(p.get('b')[1] - (this.kept ??= p.get('b')[1])));",
    parameter: 'b',
    // Nothing can be said of the noise beside any of them, as all are moved together for that.
    evidence: { entries: 4 },
  },
  {
    name: 'a logarithm in a layer',
    model: 'dense-layer',
    find: 'y[m] = Math.tanh(z);',
    put: 'y[m] = Math.log(z - 10);',
  },
];
