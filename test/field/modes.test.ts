import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type layers as layersOf, layers, sequential } from '@tensorflow/tfjs-layers';
import { checkGradients, type FindingCode, type Model, type Verdict } from 'expect-gradients';
import { fromLayersModel, fromVariables } from 'expect-gradients/tfjs';
import { NeuralNetwork, Tensor } from 'toygrad';
import { beforeAll, describe, expect, test } from 'vitest';
import { fill, load, numbers } from './subject.js';

/** Models in training and in prediction: what is random then, and what is left behind, is told and never taken for an error. */

interface Deepbox {
  readonly nn: { readonly BatchNorm1d: new (size: number) => Norm };
  readonly ndarray: {
    parameter(values: unknown): Grad;
    tensor(values: number[]): { reshape(shape: number[]): unknown };
  };
}
interface Grad {
  readonly data: Float32Array;
  mul(other: Grad): Grad;
  sum(): Grad;
  backward(): void;
  zeroGrad(): void;
}
interface Norm {
  train(): void;
  eval(): void;
  forward(input: Grad): Grad;
  namedParameters(): Iterable<[string, Grad]>;
}
type Mode = 'train' | 'eval';

/** Batch normalization of deepbox, whose running averages each training pass moves. */
function batchNorm(lossMode: Mode, gradientMode: Mode): Model {
  const { nn, ndarray } = load('deepbox') as Deepbox;
  const matrix = (start: number): Grad =>
    ndarray.parameter(ndarray.tensor(numbers(12, start)).reshape([4, 3]));
  const [layer, input, weights] = [new nn.BatchNorm1d(3), matrix(0), matrix(20)];
  const parameters: Record<string, Grad> = { input, ...Object.fromEntries(layer.namedParameters()) };
  fill(...Object.values(parameters).map(({ data }) => data));
  const run = (mode: Mode): Grad => {
    layer[mode]();
    return layer.forward(input).mul(weights).sum();
  };
  return {
    parameters,
    loss: () => run(lossMode).data[0]!,
    gradients: () => {
      for (const parameter of Object.values(parameters)) parameter.zeroGrad();
      run(gradientMode).backward();
    },
  };
}

/** Dropout of toygrad: the cost is one of prediction, the gradient one of training. */
function dropout(): Model {
  const net = new NeuralNetwork({
    layers: [
      { type: 'input', sx: 1, sy: 1, sz: 3 },
      { type: 'dense', filters: 60 },
      { type: 'dropout', probability: 0.5 },
      { type: 'softmax' },
    ],
  });
  const parameters = net.getParamsAndGrads() as Record<'params' | 'grads', Float32Array>[];
  fill(...parameters.map(({ params }) => params));
  const input = new Tensor(1, 1, 3, Float32Array.from(numbers(3)));
  return {
    parameters,
    loss: () => net.cost(input, 1),
    gradients: () => {
      for (const { grads } of parameters) grads.fill(0);
      net.forward(input, true);
      net.backward(1);
    },
  };
}

test.each<[string, () => Model, Verdict, FindingCode | undefined]>([
  ['batch normalization in training', () => batchNorm('train', 'train'), 'correct', undefined],
  ['batch normalization in prediction', () => batchNorm('eval', 'eval'), 'correct', undefined],
  // What a training pass leaves behind changes the next prediction.
  [
    'a loss in prediction, gradients in training',
    () => batchNorm('eval', 'train'),
    'inconclusive',
    'nondeterministic-loss',
  ],
  [
    'a loss in training, gradients in prediction',
    () => batchNorm('train', 'eval'),
    'inconclusive',
    'nondeterministic-gradients',
  ],
  ['dropout in the gradients alone', dropout, 'inconclusive', 'nondeterministic-gradients'],
])('%s', async (_, model, verdict, code) => {
  const report = await checkGradients(model());
  expect([report.verdict, report.findings[0]?.code]).toStrictEqual([verdict, code]);
});

describe('TensorFlow.js', () => {
  let inputs: tf.Tensor;
  let targets: tf.Tensor;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    inputs = tf.tensor(numbers(18), [6, 3]);
    targets = tf.tensor(numbers(12, 50), [6, 2]);
  });
  type Between =
    | ReturnType<(typeof layersOf)['dropout']>
    | ReturnType<(typeof layersOf)['batchNormalization']>;
  const network = (between: Between): ReturnType<typeof sequential> => {
    // Batch normalization takes a bias before it away again.
    const first = layers.dense({ units: 4, inputShape: [3], useBias: false });
    const net = sequential({ layers: [first, between, layers.dense({ units: 2 })] });
    net.setWeights(
      net
        .getWeights()
        .map(({ shape, size }, i) => tf.add(tf.abs(tf.tensor(numbers(size, 9 * i), shape)), 0.1)),
    );
    return net;
  };
  const inMode = (net: ReturnType<typeof sequential>, training: boolean, async: boolean): unknown =>
    fromVariables(
      tf,
      net.trainableWeights.map((weight) => weight.read() as tf.Variable),
      () => tf.losses.meanSquaredError(targets, net.apply(inputs, { training }) as tf.Tensor),
      { async },
    );

  test.each<[string, boolean, Verdict, FindingCode | undefined, () => Between]>([
    ['dropout', true, 'inconclusive', 'nondeterministic-loss', () => layers.dropout({ rate: 0.5 })],
    ['dropout', false, 'correct', undefined, () => layers.dropout({ rate: 0.5 })],
    ['batch normalization', true, 'correct', undefined, () => layers.batchNormalization()],
    ['batch normalization', false, 'correct', undefined, () => layers.batchNormalization()],
  ])('%s, training: %s, is %s, and leaves no tensor behind', async (_, training, verdict, code, between) => {
    for (const async of [false, true]) {
      const net = network(between());
      const before = tf.memory().numTensors;
      const report = await checkGradients((await inMode(net, training, async)) as Model);
      expect([report.verdict, report.findings[0]?.code]).toStrictEqual([verdict, code]);
      expect(tf.memory().numTensors).toBe(before);
      net.dispose();
    }
  });

  test('a layers model is checked as in prediction', () => {
    const model = fromLayersModel(tf, network(layers.dropout({ rate: 0.5 })), {
      inputs,
      targets,
      loss: tf.losses.meanSquaredError,
    });
    expect(checkGradients(model).verdict).toBe('correct');
  });
});
