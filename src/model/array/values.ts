/**
 * The one view that every kind of array becomes: a shape, and numbers in row-major order, read and written in place, singly
 * or all at once. Single access is what a sweep pays for each loss, so the views are classes with few shapes, not closures.
 */

import type { Segment } from '../path.js';
import type { Fields, Reference } from '../references.js';
import { coarsestSpacing, PLAIN_SPACING, type Row } from './storage.js';

/** Numbers somewhere in the user's memory, seen as one flat row-major array. */
export abstract class Values {
  /** Sizes by dimension; `[n]` for a flat array, `[]` for a scalar. */
  readonly shape: readonly number[];
  readonly count: number;
  /** Relative spacing of the stored numbers: 2^-52, 2^-23 or 2^-10; 0 for integers, which can't be perturbed. */
  readonly spacing: number;
  /** Where the arrays that hold the numbers were found within the value that this is the view of. */
  readonly references: readonly Reference[];
  /** Whether they can only be written all at once, as by a setter that takes an array. */
  readonly isWhole: boolean = false;

  constructor(shape: readonly number[], count: number, spacing: number, references: readonly Reference[]) {
    this.shape = shape;
    this.count = count;
    this.spacing = spacing;
    this.references = references;
  }

  abstract get(i: number): number;
  abstract set(i: number, value: number): void;

  /**
   * Looks up again what the view is of, where that may have been replaced; before single entries are read or written.
   * @returns a view of what stands there now, until the user's code runs again
   */
  renew(): Values {
    return this;
  }

  /** Copies all numbers into `into`. */
  read(into: Float64Array): void {
    for (let i = 0; i < this.count; i += 1) into[i] = this.get(i);
  }

  /** Copies all numbers from `from`. */
  write(from: Float64Array): void {
    for (let i = 0; i < this.count; i += 1) this.set(i, from[i]!);
  }
}

/** One run of numbers: a typed array or number[], or a part of one. */
export class RunValues extends Values {
  readonly #row: Row;
  readonly #start: number;

  constructor(
    row: Row,
    start: number,
    count: number,
    shape: readonly number[],
    references: readonly Reference[],
  ) {
    super(shape, count, coarsestSpacing([row]), references);
    this.#row = row;
    this.#start = start;
  }

  get(i: number): number {
    return this.#row[this.#start + i]!;
  }

  set(i: number, value: number): void {
    this.#row[this.#start + i] = value;
  }

  override read(into: Float64Array): void {
    const whole = this.#start === 0 && this.#row.length === this.count;
    readRow(whole ? this.#row : this.#row.slice(this.#start, this.#start + this.count), into, 0);
  }

  override write(from: Float64Array): void {
    writeRow(this.#row, this.#start, from);
  }
}

// `set` is slow for plain arrays.

function readRow(row: Row, into: Float64Array, start: number): void {
  if (Array.isArray(row)) for (let i = 0; i < row.length; i += 1) into[start + i] = row[i]!;
  else into.set(row, start);
}

function writeRow(row: Row, start: number, from: Float64Array): void {
  if (Array.isArray(row)) for (let i = 0; i < from.length; i += 1) row[start + i] = from[i]!;
  else row.set(from, start);
}

/** A nested array: rows of equal length, one after the other. Which array stands in the place of a row is looked up each time. */
export class NestedValues extends Values {
  readonly #outer: readonly unknown[];
  readonly #width: number;

  /** @param rows the innermost arrays, as they stand now */
  constructor(
    outer: readonly unknown[],
    rows: readonly Row[],
    shape: readonly number[],
    references: readonly Reference[],
  ) {
    const width = rows[0]!.length;
    super(shape, rows.length * width, coarsestSpacing(rows), references);
    this.#outer = outer;
    this.#width = width;
  }

  get(i: number): number {
    return this.#row(Math.floor(i / this.#width))[i % this.#width]!;
  }

  set(i: number, value: number): void {
    this.#row(Math.floor(i / this.#width))[i % this.#width] = value;
  }

  override read(into: Float64Array): void {
    for (let start = 0; start < this.count; start += this.#width) {
      const row = this.#row(start / this.#width);
      readRow(row.length === this.#width ? row : row.slice(0, this.#width), into, start);
    }
  }

  override write(from: Float64Array): void {
    // Rows may be short: a copy of each part of `from` would take longer than writing it.
    for (let start = 0; start < this.count; start += this.#width) {
      const row = this.#row(start / this.#width);
      for (let j = 0; j < this.#width; j += 1) row[j] = from[start + j]!;
    }
  }

  #row(r: number): Row {
    const { shape } = this;
    if (shape.length === 2) return this.#outer[r] as Row;
    let at: unknown = this.#outer;
    let rest = r;
    for (let k = 1, below = this.count / this.#width; k < shape.length; k += 1) {
      below /= shape[k - 1]!;
      at = (at as readonly unknown[])[Math.floor(rest / below)];
      rest %= below;
    }
    return at as Row;
  }
}

/** Numbers that are reached through functions: matrices with `get` and `set`, and single fields. */
export class AccessedValues extends Values {
  readonly #get: (i: number) => number;
  readonly #set: (i: number, value: number) => void;

  constructor(
    shape: readonly number[],
    count: number,
    get: (i: number) => number,
    set: (i: number, value: number) => void,
    {
      spacing = PLAIN_SPACING,
      references = [],
    }: { spacing?: number; references?: readonly Reference[] } = {},
  ) {
    super(shape, count, spacing, references);
    this.#get = get;
    this.#set = set;
  }

  get(i: number): number {
    return this.#get(i);
  }

  set(i: number, value: number): void {
    this.#set(i, value);
  }
}

/** The view of a number that is a field of an object, or stands in a Map. */
export function fieldValues(holder: object, key: Segment): Values {
  const fields = holder as Fields;
  return holder instanceof Map
    ? new AccessedValues(
        [],
        1,
        () => holder.get(key) as number,
        (_, value) => {
          holder.set(key, value);
        },
      )
    : new AccessedValues(
        [],
        1,
        () => fields[key] as number,
        (_, value) => {
          fields[key] = value;
        },
      );
}
