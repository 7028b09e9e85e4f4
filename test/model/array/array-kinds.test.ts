import { describe, expect, it } from 'vitest';
import { valuesOf } from '../../../src/model/array/array-kinds.js';
import { Matrix, NdArray } from '../../trees.js';

interface Case {
  readonly kind: string;
  readonly value: unknown;
  readonly shape: readonly number[];
  readonly entries: readonly number[];
}

const six = [1, 2, 3, 4, 5, 6];

/** Numbers by their index, as those of mathjs are. */
const indexed = (shape: readonly number[], numbers: number[]): object => {
  const place = (index: readonly number[]): number => index.reduce((sum, i, k) => sum * shape[k]! + i, 0);
  return {
    size: () => shape,
    get: (index: number[]) => numbers[place(index)],
    set: (index: number[], x: number) => {
      numbers[place(index)] = x;
    },
  };
};

const cases: readonly Case[] = [
  { kind: 'a flat array', value: [1, 2, 3], shape: [3], entries: [1, 2, 3] },
  { kind: 'an empty array', value: [], shape: [0], entries: [] },
  { kind: 'an array of empty arrays', value: [[], []], shape: [2, 0], entries: [] },
  {
    kind: 'a nested array',
    value: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    shape: [2, 3],
    entries: six,
  },
  { kind: 'an array of one row', value: [[1, 2]], shape: [1, 2], entries: [1, 2] },
  { kind: 'an array of columns', value: [[1], [2]], shape: [2, 1], entries: [1, 2] },
  {
    kind: 'a three-dimensional array',
    value: [[[1, 2]], [[3, 4]], [[5, 6]]],
    shape: [3, 1, 2],
    entries: six,
  },
  {
    kind: 'an array of typed arrays',
    value: [Float32Array.of(1, 2), Float32Array.of(3, 4)],
    shape: [2, 2],
    entries: [1, 2, 3, 4],
  },
  { kind: 'an array of both', value: [[1, 2], Float64Array.of(3, 4)], shape: [2, 2], entries: [1, 2, 3, 4] },
  { kind: 'a part of a buffer', value: Float64Array.from(six).subarray(2, 4), shape: [2], entries: [3, 4] },
  {
    kind: 'an ndarray',
    value: new NdArray(Float64Array.from(six), [2, 3], [3, 1]),
    shape: [2, 3],
    entries: six,
  },
  {
    kind: 'a transposed ndarray',
    value: new NdArray(Float64Array.from(six), [3, 2], [1, 3]),
    shape: [3, 2],
    entries: [1, 4, 2, 5, 3, 6],
  },
  {
    kind: 'an ndarray from an offset',
    value: new NdArray(six, [2, 2], [2, 1], 2),
    shape: [2, 2],
    entries: [3, 4, 5, 6],
  },
  {
    kind: 'an ndarray read backwards',
    value: new NdArray(six, [2, 3], [-3, -1], 5),
    shape: [2, 3],
    entries: [6, 5, 4, 3, 2, 1],
  },
  {
    kind: 'a column of a larger ndarray',
    value: { data: six, shape: [2], stride: [3], offset: 1 },
    shape: [2],
    entries: [2, 5],
  },
  { kind: 'data with a shape alone', value: { data: six, shape: [3, 2] }, shape: [3, 2], entries: six },
  {
    kind: 'data with a typed shape',
    value: { data: six, shape: Int32Array.of(2, 3) },
    shape: [2, 3],
    entries: six,
  },
  {
    kind: 'data with `dims` and `strides`',
    value: { data: six, dims: [3, 2], strides: [1, 3] },
    shape: [3, 2],
    entries: [1, 4, 2, 5, 3, 6],
  },
  { kind: 'data of a scalar shape', value: { data: [4], shape: [] }, shape: [], entries: [4] },
  {
    kind: 'a matrix by its accessors',
    value: new Matrix([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    shape: [2, 3],
    entries: six,
  },
  {
    kind: 'an array that is read by lists of indices',
    value: indexed([2, 1, 3], six.slice()),
    shape: [2, 1, 3],
    entries: six,
  },
];

describe('the view of an array', () => {
  it.each(cases)('takes $kind', ({ value, shape, entries }) => {
    const values = valuesOf(value)!;
    expect(values.shape).toEqual(shape);
    expect(values.count).toBe(entries.length);
    expect(Array.from({ length: values.count }, (_, i) => values.get(i))).toEqual(entries);
    const copy = new Float64Array(values.count);
    values.read(copy);
    expect([...copy]).toEqual(entries);
  });

  it.each(cases)('writes $kind in place', ({ value, entries }) => {
    const values = valuesOf(value)!;
    for (let i = 0; i < values.count; i += 1) values.set(i, 10 + i);
    const again = valuesOf(value)!;
    expect(entries.map((_, i) => again.get(i))).toEqual(entries.map((_, i) => 10 + i));
    values.write(Float64Array.from(entries));
    expect(entries.map((_, i) => again.get(i))).toEqual(entries);
  });

  const kinds = [
    'Float64Array',
    'Float32Array',
    'Float16Array',
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
  ];
  const spacings = [2 ** -52, 2 ** -23, 2 ** -10, 0, 0, 0, 0, 0, 0, 0];

  it.each(kinds.map((kind, i) => ({ kind, spacing: spacings[i]! })))(
    'knows that numbers in a $kind are $spacing apart, 0 standing for integers',
    ({ kind, spacing }) => {
      const Kind = Reflect.get(globalThis, kind) as Float64ArrayConstructor | undefined;
      // Older engines have no Float16Array.
      if (Kind === undefined) return;
      expect(valuesOf(Kind.of(1, 2))).toMatchObject({ shape: [2], count: 2, spacing });
    },
  );

  it('takes the coarsest spacing of rows of several kinds', () => {
    expect(valuesOf([Float64Array.of(1), Float32Array.of(2)])!.spacing).toBe(2 ** -23);
    expect(valuesOf([Float32Array.of(1), Int8Array.of(2)])!.spacing).toBe(0);
    expect(valuesOf({ data: Float32Array.of(1, 2), shape: [2], stride: [1] })!.spacing).toBe(2 ** -23);
  });

  it.each([
    { kind: 'a number', value: 1 },
    { kind: 'null', value: null },
    { kind: 'a hole', value: Object.assign([1, 2], { 3: 4 }) },
    { kind: 'rows of unequal length', value: [[1], [2, 3]] },
    { kind: 'rows beside numbers', value: [[1], 2] },
    { kind: 'an array of strings', value: ['1'] },
    { kind: 'a record', value: { W: [1] } },
    { kind: 'bigints', value: BigInt64Array.of(1n) },
    { kind: 'a DataView', value: new DataView(new ArrayBuffer(8)) },
    { kind: 'an ndarray that reaches past its data', value: { data: [1, 2, 3], shape: [2, 2] } },
    { kind: 'an ndarray that reaches before its data', value: { data: [1, 2], shape: [2], stride: [-1] } },
    { kind: 'data whose shape is no list of sizes', value: { data: [1, 2], shape: [-1, 2] } },
    { kind: 'a list without `set`', value: { length: 1, get: (): number => 1 } },
    {
      kind: 'a list without a whole length',
      value: { length: 1.5, get: (): number => 1, set: (): void => undefined },
    },
    { kind: 'an array whose size is a number', value: { ...indexed([2], [1, 2]), size: () => 2 } },
    { kind: 'an array whose size is no list of sizes', value: { ...indexed([2], [1, 2]), size: () => [-1] } },
    {
      kind: 'what throws where a size is asked for',
      value: {
        ...indexed([2], [1, 2]),
        size: (): never => {
          throw new Error('no size');
        },
      },
    },
    {
      kind: 'a size beside a `get` of two indices',
      value: { ...indexed([2, 1], [1, 2]), get: (i: number, j: number) => i + j },
    },
    { kind: 'a size without `set`', value: { size: () => [1], get: ([i]: number[]) => i } },
    { kind: 'a matrix without `set`', value: { rows: 1, columns: 1, get: () => 1 } },
  ])('takes $kind for something else', ({ value }) => {
    expect(valuesOf(value)).toBeUndefined();
  });

  it('takes a list behind accessors by its length, or by a shape of that size', () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const list = {
      length: 6,
      get: (i: number): number => numbers[i]!,
      set: (i: number, value: number): number => (numbers[i] = value),
    };
    const values = valuesOf(list)!;
    expect(values).toMatchObject({ shape: [6], count: 6, spacing: 2 ** -52 });
    values.set(4, -5);
    expect([values.get(4), numbers[4]]).toStrictEqual([-5, -5]);
    expect(valuesOf({ ...list, shape: [2, 3] })!.shape).toStrictEqual([2, 3]);
    expect(valuesOf({ ...list, shape: [2, 2] })!.shape).toStrictEqual([6]);
  });

  it('takes an array that contains itself for something else', () => {
    const ring: unknown[] = [[1, 2]];
    ring.push(ring);
    expect(valuesOf(ring)).toBeUndefined();
  });
});
