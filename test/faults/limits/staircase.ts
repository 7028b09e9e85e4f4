/** Losses that move in steps. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a bias that is rounded',
    model: 'perceptron',
    find: 'y: layer(p.W3, p.b3, h2)',
    put: 'y: layer(p.W3, p.b3.map((v) => Math.round(8 * v) / 8), h2)',
    parameter: 'b3',
  },
  {
    name: 'an output that is rounded',
    model: 'line',
    find: 'total += Math.abs(slope * x + height - ys[i])',
    put: 'total += Math.abs(Math.round(64 * (slope * x + height)) / 64 - ys[i])',
    parameter: 'slope',
  },
  {
    name: 'an angle that is rounded',
    model: 'quartic',
    find: 'loss: (x) => x ** 4 / 4 - x ** 2 + Math.sin(x)',
    put: 'loss: (u, x = Math.round(20 * u) / 20) => x ** 4 / 4 - x ** 2 + Math.sin(x)',
    parameter: 'parameters',
  },
];
