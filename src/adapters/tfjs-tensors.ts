/**
 * What the adapters for TensorFlow.js share: as much of the library as they use, and tensors computed, read back and disposed of within
 * one call. The library is handed over and not imported, so that it is the copy that made the tensors.
 */

import {
  bufferOf,
  demandFloats,
  type TensorInfo,
  readBack,
  type ReadableTensor,
  type TensorBuffer,
} from './buffers.js';
import { misuse } from '../errors.js';
import { settle } from './settle.js';

/** What is used of a `tf.Tensor`. */
export interface TfTensor extends TensorInfo, ReadableTensor {
  readonly dataId: object;
  clone(): TfTensor;
  dispose(): void;
}

/** What is used of `tf` itself, be it `@tensorflow/tfjs` or `@tensorflow/tfjs-core`; `never` is what only the library can name. */
export interface Tf {
  tidy(f: never): unknown;
  tensor(values: never, shape: never, dtype: never): TfTensor;
  zeros(shape: never): TfTensor;
  variableGrads(f: never, variables: never): { readonly grads: object };
  grads(f: never): unknown;
  stack(tensors: never): TfTensor;
}

/** How values come back from the backend: at once, or as promises, which is all that WebGPU has. */
export interface ReadBack<Async extends boolean> {
  readonly async?: Async | undefined;
}

/** Tensors' values by name, as a check perturbs them. */
export type TensorBuffers = Readonly<Record<string, TensorBuffer>>;

/** Tensors and their names. */
export type Sources = readonly (readonly [name: string, tensor: TfTensor])[];

/** Gradients by name; the library leaves out those of what the loss does not depend on. */
export type Slopes = Readonly<Record<string, TfTensor | undefined>>;

/** The tensors that a check perturbs, by name. */
export function demandSources(tensors: Readonly<Record<string, TfTensor>>): Sources {
  const sources = Object.entries(tensors);
  for (const [name, tensor] of sources) demandFloats(tensor, name);
  return sources;
}

/** The names of the tensors that a user hands to `who`, of which there must be some. */
export function demandNames<Name extends string>(
  who: string,
  tensors: Readonly<Record<Name, TfTensor>>,
): readonly Name[] {
  const names = Object.keys(tensors) as Name[];
  if (names.length === 0) throw misuse(`${who} needs at least one tensor.`);
  return names;
}

/** Values read back of tensors, by name. */
export function buffersOf(sources: Sources, values: readonly ArrayLike<number>[]): TensorBuffers {
  return Object.fromEntries(sources.map(([name, tensor], i) => [name, bufferOf(tensor, values[i]!)]));
}

/** A list in the order of some names, by these. */
export function namedAs<Name extends string>(
  names: readonly Name[],
): <Value>(values: readonly Value[]) => Record<Name, Value> {
  return <Value>(values: readonly Value[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<Name, Value>;
}

/** A copy of a buffer as a tensor: the cpu backend would go on reading the buffer itself. */
export function tensorOf(tf: Tf, { data, shape }: TensorBuffer): TfTensor {
  return tf.tensor(Float32Array.from(data) as never, Array.from(shape) as never, 'float32' as never);
}

/** Gradients in the order of the sources, as clones to be disposed of; zeros where the library has none. */
export function slopesOf(tf: Tf, sources: Sources, slopes: Slopes): readonly TfTensor[] {
  return sources.map(([name, { shape }]) => slopes[name]?.clone() ?? tf.zeros(Array.from(shape) as never));
}

/** Computes tensors, hands what is read of them to `use`, and leaves none behind. */
export type Evaluate = (
  results: () => readonly TfTensor[],
  use: (values: readonly ArrayLike<number>[]) => unknown,
) => unknown;

export function evaluatorOf(tf: Tf, asynchronous: boolean | undefined): Evaluate {
  return (results, use) => {
    const kept = tf.tidy(results as never) as readonly TfTensor[];
    return settle(
      () => readBack(kept, asynchronous),
      use,
      () => {
        for (const tensor of kept) tensor.dispose();
      },
    );
  };
}
