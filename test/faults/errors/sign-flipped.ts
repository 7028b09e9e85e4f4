/** Gradients with the wrong sign. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'target − output',
    model: 'attention',
    find: 'a - targets[s][i][j]));',
    put: 'targets[s][i][j] - a));',
    evidence: { factor: -1 },
  },
  {
    name: 'target − output beside a penalty',
    model: 'perceptron',
    find: '(importance[s] * (v - Y[s][k])) / m',
    put: '(importance[s] * (Y[s][k] - v)) / m',
    evidence: { factor: -1, lambda: 0.03 },
  },
  {
    name: 'a lost minus beside an L1 penalty',
    model: 'logistic',
    find: '(-weights[s] * labels[s])',
    put: '(weights[s] * labels[s])',
    evidence: { factor: -1, lambda: 0.05 },
  },
  {
    name: 'one number',
    model: 'line',
    find: 'dHeight += steepness;',
    put: 'dHeight -= steepness;',
    parameter: 'height',
    evidence: { factor: -1 },
  },
  {
    name: 'one vector',
    model: 'recurrent',
    find: 'h0[i] += d0[i];',
    put: 'h0[i] -= d0[i];',
    parameter: 'h0',
    evidence: { factor: -1 },
  },
  {
    name: 'softmax against its label',
    model: 'classifier',
    find: '(q[k] - (k === labels[s] ? 1 : 0))',
    put: '((k === labels[s] ? 1 : 0) - q[k])',
    evidence: { factor: -1 },
  },
  {
    name: 'a lost minus upstream',
    model: 'convolution',
    find: 'const spread = dmeans',
    put: 'const spread = -dmeans',
    evidence: { factor: -1 },
  },
  {
    name: 'forward mode',
    model: 'dense-layer',
    find: 'dy[m] = dz * (1 -',
    put: 'dy[m] = -dz * (1 -',
  },
  {
    name: 'one parameter, of two arrays of outputs',
    model: 'attention-layer',
    find: 'const Wk = product(transpose(p.x), dk);',
    put: 'const Wk = scale(product(transpose(p.x), dk), -1);',
    parameter: 'Wk',
  },
  {
    name: 'a product with a Hessian, for descent',
    model: 'rosenbrock',
    find: 'return product;',
    put: 'return product.map((h) => -h);',
    parameter: 'parameters',
  },
];
