/** Rows: what a row of stored numbers is, and the view that every kind of array becomes. */

/** Numbers somewhere in the user's memory, seen as one flat row-major array. */
export interface Values {
  /** Sizes by dimension; `[n]` for a flat array. */
  readonly shape: readonly number[];
  readonly count: number;
  get(i: number): number;
  set(i: number, value: number): void;
  /** Relative spacing of the stored numbers: 2^-52, 2^-23 or 2^-10; 0 for integers, which can't be perturbed. */
  readonly spacing: number;
  /** The objects that hold the numbers, outermost first; asked whether they are frozen. */
  readonly holders: readonly object[];
}

type FloatOrIntArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** Something with a length and numbers at its indices. */
export type Row = number[] | FloatOrIntArray;

/** Relative spacing by storage: 2^-(explicit mantissa bits), IEEE 754; plain numbers are doubles. */
const SPACINGS: Readonly<Record<string, number>> = {
  Float64Array: 2 ** -52,
  Float32Array: 2 ** -23,
  Float16Array: 2 ** -10,
};
export const PLAIN_SPACING: number = 2 ** -52;

/** A typed array of numbers; not one of bigints, not a DataView. */
export function isTypedArray(value: unknown): value is FloatOrIntArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
}

function isBigIntArray(value: ArrayBufferView): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

/** The relative spacing of the numbers that a row stores; 0 for integers. */
export function storageSpacing(row: Row): number {
  if (Array.isArray(row)) return PLAIN_SPACING;
  return SPACINGS[row[Symbol.toStringTag]] ?? 0;
}

/** An array of numbers without holes. */
export function isNumberRow(value: readonly unknown[]): value is number[] {
  for (let i = 0; i < value.length; i += 1) if (typeof value[i] !== 'number') return false;
  return true;
}
