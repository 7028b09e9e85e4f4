/** Losses that do not read what is perturbed. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'the loss reads a copy of all',
    model: 'tied',
    find: 'for (const x of X) decode(p, encode(p, x))',
    put: 'const kept = (this.kept ??= structuredClone(p)); for (const x of X) decode(kept, encode(kept, x))',
    evidence: { parameters: 2 },
  },
  {
    name: 'the loss has a constant for it',
    model: 'classifier',
    find: 'predict(p, s).q[labels[s]]',
    put: 'predict({ ...p, sharpness: 1.3 }, s).q[labels[s]]',
    parameter: 'sharpness',
  },
  {
    name: 'the forward pass leaves it out',
    model: 'convolution',
    find: 'let sum = shift.w[f];',
    put: 'let sum = 0;',
    parameter: 'shift',
  },
  {
    name: 'the loss reads copies of two',
    model: 'perceptron',
    find: 'forward(p, x).y.forEach(',
    put: 'forward({ ...p, b1: (this.b1 ??= [...p.b1]), b2: (this.b2 ??= [...p.b2]) }, x).y.forEach(',
    evidence: { parameters: 2 },
  },
  {
    name: 'the loss reads a copy of the number',
    model: 'quartic',
    find: 'loss: (x) =>',
    put: 'loss: (_, x = 1.7) =>',
    evidence: { parameters: 1 },
  },
  {
    name: 'a layer that reads no bias',
    model: 'dense-layer',
    find: 'let z = b[k];',
    put: 'let z = 0.3;',
    parameter: 'b',
  },
  {
    name: 'a gradient that reads a copy',
    model: 'springs',
    find: 'times(position).map((force, i) => force + position[i] ** 3)',
    put: '[1, 2, 3, 4]',
  },
];
