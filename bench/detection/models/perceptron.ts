/** Multilayer perceptrons: random depth and widths, tanh, ReLU or sigmoid, two losses, with and without L2. */

import {
  columnSums,
  map,
  matrix,
  type Matrix,
  plusRow,
  type Precision,
  product,
  productTransposed,
  transposedProduct,
  zip,
  type Arithmetic,
} from '../arithmetic.js';
import type { Draws } from '../draws.js';
import { drawLoss, penalized, penalty } from './losses.js';
import { type BenchModel, claimed, stored } from './model.js';

export interface Activation {
  readonly of: (x: number) => number;
  /** The derivative at x, from y = of(x). */
  readonly slope: (y: number) => number;
}

export const ACTIVATIONS = ['tanh', 'ReLU', 'sigmoid'] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

export function activation(name: ActivationName, { round }: Arithmetic): Activation {
  switch (name) {
    case 'tanh':
      return { of: Math.tanh, slope: (y) => round(1 - round(y * y)) };
    case 'ReLU':
      return { of: (x) => (x > 0 ? x : 0), slope: (y) => (y > 0 ? 1 : 0) };
    case 'sigmoid':
      return { of: (x) => 1 / round(1 + round(Math.exp(-x))), slope: (y) => round(y * round(1 - y)) };
  }
}

/** Widths of layers, inputs first, with about `size` weights and biases between them. */
function drawWidths(draws: Draws, size: number): number[] {
  const inputs = size < 20 ? 2 : draws.whole(2, Math.min(12, Math.ceil(Math.sqrt(size))));
  const outputs = size < 20 ? draws.whole(1, 2) : draws.whole(1, 5);
  const depth = size < 20 ? 1 : draws.whole(1, 3);
  const widthsFor = (hidden: number): number[] => [
    inputs,
    ...Array.from({ length: depth }, () => hidden),
    outputs,
  ];
  let hidden = 2;
  while (countOf(widthsFor(hidden + 1)) <= size) hidden += 1;
  return widthsFor(hidden);
}

function countOf(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, l) => sum + (widths[l]! + 1) * width, 0);
}

export interface PerceptronKind {
  readonly activation: ActivationName;
  readonly zeroBiases: boolean;
}

export function perceptron(
  kind: PerceptronKind,
  draws: Draws,
  { arithmetic, storage }: Precision,
  size: number,
): BenchModel {
  const widths = drawWidths(draws, size);
  const layers = widths.length - 1;
  const rows = draws.whole(3, 8);
  const gain = draws.pick([0.5, 1, 2]);
  const lambda = draws.uniform() < 1 / 3 ? draws.pick([1e-3, 1e-2, 1e-1]) : 0;
  const inputs = matrix(rows, widths[0]!, stored(draws.normals(rows * widths[0]!, 1), arithmetic));
  const parameters = Object.fromEntries(
    widths.slice(1).flatMap((width, l) => [
      [`W${l + 1}`, stored(draws.normals(width * widths[l]!, gain / Math.sqrt(widths[l]!)), storage)],
      [`b${l + 1}`, kind.zeroBiases ? storage.zeros(width) : stored(draws.normals(width, 0.5), storage)],
    ]),
  );
  const loss = drawLoss(draws, rows, widths.at(-1)!, arithmetic);
  const { of, slope } = activation(kind.activation, arithmetic);
  const weights = (l: number): Matrix => matrix(widths[l]!, widths[l - 1]!, parameters[`W${l}`]!);

  /** The output of each layer, the inputs first. */
  const forward = (): Matrix[] => {
    const outputs = [inputs];
    for (let l = 1; l <= layers; l += 1) {
      const linear = plusRow(
        productTransposed(outputs[l - 1]!, weights(l), arithmetic),
        parameters[`b${l}`]!,
        arithmetic,
      );
      outputs.push(l < layers ? map(linear, of, arithmetic) : linear);
    }
    return outputs;
  };

  return {
    parameters,
    loss() {
      let total = loss.value(forward().at(-1)!);
      if (lambda > 0)
        for (let l = 1; l <= layers; l += 1)
          total = arithmetic.round(total + penalty(parameters[`W${l}`]!, lambda, arithmetic));
      return total;
    },
    gradients() {
      const outputs = forward();
      const gradients: Record<string, Matrix> = {};
      let delta = loss.derivative(outputs[layers]!);
      for (let l = layers; l > 0; l -= 1) {
        const plain = transposedProduct(delta, outputs[l - 1]!, arithmetic);
        gradients[`W${l}`] = lambda > 0 ? penalized(plain, parameters[`W${l}`]!, lambda, arithmetic) : plain;
        gradients[`b${l}`] = columnSums(delta, arithmetic);
        if (l > 1)
          delta = zip(
            product(delta, weights(l), arithmetic),
            outputs[l - 1]!,
            (d, y) => d * slope(y),
            arithmetic,
          );
      }
      return claimed(gradients, storage);
    },
  };
}
