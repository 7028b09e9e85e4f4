/** Backward passes that give NaN or an infinity. */

import type { Fault } from '../plant.js';

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
  {
    name: 'a division by zero in forward mode',
    model: 'dense-layer',
    find: 'dy[m] = dz * (1 -',
    put: 'dy[m] = (dz / 0) * (1 -',
  },
  {
    name: 'one entry of a Jacobian',
    model: 'arm',
    find: 'byLengths[2].push(0);',
    put: 'byLengths[2].push(0 / i);',
    parameter: 'lengths',
    output: 'heading',
    evidence: { entries: 1 },
  },
];
