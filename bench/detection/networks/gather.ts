/** Layers that move entries: patches of images, windows of a pooling, rows of a table. */

import { type Arithmetic, matrix, type Matrix } from '../arithmetic.js';
import { type Layer, type Setting, weights } from './layer.js';

/** A matrix of `columns` columns whose entry k is entry indices[k] of the input. */
export function gather({ arithmetic }: Setting, columns: number, indices: readonly number[]): Layer {
  return {
    parameters: {},
    forward: (input) => ({
      output: picked(input, columns, indices, arithmetic),
      back(slopes) {
        const { round } = arithmetic;
        const data = arithmetic.zeros(input.data.length);
        for (const [k, index] of indices.entries()) data[index] = round(data[index]! + slopes.data[k]!);
        return matrix(input.rows, input.columns, data);
      },
    }),
  };
}

function picked(a: Matrix, columns: number, indices: readonly number[], { zeros }: Arithmetic): Matrix {
  const data = zeros(indices.length);
  for (const [k, index] of indices.entries()) data[k] = a.data[index]!;
  return matrix(indices.length / columns, columns, data);
}

/** The largest entry of each row; the first of equal ones. */
export function rowLargest({ arithmetic }: Setting): Layer {
  return {
    parameters: {},
    forward(input) {
      const { rows, columns, data } = input;
      const places = Array.from({ length: rows }, (_, i) => {
        let best = i * columns;
        for (let k = best + 1; k < (i + 1) * columns; k += 1) if (data[k]! > data[best]!) best = k;
        return best;
      });
      return {
        output: picked(input, 1, places, arithmetic),
        back(slopes) {
          const scattered = arithmetic.zeros(data.length);
          for (const [i, place] of places.entries()) scattered[place] = slopes.data[i]!;
          return matrix(rows, columns, scattered);
        },
      };
    },
  };
}

/** The mean of each row. */
export function rowMean({ arithmetic }: Setting): Layer {
  const { round, zeros } = arithmetic;
  return {
    parameters: {},
    forward({ rows, columns, data }) {
      const means = zeros(rows);
      for (let i = 0; i < rows; i += 1) {
        let total = 0;
        for (let j = 0; j < columns; j += 1) total = round(total + data[i * columns + j]!);
        means[i] = total / columns;
      }
      return {
        output: matrix(rows, 1, means),
        back(slopes) {
          const spread = zeros(data.length);
          for (let k = 0; k < spread.length; k += 1)
            spread[k] = slopes.data[Math.floor(k / columns)]! / columns;
          return matrix(rows, columns, spread);
        },
      };
    },
  };
}

export interface Table {
  readonly name: string;
  readonly words: number;
  readonly width: number;
  /** How many rows of the table stand side by side in one row of the output. */
  readonly context: number;
  /** The words, `context` for each sample; read at each call. */
  readonly tokens: readonly number[];
}

/** The rows of a table that the tokens name; it looks at no input. */
export function embedding(setting: Setting, { name, words, width, context, tokens }: Table): Layer {
  const { arithmetic } = setting;
  const table = weights(setting, words, width);
  const indices = (): number[] =>
    tokens.flatMap((token) => Array.from({ length: width }, (_, k) => token * width + k));
  return {
    parameters: { [name]: table },
    forward: (input) => ({
      output: picked(table, context * width, indices(), arithmetic),
      back(slopes, add) {
        const data = arithmetic.zeros(table.data.length);
        for (const [k, index] of indices().entries())
          data[index] = arithmetic.round(data[index]! + slopes.data[k]!);
        add(name, matrix(words, width, data));
        return matrix(input.rows, input.columns, arithmetic.zeros(input.data.length));
      },
    }),
  };
}

export interface Window {
  readonly images: number;
  readonly side: number;
  readonly channels: number;
  readonly size: number;
  readonly stride: number;
}

/**
 * The places of a window that slides over images, which lie image by image, row by row, column by column, channel by channel:
 * for a kernel the indices of all channels in it, for a pooling those of each channel by itself.
 */
export function windows({ images, side, channels, size, stride }: Window, by: 'kernel' | 'channel') {
  const extent = Math.floor((side - size) / stride) + 1;
  const indices: number[] = [];
  const push = (image: number, r: number, c: number, from: number, to: number): void => {
    for (let i = r; i < r + size; i += 1)
      for (let j = c; j < c + size; j += 1)
        for (let k = from; k < to; k += 1) indices.push(((image * side + i) * side + j) * channels + k);
  };
  for (let image = 0; image < images; image += 1)
    for (let r = 0; r < extent; r += 1)
      for (let c = 0; c < extent; c += 1)
        if (by === 'kernel') push(image, r * stride, c * stride, 0, channels);
        else for (let k = 0; k < channels; k += 1) push(image, r * stride, c * stride, k, k + 1);
  return { extent, indices };
}

/** The same entries in rows of `columns`. */
export function reshape(columns: number): Layer {
  const shaped = (a: Matrix, width: number): Matrix => matrix(a.data.length / width, width, a.data);
  return {
    parameters: {},
    forward: (input) => ({
      output: shaped(input, columns),
      back: (slopes) => shaped(slopes, input.columns),
    }),
  };
}
