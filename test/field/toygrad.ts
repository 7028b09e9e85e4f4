import * as toygrad from 'toygrad';
import type { Model } from 'expect-gradients';
import { fill, numbers, type Subject } from './subject.js';

/**
 * toygrad 2.6.0: float32 storage and activations; only the logarithm of the softmax is a double. Wrong are:
 *
 * - `leakyrelu`, max(x/100, x), whose derivative is 1/100 below zero. The library has 0 there, as for `relu`
 *   (dist/layers/leakyrelu.js, `activationBackward`).
 * - `dropout` in prediction, which scales by p forward and not at all backward (dist/layers/dropout.js), so that the gradient of all
 *   that comes before it is 1/p times what it should be.
 */
const library = 'toygrad 2.6.0';

type Layer = Readonly<Record<string, unknown>>;

function network(layers: readonly Layer[], size: readonly [number, number, number], target: unknown): Model {
  const [sx, sy, sz] = size;
  const net = new toygrad.NeuralNetwork({ layers: [{ type: 'input', sx, sy, sz }, ...layers] });
  const parameters = net.getParamsAndGrads() as Record<'params' | 'grads', Float32Array>[];
  fill(...parameters.map(({ params }) => params));
  const input = new toygrad.Tensor(sx, sy, sz, Float32Array.from(numbers(sx * sy * sz, 40)));
  return {
    parameters,
    loss: () => net.cost(input, target),
    gradients: () => {
      for (const { grads } of parameters) grads.fill(0);
      net.forward(input, false);
      net.backward(target);
    },
  };
}

const dense = (filters: number): Layer => ({ type: 'dense', filters });
const activation = (type: string): Layer => ({ type });
const softmax = activation('softmax');
const named = (...places: number[]): string[] => places.map((place) => `parameters[${place}]`);

export const subjects: readonly Subject[] = [
  {
    name: 'tanh and softmax',
    library,
    model: () => network([dense(5), activation('tanh'), dense(3), softmax], [1, 1, 3], 1),
    wrong: [],
  },
  {
    name: 'sigmoid and squares',
    library,
    model: () =>
      network([dense(5), activation('sigmoid'), dense(2), activation('regression')], [1, 1, 3], [0.3, -0.7]),
    wrong: [],
  },
  {
    name: 'ReLU, some of whose units are dead',
    library,
    model: () => network([dense(6), activation('relu'), dense(3), softmax], [1, 1, 3], 1),
    wrong: [],
    // The first and the fifth unit come to life within a large step: their derivatives are zero, as claimed.
    unchecked: named(1, 3),
    cause: 'unused-parameter',
  },
  {
    name: 'convolution, ReLU, pooling, softmax',
    library,
    model: () =>
      network(
        [
          { type: 'conv', sx: 3, filters: 3, stride: 1, pad: 1 },
          activation('relu'),
          { type: 'pool', sx: 2, stride: 2 },
          dense(3),
          softmax,
        ],
        [5, 5, 2],
        1,
      ),
    wrong: [],
  },
  {
    name: 'leaky ReLU',
    library,
    model: () => network([dense(5), activation('leakyrelu'), dense(3), softmax], [1, 1, 3], 1),
    // The units below zero, and the biases, which the fourth unit alone gets right.
    // Of the fifth nothing is told: the loss in single precision moves by fewer than 32 of its steps along it.
    wrong: named(0, 1, 2, 5),
    cause: 'zero-gradient',
  },
  {
    name: 'dropout in prediction',
    library,
    model: () =>
      network(
        [dense(5), activation('tanh'), { type: 'dropout', probability: 0.4 }, dense(3), softmax],
        [1, 1, 3],
        1,
      ),
    wrong: named(0, 1, 2, 3, 4, 5),
    cause: 'scaled',
  },
];
