/** Backward passes that give another gradient on every call. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'dropout in the backward pass only',
    model: 'perceptron',
    find: 'const d1 = back(p.W2, d2).map((v, i) => v * (1 - h1[i] ** 2));',
    put: 'const d1 = back(p.W2, d2).map((v, i) => v * (1 - h1[i] ** 2) * (0.5 + Math.random()));',
  },
  {
    name: 'one parameter of noisy gradient',
    model: 'attention',
    find: 'Wv = plus(Wv, product(transpose(x), dv));',
    put: 'Wv = scale(plus(Wv, product(transpose(x), dv)), 1 + 0.01 * Math.random());',
    parameter: 'Wv',
  },
  {
    name: 'every other call leaves out a sample',
    model: 'tied',
    find: 'for (const x of X) {',
    put: 'this.odd = !this.odd; for (const x of X.slice(this.odd ? 1 : 0)) {',
  },
  {
    name: 'one scalar is drawn',
    model: 'quartic',
    find: 'gradients: (x) => x ** 3',
    put: 'gradients: (x) => Math.random() + x ** 3',
    parameter: 'parameters',
  },
  {
    name: 'dropout in the backward pass of a layer',
    model: 'dense-layer',
    find: 'const above = cotangent[m];',
    put: 'const above = cotangent[m] * (0.5 + Math.random());',
  },
  {
    name: 'a Hessian by sampling',
    model: 'newton',
    find: 'ii += weight;',
    put: 'ii += weight * (0.5 + Math.random());',
    parameter: 'intercept',
  },
];
