import * as jax from '@jax-js/jax';
import { checkGradients, type Model, UsageError } from 'expect-gradients';
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
  vmap: (loss: (tree: object) => jax.Array, axes: never) => (parameters: object) =>
    kept(jax.vmap(loss, axes)(parameters)),
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

  describe('losses at many points', () => {
    /** The loss, and how often the library called it: once for a batch, and for each point by itself. */
    const counted = (of: (tree: Tree) => jax.Array = loss): { calls: number; loss: typeof loss } => {
      const counter = {
        calls: 0,
        loss: (parameters: Tree) => {
          counter.calls += 1;
          return of(parameters);
        },
      };
      return counter;
    };

    test.each(['exhaustive', 'directional'] as const)('are the same in a few calls: %s', async (method) => {
      for (const gradients of [jax.grad(loss), doubled]) {
        const [batched, single, later] = [counted(), counted(), counted()];
        const report = checkGradients(fromJax(watched, tree, batched.loss, { gradients }), { method });
        const plain = checkGradients(fromJax(jax, tree, single.loss, { gradients, vmap: false }), { method });
        const awaited = await checkGradients(
          await fromJax(watched, tree, later.loss, { gradients, async: true }),
          { method },
        );
        for (const one of [report, awaited]) {
          expect(one.verdict).toBe(plain.verdict);
          expect(one.evaluations).toStrictEqual(plain.evaluations);
          expect(one.difference).toBeCloseTo(plain.difference, 3);
        }
        expect(single.calls).toBe(plain.evaluations.loss);
        expect(batched.calls).toBeLessThan(0.6 * plain.evaluations.loss);
        expect(later.calls).toBe(batched.calls);
      }
      expect(held()).toBe(3);
    });

    test('come in batches of 128, in their order, and of each size a power of two', () => {
      const wide = np.array(numbers(300));
      const sizes: unknown[] = [];
      const measuring = {
        ...watched,
        vmap: (...[of, axes]: Parameters<(typeof watched)['vmap']>) => {
          const right = jax.vmap(of, axes);
          return (parameters: Record<string, jax.Array>) => {
            sizes.push(Object.values(parameters).map(({ shape }) => shape.join('×')));
            return right(parameters);
          };
        },
      };
      const model = fromJax(measuring, { wide, b: tree.b }, (two) =>
        np.sum(np.square(two.wide)).add(np.sum(two.b)),
      );
      const points = Array.from({ length: 300 }, (_, k) => ({
        wide: Float64Array.from(numbers(300), (__, i) => (i === k ? 0.5 : 0)),
      }));
      const values = model.losses!([{}, ...points]);
      const squares = numbers(300).map((value) => value ** 2);
      const whole = [...squares, ...numbers(2, 9)].reduce((sum, value) => sum + value);
      expect(values).toHaveLength(301);
      expect(values[0]).toBeCloseTo(whole, 3);
      for (const [k, value] of values.slice(1).entries())
        expect(value).toBeCloseTo(whole - squares[k]! + (numbers(300)[k]! + 0.5) ** 2, 3);
      // What is not moved is there once.
      expect(sizes).toStrictEqual([
        ['128×300', '2'],
        ['128×300', '2'],
        ['64×300', '2'],
      ]);
    });

    test('are evaluated one by one where the loss can’t be vmapped', () => {
      // What is read of an array in the midst of it is no number when many are computed at once.
      const reading = counted((parameters) => {
        const [first] = parameters.b.ref.js() as [number];
        return loss(parameters).mul(Math.sign(1 + first));
      });
      const { verdict, evaluations } = checkGradients(
        fromJax(watched, tree, reading.loss, { gradients: jax.grad(loss) }),
      );
      expect(verdict).toBe('correct');
      expect(reading.calls).toBeGreaterThan(evaluations.loss);
      expect(held()).toBe(3);
    });

    test('are evaluated one by one where the library gives other values', () => {
      const reversing = {
        ...watched,
        vmap: (...[of, axes]: Parameters<(typeof watched)['vmap']>) => {
          const right = jax.vmap(of, axes);
          return (parameters: object) => np.flip(right(parameters), 0);
        },
      };
      const watchedLoss = counted();
      const { verdict, evaluations } = checkGradients(fromJax(reversing, tree, watchedLoss.loss));
      expect(verdict).toBe('correct');
      expect(watchedLoss.calls).toBeGreaterThan(evaluations.loss);
    });

    test('a random loss is told, as it is without', () => {
      const random = (parameters: Tree): jax.Array => loss(parameters).add(Math.random());
      const { verdict, findings } = checkGradients(fromJax(jax, tree, random));
      expect([verdict, findings[0]?.code]).toStrictEqual(['inconclusive', 'nondeterministic-loss']);
    });

    test('none where they are not wanted', () => {
      expect(fromJax(jax, tree, loss, { vmap: false })).not.toHaveProperty('losses');
    });
  });

  test('a gradient of another shape is a TypeError', () => {
    const flat = (parameters: Tree): object => ({
      W: np.reshape(parameters.W, [2, 3]),
      b: parameters.b,
    });
    expect(() => checkGradients(fromJax(jax, tree, loss, { gradients: flat }))).toThrow(
      new UsageError(
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
    expect(fails(parameters, sum)).toThrow(new UsageError(`expect-gradients: ${text}`));
  });

  test('integers', () => {
    const i = np.array([1, 2], { dtype: np.int32 });
    expect(fails({ i }, sum)).toThrow(
      new UsageError(
        'expect-gradients: i is a tensor of int32: only float32 and float64 can be moved by a small step.',
      ),
    );
  });

  test('a loss with entries', () => {
    expect(fails(np.array([1, 2]), (x: jax.Array) => np.square(x))).toThrow(
      new UsageError(
        'expect-gradients: the loss must be a tensor without dimensions, but it has the shape [2]. Sum or average it.',
      ),
    );
  });
});
