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
export function factored(
  setting: Setting,
  { name, inputs, outputs, bias = true }: Dense,
  rank: number,
): Layer {
  const { arithmetic } = setting;
  const V = `V${name}`;
  const right = weights(setting, rank, inputs);
  const left = dense(setting, { name, inputs: rank, outputs, bias });
  return {
    parameters: { [V]: right, ...left.parameters },
    forward(input) {
      const { output, back } = left.forward(productTransposed(input, right, arithmetic));
      return {
        output,
        back(slopes, add) {
          const inner = back(slopes, add);
          add(V, transposedProduct(inner, input, arithmetic));
          return product(inner, right, arithmetic);
        },
      };
    },
  };
}
