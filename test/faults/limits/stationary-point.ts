/** Points at which the gradient is zero. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a line through all points',
    model: 'line',
    find: 'const ys = normals(8);',
    put: 'const ys = xs.map((x) => 0.8 * x - 0.3);',
  },
  {
    name: 'all points in one place',
    model: 'tsne',
    find: 'const parameters = { positions: table(points, 2) };',
    put: 'const parameters = { positions: table(points, 2).map(() => [1, 2]) };',
  },
  {
    name: 'a minimum',
    model: 'quartic',
    find: 'parameters: 1.7',
    put: 'parameters: 1.358168763828611',
  },
];
