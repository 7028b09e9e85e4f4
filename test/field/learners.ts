import { fromStep } from 'expect-gradients/adapters';
import type { Model } from 'expect-gradients';
import { fill, load, numbers, type Subject } from './subject.js';

/** Learners beside networks with layers of one's own. */

const inputs = [
  [0.5, -1.2],
  [1.5, 0.3],
  [-0.7, 0.8],
];
const labels = [
  [1, 0],
  [0, 1],
  [1, 0],
];

interface Classifier {
  W: number[][];
  b: number[];
  set(setting: 'log level', value: number): void;
  predict(inputs: number[][]): number[][];
  train(settings: { lr: number; epochs: number }): void;
}
interface Perceptron extends Pick<Classifier, 'set' | 'predict' | 'train'> {
  readonly sigmoidLayers: { W: number[][]; b: number[] }[];
}
interface MachineLearning {
  readonly LogisticRegression: new (settings: object) => Classifier;
  readonly MLP: new (settings: object) => Perceptron;
}

/**
 * machine_learning 0.1.1, lib/LogisticRegression.js, `train`: W takes a step by the sum over the samples, Xᵀ(y − p), and b one by their mean,
 * `meanMatAxis(deltaY, 0)`. Of the sum of cross-entropies the gradient of b is 1 ÷ 3 of what it should be, for three samples; of their mean that
 * of W is three times that.
 */
function classifier(over: 'sum' | 'mean'): Model {
  const { LogisticRegression } = load('machine_learning') as MachineLearning;
  const one = new LogisticRegression({ input: inputs, label: labels, n_in: 2, n_out: 2 });
  one.set('log level', 0);
  [one.W, one.b] = [[numbers(2), numbers(2, 2)], numbers(2, 4)];
  const crossEntropy = (): number =>
    one.predict(inputs).reduce((sum, row, s) => sum - Math.log(row[labels[s]!.indexOf(1)]!), 0);
  return fromStep({
    parameters: one,
    loss: () => crossEntropy() / (over === 'mean' ? inputs.length : 1),
    step: (lr) => one.train({ lr, epochs: 1 }),
  });
}

/** machine_learning 0.1.1, lib/mlp.js: `train` reads a rate, `lr`, and leaves it unused. */
function perceptron(): Model {
  const { MLP } = load('machine_learning') as MachineLearning;
  const net = new MLP({ input: inputs, label: labels, n_ins: 2, n_outs: 2, hidden_layer_sizes: [3] });
  net.set('log level', 0);
  for (const { W, b } of net.sigmoidLayers) fill(...W, b);
  const squares = (row: number[], s: number): number =>
    row.reduce((sum, y, k) => sum + (y - labels[s]![k]!) ** 2 / 2, 0);
  return fromStep({
    parameters: net.sigmoidLayers,
    loss: () => net.predict(inputs).reduce((sum, row, s) => sum + squares(row, s), 0) / inputs.length,
    step: (lr) => net.train({ lr, epochs: 1 }),
  });
}

type Factors = Record<string, number[]>;
interface Recommender {
  theta: Factors;
  X: Factors;
  fit(table: Table): void;
  gradTheta(table: Table, theta: Factors, X: Factors): Factors;
  gradX(table: Table, theta: Factors, X: Factors): Factors;
  h(theta: Factors, X: Factors, row: string, column: string): number;
}
interface Table {
  setCell(row: string, column: string, value: number): void;
}
interface Recommenders {
  readonly Table: new () => Table;
  readonly Recommender: new (settings: object) => Recommender;
}

/** js-recommender 1.0.5: factors of a table that has holes, by ½ Σ (θᵀx − y)² + ½ λ (‖θ‖² + ‖x‖²). */
function recommender(): Model {
  const { Table: TableOf, Recommender: RecommenderOf } = load('js-recommender') as Recommenders;
  const [table, lambda] = [new TableOf(), 0.3];
  const cells = [
    ['a', 'u', 4],
    ['a', 'v', 1],
    ['b', 'u', 3],
    ['b', 'w', 5],
    ['c', 'v', 2],
  ] as const;
  for (const [row, column, value] of cells) table.setCell(row, column, value);
  const one = new RecommenderOf({ kDim: 2, lambda, iterations: 0 });
  one.fit(table);
  fill(...Object.values(one.theta), ...Object.values(one.X));
  const squares = (factors: Factors): number =>
    Object.values(factors)
      .flat()
      .reduce((sum, v) => sum + v * v, 0);
  return {
    parameters: { theta: one.theta, X: one.X },
    loss: () =>
      cells.reduce((sum, [row, column, y]) => sum + (one.h(one.theta, one.X, row, column) - y) ** 2 / 2, 0) +
      (lambda / 2) * (squares(one.theta) + squares(one.X)),
    gradients: () => ({
      theta: one.gradTheta(table, one.theta, one.X),
      X: one.gradX(table, one.theta, one.X),
    }),
  };
}

export const subjects: readonly Subject[] = [
  {
    name: 'a sum of cross-entropies',
    library: 'machine_learning 0.1.1',
    model: () => classifier('sum'),
    only: ['W', 'b'],
    wrong: ['b'],
    cause: 'scaled',
  },
  {
    name: 'a mean of cross-entropies',
    library: 'machine_learning 0.1.1',
    model: () => classifier('mean'),
    only: ['W', 'b'],
    wrong: ['W'],
    cause: 'scaled',
  },
  {
    name: 'a perceptron',
    library: 'machine_learning 0.1.1',
    model: perceptron,
    only: /\.[Wb]$/,
    wrong: ['parameters[0].W', 'parameters[0].b', 'parameters[1].W', 'parameters[1].b'],
    cause: 'scaled',
  },
  { name: 'factors of a table', library: 'js-recommender 1.0.5', model: recommender, wrong: [] },
];
