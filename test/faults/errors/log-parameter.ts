/** Gradients by the logarithms of parameters. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'two names',
    model: 'line',
    find: 'return { slope: dSlope, height: dHeight };',
    put: 'return { slope: slope * dSlope, height: height * dHeight };',
    evidence: { smallest: -0.3, largest: 0.8 },
  },
  {
    name: 'a flat array',
    model: 'layer-norm',
    find: 'gamma[i] += dt[i] * z[i];',
    put: 'gamma[i] += p.gamma[i] * dt[i] * z[i];',
    parameter: 'gamma',
  },
  {
    name: 'a list of arrays',
    model: 'stress',
    find: 'return [dx, dy];',
    put: 'return [dx.map((d, i) => d * xs[i]), dy.map((d, i) => d * ys[i])];',
    parameter: 'parameters',
  },
];
