/** Two names for the same numbers. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'one array under two names',
    model: 'perceptron',
    find: '    parameters,',
    put: '    parameters: { ...parameters, b2: parameters.b1 },',
    evidence: { parameters: 2 },
  },
  {
    name: 'one buffer for two gradients, to which both are added',
    model: 'perceptron',
    find: 'const db2 = zerosLike(p.b2);',
    put: 'const db2 = db1;',
    evidence: { parameters: 2 },
  },
  {
    name: 'one typed buffer for two gradients',
    model: 'layer-norm',
    find: 'const beta = new Float64Array(width);',
    put: 'const beta = gamma;',
    evidence: { parameters: 2 },
  },
  {
    name: 'the gradient of another',
    model: 'attention',
    find: 'return { Wq, Wk, Wv };',
    put: 'return { Wq, Wk: Wq, Wv };',
    parameter: 'Wk',
  },
  {
    name: 'the parameter for its gradient',
    model: 'network',
    find: '{ V, a, u: du, d }',
    put: '{ V, a, u, d }',
    parameter: 'u',
  },
  {
    name: 'a name too many',
    model: 'recurrent',
    find: 'return { U, V, b, h0, C, c };',
    put: 'return { U, V, b: h0, h0, C, c };',
    parameter: 'b',
  },
  {
    name: 'the matrix for its gradient',
    model: 'tied',
    find: "['W', dW],",
    put: "['W', W],",
    parameter: 'W',
  },
];
