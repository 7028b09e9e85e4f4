/** Self-attention with one head over sequences that stand below each other: softmax(q kᵀ / √d) v, and a linear layer. */

import {
  type Arithmetic,
  map,
  matrix,
  type Matrix,
  product,
  productTransposed,
  sum,
  transposedProduct,
} from '../arithmetic.js';
import { softmax } from '../models/losses.js';
import { dense } from './dense.js';
import type { Layer, Setting } from './layer.js';

export interface Attention {
  readonly width: number;
  readonly tokens: number;
}

/** Back through the softmax of each row: a (d − Σ a d). */
function throughSoftmax(d: Matrix, a: Matrix, { dot, round, zeros }: Arithmetic): Matrix {
  const data = zeros(d.data.length);
  for (let i = 0; i < data.length; i += d.columns) {
    const along = dot({ data: d.data, step: 1 }, i, { data: a.data, step: 1 }, i, d.columns);
    for (let j = i; j < i + d.columns; j += 1) data[j] = a.data[j]! * round(d.data[j]! - along);
  }
  return matrix(d.rows, d.columns, data);
}

/** One sequence: what its tokens gather from each other. */
function attended(q: Matrix, k: Matrix, v: Matrix, arithmetic: Arithmetic) {
  const { round } = arithmetic;
  const scale = round(1 / round(Math.sqrt(q.columns)));
  const scaled = (a: Matrix): Matrix => map(a, (x) => x * scale, arithmetic);
  const shares = softmax(scaled(productTransposed(q, k, arithmetic)), arithmetic);
  return {
    output: product(shares, v, arithmetic),
    back(d: Matrix): [Matrix, Matrix, Matrix] {
      const scores = scaled(throughSoftmax(productTransposed(d, v, arithmetic), shares, arithmetic));
      return [
        product(scores, k, arithmetic),
        transposedProduct(scores, q, arithmetic),
        transposedProduct(shares, d, arithmetic),
      ];
    },
  };
}

export function attention(setting: Setting, { width, tokens }: Attention): Layer {
  const { arithmetic } = setting;
  const [Q, K, V, O] = ['Q', 'K', 'V', 'O'].map((name) =>
    dense(setting, { name, inputs: width, outputs: width }),
  ) as [Layer, Layer, Layer, Layer];
  const part = (a: Matrix, s: number): Matrix =>
    matrix(tokens, width, a.data.subarray(s * tokens * width, (s + 1) * tokens * width));
  const joined = (parts: readonly Matrix[]): Matrix => {
    const data = arithmetic.zeros(parts.length * tokens * width);
    for (const [s, { data: own }] of parts.entries()) data.set(own, s * tokens * width);
    return matrix(parts.length * tokens, width, data);
  };
  return {
    parameters: { ...Q.parameters, ...K.parameters, ...V.parameters, ...O.parameters },
    forward(input) {
      const [q, k, v] = [Q.forward(input), K.forward(input), V.forward(input)];
      const sequences = Array.from({ length: input.rows / tokens }, (_, s) =>
        attended(part(q.output, s), part(k.output, s), part(v.output, s), arithmetic),
      );
      const last = O.forward(joined(sequences.map(({ output }) => output)));
      return {
        output: last.output,
        back(slopes, add) {
          const d = last.back(slopes, add);
          const ways = sequences.map((sequence, s) => sequence.back(part(d, s)));
          const [dq, dk, dv] = [0, 1, 2].map((i) => joined(ways.map((way) => way[i]!))) as [
            Matrix,
            Matrix,
            Matrix,
          ];
          return sum(sum(q.back(dq, add), k.back(dk, add), arithmetic), v.back(dv, add), arithmetic);
        },
      };
    },
  };
}
