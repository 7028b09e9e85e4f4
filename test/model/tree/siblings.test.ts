import { describe, expect, it } from 'vitest';
import { type Field, hasNumbersBeside, isOneArray, rolesIn } from '../../../src/model/tree/siblings.js';

const everything = (): boolean => true;

function rolesOf(container: object, fields: readonly Field[] = fieldsOf(container)): unknown {
  const { gradients, sizes, single } = rolesIn(
    container,
    fields,
    fieldsOf(container).map(([key]) => key),
  );
  return { gradients: Object.fromEntries(gradients), sizes: [...sizes], single };
}

function fieldsOf(container: object): Field[] {
  return container instanceof Map ? ([...container] as Field[]) : Object.entries(container);
}

describe('the roles of fields', () => {
  it.each<[object, object]>([
    [
      { W: [1], dW: [2] },
      { gradients: { dW: 'W' }, sizes: [], single: 'W' },
    ],
    [
      { W: [1], b: 2, dW: [2], db: 0 },
      { gradients: { dW: 'W', db: 'b' }, sizes: [], single: undefined },
    ],
    [
      { data: [1, 2], grad: null, rows: 1, cols: 2 },
      { gradients: { grad: 'data' }, sizes: ['rows', 'cols'], single: 'data' },
    ],
    // A word is of the single value there is,
    [
      { theta: [1], grad: [0] },
      { gradients: { grad: 'theta' }, sizes: [], single: 'theta' },
    ],
    [
      { a: [1], b: [2], grad: [0] },
      { gradients: {}, sizes: [], single: undefined },
    ],
    [{ grad: [0] }, { gradients: {}, sizes: [], single: undefined }],
    // or a record of what stands beside.
    [
      { a: [1], b: [2], grads: { b: [0] } },
      { gradients: { grads: 'b' }, sizes: [], single: undefined },
    ],
    [
      { a: [1], b: [2], grads: { db: [0] } },
      { gradients: { grads: 'b' }, sizes: [], single: undefined },
    ],
    [
      { a: [1], b: [2], grads: { c: [0] } },
      { gradients: {}, sizes: [], single: undefined },
    ],
    [
      { a: [1], b: [2], grads: null },
      { gradients: {}, sizes: [], single: undefined },
    ],
    [
      { a: [1], b: [2], grads: 'none' },
      { gradients: {}, sizes: [], single: undefined },
    ],
    [
      { name: 'a', W: [1], ready: true },
      { gradients: {}, sizes: [], single: 'W' },
    ],
    [
      new Map<string, unknown>([
        ['W', [1]],
        ['dW', [0]],
      ]),
      { gradients: { dW: 'W' }, sizes: [], single: 'W' },
    ],
    // The keys of a Map are names, and no sizes.
    [
      new Map<string, unknown>([
        ['data', [1, 2]],
        ['size', 2],
      ]),
      { gradients: {}, sizes: [], single: undefined },
    ],
  ])('of %o', (container, roles) => {
    expect(rolesOf(container)).toEqual(roles);
  });

  it('are none in an array', () => {
    expect(rolesOf([1, 2])).toEqual({ gradients: {}, sizes: [], single: undefined });
    expect(rolesIn([[1]], [[0, [1]]], [0])).toEqual({
      gradients: new Map(),
      sizes: new Set(),
      single: undefined,
    });
  });

  it('are known of gradients by the names of what may not be read', () => {
    const unit = { W: [1], b: [2], dW: [3] };
    expect(
      rolesOf(unit, [
        ['b', [2]],
        ['dW', [3]],
      ]),
    ).toEqual({ gradients: { dW: 'W' }, sizes: [], single: 'b' });
  });

  it('give a name to the first that it goes with', () => {
    expect(rolesOf({ W: [1], w: [2], dW: [3] })).toMatchObject({ gradients: { dW: 'W' } });
  });
});

describe('an object is one array', () => {
  it.each<[object, boolean]>([
    [{ data: [1, 2], rows: 1, cols: 2 }, true],
    [{ data: [1, 2], grad: [0, 0], rows: 1, cols: 2 }, true],
    [{ data: [1, 2], shape: [2], stride: [1], offset: 0 }, true],
    [{ data: [1, 2], shape: [2], id: 7, name: 'x', tags: ['a'] }, true],
    [{ data: [1, 2], shape: [2], scale: 0.5 }, false],
    [{ data: [1, 2], shape: [2], bias: [0.5] }, false],
    [{ data: [1, 2], shape: [2], padding: [0, 1] }, true],
    [{ data: [1, 2], shape: [2], cache: [] }, true],
    [{ W: [1], b: 0.5 }, true],
  ])('%o: %o', (object, is) => {
    expect(isOneArray(object, everything)).toBe(is);
  });
});

describe('numbers beside', () => {
  it('are found where they may not be read, but for those of getters', () => {
    const unit = {
      data: [1],
      get scale(): number {
        throw new Error('called');
      },
    };
    expect(hasNumbersBeside(unit, ['data'], () => false)).toBe(false);
    expect(hasNumbersBeside({ data: [1], scale: 0.5 }, ['data'], () => false)).toBe(true);
    expect(hasNumbersBeside({ data: [1], scale: 0.5 }, ['data', 'scale'], everything)).toBe(false);
  });

  it('are those that a getter gives, too, where it may be called', () => {
    class Unit {
      data = [1];
      #scale = 0.5;
      get scale(): number {
        return this.#scale;
      }
      set scale(value: number) {
        this.#scale = value;
      }
    }
    expect(hasNumbersBeside(new Unit(), ['data'], everything)).toBe(true);
    expect(hasNumbersBeside(new Unit(), ['data'], (key) => key !== 'scale')).toBe(false);
  });
});
