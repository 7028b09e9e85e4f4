/** Losses that are the same whatever the parameters are, but for their rounding. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'shares that are worth the same',
    model: 'shares',
    find: 'const worth = normals(count);',
    put: 'const worth = normals(count).fill(0.7);',
  },
  {
    name: 'a matrix that treats all directions alike',
    model: 'rayleigh',
    find: 'row.map((a, j) => a + half[j][i])',
    put: 'row.map((_, j) => (i === j ? 1.7 : 0))',
  },
];
