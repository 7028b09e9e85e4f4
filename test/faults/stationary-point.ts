/** Points at which the gradient is zero. */

import type { Fault } from './plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a saddle of an autoencoder',
    model: 'tied',
    find: "['W', table(width, width)],",
    put: "['W', table(width, width).map((row) => row.map(() => 0))],",
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
