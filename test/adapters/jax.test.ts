import * as jax from '@jax-js/jax';
import { checkGradients, type Model } from 'expect-gradients';
import { fromJax } from 'expect-gradients/jax';
import { beforeAll, describe, expect, test } from 'vitest';
import { numbers } from '../field/subject.js';
import { bitsOf, laws } from './laws.js';

const { numpy: np } = jax;

/** Every array that an adapter makes or gets, so that none can stay behind unnoticed. */
const made: jax.Array[] = [];
const kept = <Value>(value: Value): Value => {
  made.push(value as jax.Array);
  return value;
};
const watched = {
  numpy: { array: (values: never, options: never) => kept(np.array(values, options)) },
  grad: (loss: (tree: object) => jax.Array) => (parameters: object) => {
    const slopes = jax.grad(loss)(parameters);
    Object.values(slopes).forEach(kept);
    return slopes;
  },
};

interface Tree {
  W: jax.Array;
  b: jax.Array;
}

describe('on the WebAssembly backend', () => {
  let tree: Tree;
  let inputs: jax.Array;

  beforeAll(async () => {
    await jax.init('cpu', 'wasm');
    jax.defaultDevice('wasm');
    tree = { W: np.reshape(np.array(numbers(6)), [3, 2]), b: np.array(numbers(2, 9)) };
    inputs = np.reshape(np.array(numbers(12, 20)), [4, 3]);
  });

  const loss = ({ W, b }: Tree): jax.Array => np.mean(np.square(np.tanh(np.matmul(inputs.ref, W).add(b))));
  const failing = (error: Error): typeof loss => {
    let calls = 0;
    return (parameters) => {
      calls += 1;
      if (calls >= 3) throw error;
      return loss(parameters);
    };
  };
  const doubled = (parameters: Tree): Tree => {
    const { W, b } = jax.grad(loss)(parameters);
    return { W: kept(W.mul(2)), b: kept(b) };
  };
  const bits = (): string => [tree.W, tree.b].map((array) => bitsOf(array.ref.dataSync())).join();
  const held = (): number =>
    [tree.W, tree.b, inputs, ...made].reduce((count, { refCount }) => count + refCount, 0);

  laws({
    name: 'a tree of arrays',
    parameters: ['W', 'b'],
    right: () => fromJax(watched, tree, loss),
    wrong: () => fromJax(watched, tree, loss, { gradients: doubled }),
    blamed: 'W',
    throwing: (error) => fromJax(watched, tree, failing(error)),
    bits,
    held,
  });

  laws({
    name: 'a tree of arrays, read back asynchronously',
    parameters: ['W', 'b'],
    right: () => fromJax(watched, tree, loss, { async: true }),
    wrong: () => fromJax(watched, tree, loss, { gradients: doubled, async: true }),
    blamed: 'W',
    throwing: (error) => fromJax(watched, tree, failing(error), { async: true }),
    bits,
    held,
  });

  test.each(['cpu', 'wasm'] as const)('a compiled loss is right on the %s backend', (backend) => {
    jax.defaultDevice(backend);
    const x = np.reshape(np.array(numbers(12, 20)), [4, 3]);
    const b = np.array(numbers(3));
    const compiled = jax.jit((bias: jax.Array) => np.mean(np.square(x.ref.add(bias))));
    const report = checkGradients(fromJax(jax, b, compiled));
    jax.defaultDevice('wasm');
    expect(report.verdict).toBe('correct');
  });

  test('a single array is a tree', () => {
    const report = checkGradients(fromJax(jax, tree.b, (b: jax.Array) => np.sum(np.square(b))));
    expect([report.verdict, report.parameters[0]?.name]).toStrictEqual(['correct', 'parameters']);
  });

  test('arrays that the loss leaves alone are told, and not kept', () => {
    const report = checkGradients(fromJax(watched, tree, ({ b }: Tree) => np.sum(np.square(b))));
    expect(report.findings.map(({ code, parameter }) => [code, parameter])).toStrictEqual([
      ['unused-parameter', 'W'],
    ]);
    expect(made.every(({ refCount }) => refCount === 0)).toBe(true);
  });

  test('a gradient of another shape is a TypeError', () => {
    const flat = (parameters: Tree): object => ({
      W: np.reshape(parameters.W, [2, 3]),
      b: parameters.b,
    });
    expect(() => checkGradients(fromJax(jax, tree, loss, { gradients: flat }))).toThrow(
      new TypeError(
        'expect-gradients: the gradient of W must have the shape 3 × 2, but gradients().W has 2 × 3.',
      ),
    );
  });
});

describe('what can’t be checked is a TypeError', () => {
  const sum = (parameters: unknown): jax.Array => np.sum(parameters as jax.Array);
  const fails = (parameters: object, loss: (tree: never) => jax.Array): (() => unknown) => {
    const model = (): Model => fromJax(jax, parameters, loss as (tree: object) => jax.Array);
    return () => checkGradients(model());
  };

  test.each([
    [{ W: 3 }, 'W must be a jax array, or an object or array of those, but it is 3.'],
    [{}, 'fromJax needs at least one array.'],
  ])('a tree like %o', (parameters, text) => {
    expect(fails(parameters, sum)).toThrow(new TypeError(`expect-gradients: ${text}`));
  });

  test('integers', () => {
    const i = np.array([1, 2], { dtype: np.int32 });
    expect(fails({ i }, sum)).toThrow(
      new TypeError(
        'expect-gradients: i is a tensor of int32: only float32 and float64 can be moved by a small step.',
      ),
    );
  });

  test('a loss with entries', () => {
    expect(fails(np.array([1, 2]), (x: jax.Array) => np.square(x))).toThrow(
      new TypeError(
        'expect-gradients: the loss must be a tensor without dimensions, but it has the shape [2]. Sum or average it.',
      ),
    );
  });
});
