import { describe, expect, it } from 'vitest';
import {
  childrenOf,
  gettersOf,
  hasKey,
  isPlain,
  isSegment,
  isWritable,
  plainField,
  tryRead,
} from '../../../src/model/tree/children.js';

class Base {
  field = 1;
  #hidden = 2;
  get hidden(): number {
    return this.#hidden;
  }
  set hidden(value: number) {
    this.#hidden = value;
  }
  get computed(): number {
    return 3;
  }
  get narrowed(): number {
    return 4;
  }
  set narrowed(_: number) {
    return;
  }
  method(): void {
    return;
  }
}

class Derived extends Base {
  own = 5;
  set written(_: number) {
    return;
  }
  override get narrowed(): number {
    return 6;
  }
  get another(): number {
    return 7;
  }
}

const throwing = {
  get broken(): number {
    throw new Error('not ready');
  },
};

const keysOf = (value: object): unknown[] => childrenOf(value).map(({ key }) => key);

describe('the children', () => {
  it('of a record are its enumerable fields', () => {
    const record = Object.defineProperty({ a: 1, b: { c: 2 } }, 'hidden', { value: 3, enumerable: false });
    expect(childrenOf(record)).toEqual([
      { key: 'a', isAccessor: false },
      { key: 'b', isAccessor: false },
    ]);
  });

  it('of an array are its places, without holes', () => {
    // oxlint-disable-next-line no-sparse-arrays -- a hole is what is meant
    expect(keysOf([1, , 3])).toEqual([0, 2]);
  });

  it('of a Map are its keys, those that can be in a path', () => {
    const map = new Map<unknown, unknown>([
      ['a', 1],
      [2, 3],
      [{}, 4],
      [true, 5],
    ]);
    expect(childrenOf(map)).toEqual([
      { key: 'a', isAccessor: false },
      { key: 2, isAccessor: false },
    ]);
  });

  it('of an instance are its fields, and what a getter and a setter make in its classes', () => {
    expect(childrenOf(new Base())).toEqual([
      { key: 'field', isAccessor: false },
      { key: 'hidden', isAccessor: true },
      { key: 'narrowed', isAccessor: true },
    ]);
  });

  it('of an instance are no accessors that a class beneath hides', () => {
    expect(keysOf(new Derived())).toEqual(['field', 'own', 'hidden']);
  });

  it('are accessors where the object has them itself', () => {
    let value = 1;
    const own = {
      get a(): number {
        return value;
      },
      set a(to: number) {
        value = to;
      },
      get b(): number {
        return value;
      },
    };
    expect(childrenOf(own)).toEqual([
      { key: 'a', isAccessor: true },
      { key: 'b', isAccessor: false },
    ]);
  });
});

describe('the getters', () => {
  it('are what a class gives and does not take', () => {
    expect(gettersOf(new Base())).toEqual(['computed']);
    expect(gettersOf(new Derived())).toEqual(['narrowed', 'another', 'computed']);
    expect(gettersOf(Object.assign(new Base(), { other: 1 }))).toEqual(['computed']);
  });

  it('are none of what has no class of the user’s', () => {
    expect([[1], new Map(), {}, Object.create(null) as object].map(gettersOf)).toEqual([[], [], [], []]);
    // Not even of a class of arrays.
    class List extends Array<number> {
      get first(): number {
        return this[0]!;
      }
    }
    expect(gettersOf(new List())).toEqual([]);
  });
});

describe('a key', () => {
  it('is a string or a number', () => {
    expect(['a', 1, Symbol('a'), null, {}, true].map(isSegment)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is there where something stands under it, also in a class', () => {
    expect(hasKey({ a: undefined }, 'a')).toBe(true);
    expect(hasKey(new Base(), 'computed')).toBe(true);
    expect(hasKey({}, 'a')).toBe(false);
    expect(hasKey(new Map([['a', 1]]), 'a')).toBe(true);
    expect(hasKey(new Map(), 'size')).toBe(false);
  });

  it('is read, if that can be', () => {
    expect(tryRead({ a: 1 }, 'a')).toBe(1);
    expect(tryRead(new Map([['a', 2]]), 'a')).toBe(2);
    expect(tryRead(throwing, 'broken')).toBeUndefined();
  });

  it('is read without calling anything', () => {
    expect(plainField({ a: 1 }, 'a')).toBe(1);
    expect(plainField([4, 5], 1)).toBe(5);
    expect(plainField(throwing, 'broken')).toBeUndefined();
    expect(plainField(new Base(), 'computed')).toBeUndefined();
    expect(plainField({}, 'a')).toBeUndefined();
  });
});

describe('a field can be written', () => {
  const readOnly = Object.defineProperty({}, 'a', { value: 1, configurable: true });

  it.each<[string, object, string, boolean]>([
    ['of a record', { a: 1 }, 'a', true],
    ['of a Map', new Map(), 'a', true],
    ['of a frozen Map', Object.freeze(new Map()), 'a', true],
    ['that is read-only', readOnly, 'a', false],
    ['of what is frozen', Object.freeze({ a: 1 }), 'a', false],
    ['of what is sealed', Object.seal({ a: 1 }), 'a', true],
    ['with a setter', new Base(), 'hidden', true],
    ['with a setter alone', new Derived(), 'written', true],
    ['with a getter alone', new Base(), 'computed', false],
    ['whose setter a class beneath hides', new Derived(), 'narrowed', false],
    ['that is new', {}, 'a', true],
    ['that is new in what takes no more', Object.preventExtensions({}), 'a', false],
  ])('%s: %o, %s, %o', (_, object, key, can) => {
    expect(isWritable(object, key)).toBe(can);
  });
});

describe('an object is plain', () => {
  it.each<[unknown, boolean]>([
    [{}, true],
    [[], true],
    [new Map(), true],
    [Object.create(null), true],
    [new Base(), false],
    [Float64Array.of(1), false],
    [new Date(0), false],
    [Object.create({}), false],
  ])('%o: %o', (object, plain) => {
    expect(isPlain(object as object)).toBe(plain);
  });
});
