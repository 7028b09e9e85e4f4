/** Gradients by symmetric matrices. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'a loss that reads the lower triangle',
    model: 'stiffness',
    find: 'const read = (K, i, j) => K[i][j];',
    put: 'const read = (K, i, j) => (i < j ? K[j][i] : K[i][j]);',
    parameter: 'K',
    evidence: { rows: 3, reads: -1, claims: 0, share: 0.5 },
  },
  {
    name: 'a loss that reads the upper triangle',
    model: 'stiffness',
    find: 'const read = (K, i, j) => K[i][j];',
    put: 'const read = (K, i, j) => (i > j ? K[j][i] : K[i][j]);',
    parameter: 'K',
    evidence: { rows: 3, reads: 1, claims: 0, share: 0.5 },
  },
  {
    name: 'twice one triangle',
    model: 'stiffness',
    find: 'dK[i][j] += weight * u[i] * u[j];',
    put: 'dK[i][j] += i < j ? 0 : weight * u[i] * u[j] * (i === j ? 1 : 2);',
    parameter: 'K',
    evidence: { reads: 0, claims: -1, share: 1 },
  },
  {
    name: 'both triangles at once',
    model: 'stiffness',
    find: 'dK[i][j] += weight * u[i] * u[j];',
    put: 'dK[i][j] += weight * u[i] * u[j] * (i === j ? 1 : 2);',
    parameter: 'K',
    evidence: { reads: 0, claims: 0, share: 1 },
  },
  {
    name: 'a claim that is made symmetric',
    model: 'recurrent',
    find: 'return { U, V, b, h0, C, c };',
    put: 'return { U, V: V.map((v, i) => (v + V[(i % hidden) * hidden + Math.floor(i / hidden)]) / 2), b, h0, C, c };',
    parameter: 'V',
    evidence: { rows: 3, reads: 0, share: 0.5 },
  },
];
