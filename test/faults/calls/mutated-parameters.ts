/** Functions that change the parameters. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'gradients() takes a step along one',
    model: 'tied',
    find: 'db[i] += delta[i];',
    put: "db[i] += delta[i]; p.get('b')[i] -= 0.1 * delta[i];",
    parameter: 'b',
    evidence: { entries: 4 },
  },
  {
    name: 'loss() zeroes an entry',
    model: 'classifier',
    find: 'let total = 0;',
    put: 'let total = (p.b[0] = 0);',
    parameter: 'b',
    evidence: { entries: 1 },
  },
  {
    name: 'gradients() is a training step',
    model: 'network',
    find: 'return gradients;',
    put: 'for (const [name, values] of Object.entries(this.parameters)) values.forEach((_, i) => (values[i] -= 0.1 * gradients[name][i])); return gradients;',
  },
  {
    name: 'loss() puts another array in the place of one',
    model: 'recurrent',
    find: 'let total = 0;',
    put: 'let total = 0; p.b = p.b.slice();',
    parameter: 'b',
    evidence: { entries: 0 },
  },
  {
    name: 'loss() clips a matrix in place',
    model: 'perceptron',
    find: 'for (const W of [p.W1, p.W2, p.W3]) for (const w of W.flat())',
    put: 'p.W2.forEach((row) => row.forEach((w, j) => (row[j] = Math.min(w, 0.1)))); for (const W of [p.W1, p.W2, p.W3]) for (const w of W.flat())',
    parameter: 'W2',
  },
  {
    name: 'the backward pass of a layer takes a step',
    model: 'dense-layer',
    find: 'db[k] += delta;',
    put: 'db[k] += delta; b[k] -= 0.1 * delta;',
    parameter: 'b',
    evidence: { entries: 2 },
  },
  {
    name: 'outputs() wraps an angle',
    model: 'arm',
    find: 'let [x, y] = [0, 0];',
    put: 'let [x, y] = [(angles[0] += 2 * Math.PI), 0];',
    parameter: 'angles',
    evidence: { entries: 1 },
  },
];
