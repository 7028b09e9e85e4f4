/** What the type programs beside this file share. They are compiled and never run. */

import type { Displacement } from 'expect-gradients';

type Equal<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;

/** Compiles only when the value is of the very type `Expected`: `isExactly<void>()(value)`. */
export declare function isExactly<Expected>(): <Actual>(
  value: Actual,
  ...no: Equal<Actual, Expected> extends true ? [] : ['is of another type']
) => void;

/** A model whose functions return what is asked for. */
interface ModelOf<Loss, Gradients> {
  readonly parameters: { readonly W1: readonly (readonly number[])[] };
  loss(parameters: { readonly W1: readonly (readonly number[])[] }): Loss;
  gradients(parameters: { readonly W1: readonly (readonly number[])[] }): Gradients;
}

interface Claimed {
  readonly dW1: readonly (readonly number[])[];
}

export declare const model: ModelOf<number, Claimed>;
export declare const asyncLoss: ModelOf<Promise<number>, Claimed>;
export declare const asyncGradients: ModelOf<number, Promise<Claimed>>;
export declare const sometimesAsync: ModelOf<number | PromiseLike<number>, Claimed>;
/** A layer, whose backward pass returns what is asked for. */
interface LayerOf<Claim> {
  readonly parameters: { readonly W: number[][] };
  outputs(parameters: { readonly W: number[][] }): Float64Array;
  vjp(parameters: { readonly W: number[][] }, cotangent: Float64Array): Claim;
}

export declare const layer: LayerOf<{ W: number[][] }>;
export declare const asyncLayer: LayerOf<Promise<{ W: number[][] }>>;

/** Gradients, and their Hessian. */
interface CurvedOf<Claim> {
  readonly parameters: number[];
  gradients(parameters: number[]): number[];
  hessian(parameters: number[]): Claim;
}

export declare const curved: CurvedOf<number[][]>;
export declare const asyncCurved: CurvedOf<Promise<number[][]>>;

/** A model that also evaluates many points at once. */
interface BatchedOf<Losses> extends ModelOf<number, Claimed> {
  losses(displacements: readonly Displacement[]): Losses;
}

export declare const batched: BatchedOf<Float32Array>;
export declare const asyncBatched: BatchedOf<Promise<number[]>>;
export declare const untyped: ModelOf<
  // eslint-disable-next-line typescript/no-explicit-any
  any,
  Claimed
>;
