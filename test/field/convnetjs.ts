import convnetjs, { type ParametersAndGradients, type Vol } from 'convnetjs';
import type { Model } from 'expect-gradients';
import { fill, type Subject } from './subject.js';

/**
 * convnetjs 0.3.0. `dropout` in prediction scales by p forward and not at all backward (lines 1324 and 1336), so that the gradient of all
 * that comes before it is 1/p times what it should be. `lrn` is wrong: with S_i = k + α/n Σ_j a_j² the output is b_i = a_i S_i^−β, whose derivative by a_j, j ≠ i, is
 * −2 α β/n · a_i a_j S_i^(−β−1). The library has a_j a_j in the place of a_i a_j (build/convnet.js, line 1439):
 *
 *     var g = -aj*this.beta*Math.pow(S,this.beta-1)*this.alpha/this.n*2*aj;
 *
 * So every parameter before the layer is wrong, and none after it.
 */
function network(layers: object[], input: Vol): Model<ParametersAndGradients[]> {
  const net = new convnetjs.Net();
  net.makeLayers(layers);
  const parameters = net.getParamsAndGrads();
  fill(...parameters.map(({ params }) => params));
  return {
    parameters,
    loss: () => {
      net.forward(input);
      return net.layers.at(-1)!.backward(1)!;
    },
    gradients: () => {
      for (const { grads } of parameters) grads.fill(0);
      net.forward(input);
      net.backward(1);
    },
  };
}

function image(size: number, depth: number): Vol {
  const volume = new convnetjs.Vol(size, size, depth, 0);
  fill(volume.w);
  return volume;
}

const input = (size: number, depth: number): object => ({
  type: 'input',
  out_sx: size,
  out_sy: size,
  out_depth: depth,
});
const convolution = (filters: number, activation: string): object => ({
  type: 'conv',
  sx: 3,
  filters,
  stride: 1,
  pad: 1,
  activation,
});
const softmax = { type: 'softmax', num_classes: 3 };
const named = (...places: number[]): string[] => places.map((place) => `parameters[${place}]`);

export const subjects: readonly Subject[] = [
  {
    name: 'convolution, ReLU, pooling, softmax',
    library: 'convnetjs 0.3.0',
    model: () =>
      network(
        [input(5, 2), convolution(3, 'relu'), { type: 'pool', sx: 2, stride: 2 }, softmax],
        image(5, 2),
      ),
    wrong: [],
  },
  {
    name: 'sigmoid and a hinge',
    library: 'convnetjs 0.3.0',
    model: () =>
      network(
        [input(1, 3), { type: 'fc', num_neurons: 4, activation: 'sigmoid' }, { type: 'svm', num_classes: 3 }],
        image(1, 3),
      ),
    wrong: [],
  },
  {
    name: 'maxout, some of whose units lose',
    library: 'convnetjs 0.3.0',
    model: () =>
      network(
        [input(1, 3), { type: 'fc', num_neurons: 6, activation: 'maxout', group_size: 2 }, softmax],
        image(1, 3),
      ),
    wrong: [],
    // The losers of the three pairs.
    unchecked: named(1, 3, 4),
    cause: 'unused-parameter',
  },
  {
    name: 'dropout in prediction',
    library: 'convnetjs 0.3.0',
    model: () =>
      network(
        [input(1, 3), { type: 'fc', num_neurons: 4, activation: 'tanh', drop_prob: 0.4 }, softmax],
        image(1, 3),
      ),
    wrong: named(0, 1, 2, 3, 4),
    cause: 'scaled',
  },
  {
    name: 'local response normalization',
    library: 'convnetjs 0.3.0',
    model: () =>
      network(
        [input(3, 4), convolution(5, 'tanh'), { type: 'lrn', n: 3, k: 1, alpha: 1, beta: 0.75 }, softmax],
        image(3, 4),
      ),
    wrong: named(0, 1, 2, 3, 4, 5),
    cause: 'unexplained',
  },
];
