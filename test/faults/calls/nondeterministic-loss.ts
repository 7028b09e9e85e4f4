/** Losses that differ from call to call. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'noise is added to the loss',
    model: 'perceptron',
    find: 'return total;',
    put: 'return total + 1e-3 * Math.random();',
  },
  {
    name: 'dropout in the forward pass of both',
    model: 'network',
    find: 'h[s * hidden + i] = 1 /',
    put: 'h[s * hidden + i] = (0.5 + Math.random()) /',
  },
  {
    name: 'a running mean moves with every loss',
    model: 'layer-norm',
    find: 'loss(p) {',
    put: 'loss(p) { this.running = 0.9 * (this.running ?? 1); targets[0] += this.running;',
  },
  {
    name: 'the loss takes the batches in turn',
    model: 'tied',
    find: 'for (const x of X) decode(p, encode(p, x))',
    put: 'this.turn = ((this.turn ?? 0) + 1) % 2; for (const x of X.slice(this.turn)) decode(p, encode(p, x))',
  },
  {
    name: 'dropout in a layer',
    model: 'norm-layer',
    find: 'gamma[i] * u + beta[i]',
    put: 'gamma[i] * u * (0.5 + Math.random()) + beta[i]',
  },
  {
    name: 'gradients of a random sample',
    model: 'rosenbrock',
    find: 'g[i + 1] += 200 * rise;',
    put: 'g[i + 1] += 200 * rise * (0.5 + Math.random());',
  },
];
