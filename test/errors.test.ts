import { checkGradients, UsageError } from 'expect-gradients';
import { describe, expect, it, vi } from 'vitest';
import { describe as described, isMisuse, isPromiseLike, misuse } from '../src/errors.js';

class Tensor {
  readonly #data = [1];

  item(): number {
    return this.#data[0]!;
  }
}

class Optimizer extends Tensor {}

// oxlint-disable-next-line unicorn/no-thenable -- what a library's own promise is
const thenable = { then: (): void => {} };

describe('the words for a value', () => {
  it.each<[value: unknown, words: string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    ['adam', 'the string "adam"'],
    ['', 'the string ""'],
    ['a string of more than twenty-four characters', 'the string "a string of more than tw…"'],
    ['two\nlines', 'the string "two\\nlines"'],
    [1e-7, '1e-7'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [true, 'the boolean true'],
    [7n, 'the bigint 7n'],
    [Symbol('W'), 'the symbol Symbol(W)'],
    [() => 1, 'a function'],
    [Math.tanh, 'the function tanh'],
    [[], 'an empty array'],
    [[1, 2], 'an array of 2'],
    [{}, 'an empty object'],
    [Object.create(null), 'an empty object'],
    [{ W: 1, b: 2 }, 'an object with the keys W, b'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with the keys a, b, c, d, …'],
    [{ constructor: 'W' }, 'an object with the keys constructor'],
    [new Tensor(), 'a Tensor'],
    [new Optimizer(), 'an Optimizer'],
    [new Set([1]), 'a Set'],
    [new ArrayBuffer(8), 'an ArrayBuffer'],
    [new DataView(new ArrayBuffer(8)), 'a DataView'],
    [Float64Array.of(1, 2), 'a Float64Array of 2'],
    [Int32Array.of(1), 'an Int32Array of 1'],
    [Uint8Array.of(1), 'a Uint8Array of 1'],
    [Buffer.of(1, 2, 3), 'a Buffer of 3'],
    [Promise.resolve(1), 'a promise (await it first)'],
  ])('are, of %o: %s', (value, words) => {
    expect(described(value)).toBe(words);
  });
});

describe('a misuse', () => {
  it('is a TypeError with a code, that says whose it is', () => {
    const error = misuse('W is frozen.');
    expect(error).toStrictEqual(new UsageError('expect-gradients: W is frozen.'));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.code).toBe('ERR_EXPECT_GRADIENTS_USAGE');
    expect(error.name).toBe('TypeError');
    expect(Object.hasOwn(UsageError.prototype, 'name')).toBe(true);
    expect(String(error)).toBe('TypeError: expect-gradients: W is frozen.');
  });

  it('is thrown by a check of what is no model', () => {
    expect(() => checkGradients(3 as never)).toThrow(UsageError);
  });

  it('is known when another copy of the module made it', async () => {
    vi.resetModules();
    const copy = await import('../src/errors.js');
    expect(copy.UsageError).not.toBe(UsageError);
    expect(isMisuse(copy.misuse('W is frozen.'))).toBe(true);
  });

  it.each<[kind: string, error: unknown]>([
    ['a TypeError that says the same', new TypeError('expect-gradients: W is frozen.')],
    ['a TypeError with another code', Object.assign(new TypeError('mine'), { code: 'ERR_MINE' })],
    ['no TypeError', Object.assign(new Error('mine'), { code: 'ERR_EXPECT_GRADIENTS_USAGE' })],
    ['no error', { code: 'ERR_EXPECT_GRADIENTS_USAGE' }],
    ['nothing', undefined],
  ])('is not %s', (_, error) => {
    expect(isMisuse(error)).toBe(false);
  });
});

describe('a promise', () => {
  it.each<[value: unknown, is: boolean]>([
    [Promise.resolve(), true],
    [thenable, true],
    // oxlint-disable-next-line unicorn/no-thenable -- a thenable that is none
    [{ then: 1 }, false],
    [{}, false],
    [null, false],
    [3, false],
    [() => {}, false],
  ])('is, of %o: %s', (value, is) => {
    expect(isPromiseLike(value)).toBe(is);
  });
});
