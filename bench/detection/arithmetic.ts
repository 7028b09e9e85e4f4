/**
 * The arithmetics in which the models are computed: doubles, or single precision with every result rounded. Matrices are
 * row-major; each operation makes a new one.
 */

export type Numbers = Float64Array | Float32Array;

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Numbers;
}

/** Where a dot product takes its factors from. */
interface Factor {
  readonly data: Numbers;
  readonly step: number;
}

export interface Arithmetic {
  /** The nearest number that this arithmetic has. */
  readonly round: (value: number) => number;
  readonly zeros: (length: number) => Numbers;
  /** Σ a[i + k · a.step] b[j + k · b.step] for k < count, summed in that order. */
  readonly dot: (a: Factor, i: number, b: Factor, j: number, count: number) => number;
}

export const double: Arithmetic = {
  round: (value) => value,
  zeros: (length) => new Float64Array(length),
  dot: (a, i, b, j, count) => {
    let sum = 0;
    for (let k = 0; k < count; k += 1) sum += a.data[i + k * a.step]! * b.data[j + k * b.step]!;
    return sum;
  },
};

export const single: Arithmetic = {
  round: Math.fround,
  zeros: (length) => new Float32Array(length),
  dot: (a, i, b, j, count) => {
    let sum = 0;
    for (let k = 0; k < count; k += 1)
      sum = Math.fround(sum + Math.fround(a.data[i + k * a.step]! * b.data[j + k * b.step]!));
    return sum;
  },
};

/** How the parameters and the claimed gradients are stored, and how everything between them is computed. */
export interface Precision {
  readonly name: string;
  readonly arithmetic: Arithmetic;
  readonly storage: Arithmetic;
  /** Size of the planted error, in root mean squares of its parameter's gradient. */
  readonly planted: number;
}

export const PRECISIONS = {
  float64: { name: 'float64', arithmetic: double, storage: double, planted: 1e-4 },
  float32: { name: 'float32', arithmetic: single, storage: single, planted: 5e-2 },
  stored: { name: 'float64 in Float32Array', arithmetic: double, storage: single, planted: 1e-4 },
} satisfies Record<string, Precision>;

export function matrix(rows: number, columns: number, data: Numbers): Matrix {
  return { rows, columns, data };
}

export function transposed(a: Matrix, { zeros }: Arithmetic): Matrix {
  const data = zeros(a.data.length);
  for (let i = 0; i < a.rows; i += 1)
    for (let j = 0; j < a.columns; j += 1) data[j * a.rows + i] = a.data[i * a.columns + j]!;
  return matrix(a.columns, a.rows, data);
}

/** A B. */
export function product(a: Matrix, b: Matrix, arithmetic: Arithmetic): Matrix {
  const data = arithmetic.zeros(a.rows * b.columns);
  const left: Factor = { data: a.data, step: 1 };
  const right: Factor = { data: b.data, step: b.columns };
  for (let i = 0; i < a.rows; i += 1)
    for (let j = 0; j < b.columns; j += 1)
      data[i * b.columns + j] = arithmetic.dot(left, i * a.columns, right, j, a.columns);
  return matrix(a.rows, b.columns, data);
}

/** A Bᵀ. */
export function productTransposed(a: Matrix, b: Matrix, arithmetic: Arithmetic): Matrix {
  const data = arithmetic.zeros(a.rows * b.rows);
  const left: Factor = { data: a.data, step: 1 };
  const right: Factor = { data: b.data, step: 1 };
  for (let i = 0; i < a.rows; i += 1)
    for (let j = 0; j < b.rows; j += 1)
      data[i * b.rows + j] = arithmetic.dot(left, i * a.columns, right, j * b.columns, a.columns);
  return matrix(a.rows, b.rows, data);
}

/** Aᵀ B. */
export function transposedProduct(a: Matrix, b: Matrix, arithmetic: Arithmetic): Matrix {
  const data = arithmetic.zeros(a.columns * b.columns);
  const left: Factor = { data: a.data, step: a.columns };
  const right: Factor = { data: b.data, step: b.columns };
  for (let i = 0; i < a.columns; i += 1)
    for (let j = 0; j < b.columns; j += 1)
      data[i * b.columns + j] = arithmetic.dot(left, i, right, j, a.rows);
  return matrix(a.columns, b.columns, data);
}

/** Each entry of A with its neighbour in B, rounded once by the store; `combine` must round what it does before. */
export function zip(
  a: Matrix,
  b: Matrix,
  combine: (x: number, y: number) => number,
  { zeros }: Arithmetic,
): Matrix {
  const data = zeros(a.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = combine(a.data[i]!, b.data[i]!);
  return matrix(a.rows, a.columns, data);
}

export function map(a: Matrix, change: (x: number) => number, arithmetic: Arithmetic): Matrix {
  return zip(a, a, change, arithmetic);
}

export const sum = (a: Matrix, b: Matrix, arithmetic: Arithmetic): Matrix =>
  zip(a, b, (x, y) => x + y, arithmetic);

/** A with `row` added to each row. */
export function plusRow(a: Matrix, row: Numbers, { zeros }: Arithmetic): Matrix {
  const data = zeros(a.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = a.data[i]! + row[i % a.columns]!;
  return matrix(a.rows, a.columns, data);
}

/** A with each row multiplied by `row`, entry by entry. */
export function timesRow(a: Matrix, row: Numbers, { zeros }: Arithmetic): Matrix {
  const data = zeros(a.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = a.data[i]! * row[i % a.columns]!;
  return matrix(a.rows, a.columns, data);
}

export function columnSums(a: Matrix, { zeros }: Arithmetic): Matrix {
  const data = zeros(a.columns);
  for (let i = 0; i < a.data.length; i += 1) data[i % a.columns]! += a.data[i]!;
  return matrix(1, a.columns, data);
}
