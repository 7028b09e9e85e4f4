import { expect, it } from 'vitest';
import { placeOn } from '../../../src/model/array/axis.js';
import { flattened, split, totalOf } from '../../../src/model/array/concat.js';
import { ravel, unravel } from '../../../src/model/array/shape.js';

const arrays = [Float64Array.of(1, 2), new Float64Array(), Float64Array.of(3, 4, 5)];
const counted = arrays.map(({ length }) => ({ count: length }));

it('puts arrays one after the other, and counts them', () => {
  expect(flattened(arrays)).toEqual(Float64Array.of(1, 2, 3, 4, 5));
  expect(totalOf(counted)).toBe(5);
  expect(totalOf([])).toBe(0);
});

it('cuts an array into views of its parts', () => {
  const flat = Float64Array.of(1, 2, 3, 4, 5);
  const parts = split(flat, counted);
  expect(parts.map((part) => [...part])).toEqual([[1, 2], [], [3, 4, 5]]);
  parts[2]![0] = 9;
  expect(flat[2]).toBe(9);
});

it('names a place on an axis', () => {
  expect(placeOn({ name: 'y', shape: [], from: 0 }, 0)).toBe('y');
  expect(placeOn({ name: 'y', shape: [4], from: 0 }, 3)).toBe('y[3]');
  expect(placeOn({ name: 'y', shape: [2, 3], from: 1 }, 3)).toBe('y[1, 1]');
});

it('knows the index of a place, and the place of an index', () => {
  expect(unravel(17, [2, 3, 4])).toEqual([1, 1, 1]);
  expect(ravel([1, 2, 3], [2, 3, 4])).toBe(23);
  expect(ravel([1, 1, 1], [2, 3, 4])).toBe(17);
  expect(ravel([], [])).toBe(0);
});
