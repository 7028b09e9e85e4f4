import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../src/model/tree/misfit.js';
import { arrayFault, faultUnder, fieldFault } from '../../../src/model/tree/storage-fault.js';

const expected = 'p must be a number, an array of numbers, or an object, array or Map of those, but it is';

describe('a value in a tree', () => {
  it.each<[unknown, string, boolean]>([
    ['x', `${expected} the string "x"`, true],
    [true, `${expected} the boolean true`, true],
    [null, `${expected} null`, false],
    [undefined, `${expected} undefined`, false],
    [Promise.resolve(1), `${expected} a promise (await it first)`, true],
    [new Set([1]), `${expected} a Set`, true],
    [new Date(0), `${expected} a Date`, true],
    [/x/, `${expected} a RegExp`, true],
    [new WeakMap(), `${expected} a WeakMap`, true],
    [new WeakSet(), `${expected} a WeakSet`, true],
    [new ArrayBuffer(8), `${expected} an ArrayBuffer`, true],
    [new DataView(new ArrayBuffer(8)), `${expected} a DataView`, true],
    [BigInt64Array.of(1n), `${expected} a BigInt64Array of 1`, true],
    [BigUint64Array.of(1n), `${expected} a BigUint64Array of 1`, true],
    [
      { dataSync: () => [1] },
      "p is an object with the keys dataSync, a tensor whose values can't be written in place",
      true,
    ],
  ])('is none: %o', (value, text, isCertain) => {
    expect(faultOf('p', value)).toEqual({ text, advice: '', isCertain });
  });

  it.each([[{}], [[]], [new Map()], [{ dataSync: 1 }], [Float64Array.of(1)]])(
    'is one, or holds some: %o',
    (value) => {
      expect(faultOf('p', value)).toBeUndefined();
    },
  );
});

describe('a place of numbers can’t be moved', () => {
  const textOf = (holder: object, key: string | number): string | undefined =>
    faultUnder('p', holder, key)?.text;

  it('where a number is read-only', () => {
    const holder = {
      a: 1,
      get b(): number {
        return 2;
      },
    };
    expect(fieldFault('p', holder, 'a')).toBeUndefined();
    expect(fieldFault('p', holder, 'b')).toEqual({
      text: "p is read-only, so it can't be perturbed",
      advice: '',
      isCertain: true,
    });
    expect([textOf(holder, 'a'), textOf(holder, 'b')]).toEqual([
      undefined,
      "p is read-only, so it can't be perturbed",
    ]);
  });

  it('where an array is of integers', () => {
    expect(faultUnder('p', { a: Int8Array.of(1) }, 'a')).toEqual({
      text: "p is stored in an Int8Array of 1: integers can't be moved by a small step",
      advice: 'Use Float64Array or number[].',
      isCertain: true,
    });
    expect(textOf({ a: [Float64Array.of(1), Uint16Array.of(2)] }, 'a')).toBe(
      "p is stored in a Uint16Array of 1: integers can't be moved by a small step",
    );
    expect(textOf({ a: { data: Int32Array.of(1), shape: [1] } }, 'a')).toContain('an Int32Array');
  });

  it('where an array is frozen, or one of its rows', () => {
    const frozen = Object.freeze([1]);
    expect(textOf({ a: frozen }, 'a')).toBe("p is frozen, so it can't be perturbed in place");
    expect(textOf({ a: [[1], frozen] }, 'a')).toBe("a row of p is frozen, so it can't be perturbed in place");
    expect(textOf({ a: { data: frozen, shape: [1] } }, 'a')).toBe(
      "a row of p is frozen, so it can't be perturbed in place",
    );
    // Rows can be written where what holds them is frozen; but it is said.
    expect(textOf({ a: Object.freeze([[1], [2]]) }, 'a')).toBe(
      "p is frozen, so it can't be perturbed in place",
    );
  });

  it('where each reading gives another, unless it has a setter', () => {
    const copying = {
      get a() {
        return Object.freeze([1]);
      },
      get b() {
        return Object.freeze([1]);
      },
      set b(_: readonly number[]) {
        return;
      },
    };
    expect(textOf(copying, 'a')).toBe(
      "p is another array at each reading and has no setter, so it can't be perturbed",
    );
    expect(textOf(copying, 'b')).toBeUndefined();
  });

  it('but everywhere else', () => {
    for (const a of [[1], [[1], [2]], Float32Array.of(1), { data: [1], shape: [1] }, [], Object.freeze([])])
      expect(textOf({ a }, 'a')).toBeUndefined();
    expect(arrayFault('p', { holder: {}, key: 'a' }, {})).toBeUndefined();
    expect(textOf(new Map([['a', [1]]]), 'a')).toBeUndefined();
  });
});
