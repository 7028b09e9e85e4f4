/** What every model of the bench is: named arrays, a loss of them, and a backward pass written by hand. */

import type { Arithmetic, Numbers, Precision } from '../arithmetic.js';
import type { Draws } from '../draws.js';

export type Arrays = Readonly<Record<string, Numbers>>;

export interface BenchModel {
  readonly parameters: Arrays;
  readonly loss: () => number;
  readonly gradients: () => Arrays;
}

/** Draws a model of about `size` parameters. */
export type Family = (draws: Draws, precision: Precision, size: number) => BenchModel;

/** `values` as this arithmetic stores them. */
export function stored(values: ArrayLike<number>, { zeros }: Arithmetic): Numbers {
  const numbers = zeros(values.length);
  numbers.set(values);
  return numbers;
}

/** Claimed gradients in the storage of the parameters. */
export function claimed(gradients: Readonly<Record<string, { data: Numbers }>>, storage: Arithmetic): Arrays {
  return Object.fromEntries(
    Object.entries(gradients).map(([name, { data }]) => [name, stored(data, storage)]),
  );
}
