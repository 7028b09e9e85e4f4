/**
 * jax-js: a loss of a tree of arrays. Its arrays can't be written in place and are used up by whoever computes with them, so a
 * check perturbs copies, and each call gets arrays of its own. What is checked is what `jax.grad` computes, or a gradient of the
 * user's. The library is handed over and not imported, so that it is the copy that made the arrays.
 */

import { describe, misuse } from '../errors.js';
import type { Displacement, PlainModel } from '../model/gradient-model.js';
import { nameOf, type Segment } from '../model/path.js';
import {
  bufferOf,
  demandFloats,
  demandScalar,
  type TensorInfo,
  readBack,
  type ReadableTensor,
  type TensorBuffer,
} from './buffers.js';
import { batches } from './batches.js';
import { settle } from './settle.js';

export type { ReadableTensor, TensorInfo } from './buffers.js';

/** What is used of a `jax.Array`. */
export interface JaxArray extends TensorInfo, ReadableTensor {
  readonly ref: JaxArray;
  readonly refCount: number;
  dispose(): void;
}

/** What is used of `jax` itself; `never` is what only the library can name. */
export interface Jax {
  readonly numpy: { array(values: never, options: never): JaxArray };
  grad(loss: never): unknown;
  vmap(loss: never, axes: never): unknown;
}

/** How the gradient is had, and how values come back from the device. */
export interface JaxOptions<Parameters, Async extends boolean> {
  /** The gradient to check, a tree like the parameters'; `jax.grad(loss)` if not given. */
  readonly gradients?: ((parameters: Parameters) => unknown) | undefined;
  /** Read values back by promises, as the main thread of a page should. */
  readonly async?: Async | undefined;
  /**
   * Whether to evaluate the loss at many points in one call, by `jax.vmap`; true if not given. A loss that can't be vmapped, or has
   * other values then, is evaluated point by point all the same.
   */
  readonly vmap?: boolean | undefined;
}

/**
 * The model of a tree of arrays; of promises, and a promise itself, with `async: true`. Its parameters and gradients are trees of values
 * like that of the arrays.
 */
export type TreeModel<Async extends boolean> = Async extends true
  ? Promise<
      PlainModel<object> & {
        loss(): Promise<number>;
        gradients(): Promise<object>;
        losses?(displacements: readonly Displacement[]): Promise<number[]>;
      }
    >
  : PlainModel<object> & {
      loss(): number;
      gradients(): object;
      losses?(displacements: readonly Displacement[]): number[];
    };

/**
 * The model whose loss is a function of a tree of arrays. The arrays that are handed over are copied and not used up.
 *
 * @param jax the library, after `await jax.init()`
 * @param parameters an array, or any object or array of those; their values at the time of this call
 * @param loss the loss, an array without dimensions; as usual it uses up its arguments, and may be `jax.jit(loss)`
 * @throws UsageError when the tree holds anything else, or the loss has dimensions
 */
export function fromJax<Parameters extends object, Async extends boolean = false>(
  jax: Jax,
  parameters: Parameters,
  loss: (parameters: Parameters) => JaxArray,
  { gradients, async: asynchronous, vmap = true }: JaxOptions<Parameters, Async> = {},
): TreeModel<Async> {
  const leaves: Leaf[] = [];
  mapLeaves(parameters, [], (array, path) => leaves.push({ array, name: nameOf(path) }));
  if (leaves.length === 0) throw misuse('fromJax needs at least one array.');
  for (const { array, name } of leaves) demandFloats(array, name);
  const slopes = gradients ?? jax.grad(loss as never);
  const withLeaves = (values: readonly unknown[]): object => {
    const rest = [...values];
    return mapLeaves(parameters, [], () => rest.shift());
  };
  return settle(
    () =>
      readBack(
        leaves.map(({ array }) => array.ref),
        asynchronous,
      ),
    (first) => {
      const buffers = leaves.map(({ array }, i) => bufferOf(array, first[i]!));
      /** Computes arrays from arrays with the values of some buffers, and hands what is read of them to `use`. */
      const evaluate = (
        from: readonly TensorBuffer[],
        compute: (made: Parameters) => readonly JaxArray[],
        use: (values: readonly ArrayLike<number>[]) => unknown,
      ): unknown => {
        const made = leaves.map(({ array }, i) => arrayOf(jax, from[i]!, array.dtype));
        let thrown = true;
        return settle(
          () => readBack(compute(withLeaves(made) as Parameters), asynchronous),
          (values) => {
            thrown = false;
            return use(values);
          },
          () => {
            // What the function left unused; and what references it took and did not come to use when it threw.
            for (const array of made)
              for (let left = thrown ? array.refCount : Math.min(array.refCount, 1); left > 0; left -= 1)
                array.dispose();
          },
        );
      };
      const one = (from: readonly TensorBuffer[]): unknown =>
        evaluate(
          from,
          (made) => [demandScalar(loss(made))],
          ([value]) => value![0],
        );
      const many = (from: readonly TensorBuffer[], moved: readonly boolean[]): unknown => {
        const axes = withLeaves(moved.map((is) => (is ? 0 : null)));
        const batched = jax.vmap(loss as never, [axes] as never) as typeof loss;
        return evaluate(
          from,
          (made) => [batched(made)],
          ([values]) => values,
        );
      };
      const names = leaves.map(({ name }) => name);
      return {
        parameters: withLeaves(buffers),
        ...(vmap ? { losses: batches({ names, buffers, one, many }) } : {}),
        loss: () => one(buffers),
        gradients: () => {
          let claimed: unknown;
          return evaluate(
            buffers,
            (made) => {
              claimed = (slopes as (parameters: Parameters) => unknown)(made);
              const arrays: JaxArray[] = [];
              mapLeaves(claimed, [], (array) => arrays.push(array));
              return arrays;
            },
            (claims) => {
              let place = 0;
              return mapLeaves(claimed, [], (array) => bufferOf(array, claims[place++]!));
            },
          );
        },
      };
    },
  ) as TreeModel<Async>;
}

/** An array of the tree, and its name. */
interface Leaf {
  readonly array: JaxArray;
  readonly name: string;
}

/** A tree like `tree`, with something else in the place of each array. */
function mapLeaves(
  tree: unknown,
  path: readonly Segment[],
  put: (array: JaxArray, path: readonly Segment[]) => unknown,
): object {
  if (typeof tree !== 'object' || tree === null)
    throw misuse(
      `${nameOf(path)} must be a jax array, or an object or array of those, but it is ${describe(tree)}.`,
    );
  if ('dtype' in tree && 'dataSync' in tree) return put(tree as JaxArray, path) as object;
  if (Array.isArray(tree)) return tree.map((child, i) => mapLeaves(child, [...path, i], put));
  return Object.fromEntries(
    Object.entries(tree).map(([key, child]) => [key, mapLeaves(child, [...path, key], put)]),
  );
}

/** A new array with a buffer's values. */
function arrayOf({ numpy }: Jax, { data, shape }: TensorBuffer, dtype: string): JaxArray {
  return numpy.array(data.slice() as never, { shape: Array.from(shape), dtype } as never);
}
