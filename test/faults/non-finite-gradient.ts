/** Backward passes that give NaN or an infinity. */

import type { Fault } from './plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a difference of a point from itself',
    model: 'stress',
    find: 'if (i === j) continue;',
    put: '',
    parameter: 'parameters',
    evidence: { entries: 10 },
  },
  {
    name: 'a division by zero on the way back',
    model: 'layer-norm',
    find: '/ sigma;',
    put: '/ (sigma - sigma);',
  },
  {
    name: 'NaN in one entry',
    model: 'classifier',
    find: 'b[k] += delta * p.sharpness;',
    put: 'b[k] += delta * p.sharpness * (k === 1 ? Number.NaN : 1);',
    parameter: 'b',
    evidence: { entries: 1 },
  },
  {
    name: 'an overflow in one matrix',
    model: 'attention',
    find: 'Wv = plus(Wv, product(transpose(x), dv));',
    put: 'Wv = scale(product(transpose(x), dv), Infinity);',
    parameter: 'Wv',
    evidence: { entries: 9 },
  },
];
