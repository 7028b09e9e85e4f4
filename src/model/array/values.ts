/**
 * The one view that every kind of array becomes: a shape, and numbers in row-major order, read and written in place, singly
 * or all at once. Single access is what a sweep pays for each loss, so the views are classes with few shapes, not closures.
 */

import type { Reference } from '../references.js';
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

  constructor(shape: readonly number[], count: number, spacing: number, references: readonly Reference[]) {
    this.shape = shape;
    this.count = count;
    this.spacing = spacing;
    this.references = references;
  }

  abstract get(i: number): number;
  abstract set(i: number, value: number): void;

  /** The same numbers seen in another shape of the same size. */
  abstract reshaped(shape: readonly number[]): Values;

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

  reshaped(shape: readonly number[]): Values {
    return new RunValues(this.#row, this.#start, this.count, shape, this.references);
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

/** Rows of equal length, one after the other. */
export class RowsValues extends Values {
  readonly #rows: readonly Row[];
  readonly #width: number;

  constructor(rows: readonly Row[], shape: readonly number[], references: readonly Reference[]) {
    const width = rows[0]!.length;
    super(shape, rows.length * width, coarsestSpacing(rows), references);
    this.#rows = rows;
    this.#width = width;
  }

  get(i: number): number {
    return this.#rows[Math.floor(i / this.#width)]![i % this.#width]!;
  }

  set(i: number, value: number): void {
    this.#rows[Math.floor(i / this.#width)]![i % this.#width] = value;
  }

  reshaped(shape: readonly number[]): Values {
    return new RowsValues(this.#rows, shape, this.references);
  }

  override read(into: Float64Array): void {
    for (let r = 0; r < this.#rows.length; r += 1) readRow(this.#rows[r]!, into, r * this.#width);
  }

  override write(from: Float64Array): void {
    for (let r = 0; r < this.#rows.length; r += 1)
      writeRow(this.#rows[r]!, 0, from.subarray(r * this.#width, (r + 1) * this.#width));
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

  reshaped(shape: readonly number[]): Values {
    const { count, spacing, references } = this;
    return new AccessedValues(shape, count, this.#get, this.#set, { spacing, references });
  }
}

/** The view of a number that is a field of an object. */
export function fieldValues(fields: Record<string, unknown>, key: string): Values {
  return new AccessedValues(
    [],
    1,
    () => fields[key] as number,
    (_, value) => {
      fields[key] = value;
    },
  );
}
