/** A convolution with ReLU, max pooling by 2 × 2, and a linear layer with cross-entropy. */

import {
  columnSums,
  map,
  matrix,
  type Matrix,
  type Numbers,
  plusRow,
  product,
  productTransposed,
  transposedProduct,
  zip,
} from '../arithmetic.js';
import { crossEntropy } from './losses.js';
import { claimed, type Family, stored } from './model.js';

const KERNEL = 3;
const POOL = 2;

/** Every KERNEL × KERNEL patch of `images`, one row each: image by image, then row by row. */
function patchesOf(images: Float64Array, count: number, side: number): Float64Array {
  const extent = side - KERNEL + 1;
  const patches: number[] = [];
  for (let m = 0; m < count; m += 1)
    for (let r = 0; r < extent; r += 1)
      for (let c = 0; c < extent; c += 1)
        for (let k = 0; k < KERNEL * KERNEL; k += 1)
          patches.push(images[(m * side + r + Math.floor(k / KERNEL)) * side + c + (k % KERNEL)]!);
  return Float64Array.from(patches);
}

/** For each pooled place of each image and filter, the place of the largest value in `maps`. */
function winners(maps: Matrix, count: number, extent: number): number[] {
  const pooled = extent / POOL;
  const filters = maps.columns;
  const places: number[] = [];
  for (let m = 0; m < count; m += 1)
    for (let q = 0; q < pooled * pooled; q += 1)
      for (let f = 0; f < filters; f += 1) {
        let best = -1;
        for (let k = 0; k < POOL * POOL; k += 1) {
          const r = Math.floor(q / pooled) * POOL + Math.floor(k / POOL);
          const c = (q % pooled) * POOL + (k % POOL);
          const place = ((m * extent + r) * extent + c) * filters + f;
          if (best < 0 || maps.data[place]! > maps.data[best]!) best = place;
        }
        places.push(best);
      }
  return places;
}

export const convolution: Family = (draws, { arithmetic, storage }, size) => {
  const side = size < 80 ? 4 : 6;
  const extent = side - KERNEL + 1;
  const pooled = (extent / POOL) ** 2;
  const classes = draws.whole(2, 3);
  const perFilter = KERNEL * KERNEL + 1 + pooled * classes;
  const filters = Math.max(1, Math.floor((size - classes) / perFilter));
  const rows = draws.whole(3, 5);
  const patches = patchesOf(draws.normals(rows * side * side, 1), rows, side);
  const inputs = matrix(rows * extent * extent, KERNEL * KERNEL, stored(patches, arithmetic));
  const features = pooled * filters;
  const parameters = {
    K: stored(draws.normals(filters * KERNEL * KERNEL, 1 / KERNEL), storage),
    k: stored(draws.normals(filters, 0.5), storage),
    W: stored(draws.normals(classes * features, 1 / Math.sqrt(features)), storage),
    b: stored(draws.normals(classes, 0.5), storage),
  };
  const kernels = matrix(filters, KERNEL * KERNEL, parameters.K);
  const weights = matrix(classes, features, parameters.W);
  const loss = crossEntropy(
    Array.from({ length: rows }, () => draws.whole(0, classes - 1)),
    arithmetic,
  );

  const forward = () => {
    const linear = plusRow(productTransposed(inputs, kernels, arithmetic), parameters.k, arithmetic);
    const maps = map(linear, (x) => (x > 0 ? x : 0), arithmetic);
    const places = winners(maps, rows, extent);
    const values: Numbers = arithmetic.zeros(places.length);
    for (const [i, place] of places.entries()) values[i] = maps.data[place]!;
    const hidden = matrix(rows, features, values);
    const outputs = plusRow(productTransposed(hidden, weights, arithmetic), parameters.b, arithmetic);
    return { maps, places, hidden, outputs };
  };

  return {
    parameters,
    loss: () => loss.value(forward().outputs),
    gradients() {
      const { maps, places, hidden, outputs } = forward();
      const delta = loss.derivative(outputs);
      const toHidden = product(delta, weights, arithmetic).data;
      // Only the winners of the pooling pass anything on, each to one pooled place.
      const scattered = arithmetic.zeros(maps.data.length);
      for (const [i, place] of places.entries()) scattered[place] = toHidden[i]!;
      const toMaps = zip(
        matrix(maps.rows, maps.columns, scattered),
        maps,
        (d, y) => (y > 0 ? d : 0),
        arithmetic,
      );
      return claimed(
        {
          K: transposedProduct(toMaps, inputs, arithmetic),
          k: columnSums(toMaps, arithmetic),
          W: transposedProduct(delta, hidden, arithmetic),
          b: columnSums(delta, arithmetic),
        },
        storage,
      );
    },
  };
};
