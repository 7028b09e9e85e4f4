/**
 * TensorFlow.js: an operation, or a layer, whose value is a tensor of any shape. Its backward pass is checked by itself, as the library
 * calls it with the gradient that comes from above: that of operations composed of others, and of `tf.customGrad`.
 */

import { describe, misuse } from '../errors.js';
import { isShape } from '../model/array/shape.js';
import { readBack, type TensorBuffer } from './buffers.js';
import { settle } from './settle.js';
import {
  type TensorBuffers,
  buffersOf,
  demandNames,
  demandSources,
  evaluatorOf,
  namedAs,
  type ReadBack,
  slopesOf,
  tensorOf,
  type Tf,
  type TfTensor,
} from './tfjs-tensors.js';

/** What a check perturbs, and what it calls. */
export interface Operation<Output, Claim> {
  readonly parameters: TensorBuffers;
  outputs(parameters: TensorBuffers): Output;
  vjp(parameters: TensorBuffers, cotangent: TensorBuffer): Claim;
}

/** The model of an operation; of promises, and a promise itself, with `async: true`. */
export type OperationModel<Async extends boolean> = Async extends true
  ? Promise<Operation<Promise<TensorBuffer>, Promise<TensorBuffers>>>
  : Operation<TensorBuffer, TensorBuffers>;

/**
 * The model, for `toHaveCorrectJacobian`, whose outputs are the entries of the tensor that an operation returns. The backward pass is that
 * of `tf.grads`, called with a gradient for each entry.
 *
 * @param tensors the inputs by name; each is a parameter, with its values at the time of this call
 * @param operation returns one tensor, of any shape, made of the inputs by name
 * @throws UsageError when an input is not of floats, or what the operation returns is no tensor
 */
export function fromOperation<Tensor extends TfTensor, Name extends string, Async extends boolean = false>(
  tf: Tf,
  tensors: Readonly<Record<Name, Tensor>>,
  operation: (tensors: Record<Name, Tensor>) => TfTensor,
  { async: asynchronous }: ReadBack<Async> = {},
): OperationModel<Async> {
  const names = demandNames('fromOperation', tensors);
  const sources = demandSources(tensors);
  const named = namedAs<Name>(names);
  const evaluate = evaluatorOf(tf, asynchronous);
  const run = (...inputs: Tensor[]): TfTensor => demandTensor(operation(named(inputs)));
  const backward = tf.grads(run as never) as (inputs: readonly TfTensor[], above: TfTensor) => TfTensor[];
  return settle(
    () => readBack(Object.values<TfTensor>(tensors), asynchronous),
    (values) => {
      const now = buffersOf(sources, values);
      const made = (): TfTensor[] => names.map((name) => tensorOf(tf, now[name]!));
      return {
        parameters: now,
        outputs: () => {
          let shape: readonly number[] = [];
          return evaluate(
            () => {
              const output = run(...(made() as Tensor[])).clone();
              shape = Array.from(output.shape);
              return [output];
            },
            ([data]) => ({ data: Float32Array.from(data!), shape }),
          );
        },
        vjp: (_: TensorBuffers, cotangent: TensorBuffer) =>
          evaluate(
            () => slopesOf(tf, sources, named(backward(made(), tensorOf(tf, cotangent)))),
            (slopes) => buffersOf(sources, slopes),
          ),
      };
    },
  ) as unknown as OperationModel<Async>;
}

function demandTensor(output: TfTensor): TfTensor {
  if (typeof output !== 'object' || output === null || !isShape(output.shape))
    throw misuse(`an operation must return a tensor, but it returned ${describe(output)}.`);
  return output;
}
