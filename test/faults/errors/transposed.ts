/** Gradients with their axes exchanged. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a square matrix',
    model: 'attention',
    find: 'product(transpose(x), dv)',
    put: 'product(transpose(dv), x)',
    parameter: 'Wv',
    evidence: { rows: 3, columns: 3 },
  },
  {
    name: 'a square matrix beside a penalty',
    model: 'perceptron',
    find: 'outer(d2, h1)',
    put: 'outer(h1, d2)',
    parameter: 'W2',
    evidence: { rows: 4, columns: 4, lambda: 0.03 },
  },
  {
    name: 'a flat matrix that is not square',
    model: 'convolution',
    find: 'dense.dw[k * features + q] +=',
    put: 'dense.dw[q * outputs + k] +=',
    parameter: 'dense',
    evidence: { rows: 3, columns: 8 },
  },
  {
    name: 'a flat matrix, three by five',
    model: 'classifier',
    find: 'W[k * inputs + j] +=',
    put: 'W[j * classes + k] +=',
    parameter: 'W',
    evidence: { rows: 3, columns: 5 },
  },
  {
    name: 'the whole of what is returned',
    model: 'tied',
    find: "['W', dW],",
    put: "['W', dW.map((row, i) => row.map((_, j) => dW[j][i]))],",
    parameter: 'W',
    evidence: { rows: 4, columns: 4 },
  },
  {
    name: 'a flat matrix of a class',
    model: 'network',
    find: 'V[i * inputs + j] += slope',
    put: 'V[j * hidden + i] += slope',
    parameter: 'V',
    evidence: { rows: 4, columns: 3 },
  },
  {
    name: 'in every output, the gradient by a square matrix',
    model: 'attention-layer',
    find: 'const Wv = product(transpose(p.x), dv);',
    put: 'const Wv = product(transpose(dv), p.x);',
    parameter: 'Wv',
    output: 'context',
    evidence: { rows: 2, columns: 2 },
  },
  {
    name: 'a flat Jacobian, column by column',
    model: 'curve',
    find: 'J[m * count + i]',
    put: 'J[i * times.length + m]',
    parameter: 'parameters',
    evidence: { rows: 5, columns: 3 },
  },
];
