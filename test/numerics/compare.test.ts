import { expect, test } from 'vitest';
import { changedParameters, firstChanged, relativeDistance } from '../../src/numerics/compare.js';

const array = (...values: number[]): Float64Array => Float64Array.from(values);

test('the parameters whose gradients differ in any of the calls', () => {
  expect(changedParameters([])).toEqual([]);
  expect(changedParameters([[array(1), array(2)]])).toEqual([]);
  expect(
    changedParameters([
      [array(1), array(2), array(3)],
      [array(1), array(2), array(4)],
      [array(1), array(5), array(3)],
    ]),
  ).toEqual([1, 2]);
});

test.each([
  ['the first of them', array(1, 2, 3), array(1, 5, 6), 1],
  ['none', array(1, 2), array(1, 2), undefined],
  ['not 0 and −0', array(0), array(-0), undefined],
  ['not NaN twice', array(Number.NaN), array(Number.NaN), undefined],
  ['NaN beside a number', array(1), array(Number.NaN), 0],
  ['a number beside NaN', array(Number.NaN), array(1), 0],
])('the entry in which gradients differ: %s', (_, a, b, expected) => {
  expect(firstChanged(a, b)).toBe(expected);
});

test.each([
  ['is relative to the largest of one', array(-8, 1), array(-7, 1), 1 / 8],
  ['or of the other', array(7, 1), array(8, 3), 2 / 8],
  ['whatever its sign', array(7, 1), array(-8, 1), 15 / 8],
  ['is 0 of zeros', array(0, 0), array(0, -0), 0],
  ['is none of what is no number', array(1, Number.NaN), array(1, 1), Number.NaN],
])('the distance of two gradients %s', (_, a, b, expected) => {
  expect(relativeDistance(a, b)).toBe(expected);
});
