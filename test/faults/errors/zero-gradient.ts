/** Gradients that are never computed. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'one number is never computed',
    model: 'classifier',
    find: 'sharpness += delta * z[k];',
    put: '',
    parameter: 'sharpness',
  },
  {
    name: 'one vector is never computed',
    model: 'layer-norm',
    find: 'gamma[i] += dt[i] * z[i];',
    put: '',
    parameter: 'gamma',
  },
  {
    name: 'the way to one is cut',
    model: 'recurrent',
    find: 'const d0 = back(p.V, d1);',
    put: 'const d0 = d1.map(() => 0);',
    parameter: 'h0',
  },
  {
    name: 'one matrix is never added up',
    model: 'attention',
    find: 'Wk = plus(Wk, product(transpose(x), dk));',
    put: '',
    parameter: 'Wk',
  },
  {
    name: 'all that is left is the penalty',
    model: 'perceptron',
    find: 'addRows(dW1, outer(d1, x));',
    put: '',
    parameter: 'W1',
    evidence: { lambda: 0.03 },
  },
  {
    name: 'the way is cut for all before, but for penalties',
    model: 'perceptron',
    find: 'const d2 = back(p.W3, d3).map((v, i) => v * (1 - h2[i] ** 2));',
    put: 'const d2 = h2.map(() => 0);',
    evidence: { lambda: 0.03 },
  },
  {
    name: 'the only parameter',
    model: 'quartic',
    find: 'x ** 3 - 2 * x + Math.cos(x)',
    put: '0 * x',
    parameter: 'parameters',
  },
  {
    name: 'one parameter of a layer',
    model: 'dense-layer',
    find: 'db[k] += delta;',
    put: '',
    parameter: 'b',
  },
  {
    name: 'one of two arrays of outputs, in forward mode',
    model: 'arm',
    find: 'heading: turns.at(-1) }',
    put: 'heading: 0 }',
    parameter: 'angles',
    output: 'heading',
  },
  {
    name: 'both mixed blocks of a Hessian',
    model: 'newton',
    find: 'wi[i] += weight * x[i];',
    put: '',
  },
];
