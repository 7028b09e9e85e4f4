/** x Wᵀ + b. */

import { columnSums, plusRow, product, productTransposed, transposedProduct } from '../arithmetic.js';
import { biases, type Layer, type Setting, weights } from './layer.js';

export interface Dense {
  /** What its parameters are called beside W and b. */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias?: boolean;
}

export function dense(setting: Setting, { name, inputs, outputs, bias = true }: Dense): Layer {
  const { arithmetic } = setting;
  const [W, b] = [`W${name}`, `b${name}`];
  const weight = weights(setting, outputs, inputs);
  const shift = bias ? biases(setting, outputs) : undefined;
  return {
    parameters: shift === undefined ? { [W]: weight } : { [W]: weight, [b]: shift },
    forward(input) {
      const linear = productTransposed(input, weight, arithmetic);
      return {
        output: shift === undefined ? linear : plusRow(linear, shift.data, arithmetic),
        back(slopes, add) {
          add(W, transposedProduct(slopes, input, arithmetic));
          if (shift !== undefined) add(b, columnSums(slopes, arithmetic));
          return product(slopes, weight, arithmetic);
        },
      };
    },
  };
}

/** (x Vᵀ) Uᵀ + b: a matrix given by two factors of low rank. */
export function factored(setting: Setting, { name, inputs, outputs }: Dense, rank: number): Layer {
  const { arithmetic } = setting;
  const [U, V, b] = [`U${name}`, `V${name}`, `b${name}`];
  const left = weights(setting, outputs, rank);
  const right = weights(setting, rank, inputs);
  const shift = biases(setting, outputs);
  return {
    parameters: { [U]: left, [V]: right, [b]: shift },
    forward(input) {
      const between = productTransposed(input, right, arithmetic);
      return {
        output: plusRow(productTransposed(between, left, arithmetic), shift.data, arithmetic),
        back(slopes, add) {
          const inner = product(slopes, left, arithmetic);
          add(U, transposedProduct(slopes, between, arithmetic));
          add(V, transposedProduct(inner, input, arithmetic));
          add(b, columnSums(slopes, arithmetic));
          return product(inner, right, arithmetic);
        },
      };
    },
  };
}
