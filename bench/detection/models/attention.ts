/** Self-attention with one head over a few sequences: softmax(Q Kᵀ / √d) V, a linear layer, squared error. */

import {
  type Matrix,
  map,
  matrix,
  product,
  productTransposed,
  sum,
  transposed,
  transposedProduct,
} from '../arithmetic.js';
import { softmax, squaredError } from './losses.js';
import { type Arrays, claimed, type Family, stored } from './model.js';

const NAMES = ['Q', 'K', 'V', 'O'] as const;
type Projections = Record<(typeof NAMES)[number], Matrix>;

export const attention: Family = (draws, { arithmetic, storage }, size) => {
  const { round, zeros } = arithmetic;
  const width = Math.max(2, Math.round(Math.sqrt(size / NAMES.length)));
  const tokens = draws.whole(2, 4);
  const rows = draws.whole(3, 4);
  const sequence = (): Matrix => matrix(tokens, width, stored(draws.normals(tokens * width, 1), arithmetic));
  const sequences = Array.from({ length: rows }, () => ({
    x: sequence(),
    loss: squaredError(sequence(), arithmetic),
  }));
  const parameters: Arrays = Object.fromEntries(
    NAMES.map((name) => [name, stored(draws.normals(width * width, 1 / Math.sqrt(width)), storage)]),
  );
  const weights = Object.fromEntries(
    NAMES.map((name) => [name, matrix(width, width, parameters[name]!)]),
  ) as Projections;
  const share = round(1 / round(Math.sqrt(width)));
  const times = (a: Matrix, b: Matrix): Matrix => product(a, b, arithmetic);
  const scaled = (a: Matrix, factor: number): Matrix => map(a, (x) => x * factor, arithmetic);

  const forward = (x: Matrix) => {
    const q = times(x, weights.Q);
    const k = times(x, weights.K);
    const v = times(x, weights.V);
    const shares = softmax(scaled(productTransposed(q, k, arithmetic), share), arithmetic);
    const mixed = times(shares, v);
    return { q, k, v, shares, mixed, y: times(mixed, weights.O) };
  };
  /** Back through the softmax of each row: a (d − Σ a d). */
  const throughSoftmax = (d: Matrix, a: Matrix): Matrix => {
    const data = zeros(d.data.length);
    for (let i = 0; i < data.length; i += tokens) {
      const along = arithmetic.dot({ data: d.data, step: 1 }, i, { data: a.data, step: 1 }, i, tokens);
      for (let j = i; j < i + tokens; j += 1) data[j] = a.data[j]! * round(d.data[j]! - along);
    }
    return matrix(d.rows, d.columns, data);
  };
  const backward = (x: Matrix, dy: Matrix, { q, k, v, shares, mixed }: ReturnType<typeof forward>) => {
    const dMixed = productTransposed(dy, weights.O, arithmetic);
    const dScores = scaled(throughSoftmax(productTransposed(dMixed, v, arithmetic), shares), share);
    return {
      Q: transposedProduct(x, times(dScores, k), arithmetic),
      K: transposedProduct(x, times(transposed(dScores, arithmetic), q), arithmetic),
      V: transposedProduct(x, transposedProduct(shares, dMixed, arithmetic), arithmetic),
      O: transposedProduct(mixed, dy, arithmetic),
    };
  };

  return {
    parameters,
    loss: () =>
      round(sequences.reduce((total, { x, loss }) => round(total + loss.value(forward(x).y)), 0) / rows),
    gradients() {
      let total: Projections | undefined;
      for (const { x, loss } of sequences) {
        const cache = forward(x);
        const part = backward(x, scaled(loss.derivative(cache.y), 1 / rows), cache);
        const before = total;
        total =
          before === undefined
            ? part
            : (Object.fromEntries(
                NAMES.map((name) => [name, sum(before[name], part[name], arithmetic)]),
              ) as Projections);
      }
      return claimed(total!, storage);
    },
  };
};
