import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { fromLayersModel, fromTensors } from 'expect-gradients/tfjs';
import type { Model } from 'expect-gradients';
import { numbers, type Subject } from './subject.js';

/**
 * TensorFlow.js 4.22.0 on its cpu backend if not said otherwise, in float32. Operations stand under a loss that weighs each entry of their output differently,
 * as a plain sum hides what is permuted. Wrong are:
 *
 * - `avgPool` with padding. Forward it divides by how many of the window's entries lie in the image (`avgValue / count`), backward by
 *   the window's size always (`avgMultiplier = 1 / (filterHeight * filterWidth)`, cpu kernel AvgPoolGrad).
 * - `cumsum` along another axis than the last. The sum of a cumulated sum is the reversed one, along the same axis; the library then
 *   also permutes the axes (gradients/Cumsum_grad.js, `transpose(out, permutation)`), which nothing had permuted before.
 * - `resizeBilinear` with `halfPixelCenters`. Forward it samples at (x + ½) s − ½, backward at x s: its cpu kernel
 *   ResizeBilinearGrad knows `alignCorners` only.
 * - `losses.softmaxCrossEntropy` by its labels. The loss −Σ y log p has the derivative −log p by y; the library has y − p, the negative of
 *   that by the logits (ops/losses/softmax_cross_entropy.js, `gradFunc`).
 * - `mirrorPad`. An entry that is mirrored is in the output several times, and its derivative is the sum over all of them; the library
 *   takes the slice of the middle (gradients/MirrorPad_grad.js).
 * - `conv3d` with padding, by its input, on the wasm backend only: its outputs are those of the cpu backend, whose gradient is right,
 *   and the gradient is another one.
 */
const library = 'TensorFlow.js 4.22.0';

const tensor = (shape: number[], start = 0): tf.Tensor =>
  tf.tensor(
    numbers(
      shape.reduce((product, size) => product * size, 1),
      start,
    ),
    shape,
  );
const weighed = (output: tf.Tensor): tf.Tensor => tf.sum(tf.mul(output, tensor(output.shape, 5)));

function operation(f: (x: tf.Tensor) => tf.Tensor, shape: number[], backend = 'cpu'): () => Promise<Model> {
  return async () => {
    await tf.setBackend(backend);
    return fromTensors(tf, { x: tensor(shape) }, ({ x }) => weighed(f(x)));
  };
}

async function labelled(): Promise<Model> {
  await tf.setBackend('cpu');
  const inputs = { labels: tf.softmax(tensor([3, 4])), logits: tensor([3, 4], 20) };
  return fromTensors(tf, inputs, ({ labels, logits }) => tf.losses.softmaxCrossEntropy(labels, logits));
}

async function classifier(): Promise<Model> {
  await tf.setBackend('cpu');
  const model = layers.sequential({
    layers: [
      layers.layers.conv2d({ inputShape: [5, 5, 1], filters: 2, kernelSize: 2, activation: 'tanh' }),
      layers.layers.batchNormalization(),
      layers.layers.flatten(),
      layers.layers.dropout({ rate: 0.5 }),
      layers.layers.dense({ units: 3 }),
    ],
  });
  model.setWeights(model.getWeights().map((weight, i) => tf.add(tf.abs(tensor(weight.shape, 9 * i)), 0.1)));
  const targets = tf.tensor2d([
    [1, 0, 0],
    [0, 1, 0],
  ]);
  return fromLayersModel(tf, model, {
    inputs: tensor([2, 5, 5, 1]),
    targets,
    loss: tf.losses.softmaxCrossEntropy,
  });
}

async function recurrent(): Promise<Model> {
  await tf.setBackend('cpu');
  const model = layers.sequential({
    layers: [layers.layers.lstm({ inputShape: [3, 2], units: 2, recurrentInitializer: 'glorotNormal' })],
  });
  model.setWeights(model.getWeights().map((weight, i) => tensor(weight.shape, 9 * i)));
  return fromLayersModel(tf, model, {
    inputs: tensor([2, 3, 2]),
    targets: tensor([2, 2], 3),
    loss: tf.losses.meanSquaredError,
  });
}

const convolved = (x: tf.Tensor): tf.Tensor =>
  tf.conv3d(x as tf.Tensor5D, tensor([2, 2, 2, 1, 2], 30) as tf.Tensor5D, 1, 'same');
const x4 = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

export const subjects: readonly Subject[] = [
  { name: 'convolution, batch normalization, dropout', library, model: classifier, wrong: [] },
  { name: 'LSTM', library, model: recurrent, wrong: [] },
  {
    name: 'avgPool without padding',
    library,
    model: operation((x) => tf.avgPool(x4(x), 2, 1, 'valid'), [1, 4, 4, 2]),
    wrong: [],
  },
  {
    name: 'cumsum along the last axis',
    library,
    model: operation((x) => tf.cumsum(x, 1), [3, 3]),
    wrong: [],
  },
  {
    name: 'resizeBilinear',
    library,
    model: operation((x) => tf.image.resizeBilinear(x4(x), [5, 5]), [1, 3, 3, 1]),
    wrong: [],
  },
  {
    name: 'avgPool with padding',
    library,
    model: operation((x) => tf.avgPool(x4(x), 2, 2, 'same'), [1, 3, 3, 2]),
    wrong: ['x'],
    cause: 'unexplained',
  },
  {
    name: 'cumsum along the first axis',
    library,
    model: operation((x) => tf.cumsum(x, 0), [3, 3]),
    wrong: ['x'],
    cause: 'transposed',
  },
  {
    name: 'resizeBilinear with halfPixelCenters',
    library,
    model: operation((x) => tf.image.resizeBilinear(x4(x), [5, 5], false, true), [1, 3, 3, 1]),
    wrong: ['x'],
    cause: 'unexplained',
  },
  {
    name: 'softmaxCrossEntropy by its labels',
    library,
    model: labelled,
    wrong: ['labels'],
    cause: 'unexplained',
  },
  { name: 'conv3d', library, model: operation(convolved, [1, 3, 3, 3, 1]), wrong: [] },
  {
    name: 'conv3d on the wasm backend',
    library,
    model: operation(convolved, [1, 3, 3, 3, 1], 'wasm'),
    wrong: ['x'],
    cause: 'isolated-entries',
  },
  {
    name: 'mirrorPad',
    library,
    model: operation(
      (x) =>
        tf.mirrorPad(
          x,
          [
            [1, 1],
            [1, 1],
          ],
          'reflect',
        ),
      [3, 4],
    ),
    wrong: ['x'],
    cause: 'unexplained',
  },
];
