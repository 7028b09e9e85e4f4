/**
 * Arbitrary trees of parameters, each grown together with a reader that finds its numbers as a user's code would: by field,
 * index, key and accessor, without the views under test.
 */

import fc from 'fast-check';
import type { Root } from '../src/model/tree/path-view.js';

/** A tree as a root that a model's parameters hang on. */
export function rootOf(value: unknown): Root {
  return { box: { value }, name: 'parameters', links: [] };
}

/** A kind of tree: how its numbers are read from the value that stands there now, and how a gradient for it is written. */
export interface Reader {
  read(now: unknown): number[];
  /** A tree of the same form whose numbers are `of` those of the tree. */
  map(now: unknown, of: (number: number) => number): unknown;
}

export interface Tree extends Reader {
  readonly value: unknown;
}

/** A dense matrix with `rows`, `columns`, `get` and `set`, as the linear algebra libraries have. */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly #cells: Map<string, number> = new Map();

  constructor(rows: readonly (readonly number[])[]) {
    this.rows = rows.length;
    this.columns = rows[0]!.length;
    for (const [i, row] of rows.entries()) for (const [j, number] of row.entries()) this.set(i, j, number);
  }

  get(i: number, j: number): number {
    return this.#cells.get(`${i} ${j}`)!;
  }

  set(i: number, j: number, number: number): this {
    this.#cells.set(`${i} ${j}`, number);
    return this;
  }
}

/** A two-dimensional ndarray over borrowed data. */
export class NdArray {
  readonly data: Float64Array | Float32Array | number[];
  readonly shape: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly offset: number;

  constructor(
    data: Float64Array | Float32Array | number[],
    shape: readonly [number, number],
    stride: readonly [number, number],
    offset = 0,
  ) {
    this.data = data;
    this.shape = shape;
    this.stride = stride;
    this.offset = offset;
  }

  at(i: number, j: number): number {
    return this.data[this.offset + i * this.stride[0] + j * this.stride[1]]!;
  }
}

type Numbers = fc.Arbitrary<number>;

const size = fc.integer({ min: 1, max: 3 });
const rectangle = (numbers: Numbers): fc.Arbitrary<number[][]> =>
  fc.tuple(size, size).chain(([rows, columns]) => {
    const row = fc.array(numbers, { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });
const list = (numbers: Numbers): fc.Arbitrary<number[]> => fc.array(numbers, { minLength: 1, maxLength: 4 });

const flat: Reader = {
  read: (now) => Array.from(now as ArrayLike<number>),
  map: (now, of) => Array.from(now as ArrayLike<number>, of),
};
const nested: Reader = {
  read: (now) => (now as ArrayLike<number>[]).flatMap((row) => Array.from(row)),
  map: (now, of) => (now as ArrayLike<number>[]).map((row) => Array.from(row, of)),
};

/** Fields, indices or keys: a reader for each child, by its key. */
function container(
  children: ReadonlyMap<string | number, Reader>,
  childOf: (now: unknown, key: string | number) => unknown,
  build: (entries: [string | number, unknown][]) => unknown,
): Reader {
  return {
    read: (now) => [...children].flatMap(([key, child]) => child.read(childOf(now, key))),
    map: (now, of) => build([...children].map(([key, child]) => [key, child.map(childOf(now, key), of)])),
  };
}

const fieldOf = (now: unknown, key: string | number): unknown => Reflect.get(now as object, key);
const entryOf = (now: unknown, key: string | number): unknown => (now as Map<unknown, unknown>).get(key);

function leaves(numbers: Numbers): fc.Arbitrary<Tree>[] {
  const scalar = {
    read: (now: unknown) => [now as number],
    map: (now: unknown, of: (x: number) => number) => of(now as number),
  };
  return [
    numbers.map((value) => ({ value, ...scalar })),
    list(numbers).map((value) => ({ value, ...flat })),
    list(numbers).map((value) => ({ value: Float64Array.from(value), ...flat })),
    list(numbers).map((value) => ({ value: Float32Array.from(value), ...flat })),
    rectangle(numbers).map((value) => ({ value, ...nested })),
    rectangle(numbers).map((rows) => ({ value: rows.map((row) => Float32Array.from(row)), ...nested })),
    fc
      .tuple(numbers, list(numbers))
      .map(([first, rest]) => ({ value: [[first], [first, ...rest]], ...nested })),
    fc.tuple(numbers, numbers).map(([first, last]) => {
      const value: number[] = [];
      value[0] = first;
      value[2] = last;
      const read = (now: unknown): number[] => [(now as number[])[0]!, (now as number[])[2]!];
      return { ...flat, value, read };
    }),
    rectangle(numbers).map((rows) => ({
      value: new Matrix(rows),
      read: (now) => rows.flatMap((row, i) => row.map((_, j) => (now as Matrix).get(i, j))),
      map: (now, of) => rows.map((row, i) => row.map((_, j) => of((now as Matrix).get(i, j)))),
    })),
    fc.tuple(rectangle(numbers), fc.boolean()).map(([rows, single]) => {
      // Stored column by column behind two numbers of someone else's.
      const [m, n] = [rows.length, rows[0]!.length];
      const stored = [7, 7, ...rows[0]!.flatMap((_, j) => rows.map((row) => row[j]!))];
      const value = new NdArray((single ? Float32Array : Float64Array).from(stored), [m, n], [1, m], 2);
      return {
        value,
        read: (now) => rows.flatMap((row, i) => row.map((_, j) => (now as NdArray).at(i, j))),
        map: (now, of) => rows.map((row, i) => row.map((_, j) => of((now as NdArray).at(i, j)))),
      };
    }),
    fc
      .tuple(list(numbers), fc.constantFrom(['data', 'grad'], ['w', 'dw'], ['params', 'grads']))
      .map(([value, [field, gradient]]) => ({
        value: { [field]: Float64Array.from(value), [gradient]: value.map(() => 0) },
        read: (now) => flat.read(fieldOf(now, field)),
        map: (now, of) => flat.map(fieldOf(now, field), of),
      })),
    numbers.map((value) => ({
      value: { data: value, grad: 0, _prev: new Set<unknown>() },
      read: (now) => [(now as { data: number }).data],
      map: (now, of) => ({ data: 0, grad: of((now as { data: number }).data) }),
    })),
  ];
}

class Layer {
  forward(): void {
    throw new Error('a method is no parameter');
  }
}

const KEYS = ['W', 'b', 'gain', 'a b', '0.weight', 'θ'];

function branches(child: fc.Arbitrary<Tree>): fc.Arbitrary<Tree>[] {
  const keyed = fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), child), {
    minLength: 1,
    maxLength: 3,
    selector: ([key]) => key,
  });
  const readers = (entries: readonly (readonly [string | number, Tree])[]): Map<string | number, Reader> =>
    new Map(entries);
  const valuesOf = (entries: readonly (readonly [string, Tree])[]): [string, unknown][] =>
    entries.map(([key, { value }]) => [key, value]);
  return [
    keyed.map((entries) => ({
      value: Object.fromEntries(valuesOf(entries)),
      ...container(readers(entries), fieldOf, Object.fromEntries),
    })),
    keyed.map((entries) => ({
      value: Object.assign(new Layer(), { act: Math.tanh }, Object.fromEntries(valuesOf(entries))),
      ...container(readers(entries), fieldOf, Object.fromEntries),
    })),
    keyed.map((entries) => ({
      value: new Map(valuesOf(entries)),
      ...container(readers(entries), entryOf, (mapped) => new Map(mapped)),
    })),
    fc.array(child, { minLength: 1, maxLength: 3 }).map((children) => ({
      value: children.map(({ value }) => value),
      ...container(readers(children.map((tree, i) => [i, tree])), fieldOf, (mapped) =>
        mapped.map(([, value]) => value),
      ),
    })),
    fc.array(child, { minLength: 1, maxLength: 3 }).map((children) => ({
      value: new Map(children.map(({ value }, i) => [i, value])),
      ...container(readers(children.map((tree, i) => [i, tree])), entryOf, (mapped) => new Map(mapped)),
    })),
  ];
}

/** Trees of every kind, at least one level deep so that each number has a place to be written to. */
export function trees(numbers: Numbers): fc.Arbitrary<Tree> {
  const leaf = fc.oneof(...leaves(numbers));
  return fc.oneof(...branches(fc.oneof({ weight: 3, arbitrary: leaf }, ...branches(leaf))));
}

/** Every kind of double, the odd ones often. */
export const doubles: Numbers = fc.oneof(
  fc.double(),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(
    0,
    -0,
    1,
    5e-324,
    -5e-324,
    1e-310,
    1.7976931348623157e308,
    -1e308,
    Infinity,
    -Infinity,
    NaN,
  ),
);
