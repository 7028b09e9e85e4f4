/** A parameter moved as a whole along a few directions → a number for each, how far, in the place of all its entries. */

import { Values } from '../array/values.js';
import type { Parameter } from './parameters.js';

class DirectionalValues extends Values {
  readonly #moved: Values;
  readonly #from: Float64Array;
  readonly #along: readonly Float64Array[];
  readonly #rest: number;
  readonly #at: Float64Array;

  constructor(moved: Values, from: Float64Array, along: readonly Float64Array[], rest: number) {
    super([along.length], along.length, moved.spacing, []);
    this.#moved = moved;
    this.#from = from;
    this.#along = along;
    this.#rest = rest;
    this.#at = new Float64Array(along.length).fill(rest);
  }

  get(k: number): number {
    return this.#at[k]!;
  }

  set(k: number, value: number): void {
    this.#at[k] = value;
    this.#move();
  }

  override write(from: Float64Array): void {
    this.#at.set(from);
    this.#move();
  }

  #move(): void {
    const to = this.#from.slice();
    for (const [k, value] of this.#at.entries()) {
      const far = value - this.#rest;
      // Adding 0 would turn −0 into 0.
      if (far !== 0)
        for (let i = 0; i < to.length; i += 1)
          if (this.#along[k]![i] !== 0) to[i]! += far * this.#along[k]![i]!;
    }
    this.#moved.write(to);
  }

  reshaped(): Values {
    return this;
  }
}

/**
 * The parameter as some numbers: all of them `rest` at θ, `rest` + s in the place of t at θ + s t.
 * @param saved θ
 * @param along the directions t
 */
export function directionalParameter(
  parameter: Parameter,
  saved: Float64Array,
  along: readonly Float64Array[],
  rest: number,
): Parameter {
  const values = new DirectionalValues(parameter.values, saved, along, rest);
  return { ...parameter, values, shape: values.shape, count: values.count };
}
