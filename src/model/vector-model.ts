/** What a user hands over to check derivatives of a function with many values. This file only says the shapes; `vector-subject.ts` reads them. */

import type { Gradients } from './gradient-model.js';

/**
 * A derivative as numbers: for each parameter a matrix of outputs × entries, flattened or in rows; for a single parameter the matrix
 * itself. Outputs that are several arrays may also come each under its own name.
 */
export type Matrix = number | object;

/** A tree of numbers of the same structure as the outputs. */
export type Outputs = number | object;

/** A function with many values, or a layer, whose derivatives can be checked. One of `jacobian`, `vjp` and `jvp` has to be there. */
export interface VectorModel<P = unknown, Y = unknown> {
  /** As those of a model with a scalar loss: perturbed in place, and restored bit for bit. */
  readonly parameters: P;
  /** y(θ): a number, a float array, a nested array of numbers, or any object, array or Map of those; always of the same structure. */
  outputs(parameters: P): Y | PromiseLike<Y>;
  /** ∂y/∂θ: M × N for M outputs and N entries, one row for each output in row-major order. */
  jacobian?(parameters: P): Matrix | PromiseLike<Matrix>;
  /**
   * cᵀ ∂y/∂θ, the vector-Jacobian product of the backward pass: as a tree like the parameters', as `gradients` gives it.
   * @param cotangent c, a fresh copy of the outputs' structure
   */
  vjp?(parameters: P, cotangent: Y): Gradients | PromiseLike<Gradients>;
  /**
   * ∂y/∂θ t, the Jacobian-vector product of forward mode: as a tree like the outputs'.
   * @param tangent t, a fresh copy of the parameters' structure
   */
  jvp?(parameters: P, tangent: P): Outputs | PromiseLike<Outputs>;
}

/** A gradient whose own derivatives can be checked. One of `hessian` and `hvp` has to be there. */
export interface CurvedModel<P = unknown> {
  readonly parameters: P;
  /** ∂J/∂θ, as that of a model with a scalar loss; it is taken to be right. */
  gradients(parameters: P): Gradients | PromiseLike<Gradients>;
  /** ∂²J/∂θ²: N × N over all entries in the order of the parameters; or, for each parameter, a tree of matrices by parameter. */
  hessian?(parameters: P): Matrix | PromiseLike<Matrix>;
  /**
   * ∂²J/∂θ² v, the Hessian-vector product: as a tree like the parameters'.
   * @param vector v, a fresh copy of the parameters' structure
   */
  hvp?(parameters: P, vector: P): Gradients | PromiseLike<Gradients>;
}

/** What claims derivatives of a vector function: the whole matrix, cotangent times matrix, or matrix times tangent. */
export type Role = 'matrix' | 'vjp' | 'jvp';
