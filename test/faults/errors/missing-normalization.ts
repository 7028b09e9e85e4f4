/** Lengths that are divided out on the way forward, and not on the way back. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'the part along each row',
    model: 'rayleigh',
    find: 'weight * (a - along * row[i])',
    put: 'weight * a',
    parameter: 'v',
  },
  {
    name: 'the length of each row besides',
    model: 'rayleigh',
    find: 'weight * (a - along * row[i])',
    put: 'weight * Math.sqrt(dot(row, row)) * a',
    parameter: 'v',
  },
  {
    name: 'the part along a direction',
    model: 'direction',
    find: '(d - along * u[i])',
    put: 'd',
    parameter: 'v',
  },
];
