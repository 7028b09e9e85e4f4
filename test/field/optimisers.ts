import * as venn from '@upsetjs/venn.js';
import type { Model } from 'expect-gradients';
import { fields, fromFunction, fromStep } from 'expect-gradients/adapters';
import { load, numbers, type Subject } from './subject.js';

/** Functions and models that come with an optimiser of their own. */

const sets = ['a', 'b', 'c', 'd'];
const areas = [
  ...sets.map((set, i) => ({ sets: [set], size: 10 + i })),
  ...sets.map((set, i) => ({ sets: [set, sets[(i + 1) % 4]!], size: 1 + i })),
];

/** What its optimiser was told at a point. */
interface Told {
  readonly fx: number;
  readonly fxprime: readonly number[];
}

/**
 * venn.js, as kept up in @upsetjs/venn.js 2.0.0. The loss of its layout is Σ 2 δ², δ = ‖p_i − p_j‖² − d_ij², so that the derivative
 * by p_i is Σ 8 δ (p_i − p_j). It has 4 δ (p_i − p_j) (src/layout.js, `constrainedMDSGradient`), half of that. The function is private; the
 * history of the optimiser has its values at the first point, which is what `Math.random` says.
 */
function layout(): Model {
  const told = (x: readonly number[]): Told => {
    const history: Told[] = [];
    const { random } = Math;
    let drawn = 0;
    Math.random = () => x[drawn++ % x.length]!;
    try {
      venn.bestInitialLayout(areas, { restarts: 1, maxIterations: 1, history });
    } finally {
      Math.random = random;
    }
    return history.find(({ fxprime }) => fxprime !== undefined)!;
  };
  return fromFunction(
    (x) => told(x).fx,
    (x) => [...told(x).fxprime],
    [0.1, 0.9, 0.4, 0.3, 0.75, 0.6, 0.2, 0.5],
  );
}

interface Logistic {
  dim: number;
  cost(X: readonly number[][], Y: readonly number[], theta: readonly number[]): number;
  grad(X: readonly number[][], Y: readonly number[], theta: readonly number[]): number[];
}

/**
 * @kobra-dev/js-regression 1.0.12. Of N samples the cost is a mean plus λ/2N ‖θ‖², so that the penalty's part of the gradient is
 * λ/N θ. In `grad` it stands within the sum over the samples, which makes it λ θ: (1 − 1/N) λ θ too much.
 */
function logistic(lambda: number): Model {
  const { LogisticRegression } = load('@kobra-dev/js-regression') as {
    LogisticRegression: new (options: object) => Logistic;
  };
  const X = Array.from({ length: 6 }, (_, i) => [1, ...numbers(3, 4 * i).map((value) => 3 * value)]);
  const Y = [0, 1, 1, 0, 1, 0];
  const regression = new LogisticRegression({ lambda });
  regression.dim = 4;
  return fromFunction(
    (theta) => regression.cost(X, Y, theta),
    (theta) => regression.grad(X, Y, theta),
    numbers(4),
  );
}

interface Perceptron {
  readonly weights: Float32Array;
  bias: number;
  readonly id: number;
}
interface Sample {
  readonly input: object;
  readonly output: { readonly data: readonly number[] };
}
interface Classifier {
  readonly perceptrons: readonly Perceptron[];
  decayLearningRate: number;
  prepareCorpus(corpus: object[]): Sample[];
  verifyIsInitialized(): void;
  runInputPerceptron(perceptron: Perceptron, input: object): number;
  trainPerceptron(perceptron: Perceptron, data: Sample[]): void;
}

/**
 * @nlpjs/neural 4.25.0. A unit is α x above zero, with α = 0.07, and nothing below; the step has the derivative 1 above and α below
 * (src/neural-network.js, `runInputPerceptron` and `delta` in `trainPerceptron`), 1/α times what it should be.
 */
function perceptron(): Model {
  const NeuralNetwork = (load('@nlpjs/neural') as { NeuralNetwork: new (settings: object) => Classifier })
    .NeuralNetwork;
  const net = new NeuralNetwork({ momentum: 0 });
  const data = net.prepareCorpus([{ input: { a: 1, b: 1 }, output: { x: 1 } }]);
  net.verifyIsInitialized();
  const [unit] = net.perceptrons as [Perceptron];
  unit.weights.set([0.5, -0.2]);
  unit.bias = 0.1;
  return fromStep({
    parameters: { weights: unit.weights, bias: fields([unit], 'bias') },
    loss: () =>
      data.reduce(
        (sum, { input, output }) =>
          sum + (output.data[unit.id]! - net.runInputPerceptron(unit, input)) ** 2 / 2,
        0,
      ),
    step: (rate) => {
      net.decayLearningRate = rate;
      net.trainPerceptron(unit, data);
    },
  });
}

const js = '@kobra-dev/js-regression 1.0.12';

export const subjects: readonly Subject[] = [
  {
    name: 'the layout of Venn diagrams',
    library: '@upsetjs/venn.js 2.0.0',
    model: layout,
    wrong: ['x'],
    cause: 'scaled',
  },
  { name: 'logistic regression', library: js, model: () => logistic(0), wrong: [] },
  {
    name: 'logistic regression with a penalty',
    library: js,
    model: () => logistic(0.5),
    wrong: ['x'],
    cause: 'missing-regularization',
  },
  {
    name: 'a perceptron',
    library: '@nlpjs/neural 4.25.0',
    model: perceptron,
    wrong: ['weights', 'bias'],
    cause: 'scaled',
  },
];
