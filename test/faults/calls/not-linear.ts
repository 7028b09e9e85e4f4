/** Products with a cotangent or a tangent that are not linear in it. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'the cotangent is left out',
    model: 'dense-layer',
    find: 'const delta = above * slope;',
    put: 'const delta = slope;',
  },
  {
    name: 'the cotangent enters twice',
    model: 'dense-layer',
    find: 'const delta = above * slope;',
    put: 'const delta = above * Math.abs(above) * slope;',
  },
  {
    name: 'one parameter has the sign of the cotangent only',
    model: 'dense-layer',
    find: 'db[k] += delta;',
    put: 'db[k] += Math.sign(above) * slope;',
    parameter: 'b',
  },
  {
    name: 'a penalty is added, which the cotangent is no factor of',
    model: 'dense-layer',
    find: 'return { dW, db, dx };',
    put: 'return { dW: dW.map((d, i) => d + 0.01 * W[i]), db, dx };',
    parameter: 'W',
  },
  {
    name: 'the cotangent is clipped',
    model: 'norm-layer',
    find: 'const above = cotangent[s];',
    put: 'const above = cotangent[s].map((c) => Math.max(-1, Math.min(1, c)));',
  },
  {
    name: 'the cotangent is taken to be one, on the way to two parameters',
    model: 'norm-layer',
    find: 'const dz = above.map((d, i) => d * gamma[i]);',
    put: 'const dz = above.map((_, i) => gamma[i]);',
    parameter: 'x',
  },
  {
    name: 'a number that grows along the rows is added to one of two cotangents',
    model: 'attention-layer',
    find: 'plus(product(dcontext, transpose(v)), cotangent.shares)',
    put: 'plus(product(dcontext, transpose(v)), cotangent.shares.map((row) => row.map((c, j) => c + j)))',
  },
  {
    name: 'the tangent’s magnitude',
    model: 'arm',
    find: 'const turns = headings(tangent.angles);',
    put: 'const turns = headings(tangent.angles.map((t) => Math.abs(t)));',
  },
  {
    name: 'the square of a tangent',
    model: 'arm',
    find: 'dx += tangent.lengths[j] * Math.cos',
    put: 'dx += tangent.lengths[j] ** 2 * Math.cos',
    output: 'end',
  },
  {
    name: 'a constant beside the product with a vector',
    model: 'rosenbrock',
    find: 'product[i + 1] += 200 * change;',
    put: 'product[i + 1] += 200 * (change + rise);',
    parameter: 'parameters',
  },
  {
    name: 'one part of the vector is left out, and the value stands in its place',
    model: 'newton',
    find: 'v.w[j] * u, v.intercept)',
    put: 'v.w[j] * u, p.intercept)',
  },
];
