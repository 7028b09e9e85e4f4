/**
 * Tensors whose values can't be written in place, as buffers that can: a check perturbs the buffers, and the adapter makes
 * tensors of them for each call. Assumes row-major values, which is how libraries read tensors back.
 */

import { describe, misuse } from '../errors.js';
import { isShape } from '../model/array/shape.js';

/** A tensor's values where a check can perturb them. */
export interface TensorBuffer {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/** What all tensors have. */
export interface TensorInfo {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** What tensors are read back by. */
export interface ReadableTensor {
  dataSync(): ArrayLike<unknown>;
  data(): Promise<ArrayLike<unknown>>;
}

/** What is read back of tensors, at once or as a promise. */
export function readBack(
  tensors: readonly ReadableTensor[],
  asynchronous: boolean | undefined,
): readonly ArrayLike<number>[] | Promise<readonly ArrayLike<number>[]> {
  const values = asynchronous
    ? Promise.all(tensors.map((tensor) => tensor.data()))
    : tensors.map((tensor) => tensor.dataSync());
  return values as readonly ArrayLike<number>[] | Promise<readonly ArrayLike<number>[]>;
}

/** The kinds of tensors that have gradients, and how their values are stored. */
const STORAGE: Readonly<Record<string, new (values: ArrayLike<number>) => Float32Array | Float64Array>> = {
  float32: Float32Array,
  float64: Float64Array,
};

/** Whether a tensor's values can be moved by a small step. */
export function demandFloats(tensor: TensorInfo, name: string): void {
  if (!(tensor.dtype in STORAGE))
    throw misuse(
      `${name} is a tensor of ${tensor.dtype}: only float32 and float64 can be moved by a small step.`,
    );
}

/** A buffer with a copy of a tensor's values. */
export function bufferOf({ shape, dtype }: TensorInfo, values: ArrayLike<number>): TensorBuffer {
  return { data: new (STORAGE[dtype] ?? Float64Array)(values), shape: Array.from(shape) };
}

/** The loss as a tensor; of one with entries a library would take the gradient of the sum, which is not what a loss of it says. */
export function demandScalar<Tensor extends TensorInfo>(tensor: Tensor): Tensor {
  if (typeof tensor !== 'object' || tensor === null || !isShape(tensor.shape))
    throw misuse(`the loss must be a tensor without dimensions, but it is ${describe(tensor)}.`);
  if (tensor.shape.length > 0)
    throw misuse(
      `the loss must be a tensor without dimensions, but it has the shape [${tensor.shape.join(', ')}]. Sum or average it.`,
    );
  return tensor;
}

/** Whether two tensors' values are the same to the bit, −0 and 0 told apart. */
export function sameBits(a: TensorBuffer['data'], b: TensorBuffer['data']): boolean {
  for (let i = 0; i < a.length; i += 1) if (!Object.is(a[i], b[i])) return false;
  return true;
}
