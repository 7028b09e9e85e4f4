import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGradients } from '../../../src/model/subject/read-gradients.js';
import { listParameters } from '../../../src/model/tree/parameters.js';
import { bitsOf, thrownBy } from '../../bits.js';
import { doubles, Matrix, NdArray, rootOf, trees } from '../../trees.js';

/** The gradients that are read for a tree of parameters when `returned` comes back. */
function gradientsFor(value: unknown, returned: unknown): number[][] {
  const parameters = listParameters(rootOf(value));
  const into = parameters.map(({ count }) => new Float64Array(count));
  readGradients(returned, parameters, into);
  return into.map((gradient) => [...gradient]);
}

const square = [
  [1, 2],
  [3, 4],
];

describe('gradients', () => {
  it('are read from a tree like that of the parameters, whatever it is', () => {
    fc.assert(
      fc.property(trees(doubles), (tree) => {
        const { value } = tree;
        const returned = tree.map(value, (number) => -number);
        const expected = tree.read(value).map((number) => -number);
        expect(bitsOf(gradientsFor(value, returned).flat())).toEqual(bitsOf(expected));
      }),
    );
  });

  it.each([
    { kind: 'a typed array for a flat array', value: { W: [1, 2] }, returned: { W: Float32Array.of(3, 4) } },
    { kind: 'a flat array for a typed one', value: { W: Float64Array.of(1, 2) }, returned: { W: [3, 4] } },
    {
      kind: 'integers, which need not be written',
      value: { W: [1, 2] },
      returned: { W: Int8Array.of(3, 4) },
    },
    { kind: 'a column for a flat array', value: { W: [1, 2] }, returned: { W: [[3], [4]] } },
    { kind: 'a row for a column', value: { W: [[1], [2]] }, returned: { W: [[3, 4]] } },
    {
      kind: 'an ndarray for a nested array',
      value: { W: [[1], [2]] },
      returned: { W: { data: [4, 3], shape: [2, 1], stride: [-1, 1], offset: 1 } },
    },
    {
      kind: 'a matrix for a nested array',
      value: { W: [[1], [2]] },
      returned: { W: new Matrix([[3], [4]]) },
    },
    { kind: 'a Map for a record', value: { W: [1, 2] }, returned: new Map([['W', [3, 4]]]) },
    { kind: 'a record for a Map', value: new Map([['W', [1, 2]]]), returned: { W: [3, 4] } },
    { kind: 'an array for a Map with numbers', value: new Map([[1, [1, 2]]]), returned: [undefined, [3, 4]] },
    {
      kind: 'a class instance for a record',
      value: { W: [1, 2] },
      returned: new (class {
        W = [3, 4];
      })(),
    },
    {
      kind: 'a getter for a field',
      value: { W: [1, 2] },
      returned: Object.create({
        get W() {
          return [3, 4];
        },
      }) as unknown,
    },
    { kind: 'dW for W', value: { W: [1, 2] }, returned: { dW: [3, 4] } },
    { kind: 'dW for W in a Map', value: { W: [1, 2] }, returned: new Map([['dW', [3, 4]]]) },
    {
      kind: 'dW for W, further down',
      value: { layers: [{ W: [1, 2] }] },
      returned: { layers: [{ dW: [3, 4] }] },
    },
    {
      kind: 'd before any name on the way',
      value: { layers: [{ W: [1, 2] }] },
      returned: { dlayers: [{ W: [3, 4] }] },
    },
    { kind: 'dW for W when W is undefined', value: { W: [1, 2] }, returned: { W: undefined, dW: [3, 4] } },
    {
      kind: 'what is asked for among other keys',
      value: { W: [1, 2] },
      returned: { W: [3, 4], loss: 5, cache: 'x', db: null },
    },
    {
      kind: 'the pair that the tree holds',
      value: { W: { data: [1, 2], grad: [0, 0] } },
      returned: { W: { data: [8, 9], grad: [3, 4] } },
    },
    {
      kind: 'an array in place of a pair',
      value: { W: { data: [1, 2], grad: [0, 0] } },
      returned: { W: [3, 4] },
    },
    { kind: 'an array for a pair at the root', value: { data: [1, 2], grad: [0, 0] }, returned: [3, 4] },
  ])('may be $kind', ({ value, returned }) => {
    expect(gradientsFor(value, returned)).toEqual([[3, 4]]);
  });

  it.each([
    { kind: 'a flat array', returned: { W: [1, 2, 3, 4] } },
    { kind: 'a typed array', returned: { W: Float64Array.of(1, 2, 3, 4) } },
    { kind: 'rows in typed arrays', returned: { W: square.map((row) => Float32Array.from(row)) } },
    { kind: 'a transposed ndarray', returned: { W: new NdArray([1, 3, 2, 4], [2, 2], [1, 2]) } },
  ])('may be $kind for a shaped parameter', ({ returned }) => {
    expect(
      gradientsFor(
        {
          W: [
            [0, 0],
            [0, 0],
          ],
        },
        returned,
      ),
    ).toEqual([[1, 2, 3, 4]]);
  });

  it.each([
    { kind: 'a number', returned: { b: 3 } },
    { kind: 'an array of one', returned: { b: [3] } },
    { kind: 'a nested array of one', returned: { b: [[3]] } },
    { kind: 'a number in a pair', returned: { b: { data: 1, grad: 3 } }, value: { b: { data: 1, grad: 0 } } },
  ])('may be $kind for a scalar', ({ returned, value = { b: 1 } }) => {
    expect(gradientsFor(value, returned)).toEqual([[3]]);
  });

  it('may be a number for an array of one', () => {
    expect(gradientsFor({ b: [[1]] }, { b: 3 })).toEqual([[3]]);
  });

  const network = { parameters: null, loss: (): number => 0 };

  it.each([
    { kind: 'nothing', returned: undefined },
    { kind: 'null', returned: null },
    { kind: 'the loss', returned: 0.25 },
    { kind: 'the network itself', returned: network },
    { kind: 'statistics', returned: { loss: 0.25, accuracy: 1 } },
  ])('are read from the parameter objects when a backward pass returns $kind', ({ returned }) => {
    const pair = (): object => ({ w: [1, 2], dw: [3, 4] });
    expect(gradientsFor({ layers: [pair(), pair()] }, returned)).toEqual([
      [3, 4],
      [3, 4],
    ]);
    expect(gradientsFor(pair(), returned)).toEqual([[3, 4]]);
  });

  it('keep −0, NaN and the infinities', () => {
    expect(gradientsFor([1, 1, 1, 1], [-0, NaN, Infinity, -Infinity])).toEqual([
      [-0, NaN, Infinity, -Infinity],
    ]);
  });

  it('are copied at once, so that a buffer used again changes nothing', () => {
    const buffer = Float64Array.of(3, 4);
    const pair = { data: [5], grad: [6] };
    const parameters = listParameters(rootOf({ W: [1, 2], p: pair }));
    const into = [new Float64Array(2), new Float64Array(1)];
    readGradients({ W: buffer }, parameters, into);
    buffer.fill(9);
    pair.grad[0] = 9;
    expect(into.map((gradient) => [...gradient])).toEqual([[3, 4], [6]]);
  });

  it.each<{ kind: string; value: unknown; returned: unknown; message: string }>([
    {
      kind: 'nothing at all',
      value: { W1: [1] },
      returned: undefined,
      message: 'gradients() must return the gradient of W1 under "W1" or "dW1", but it returned undefined.',
    },
    {
      kind: 'nothing for a root',
      value: [1],
      returned: undefined,
      message: 'gradients() must return the gradient of parameters, but it returned undefined.',
    },
    {
      kind: 'null for a root',
      value: [1],
      returned: null,
      message: 'the gradient of parameters must be numbers, but gradients() is null.',
    },
    {
      kind: 'a tree without the key',
      value: { W1: [1], b1: [2] },
      returned: { dW1: [1], W2: [2] },
      message:
        'gradients() must return the gradient of b1 under "b1" or "db1", but it returned an object with the keys dW1, W2.',
    },
    {
      kind: 'a key that is undefined',
      value: { W1: [1] },
      returned: { W1: undefined },
      message:
        'gradients() must return the gradient of W1 under "W1" or "dW1", but gradients().W1 is undefined.',
    },
    {
      kind: 'a tree that ends too early',
      value: { layers: [{ W: [1] }, { W: [2] }] },
      returned: { layers: [{ W: [1] }] },
      message:
        'gradients() must return the gradient of layers[1].W, but gradients().layers is an array of 1.',
    },
    {
      kind: 'a layer without the key',
      value: { layers: [{ W: [1], b: 2 }] },
      returned: { layers: [{ dW: [1] }] },
      message:
        'gradients() must return the gradient of layers[0].b under "b" or "db", but gradients().layers[0] is an object with the keys dW.',
    },
    {
      kind: 'null under the key',
      value: { W: [1] },
      returned: { W: null },
      message: 'the gradient of W must be numbers, but gradients().W is null.',
    },
    {
      kind: 'a string under the other key',
      value: { W: [1] },
      returned: { dW: 'zero' },
      message: 'the gradient of W must be numbers, but gradients().dW is the string "zero".',
    },
    {
      kind: 'a promise in the tree',
      value: { 'a b': [1] },
      returned: { 'a b': Promise.resolve([1]) },
      message:
        'the gradient of parameters["a b"] must be numbers, but gradients()["a b"] is a promise (await it first).',
    },
    {
      kind: 'a number for many',
      value: { W: [1, 2] },
      returned: { W: 3 },
      message: 'gradients().W is a single number, but W has 2 entries.',
    },
    {
      kind: 'too few',
      value: { W: [1, 2, 3] },
      returned: { W: [1, 2] },
      message: 'the gradient of W must have 3 entries, but gradients().W has 2 entries.',
    },
    {
      kind: 'too many, shapes told',
      value: { W: [[1, 2, 3]] },
      returned: { W: square },
      message: 'the gradient of W must have 3 entries (1 × 3), but gradients().W has 4 entries (2 × 2).',
    },
    {
      kind: 'one for two',
      value: { W: [1, 2] },
      returned: { W: [1] },
      message: 'the gradient of W must have 2 entries, but gradients().W has 1 entry.',
    },
    {
      kind: 'none',
      value: { W: [1, 2] },
      returned: { W: [] },
      message: 'the gradient of W must have 2 entries, but gradients().W has 0 entries.',
    },
    {
      kind: 'the transposed',
      value: {
        W: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      returned: {
        W: [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
      },
      message: 'the gradient of W must have the shape 2 × 3, but gradients().W has 3 × 2.',
    },
    {
      kind: 'rows of unequal length',
      value: { W: square },
      returned: { W: [[1, 2, 3], [4]] },
      message: 'the gradient of W must be numbers, but gradients().W has rows of unequal length.',
    },
    {
      kind: 'a string among numbers',
      value: { W: square },
      returned: {
        W: [
          [1, 2],
          [3, '4'],
        ],
      },
      message: 'the gradient of W must be numbers, but gradients().W[1][1] is the string "4".',
    },
    {
      kind: 'a hole among numbers',
      value: { W: [1, 2] },
      returned: { W: Object.assign([1], { length: 2 }) },
      message: 'the gradient of W must be numbers, but gradients().W[1] is undefined.',
    },
    {
      kind: 'a matrix of strings',
      value: { W: [1, 2] },
      returned: {
        W: { rows: 1, columns: 2, get: (_: number, j: number) => (j === 0 ? 1 : 'x'), set: () => 0 },
      },
      message: 'entry 1 of gradients().W must be a number, but it is the string "x".',
    },
    {
      kind: 'bigints',
      value: { W: [1, 2] },
      returned: { W: BigInt64Array.of(1n, 2n) },
      message: 'the gradient of W must be numbers, but gradients().W is a BigInt64Array of 2.',
    },
    {
      kind: 'null in a pair',
      value: { layer: { w: [1], dw: null } },
      returned: undefined,
      message: 'the gradient of layer must be numbers, but layer.dw is null.',
    },
    {
      kind: 'a pair that was never written',
      value: [{ data: 1, grad: undefined }],
      returned: undefined,
      message: 'the gradient of parameters[0] must be numbers, but parameters[0].grad is undefined.',
    },
    {
      kind: 'too few in a pair',
      value: { params: [1, 2], grads: [3] },
      returned: undefined,
      message: 'the gradient of parameters must have 2 entries, but grads has 1 entry.',
    },
    {
      kind: 'something else in place of a pair',
      value: { W: { data: [1, 2], grad: null } },
      returned: { W: { slope: [3, 4] } },
      message: 'the gradient of W must be numbers, but W.grad is null.',
    },
  ])('are refused when a backward pass returns $kind', ({ value, returned, message }) => {
    const error = thrownBy(() => gradientsFor(value, returned));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(`expect-gradients: ${message}`);
  });
});
