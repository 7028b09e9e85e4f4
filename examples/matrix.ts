/** Matrices as nested arrays: just as much as the three-layer network needs. */

export type Matrix = number[][];

export const transpose = (a: Matrix): Matrix =>
  (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? Number.NaN));

/** The matrix product. */
export const dot = (a: Matrix, b: Matrix): Matrix => {
  const columns = transpose(b);
  return a.map((row) =>
    columns.map((column) => sum(row.map((value, k) => value * (column[k] ?? Number.NaN)))),
  );
};

/** `f` of every entry. */
export const map = (a: Matrix, f: (value: number) => number): Matrix => a.map((row) => row.map(f));

export const scale = (factor: number, a: Matrix): Matrix => map(a, (value) => factor * value);

/** `f` of every two entries in the same place. A single column in `b` is repeated, as NumPy does. */
export const zip = (a: Matrix, b: Matrix, f: (x: number, y: number) => number): Matrix =>
  a.map((row, i) => row.map((x, j) => f(x, b[i]?.[b[i].length === 1 ? 0 : j] ?? Number.NaN)));

/** The sum of every row, as a column. */
export const sumRows = (a: Matrix): Matrix => a.map((row) => [sum(row)]);

export const sum = (values: readonly number[]): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
