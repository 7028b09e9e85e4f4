/** Gradients off by a constant. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a constant for every sample',
    model: 'recurrent',
    find: 'b[i] += d2[i];',
    put: 'b[i] += d2[i] + 0.01;',
    parameter: 'b',
    evidence: { offset: 0.04 },
  },
  {
    name: 'a buffer that does not begin at zero',
    model: 'convolution',
    find: 'shift.dw.fill(0);',
    put: 'shift.dw.fill(0.5);',
    parameter: 'shift',
    evidence: { offset: 0.5 },
  },
  {
    name: 'all buffers begin elsewhere',
    model: 'attention',
    find: 'Array(width).fill(0)',
    put: 'Array(width).fill(0.2)',
    evidence: { offset: 0.2 },
  },
  {
    name: 'positions',
    model: 'tsne',
    find: 'positions.map(() => [0, 0])',
    put: 'positions.map(() => [-0.3, -0.3])',
    parameter: 'positions',
    evidence: { offset: -0.3 },
  },
  {
    name: 'a linear term of the loss',
    model: 'network',
    find: 'return y.reduce((sum, v, s) => sum + (v - targets[s]) ** 2, 0) / samples;',
    put: 'return y.reduce((sum, v, s) => sum + (v - targets[s]) ** 2, 0) / samples + 0.25 * this.parameters.u.reduce((sum, v) => sum + v, 0);',
    parameter: 'u',
    evidence: { offset: -0.25 },
  },
  {
    name: 'all of a Jacobian',
    model: 'curve',
    find: '= slope));',
    put: '= slope + 0.25));',
    parameter: 'parameters',
    evidence: { offset: 0.25 },
  },
];
