/** A recurrent network of two steps that share their weights: h₁ = tanh(U x₁ + V h₀ + b), h₂ likewise, y = C h₂ + c. */

import {
  columnSums,
  map,
  matrix,
  type Matrix,
  plusRow,
  product,
  productTransposed,
  sum,
  transposedProduct,
  zip,
} from '../arithmetic.js';
import { drawLoss } from './losses.js';
import { claimed, type Family, stored } from './model.js';

export const recurrent: Family = (draws, { arithmetic, storage }, size) => {
  const { round } = arithmetic;
  const outputs = draws.whole(1, 3);
  const columns = draws.whole(2, 4);
  // U and V, b and the initial state, C and c.
  const countOf = (h: number): number => h * (columns + h) + 2 * h + outputs * (h + 1);
  let hidden = 1;
  while (countOf(hidden + 1) <= size) hidden += 1;
  const rows = draws.whole(3, 6);
  const steps = [0, 1].map(() =>
    matrix(rows, columns, stored(draws.normals(rows * columns, 1), arithmetic)),
  ) as [Matrix, Matrix];
  const parameters = {
    U: stored(draws.normals(hidden * columns, 1 / Math.sqrt(columns)), storage),
    V: stored(draws.normals(hidden * hidden, 1 / Math.sqrt(hidden)), storage),
    b: stored(draws.normals(hidden, 0.5), storage),
    h0: stored(draws.normals(hidden, 0.5), storage),
    C: stored(draws.normals(outputs * hidden, 1 / Math.sqrt(hidden)), storage),
    c: stored(draws.normals(outputs, 0.5), storage),
  };
  const U = matrix(hidden, columns, parameters.U);
  const V = matrix(hidden, hidden, parameters.V);
  const C = matrix(outputs, hidden, parameters.C);
  const loss = drawLoss(draws, rows, outputs, arithmetic);

  const next = (x: Matrix, h: Matrix): Matrix => {
    const both = sum(productTransposed(x, U, arithmetic), productTransposed(h, V, arithmetic), arithmetic);
    return map(plusRow(both, parameters.b, arithmetic), Math.tanh, arithmetic);
  };
  const forward = () => {
    const start = plusRow(matrix(rows, hidden, arithmetic.zeros(rows * hidden)), parameters.h0, arithmetic);
    const h1 = next(steps[0], start);
    const h2 = next(steps[1], h1);
    const y = plusRow(productTransposed(h2, C, arithmetic), parameters.c, arithmetic);
    return { start, h1, h2, y };
  };
  const throughTanh = (d: Matrix, h: Matrix): Matrix =>
    zip(d, h, (slope, y) => slope * round(1 - round(y * y)), arithmetic);

  return {
    parameters,
    loss: () => loss.value(forward().y),
    gradients() {
      const { start, h1, h2, y } = forward();
      const dy = loss.derivative(y);
      const d2 = throughTanh(product(dy, C, arithmetic), h2);
      const d1 = throughTanh(product(d2, V, arithmetic), h1);
      const add = (a: Matrix, b: Matrix): Matrix => sum(a, b, arithmetic);
      return claimed(
        {
          U: add(transposedProduct(d2, steps[1], arithmetic), transposedProduct(d1, steps[0], arithmetic)),
          V: add(transposedProduct(d2, h1, arithmetic), transposedProduct(d1, start, arithmetic)),
          b: add(columnSums(d2, arithmetic), columnSums(d1, arithmetic)),
          h0: columnSums(product(d1, V, arithmetic), arithmetic),
          C: transposedProduct(dy, h2, arithmetic),
          c: columnSums(dy, arithmetic),
        },
        storage,
      );
    },
  };
};
