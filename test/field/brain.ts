import type { Model } from 'expect-gradients';
import { fromStep } from 'expect-gradients/adapters';
import { fill, load, numbers, type Subject } from './subject.js';

/**
 * brain.js 1.6.1: weights and activations in float32, the arithmetic in between in double precision. Wrong are:
 *
 * - `leaky-relu`. Forward it is 0 below zero and x/100 above (dist/neural-network.js, `sum < 0 ? 0 : alpha * sum`), backward it has the
 *   derivative of a leaky unit, 1 above and 1/100 below.
 * - Whatever is added in several time steps of a recurrent network. A parameter that is used several times has the sum of the
 *   derivatives of its uses; `addB` assigns the last one (dist/recurrent/matrix/add-b.js, `left.deltas[i] = product.deltas[i]`). Biases
 *   are what is added, and right in a single step.
 */
const library = 'brain.js 1.6.1';

interface Layered {
  readonly weights: Float32Array[][];
  readonly biases: Float32Array[];
  sizes: number[];
  readonly trainOpts: { learningRate: number; momentum: number };
  initialize(): void;
  runInput(input: readonly number[]): Float32Array;
  calculateDeltas(target: readonly number[]): void;
  adjustWeights(): void;
}
interface Matrix {
  readonly weights: Float32Array;
  readonly deltas: Float32Array;
}
interface Recurrent {
  readonly model: {
    readonly hiddenLayers: readonly Readonly<Record<string, Matrix>>[];
    readonly outputConnector: Matrix;
    readonly output: Matrix;
    readonly allMatrices: readonly Matrix[];
    readonly equations: readonly { runInput(input: Float32Array): Matrix }[];
  };
  initialize(): void;
  trainArrays(steps: readonly Float32Array[]): void;
  backpropagate(): void;
}
interface Brain {
  readonly NeuralNetwork: new (options: object) => Layered;
  readonly recurrent: Readonly<Record<string, new (options: object) => Recurrent>>;
}

const halfSquares = (values: Float32Array, target: ArrayLike<number>): number =>
  values.reduce((sum, y, i) => sum + (y - target[i]!) ** 2 / 2, 0);

function layered(activation: string): Model {
  const { NeuralNetwork } = load('brain.js') as Brain;
  const [input, target] = [
    [0.3, -0.6, 0.9],
    [0.8, 0.1],
  ];
  const net = new NeuralNetwork({ hiddenLayers: [4], activation });
  net.sizes = [3, 4, 2];
  net.initialize();
  const { weights, biases } = net;
  fill(...weights.flat().filter(Boolean), ...biases.filter(Boolean));
  net.trainOpts.momentum = 0;
  return fromStep({
    parameters: { weights, biases },
    loss: () => halfSquares(net.runInput(input), target),
    step: (rate) => {
      net.trainOpts.learningRate = rate;
      net.runInput(input);
      net.calculateDeltas(target);
      net.adjustWeights();
    },
  });
}

function recurrent(kind: string, steps: number): Model {
  const { recurrent: kinds } = load('brain.js') as Brain;
  const net = new kinds[kind]!({ inputSize: 2, outputSize: 2, hiddenLayers: [3] });
  net.initialize();
  const series = Array.from({ length: steps + 1 }, (_, i) => Float32Array.from(numbers(2, 50 + 2 * i)));
  const { hiddenLayers, outputConnector, output, allMatrices, equations } = net.model;
  const parameters = { hiddenLayers, outputConnector, output };
  fill(...[...Object.values(hiddenLayers[0]!), outputConnector, output].map(({ weights }) => weights));
  net.trainArrays(series);
  return {
    parameters,
    loss: () =>
      series
        .slice(0, -1)
        .reduce((sum, x, i) => sum + halfSquares(equations[i]!.runInput(x).weights, series[i + 1]!), 0),
    gradients: () => {
      for (const { deltas } of allMatrices) deltas.fill(0);
      net.trainArrays(series);
      net.backpropagate();
    },
  };
}

const EVERYTHING = ['weights[1]', 'weights[2]', 'biases[1]', 'biases[2]'];

export const subjects: readonly Subject[] = [
  { name: 'sigmoid units', library, model: () => layered('sigmoid'), wrong: [] },
  { name: 'tanh units', library, model: () => layered('tanh'), wrong: [] },
  {
    name: 'leaky ReLU units',
    library,
    model: () => layered('leaky-relu'),
    wrong: EVERYTHING,
    // A hundred times by the output units, which are above zero.
    cause: 'scaled',
  },
  {
    name: 'a recurrent network of one step',
    library,
    model: () => recurrent('RNNTimeStep', 1),
    wrong: [],
    unchecked: ['hiddenLayers[0].transition'],
    cause: 'unused-parameter',
  },
  {
    name: 'a recurrent network of four steps',
    library,
    model: () => recurrent('RNNTimeStep', 4),
    wrong: ['hiddenLayers[0].bias', 'output'],
    // Each step's derivatives take the place of those before, and the first step's are the last to be assigned; weights are added up.
    cause: 'unexplained',
  },
  {
    name: 'LSTM of four steps',
    library,
    model: () => recurrent('LSTMTimeStep', 4),
    wrong: ['inputBias', 'forgetBias', 'outputBias', 'cellActivationBias']
      .map((name) => `hiddenLayers[0].${name}`)
      .concat('output'),
    // In the first step there is nothing to forget.
    cause: 'zero-gradient',
  },
];
