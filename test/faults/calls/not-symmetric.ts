/** Hessians that are not symmetric. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a factor in one half',
    model: 'rosenbrock',
    find: 'H[i + 1][i] -= 400 * x[i];',
    put: 'H[i + 1][i] -= 200 * x[i];',
    evidence: { pairs: 3 },
    also: ['isolated-entries'],
  },
  {
    name: 'one half is not filled in',
    model: 'rosenbrock',
    find: 'H[i][i + 1] -= 400 * x[i];',
    put: '',
    evidence: { pairs: 3 },
    also: ['isolated-entries'],
  },
  {
    name: 'a term of the product that only one of two entries has',
    model: 'rosenbrock',
    find: 'product[i + 1] += 200 * change;',
    put: 'product[i + 1] += 200 * v[i + 1];',
    evidence: { pairs: 3 },
    also: ['isolated-entries'],
  },
  {
    name: 'forces of no potential, rightly differentiated',
    model: 'springs',
    find: 'stiffness[j][i] = joint;',
    put: '',
    evidence: { pairs: 6 },
  },
  {
    name: 'the weight of a sample in one half only',
    model: 'newton',
    find: 'ww[i][j] += weight * x[i] * x[j];',
    put: 'ww[i][j] += (j > i ? 0.5 : 1) * weight * x[i] * x[j];',
    evidence: { pairs: 3 },
    also: ['isolated-entries'],
  },
  {
    name: 'one sign of a mixed block',
    model: 'newton',
    find: 'intercept: { w: wi, intercept: ii }',
    put: 'intercept: { w: wi.map((h) => -h), intercept: ii }',
    evidence: { pairs: 3 },
    also: ['sign-flipped'],
  },
];
