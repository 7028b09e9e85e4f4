/** Backward passes that work on what was computed before. */

import type { Fault } from '../plant.js';

export const faults: readonly Fault[] = [
  {
    name: 'gradients are computed once, before the last training step',
    model: 'network',
    find: 'return gradients;',
    put: 'return (this.kept ??= gradients);',
    evidence: { parameters: 4 },
  },
  {
    name: 'activations are computed once, before the last training step',
    model: 'network',
    find: 'return activations;',
    put: 'return (this.first ??= activations);',
  },
  {
    name: 'activations are those of the call before',
    model: 'network',
    find: 'this.activations = activations;',
    put: '[activations, this.activations] = [this.activations ?? activations, activations];',
  },
  {
    name: 'gradients are those of the call before',
    model: 'network',
    find: 'return gradients;',
    put: 'const last = this.last ?? gradients; this.last = gradients; return last;',
    evidence: { parameters: 4 },
  },
  {
    name: 'the forward pass of an earlier set of parameters is reused',
    model: 'layer-norm',
    find: 'const { sigma, z, h, y } = forward(p, x);',
    put: 'const { sigma, z, h, y } = (x.cache ??= forward({ ...p, gamma: p.gamma.map((v) => v + 0.1) }, x));',
  },
  {
    name: 'the gradient of a number is that of another',
    model: 'quartic',
    find: 'gradients: (x) =>',
    put: 'gradients: (_, x = 1.5) =>',
    parameter: 'parameters',
  },
  {
    name: 'gradients are those of other parameters, though some make no difference',
    model: 'recurrent',
    find: 'gradients(p) {',
    put: 'gradients(_, p = (this.p ??= { ...parameters, h0: [0.1, -0.2, 0.3], U: [...parameters.U], V: [...parameters.V], b: [...parameters.b], C: [...parameters.C], c: [...parameters.c] })) {',
    evidence: { parameters: 6 },
  },
  {
    name: 'a Jacobian at the values that the fit began with',
    model: 'curve',
    find: 'jacobian([height, rate]) {',
    put: 'jacobian() { const [height, rate] = [1, 1];',
    parameter: 'parameters',
  },
];
