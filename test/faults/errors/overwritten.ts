/** Loops that store where they should add. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'the last sample of a flat matrix',
    model: 'classifier',
    find: 'W[k * inputs + j] += delta * p.sharpness',
    put: 'W[k * inputs + j] = delta * p.sharpness',
    parameter: 'W',
  },
  {
    name: 'the last sample of the first layer',
    model: 'network',
    find: 'V[i * inputs + j] += slope',
    put: 'V[i * inputs + j] = slope',
    parameter: 'V',
  },
  {
    name: 'before a normalisation',
    model: 'layer-norm',
    find: 'W[i * inputs + j] += da * x[j]',
    put: 'W[i * inputs + j] = da * x[j]',
    parameter: 'W',
    evidence: { matrices: 1 },
  },
  {
    name: 'the first of two steps',
    model: 'recurrent',
    find: 'V[i * hidden + j] += d1[i] * p.h0[j]',
    put: 'V[i * hidden + j] = d1[i] * p.h0[j]',
    parameter: 'V',
  },
];
