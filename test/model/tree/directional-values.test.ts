import { expect, it } from 'vitest';
import { directionalParameter } from '../../../src/model/tree/directional-values.js';
import { listParameters } from '../../../src/model/tree/parameters.js';
import { bitsOf } from '../../bits.js';
import { rootOf } from '../../trees.js';

it('moves a parameter along directions by a number for each', () => {
  const W = [1, -0, 3];
  const [parameter] = listParameters(rootOf({ W }));
  const along = [Float64Array.of(1, 0, -1), Float64Array.of(0, 0, 2)];
  const slid = directionalParameter(parameter!, Float64Array.from(W), along, 8);
  expect(slid).toMatchObject({ name: 'W', count: 2, shape: [2] });
  expect(slid.values.spacing).toBe(2 ** -52);
  expect([slid.values.get(0), slid.values.get(1)]).toEqual([8, 8]);

  slid.values.set(0, 10);
  expect(bitsOf(W)).toEqual(bitsOf([3, -0, 1]));
  expect(slid.values.get(0)).toBe(10);
  slid.values.set(1, 8.5);
  expect(bitsOf(W)).toEqual(bitsOf([3, -0, 2]));

  const read = new Float64Array(2);
  slid.values.read(read);
  expect([...read]).toEqual([10, 8.5]);

  slid.values.write(Float64Array.of(8, 7));
  expect(bitsOf(W)).toEqual(bitsOf([1, -0, 1]));
  slid.values.write(Float64Array.of(8, 8));
  expect(bitsOf(W)).toEqual(bitsOf([1, -0, 3]));
});
