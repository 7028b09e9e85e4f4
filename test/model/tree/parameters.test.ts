import { describe, expect, it } from 'vitest';
import { listParameters } from '../../../src/model/tree/parameters.js';
import { thrownBy } from '../../bits.js';
import { Matrix, NdArray, rootOf } from '../../trees.js';

/** One parameter in short: its name, its shape and its entries. */
type Listed = readonly [name: string, shape: readonly number[], entries: readonly number[]];

function listed(value: unknown): Listed[] {
  return listParameters(rootOf(value)).map(({ name, shape, count, values }) => [
    name,
    shape,
    Array.from({ length: count }, (_, i) => values.get(i)),
  ]);
}

class Dense {
  readonly W = [
    [1, 2],
    [3, 4],
  ];
  b = Float64Array.of(5, 6);
  readonly #cache = [7];
  readonly activation = (x: number): number => Math.max(x, this.#cache.length);

  get hidden(): number[] {
    return this.#cache;
  }

  forward(x: number): number {
    return x;
  }
}

class Value {
  data: number;
  grad = 0;
  readonly _prev: Set<Value> = new Set([this]);
  readonly _backward = (): void => {};

  constructor(data: number) {
    this.data = data;
  }
}

function holey(): number[] {
  const array = [1];
  array[2] = 3;
  return array;
}

function shared(): unknown {
  const W = [1, 2];
  return { encoder: { W }, decoder: { W } };
}

function withAccessors(): { inner: number[]; b: number } {
  const inner = [1];
  return {
    inner,
    get b() {
      return inner[0]!;
    },
    set b(number) {
      inner[0] = number;
    },
  };
}

describe('the parameters of a tree', () => {
  it.each<{ kind: string; value: unknown; parameters: Listed[] }>([
    { kind: 'a root number', value: 3, parameters: [['parameters', [], [3]]] },
    { kind: 'a root array', value: [1, 2], parameters: [['parameters', [2], [1, 2]]] },
    { kind: 'a root typed array', value: Float32Array.of(1), parameters: [['parameters', [1], [1]]] },
    { kind: 'a root matrix', value: new Matrix([[1, 2]]), parameters: [['parameters', [1, 2], [1, 2]]] },
    {
      kind: 'a record, in its own order',
      value: { W: [[1, 2]], b: 3, a: Float64Array.of(4) },
      parameters: [
        ['W', [1, 2], [1, 2]],
        ['b', [], [3]],
        ['a', [1], [4]],
      ],
    },
    {
      kind: 'a class instance, without its methods, functions and private fields',
      value: new Dense(),
      parameters: [
        ['W', [2, 2], [1, 2, 3, 4]],
        ['b', [2], [5, 6]],
      ],
    },
    {
      kind: 'an object without a prototype',
      value: Object.assign(Object.create(null), { W: [1] }),
      parameters: [['W', [1], [1]]],
    },
    {
      kind: 'layers in an array',
      value: { layers: [{ W: [1] }, { W: [2], b: 3 }] },
      parameters: [
        ['layers[0].W', [1], [1]],
        ['layers[1].W', [1], [2]],
        ['layers[1].b', [], [3]],
      ],
    },
    {
      kind: 'an array of parameters',
      value: [Float64Array.of(1), [[2, 3]], 4],
      parameters: [
        ['parameters[0]', [1], [1]],
        ['parameters[1]', [1, 2], [2, 3]],
        ['parameters[2]', [], [4]],
      ],
    },
    {
      kind: 'rows of unequal length, each by itself',
      value: { W: [[1], [2, 3], []] },
      parameters: [
        ['W[0]', [1], [1]],
        ['W[1]', [2], [2, 3]],
      ],
    },
    {
      kind: 'an array with a hole, number by number',
      value: { W: holey() },
      parameters: [
        ['W[0]', [], [1]],
        ['W[2]', [], [3]],
      ],
    },
    {
      kind: 'a Map with names',
      value: new Map<string, unknown>([
        ['encoder', { W: [1] }],
        ['dense_1/kernel', [2]],
        ['a b', 3],
      ]),
      parameters: [
        ['encoder.W', [1], [1]],
        ['dense_1/kernel', [1], [2]],
        ['parameters["a b"]', [], [3]],
      ],
    },
    {
      kind: 'a Map with numbers',
      value: {
        heads: new Map([
          [0, [1]],
          [7, [2]],
        ]),
      },
      parameters: [
        ['heads[0]', [1], [1]],
        ['heads[7]', [1], [2]],
      ],
    },
    {
      kind: 'an ndarray among others',
      value: { W: new NdArray(Float64Array.of(1, 2, 3, 4), [2, 2], [1, 2]), b: [5] },
      parameters: [
        ['W', [2, 2], [1, 3, 2, 4]],
        ['b', [1], [5]],
      ],
    },
    {
      kind: 'values that carry their gradients',
      value: { neurons: [{ w: [new Value(1), new Value(2)], b: new Value(3) }] },
      parameters: [
        ['neurons[0].w[0]', [], [1]],
        ['neurons[0].w[1]', [], [2]],
        ['neurons[0].b', [], [3]],
      ],
    },
    {
      kind: 'parameters without entries left out',
      value: { W: [], b: new Float64Array(0), layers: [{}, { W: [1] }] },
      parameters: [['layers[1].W', [1], [1]]],
    },
    {
      kind: 'one array in two places, twice',
      value: shared(),
      parameters: [
        ['encoder.W', [2], [1, 2]],
        ['decoder.W', [2], [1, 2]],
      ],
    },
    {
      kind: 'a field with getter and setter',
      value: withAccessors(),
      parameters: [
        ['inner', [1], [1]],
        ['b', [], [1]],
      ],
    },
    { kind: 'nothing in an empty tree', value: { layers: [{}, new Map()] }, parameters: [] },
  ])('are, of $kind, named and shaped', ({ value, parameters }) => {
    expect(listed(value)).toEqual(parameters);
  });

  it('are numbers in fields, elements and Map entries that can be written', () => {
    const value = { b: 1, list: [2, [3]], map: new Map([['g', 4]]), v: new Value(5) };
    for (const { values } of listParameters(rootOf(value))) values.set(0, values.get(0) * 10);
    expect(value).toMatchObject({ b: 10, list: [20, [30]], v: { data: 50, grad: 0 } });
    expect(value.map.get('g')).toBe(40);
  });

  it('include a root number, held where it is told', () => {
    const root = rootOf(3);
    listParameters(root)[0]!.values.set(0, 4);
    expect(root.box.value).toBe(4);
  });

  it.each([
    {
      kind: 'an array that contains itself',
      grow: (): unknown => {
        const ring: unknown[] = [[1, 2]];
        ring.push(ring);
        return { W: ring };
      },
      message:
        "expect-gradients: W[1] refers back to an object that contains it. Leave it out with { except: 'W[1]' }.",
    },
    {
      kind: 'an array of nothing but itself',
      grow: (): unknown => {
        const ring: unknown[] = [];
        ring.push(ring, ring);
        return ring;
      },
      message:
        "expect-gradients: parameters[0] refers back to an object that contains it. Leave it out with { except: 'parameters[0]' }, or with all 2 that have to be: { except: ['parameters[0]', 'parameters[1]'] }.",
    },
    {
      kind: 'a layer that knows its network',
      grow: (): unknown => {
        const network: Record<string, unknown> = { W: [1] };
        network['layers'] = [{ W: [2], network }];
        return network;
      },
      message:
        "expect-gradients: layers[0].network refers back to an object that contains it. Leave it out with { except: 'layers[0].network' }.",
    },
    {
      kind: 'a Map that holds itself',
      grow: (): unknown => {
        const map = new Map<string, unknown>();
        return map.set('self', map);
      },
      message:
        "expect-gradients: self refers back to an object that contains it. Leave it out with { except: 'self' }.",
    },
    {
      kind: 'a Map with objects for keys',
      grow: () => ({ heads: new Map([[new Dense(), 1]]) }),
      message:
        "expect-gradients: the keys of heads must be strings or numbers, but one is a Dense. Leave it out with { except: 'heads' }.",
    },
  ])('refuse $kind', ({ grow, message }) => {
    const error = thrownBy(() => listParameters(rootOf(grow())));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(message);
  });
});
