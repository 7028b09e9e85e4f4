/** Backward passes that round otherwise on every call, as sums in no fixed order do. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'all of it in no fixed order',
    model: 'perceptron',
    find: 'const d3 = y.map((v, k) => (importance[s] * (v - Y[s][k])) / m);',
    put: 'const d3 = y.map((v, k) => (importance[s] * (v - Y[s][k]) * (1 + 1e-7 * Math.random())) / m);',
    evidence: { parameters: 6 },
  },
  {
    name: 'one parameter',
    model: 'attention',
    find: 'Wv = plus(Wv, product(transpose(x), dv));',
    put: 'Wv = scale(plus(Wv, product(transpose(x), dv)), 1 + 1e-8 * Math.random());',
    parameter: 'Wv',
    evidence: { parameters: 1 },
  },
];
