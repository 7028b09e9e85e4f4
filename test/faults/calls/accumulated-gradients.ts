/** Gradients that add up from call to call. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'one buffer of many is not zeroed',
    model: 'convolution',
    find: 'filter.dw.fill(0);',
    put: '',
    parameter: 'filter',
    evidence: { ratio: 2 },
  },
  {
    name: 'a buffer is kept from call to call',
    model: 'perceptron',
    find: 'const dW1 = zerosLike(p.W1);',
    put: 'const dW1 = (this.dW1 ??= zerosLike(p.W1));',
    parameter: 'W1',
  },
  {
    name: 'half of a buffer is not zeroed',
    model: 'stress',
    find: 'dx.fill(0);',
    put: '',
    parameter: 'parameters',
  },
  {
    name: 'all gradients are added to the last ones',
    model: 'network',
    find: 'return gradients;',
    put: 'const sum = (this.sum ??= { V: V.map(() => 0), a: a.map(() => 0), u: du.map(() => 0), d: [0] }); for (const name of Object.keys(sum)) gradients[name].forEach((g, i) => (sum[name][i] += g)); return sum;',
  },
  {
    name: 'the buffer of a Map adds up',
    model: 'tied',
    find: "const db = p.get('b').map(() => 0);",
    put: "const db = (this.db ??= p.get('b').map(() => 0));",
    parameter: 'b',
    evidence: { ratio: 2 },
  },
  {
    name: 'a buffer of a layer is kept',
    model: 'dense-layer',
    find: 'const dW = W.map(() => 0);',
    put: 'const dW = (this.dW ??= W.map(() => 0));',
    parameter: 'W',
  },
  {
    name: 'a Hessian is added to the last one',
    model: 'rosenbrock',
    find: 'const H = Array.from({ length: count }, () => Array(count).fill(0));',
    put: 'const H = (this.H ??= Array.from({ length: count }, () => Array(count).fill(0)));',
    parameter: 'parameters',
    evidence: { ratio: 2 },
  },
];
