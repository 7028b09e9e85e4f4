import { describe, expect, it } from 'vitest';
import { pairOf } from '../../../src/model/tree/value-gradient-pair.js';
import { listParameters } from '../../../src/model/tree/parameters.js';
import { Matrix, rootOf } from '../../trees.js';

const zeros = (): Float64Array => new Float64Array(6);
const six = (): Float64Array => Float64Array.of(1, 2, 3, 4, 5, 6);

describe('a value and its gradient side by side', () => {
  it.each([
    { pair: { data: six(), grad: zeros() }, value: 'data', gradient: 'grad' },
    { pair: { w: six(), dw: zeros() }, value: 'w', gradient: 'dw' },
    { pair: { params: six(), grads: zeros() }, value: 'params', gradient: 'grads' },
    { pair: { weights: [1, 2], deltas: [0, 0] }, value: 'weights', gradient: 'deltas' },
    { pair: { x: six(), dx: zeros() }, value: 'x', gradient: 'dx' },
  ])('are known by $value and $gradient', ({ pair, value, gradient }) => {
    expect(pairOf(pair)).toEqual({ value, gradient });
    const [parameter, ...others] = listParameters(rootOf({ W: pair }));
    expect(others).toEqual([]);
    expect(parameter).toMatchObject({ name: 'W', pair: { value, gradient } });
  });

  it.each([
    { kind: 'a number', pair: { data: 3, grad: 0 }, shape: [] },
    { kind: 'a flat array', pair: { data: six(), grad: zeros() }, shape: [6] },
    {
      kind: 'a nested array',
      pair: {
        w: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        dw: null,
      },
      shape: [2, 3],
    },
    {
      kind: 'a flat array beside its shape',
      pair: { data: six(), grad: zeros(), shape: [2, 3] },
      shape: [2, 3],
    },
    {
      kind: 'plain numbers beside their shape',
      pair: { w: [1, 2], dw: [0, 0], shape: [2, 1] },
      shape: [2, 1],
    },
    {
      kind: 'numbers beside a typed shape',
      pair: { x: six(), dx: zeros(), shape: Int32Array.of(3, 2) },
      shape: [3, 2],
    },
    {
      kind: 'numbers beside rows and columns',
      pair: { weights: six(), deltas: zeros(), rows: 2, columns: 3 },
      shape: [2, 3],
    },
    { kind: 'numbers beside n and d', pair: { w: six(), dw: zeros(), n: 3, d: 2 }, shape: [3, 2] },
    {
      kind: 'numbers beside rows and columns of another size',
      pair: { w: six(), dw: zeros(), rows: 2, columns: 2 },
      shape: [6],
    },
    {
      kind: 'numbers beside a shape of another size',
      pair: { w: six(), dw: zeros(), shape: [4, 2] },
      shape: [6],
    },
    { kind: 'a matrix', pair: { w: new Matrix([[1, 2]]), dw: new Matrix([[0, 0]]) }, shape: [1, 2] },
    { kind: 'an ndarray', pair: { x: { data: six(), shape: [3, 2] }, dx: undefined }, shape: [3, 2] },
  ])('hold $kind', ({ pair, shape }) => {
    const [parameter] = listParameters(rootOf({ W: pair }));
    expect(parameter!.pair).toEqual(pairOf(pair));
    expect(parameter!.shape).toEqual(shape);
  });

  it('may be an ndarray themselves, transposed', () => {
    const tensor = { data: six(), grad: zeros(), shape: [3, 2], stride: [1, 3], offset: 0 };
    const [parameter] = listParameters(rootOf(tensor));
    expect(parameter).toMatchObject({ shape: [3, 2], pair: pairOf(tensor) });
    expect(Array.from({ length: 6 }, (_, i) => parameter!.values.get(i))).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('may be a matrix themselves', () => {
    const matrix = Object.assign(new Matrix([[1, 2]]), { data: Float64Array.of(1, 2), grad: [0, 0] });
    const [parameter] = listParameters(rootOf(matrix));
    expect(parameter).toMatchObject({ shape: [1, 2], pair: pairOf(matrix) });
  });

  it('are a pair with whatever else stands beside them', () => {
    const value = { data: 3, grad: 0, _prev: new Set([1]), _op: '+', label: 'a' };
    expect(listParameters(rootOf([value])).map(({ name }) => name)).toEqual(['parameters[0]']);
  });

  it.each([
    {
      kind: 'a record with two twins',
      record: { w: [1], dw: [2], b: [3], db: [4] },
      names: ['w', 'b'],
    },
    { kind: 'one of the two names alone', record: { w: [1], grad: [2] }, names: ['w'] },
    {
      kind: 'a record under both names',
      record: { params: { W: [1] }, grads: { W: [2] } },
      names: ['params.W'],
    },
  ])('are not $kind', ({ record, names }) => {
    expect(pairOf(record)).toBeUndefined();
    expect(listParameters(rootOf(record)).map(({ name }) => name)).toEqual(names);
  });
});
