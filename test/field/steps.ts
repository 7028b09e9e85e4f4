import { fields, fromStep } from 'expect-gradients/adapters';
import type { Model } from 'expect-gradients';
import { numbers, load, type Subject } from './subject.js';

/**
 * Libraries that show no gradient, only a training step.
 *
 * neataptic 1.4.7 and synaptic 1.1.4 go through the units from the last to the first, and change a unit's incoming weights before
 * the units that feed it take their errors through these very weights (neataptic src/architecture/node.js, `connection.weight +=`
 * in `propagate`; synaptic src/Neuron.js, likewise). So the step is not r ∂J/∂θ but off by a term in r². In the limit of small rates
 * it is right, which tells this from a wrong formula.
 *
 * neataptic's SOFTSIGN is x/(1 + |x|), whose derivative is 1/(1 + |x|)²; the library has x/(1 + |x|)² (src/methods/activation.js).
 */
const input = [0.7, -0.4];
const target = 0.8;
const crossEntropy = (y: number): number => -(target * Math.log(y) + (1 - target) * Math.log(1 - y));

interface Connection {
  weight: number;
}
interface NeatapticNode {
  readonly type: string;
  bias: number;
  squash: unknown;
}
interface Neataptic {
  readonly architect: {
    readonly Perceptron: new (...sizes: number[]) => {
      readonly connections: Connection[];
      readonly nodes: NeatapticNode[];
      activate(input: number[]): number[];
      noTraceActivate(input: number[]): number[];
      propagate(rate: number, momentum: number, update: boolean, target: number[]): void;
    };
  };
  readonly methods: { readonly activation: Readonly<Record<string, unknown>> };
}

function neataptic(squash: string, rate?: number): Model {
  const { architect, methods } = load('neataptic') as Neataptic;
  const net = new architect.Perceptron(2, 3, 1);
  const nodes = net.nodes.filter(({ type }) => type !== 'input');
  for (const node of nodes) if (node.type === 'hidden') node.squash = methods.activation[squash];
  initialise(net.connections, nodes);
  return fromStep({
    parameters: { weights: fields(net.connections, 'weight'), biases: fields(nodes, 'bias') },
    loss: () => crossEntropy(net.noTraceActivate(input)[0]!),
    step: (r) => {
      net.activate(input);
      net.propagate(r, 0, true, [target]);
    },
    ...(rate === undefined ? {} : { rate }),
  });
}

interface SynapticNeuron {
  readonly connections: { readonly inputs: Readonly<Record<string, Connection>> };
  bias: number;
}
interface Synaptic {
  readonly Architect: {
    readonly Perceptron: new (...sizes: number[]) => {
      neurons(): { readonly layer: string | number; readonly neuron: SynapticNeuron }[];
      setOptimize(on: boolean): void;
      activate(input: number[]): number[];
      propagate(rate: number, target: number[]): void;
    };
  };
}

function synaptic(rate?: number): Model {
  const { Architect } = load('synaptic') as Synaptic;
  const net = new Architect.Perceptron(2, 3, 1);
  // Else it compiles itself to a function that reads none of the weights again.
  net.setOptimize(false);
  const neurons = net.neurons().flatMap(({ layer, neuron }) => (layer === 'input' ? [] : [neuron]));
  const connections = neurons.flatMap((neuron) => Object.values(neuron.connections.inputs));
  initialise(connections, neurons);
  return fromStep({
    parameters: { weights: fields(connections, 'weight'), biases: fields(neurons, 'bias') },
    loss: () => crossEntropy(net.activate(input)[0]!),
    step: (r) => {
      net.activate(input);
      net.propagate(r, [target]);
    },
    ...(rate === undefined ? {} : { rate }),
  });
}

function initialise(connections: readonly Connection[], units: readonly { bias: number }[]): void {
  for (const [i, value] of numbers(connections.length).entries()) connections[i]!.weight = 2 * value;
  for (const [i, value] of numbers(units.length, connections.length).entries()) units[i]!.bias = value;
}

interface Matrix {
  get(row: number, column: number): number;
  to1DArray(): number[];
}
interface Layer {
  readonly W: Matrix;
  readonly b: Matrix;
  epsilon: number;
}
interface FeedForward {
  readonly model: Layer[];
  propagate(X: Matrix): Matrix;
  backpropagation(X: Matrix, labels: string[], probabilities: Matrix): void;
}

/**
 * ml-fnn 5.0.0 evaluates each derivative at the activation a = f(z) and not at z (src/Layer.js, `a.apply(this.derivate)`), where its
 * formulas are those by z: of the logistic function σ(z)(1 − σ(z)) it takes σ(a)(1 − σ(a)). Only tanh, whose formula is 1 − a², and
 * what has the same derivative at a and z are right. The output layer is not concerned.
 */
function mlFnn(activation: string): Model {
  const { load: restore } = load('ml-fnn') as { load: (saved: object) => FeedForward };
  const { Matrix: MatrixOf } = load('ml-matrix') as { Matrix: new (rows: number[][]) => Matrix };
  const layer = (inputSize: number, outputSize: number, start: number): object => ({
    model: 'Layer',
    activation,
    regularization,
    W: Array.from({ length: inputSize }, (_, i) => numbers(outputSize, start + i * outputSize)),
    b: [numbers(outputSize, start + inputSize * outputSize)],
  });
  const labels = ['a', 'b', 'c'];
  const regularization = 0.01;
  const net = restore({
    model: 'FNN',
    hiddenLayers: [4],
    dicts: { inputs: { a: 0, b: 1, c: 2 }, outputs: labels },
    layers: [layer(2, 4, 0), layer(4, 3, 12)],
  });
  const X = new MatrixOf([
    [1, 2],
    [-1, 0.5],
    [0.3, -2],
  ]);
  return fromStep({
    parameters: net.model.map(({ W, b }) => ({ W, b })),
    loss: () => {
      const probabilities = net.propagate(X);
      const costs = labels.map((_, i) => -Math.log(probabilities.get(i, i)));
      const squares = net.model.flatMap(({ W }) => W.to1DArray().map((w) => (regularization / 2) * w ** 2));
      return [...costs, ...squares].reduce((sum, term) => sum + term, 0);
    },
    step: (rate) => {
      for (const one of net.model) one.epsilon = rate;
      net.backpropagation(X, labels, net.propagate(X));
    },
  });
}

const FIRST = ['parameters[0].W', 'parameters[0].b'];

export const subjects: readonly Subject[] = [
  {
    name: 'logistic units, in the limit',
    library: 'neataptic 1.4.7',
    model: () => neataptic('LOGISTIC', 0),
    wrong: [],
  },
  {
    name: 'SELU units, in the limit',
    library: 'neataptic 1.4.7',
    model: () => neataptic('SELU', 0),
    wrong: [],
  },
  {
    name: 'logistic units, at a training rate',
    library: 'neataptic 1.4.7',
    model: () => neataptic('LOGISTIC'),
    wrong: ['weights', 'biases'],
    cause: 'unexplained',
  },
  {
    name: 'SOFTSIGN units, in the limit',
    library: 'neataptic 1.4.7',
    model: () => neataptic('SOFTSIGN', 0),
    wrong: ['weights', 'biases'],
    cause: 'unexplained',
  },
  { name: 'a perceptron, in the limit', library: 'synaptic 1.1.4', model: () => synaptic(0), wrong: [] },
  {
    name: 'a perceptron, at a training rate',
    library: 'synaptic 1.1.4',
    model: () => synaptic(),
    wrong: ['weights', 'biases'],
    cause: 'unexplained',
  },
  { name: 'tanh units', library: 'ml-fnn 5.0.0', model: () => mlFnn('tanh'), wrong: [] },
  {
    name: 'logistic units',
    library: 'ml-fnn 5.0.0',
    model: () => mlFnn('logistic'),
    wrong: FIRST,
    cause: 'unexplained',
  },
  {
    name: 'ReLU units',
    library: 'ml-fnn 5.0.0',
    model: () => mlFnn('relu'),
    wrong: FIRST,
    cause: 'unexplained',
  },
];
