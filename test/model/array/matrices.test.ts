import { describe, expect, it } from 'vitest';
import { valuesOf } from '../../../src/model/array/array-kinds.js';

const six = [1, 2, 3, 4, 5, 6];
const numbersIn = (value: unknown): readonly number[] | undefined => {
  const values = valuesOf(value);
  return values && Array.from({ length: values.count }, (_, i) => values.get(i));
};

describe('a matrix by its accessors', () => {
  const cells = (): object => {
    const numbers = six.slice();
    return {
      get: (i: number, j: number) => numbers[3 * i + j],
      set: (i: number, j: number, x: number) => {
        numbers[3 * i + j] = x;
      },
    };
  };

  it.each([
    { rows: 2, columns: 3 },
    { rows: 2, cols: 3 },
  ])('of %o', (sizes) => {
    const values = valuesOf({ ...sizes, ...cells() })!;
    expect(values).toMatchObject({ shape: [2, 3], count: 6 });
    values.set(4, -5);
    values.set(2, -3);
    expect(six.map((_, i) => values.get(i))).toEqual([1, 2, -3, 4, -5, 6]);
  });

  it('is none where a size or an accessor is missing', () => {
    const { get, set } = cells() as { get: unknown; set: unknown };
    for (const other of [
      { rows: 2, get, set },
      { columns: 3, get, set },
      { rows: 2, columns: 3, get },
      { rows: 2, columns: 3, set },
      { rows: 2.5, columns: 3, get, set },
      { rows: 2, columns: -3, get, set },
    ])
      expect(valuesOf(other)).toBeUndefined();
  });

  it('with `cols` is one only where `get` takes two indices and no numbers lie open', () => {
    const { set } = cells() as { set: unknown };
    expect(valuesOf({ rows: 2, cols: 3, get: (key: string) => key, set })).toBeUndefined();
    // Its numbers are its own data, and not what `get` gives.
    const open = { rows: 2, cols: 3, data: six, get: (i: number, j: number) => 100 * i + j, set };
    expect(numbersIn(open)).toEqual(six);
    expect(numbersIn({ rows: 2, cols: 3, get: (i: number, j: number) => 100 * i + j, set })).toEqual([
      0, 1, 2, 100, 101, 102,
    ]);
    // Where `columns` stands there, `get` is that of a matrix however it is declared.
    const columns = { rows: 2, columns: 3, get: (...place: number[]) => 100 * place[0]! + place[1]!, set };
    expect(numbersIn(columns)).toEqual([0, 1, 2, 100, 101, 102]);
  });
});

describe('an array with its sizes beside it', () => {
  it('has their shape', () => {
    const data = Float32Array.from(six);
    const values = valuesOf({ rows: 3, cols: 2, data })!;
    expect(values).toMatchObject({ shape: [3, 2], count: 6, spacing: 2 ** -23 });
    expect(values.references).toEqual([{ holder: expect.anything(), key: 'data', held: data, isHeld: true }]);
    values.set(1, 9);
    expect(data[1]).toBe(9);
  });

  it('keeps the dimensions that it has of its own', () => {
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(valuesOf({ rows: 2, cols: 3, data: rows })).toMatchObject({ shape: [2, 3], count: 6 });
    expect(valuesOf({ size: 6, data: rows })).toMatchObject({ shape: [2, 3], count: 6 });
  });

  it('is something else where the sizes do not make its count, or it has a layout of its own', () => {
    for (const other of [
      { rows: 3, cols: 3, data: six },
      { data: six },
      { rows: 2, cols: 3, W: six },
      { rows: 2, cols: 3, data: six, stride: 1 },
      { rows: 2, cols: 3, data: six, strides: [1] },
      { rows: 2, cols: 3, data: six, offset: 0 },
      { rows: 2, cols: 3, data: new Map([[0, 1]]) },
      { rows: 1, cols: 1, data: { rows: 1, cols: 1, data: [1] } },
    ])
      expect(valuesOf(other)).toBeUndefined();
  });
});

describe('a getter that throws', () => {
  const broken = (key: string): object =>
    Object.defineProperty({ data: six, rows: 2, cols: 3 }, key, {
      get: () => {
        throw new Error('not ready');
      },
    });

  it.each(['shape', 'dims', 'columns', 'length'])('has nothing to say: %s', (key) => {
    expect(numbersIn(broken(key))).toEqual(six);
  });

  it.each(['data', 'rows', 'cols'])('takes away what it was to give: %s', (key) => {
    expect(valuesOf(broken(key))).toBeUndefined();
  });
});

describe('an ndarray', () => {
  it('may reach its last place and not one further', () => {
    expect(numbersIn({ data: six, shape: [2, 2], stride: [3, 2] })).toEqual([1, 3, 4, 6]);
    expect(valuesOf({ data: six, shape: [2, 2], stride: [3, 3] })).toBeUndefined();
    expect(valuesOf({ data: six, shape: [2, 2], stride: [3, 2], offset: 1 })).toBeUndefined();
    expect(numbersIn({ data: six, shape: [3], stride: [-2], offset: 4 })).toEqual([5, 3, 1]);
    expect(valuesOf({ data: six, shape: [3], stride: [-2], offset: 3 })).toBeUndefined();
  });

  it('with strides of another number of dimensions is in row-major order', () => {
    expect(numbersIn({ data: six, shape: [2, 3], stride: [1] })).toEqual(six);
  });

  it('of three dimensions in another order is read and written by its strides', () => {
    const data = Array.from({ length: 12 }, (_, i) => i);
    const values = valuesOf({ data, shape: [2, 3, 2], strides: [1, 4, 2] })!;
    expect(data.map((_, i) => values.get(i))).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
    values.set(7, -3);
    expect(data[3]).toBe(-3);
  });

  it('may be empty', () => {
    expect(valuesOf({ data: [], shape: [0, 3] })).toMatchObject({ shape: [0, 3], count: 0 });
  });
});

describe('a nested array', () => {
  it('is one down to 32 dimensions', () => {
    const deep = (depth: number): unknown => (depth === 0 ? [1, 2] : [deep(depth - 1)]);
    expect(valuesOf(deep(32))!.shape).toHaveLength(33);
    expect(valuesOf(deep(33))).toBeUndefined();
  });

  it('of one row is that row, and what holds it', () => {
    const value = [[[1, 2]]];
    const values = valuesOf(value)!;
    expect(values.shape).toEqual([1, 1, 2]);
    expect(values.references.map(({ held }) => held)).toEqual([value[0]![0], value[0]]);
  });
});
