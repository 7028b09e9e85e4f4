/** Rows: runs of numbers in the user's memory, and how finely each kind stores them. */

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
/** Of plain numbers, in arrays and in fields. */
export const PLAIN_SPACING: number = 2 ** -52;

/** A typed array of numbers; not one of bigints, not a DataView. */
export function isTypedArray(value: unknown): value is FloatOrIntArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
}

function isBigIntArray(value: ArrayBufferView): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

/** The relative spacing of the numbers that a row stores; 0 for integers. */
function storageSpacing(row: Row): number {
  if (Array.isArray(row)) return PLAIN_SPACING;
  return SPACINGS[row[Symbol.toStringTag]] ?? 0;
}

/** An array of numbers without holes. */
export function isNumberRow(value: readonly unknown[]): value is number[] {
  for (let i = 0; i < value.length; i += 1) if (typeof value[i] !== 'number') return false;
  return true;
}

/** Whether a value is one run of numbers. */
export function isFlat(value: unknown): value is Row {
  return isTypedArray(value) || (Array.isArray(value) && isNumberRow(value));
}

/** The coarsest spacing among some rows; 0 as soon as one holds integers, which can't be perturbed at all. */
export function coarsestSpacing(rows: readonly Row[]): number {
  let spacing = PLAIN_SPACING;
  for (const row of rows) {
    const own = storageSpacing(row);
    if (own === 0) return 0;
    if (own > spacing) spacing = own;
  }
  return spacing;
}
