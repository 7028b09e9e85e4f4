import { describe, expect, it } from 'vitest';
import { genericKey, shapeBeside, sizeKeys } from '../../../src/model/array/sizes-beside.js';

describe('the fields beside an array that make its shape', () => {
  it.each<[Record<string, unknown>, readonly string[], readonly number[]]>([
    [{ rows: 2, cols: 3 }, ['rows', 'cols'], [2, 3]],
    [{ rows: 2, columns: 3 }, ['rows', 'columns'], [2, 3]],
    [{ nrows: 3, ncols: 2 }, ['nrows', 'ncols'], [3, 2]],
    [{ r: 2, c: 3 }, ['r', 'c'], [2, 3]],
    [{ n: 3, d: 2 }, ['n', 'd'], [3, 2]],
    [{ m: 2, n: 3 }, ['m', 'n'], [2, 3]],
    [{ height: 6, width: 1 }, ['height', 'width'], [6, 1]],
    [{ shape: [3, 2] }, ['shape'], [3, 2]],
    [{ dims: Int32Array.of(1, 6) }, ['dims'], [1, 6]],
    [{ size: [6] }, ['size'], [6]],
    [{ size: 6 }, ['size'], [6]],
    [{ length: 6 }, ['length'], [6]],
    // Those that say more come first.
    [{ shape: [3, 2], rows: 2, cols: 3 }, ['shape'], [3, 2]],
    // What does not make the count is no size.
    [{ shape: [3, 3], rows: 2, cols: 3 }, ['rows', 'cols'], [2, 3]],
  ])('%o', (fields, keys, shape) => {
    expect(sizeKeys(fields, 6)).toEqual(keys);
    expect(shapeBeside(fields, 6)).toEqual(shape);
  });

  it.each<[Record<string, unknown>, number]>([
    [{}, 6],
    [{ rows: 2 }, 2],
    [{ rows: 2, cols: 3 }, 5],
    [{ rows: 2, cols: 2.5 }, 5],
    [{ rows: -2, cols: -3 }, 6],
    [{ rows: '2', cols: 3 }, 6],
    [{ rows: 0, cols: 3 }, 0],
    [{ shape: [] }, 0],
    [{ shape: 6 }, 6],
    [{ dims: 6 }, 6],
    [{ shape: ['6'] }, 6],
    [{ size: 5 }, 6],
  ])('are none in %o for %i numbers', (fields, count) => {
    expect(sizeKeys(fields, count)).toBeUndefined();
    expect(shapeBeside(fields, count)).toBeUndefined();
  });

  it('are none where a getter throws', () => {
    const fields = {
      get rows(): number {
        throw new Error('not ready');
      },
      cols: 3,
    };
    expect(sizeKeys(fields, 6)).toBeUndefined();
  });
});

describe('the key of an array whose name says nothing', () => {
  it.each([
    'data',
    '_data',
    'values',
    'value',
    'elements',
    'entries',
    'array',
    'buffer',
    'storage',
    'cells',
    'items',
  ])('may be %s', (key) => {
    expect(genericKey({ [key]: [1, 2] })).toBe(key);
    expect(genericKey({ [key]: Float32Array.of(1) })).toBe(key);
    expect(genericKey({ [key]: [[1], [2]] })).toBe(key);
    expect(genericKey({ [key]: [Float64Array.of(1)] })).toBe(key);
    expect(genericKey({ [key]: [] })).toBe(key);
  });

  it.each([
    { W: [1] },
    { data: 1 },
    { data: 'text' },
    { data: ['a', 'b'] },
    { data: [{ w: 1 }] },
    { data: null },
    { values: new Map([[1, 2]]) },
    { entries: BigInt64Array.of(1n) },
  ])('is none in %o', (object) => {
    expect(genericKey(object)).toBeUndefined();
  });

  it('is the first there is, and one that a class computes too', () => {
    class Computed {
      get values(): number[] {
        return [1];
      }
    }
    expect(genericKey({ values: [1], data: [2] })).toBe('data');
    expect(genericKey(new Computed())).toBe('values');
  });
});
