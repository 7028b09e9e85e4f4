/** The entries of a matrix, row by row → whether it is an outer product, a column times a row, and of what. */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/** gᵢⱼ = columnᵢ rowⱼ. */
export interface Factors {
  readonly column: Float64Array;
  readonly row: Float64Array;
}

/** Products are rounded once each, in single precision at worst. */
const SAME_WITHIN: number = 2 ** -20;

/** A matrix is no outer product where an entry is off by this share of the largest at least, and by so many times what is uncertain. */
const LEAST_OFF: number = 2 ** -10;
const TIMES_UNCERTAIN = 4;

/**
 * The factors of an outer product of exact numbers; undefined where it is none. Columns and rows need two numbers that are not zero, and
 * not all of one size.
 */
export function outerFactors(entries: Float64Array, { rows, columns }: Matrix): Factors | undefined {
  const pivot = largestOf(entries);
  const size = Math.abs(entries[pivot]!);
  if (!(size > 0 && size < Infinity)) return undefined;
  const { column, row } = through(entries, pivot, columns);
  const count = (array: Float64Array): number => array.reduce((sum, x) => sum + Number(x !== 0), 0);
  if (rows < 2 || count(column) < 2 || count(row) < 2) return undefined;
  if (isEven(column) || isEven(row)) return undefined;
  const isProduct = entries.every((x, i) => {
    const product = column[Math.floor(i / columns)]! * row[i % columns]!;
    return Math.abs(x - product) <= SAME_WITHIN * Math.abs(product);
  });
  return isProduct ? { column, row } : undefined;
}

/** Whether all numbers are of one size, as where something else stands in the place of a factor: sums of other factors have the same form. */
function isEven(array: Float64Array): boolean {
  return array.every((x) => Math.abs(Math.abs(x) - Math.abs(array[0]!)) <= SAME_WITHIN * Math.abs(x));
}

/** Whether a matrix may be an outer product, as far as is certain. */
export function isOuter(entries: Float64Array, uncertainty: Float64Array, { columns }: Matrix): boolean {
  const pivot = largestOf(entries);
  const size = Math.abs(entries[pivot]!);
  const { column, row } = through(entries, pivot, columns);
  const doubts = through(uncertainty, pivot, columns);
  return entries.every((x, i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    // What is uncertain of the entry, and of the three that its product is made of.
    const doubt =
      uncertainty[i]! +
      Math.abs(row[c]!) * (doubts.column[r]! + (Math.abs(column[r]!) * uncertainty[pivot]!) / size) +
      (Math.abs(column[r]!) * uncertainty[pivot - (pivot % columns) + c]!) / size;
    return Math.abs(x - column[r]! * row[c]!) <= Math.max(TIMES_UNCERTAIN * doubt, LEAST_OFF * size);
  });
}

/** The column and the row through an entry, the row in units of it. */
function through(entries: Float64Array, pivot: number, columns: number): Factors {
  const [r, c] = [Math.floor(pivot / columns), pivot % columns];
  const column = Float64Array.from({ length: entries.length / columns }, (_, i) => entries[i * columns + c]!);
  const row = entries.slice(r * columns, (r + 1) * columns).map((x) => x / entries[pivot]!);
  return { column, row };
}

function largestOf(entries: Float64Array): number {
  return entries.reduce((most, x, i) => (Math.abs(x) > Math.abs(entries[most]!) ? i : most), 0);
}
