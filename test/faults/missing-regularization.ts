/** Penalties that only one of loss and gradient has, or has as much of. */

import type { Fault } from './plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'L2 of one matrix is left out',
    model: 'perceptron',
    find: 'addRows(dW2, times(lambda, p.W2));',
    put: '',
    parameter: 'W2',
    evidence: { lambda: 0.03, power: 2 },
  },
  {
    name: 'L2 of one matrix is doubled',
    model: 'perceptron',
    find: 'addRows(dW3, times(lambda, p.W3));',
    put: 'addRows(dW3, times(2 * lambda, p.W3));',
    parameter: 'W3',
    evidence: { lambda: -0.03, power: 2 },
  },
  {
    name: 'L2 of one matrix has the wrong sign',
    model: 'perceptron',
    find: 'addRows(dW1, times(lambda, p.W1));',
    put: 'addRows(dW1, times(-lambda, p.W1));',
    parameter: 'W1',
    evidence: { lambda: 0.06, power: 2 },
  },
  {
    name: 'the ½ of the penalty',
    model: 'perceptron',
    find: '(lambda / 2) * w * w',
    put: 'lambda * w * w',
    evidence: { lambda: 0.03, power: 2 },
  },
  {
    name: 'L1 is left out',
    model: 'logistic',
    find: 'dw[j] += p.w[j] > 0 ? lambda : -lambda;',
    put: '',
    parameter: 'w',
    evidence: { lambda: 0.05, power: 1 },
  },
  {
    name: 'L1 has the wrong sign',
    model: 'logistic',
    find: 'dw[j] += p.w[j] > 0 ? lambda : -lambda;',
    put: 'dw[j] -= p.w[j] > 0 ? lambda : -lambda;',
    parameter: 'w',
    evidence: { lambda: 0.1, power: 1 },
  },
  {
    name: 'decay that the loss does not have',
    model: 'tied',
    find: 'dW[i][j] += h[i] * error[j];',
    put: 'dW[i][j] += h[i] * error[j] + 0.01 * W[i][j];',
    parameter: 'W',
    evidence: { lambda: -0.05, power: 2 },
  },
  {
    name: 'decay of a flat array',
    model: 'recurrent',
    find: 'h0[i] += d0[i];',
    put: 'h0[i] += d0[i] + 0.02 * p.h0[i];',
    parameter: 'h0',
    evidence: { lambda: -0.08, power: 2 },
  },
  {
    name: 'L2 is in the loss alone',
    model: 'convolution',
    find: 'let total = 0;',
    put: 'let total = 0.05 * p.dense.w.reduce((sum, v) => sum + v * v, 0);',
    parameter: 'dense',
    evidence: { lambda: 0.1, power: 2 },
  },
];
