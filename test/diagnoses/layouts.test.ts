import { describe, expect, test } from 'vitest';
import { axisOrders, sliceName, slicesAlong, straightened } from '../../src/diagnoses/layouts.js';

const ordersOf = (shape: number[]): string[] =>
  [...axisOrders(shape)].map((order) => `${order.shape.join('×')}: ${order.axes.join('')}`);

describe('the orders of the axes of', () => {
  test.each([
    ['a scalar', [], []],
    ['a matrix', [2, 3], ['2×3: 10']],
    ['three axes', [2, 3, 4], ['021', '102', '120', '201', '210'].map((axes) => `2×3×4: ${axes}`)],
    ['a flat array, as a matrix of every number of rows', [10], ['2×5: 10', '5×2: 10']],
    [
      'a flat array, as several square ones, too',
      [12],
      ['2×6: 10', '3×4: 10', '4×3: 10', '6×2: 10', '3×2×2: 021'],
    ],
    ['a prime number of entries', [7], []],
    ['one entry', [1], []],
    ['four entries', [4], ['2×2: 10']],
  ])('%s', (_, shape, orders) => {
    expect(ordersOf(shape)).toEqual(orders);
  });

  test('four axes are all there are, of five two are exchanged', () => {
    expect(ordersOf([2, 2, 2, 2])).toHaveLength(23);
    const exchanges = '10234 21034 31204 41230 02134 03214 04231 01324 01432 01243';
    expect(ordersOf([1, 1, 1, 1, 1])).toEqual(exchanges.split(' ').map((axes) => `1×1×1×1×1: ${axes}`));
  });
});

describe('an array is put straight', () => {
  const array = (...values: number[]): Float64Array => Float64Array.from(values);

  test('that was stored by columns', () => {
    // [[1, 2, 3], [4, 5, 6]]
    const stored = array(1, 4, 2, 5, 3, 6);
    expect(straightened(stored, { shape: [2, 3], axes: [1, 0] })).toEqual(array(1, 2, 3, 4, 5, 6));
  });

  test('that was stored with its last axis first', () => {
    const shape = [2, 3, 4];
    const straight = Float64Array.from({ length: 24 }, (_, k) => k);
    const stored = new Float64Array(24);
    for (let i = 0; i < 2; i += 1)
      for (let j = 0; j < 3; j += 1)
        for (let k = 0; k < 4; k += 1) stored[k * 6 + i * 3 + j] = i * 12 + j * 4 + k;
    expect(straightened(stored, { shape, axes: [2, 0, 1] })).toEqual(straight);
  });

  test('at the entries that are wanted alone', () => {
    const stored = array(1, 4, 2, 5, 3, 6);
    expect(straightened(stored, { shape: [2, 3], axes: [1, 0] }, [1, 5])).toEqual(array(2, 6));
  });
});

describe('the slices along an axis', () => {
  test.each([
    ['rows', [2, 3], 0, 2, [0, 0, 0, 1, 1, 1]],
    ['columns', [2, 3], 1, 3, [0, 1, 2, 0, 1, 2]],
    ['the middle of three axes', [2, 2, 2], 1, 2, [0, 0, 1, 1, 0, 0, 1, 1]],
    ['entries', [3], 0, 3, [0, 1, 2]],
  ])('%s', (_, shape, axis, size, of) => {
    const slices = slicesAlong(shape, axis);
    expect([slices.size, of.map((__, entry) => slices.of(entry))]).toEqual([size, of]);
  });

  test.each([
    [1, 0, 'entry', 'entries'],
    [2, 0, 'row', 'rows'],
    [2, 1, 'column', 'columns'],
    [3, 0, 'slice along axis 0', 'slices along axis 0'],
    [3, 2, 'slice along axis 2', 'slices along axis 2'],
  ])('of rank %d along axis %d: %s, %s', (rank, axis, one, several) => {
    expect([sliceName(rank, axis, false), sliceName(rank, axis, true)]).toEqual([one, several]);
  });
});
