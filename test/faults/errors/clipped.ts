/** Gradients that are clipped, or made of one length, before they are returned. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'by value',
    model: 'perceptron',
    find: 'return { dW1, db1, dW2, db2, dW3, db3 };',
    put: 'const clip = (a) => (Array.isArray(a) ? a.map(clip) : Math.max(-0.05, Math.min(0.05, a))); return { dW1: clip(dW1), db1: clip(db1), dW2: clip(dW2), db2: clip(db2), dW3: clip(dW3), db3: clip(db3) };',
    evidence: { bound: 0.05 },
  },
  {
    name: 'by the norm of all together',
    model: 'network',
    find: 'const gradients = { V, a, u: du, d };',
    put: 'const all = [V, a, du, d]; const norm = Math.hypot(...all.flatMap((g) => [...g])); for (const g of all) g.forEach((x, i) => (g[i] = (x * 0.1) / (norm + 1e-6))); const gradients = { V, a, u: du, d };',
    evidence: { norm: 0.1 },
  },
  {
    name: 'by its own norm',
    model: 'perceptron',
    find: 'return { dW1, db1, dW2, db2, dW3, db3 };',
    put: 'const size = Math.hypot(...dW2.flat()); return { dW1, db1, dW2: times(0.02 / size, dW2), db2, dW3, db3 };',
    parameter: 'W2',
    evidence: { norm: 0.02 },
  },
  {
    name: 'no more than signs',
    model: 'logistic',
    find: 'return { w: dw, intercept: dIntercept };',
    put: 'return { w: dw.map(Math.sign), intercept: Math.sign(dIntercept) };',
    evidence: { bound: 1 },
  },
];
