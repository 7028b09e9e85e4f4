/** Logistic regression with L2: mean of log(1 + exp(−s z)) over the rows, s = ±1, plus λ/2 Σ w². */

import {
  columnSums,
  map,
  matrix,
  plusRow,
  productTransposed,
  transposedProduct,
  zip,
} from '../arithmetic.js';
import { penalized, penalty } from './losses.js';
import { claimed, type Family, stored } from './model.js';

export const logistic: Family = (draws, { arithmetic, storage }, size) => {
  const { round } = arithmetic;
  const columns = Math.max(2, size - 1);
  const rows = draws.whole(3, 12);
  const lambda = draws.pick([1e-3, 1e-2, 1e-1]);
  const inputs = matrix(rows, columns, stored(draws.normals(rows * columns, 1), arithmetic));
  const signs = matrix(
    rows,
    1,
    stored(
      Array.from({ length: rows }, () => draws.pick([-1, 1])),
      arithmetic,
    ),
  );
  const w = stored(draws.normals(columns, 1 / Math.sqrt(columns)), storage);
  const b = stored(draws.normals(1, 0.5), storage);

  /** s z for each row. */
  const margins = () =>
    zip(
      plusRow(productTransposed(inputs, matrix(1, columns, w), arithmetic), b, arithmetic),
      signs,
      (z, s) => s * z,
      arithmetic,
    );

  return {
    parameters: { w, b },
    loss() {
      let total = 0;
      // log(1 + exp(−m)), written so that neither sign of m overflows.
      for (const m of margins().data)
        total = round(total + round(Math.max(-m, 0) + round(Math.log1p(round(Math.exp(-Math.abs(m)))))));
      return round(round(total / rows) + penalty(w, lambda, arithmetic));
    },
    gradients() {
      const slopes = map(margins(), (m) => 1 / round(1 + round(Math.exp(m))), arithmetic);
      const delta = zip(slopes, signs, (slope, s) => round(-s * slope) / rows, arithmetic);
      const dw = penalized(transposedProduct(delta, inputs, arithmetic), w, lambda, arithmetic);
      return claimed({ w: dw, b: columnSums(delta, arithmetic) }, storage);
    },
  };
};
