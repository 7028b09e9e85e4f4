/**
 * What a user hands to the matcher: parameters, a loss of them, and the gradients that the backward pass claims.
 * This file only says the shape; `subject.ts` reads one.
 */

/**
 * The claimed gradients: a tree like the parameters' (`dW1` is taken for `W1` when `W1` is absent), or nothing when the
 * parameter objects carry their gradients side by side (`{data, grad}`, `{w, dw}`, …).
 */
export type Gradients = number | object | undefined | void;

/** A model whose gradients can be checked. Plain objects and class instances both work; extra members are ignored. */
export interface Model<P = unknown> {
  /**
   * A number, a float array, a nested array of numbers, or any object, array or Map of those. Perturbed in place, one
   * entry at a time, and restored bit for bit. A root number can't be changed in place: read it from the argument.
   */
  readonly parameters: P;
  /** The scalar loss J(θ) at the parameters as they stand when it is called. */
  loss(parameters: P): number | PromiseLike<number>;
  /** ∂J/∂θ at the parameters as they stand when it is called. */
  gradients(parameters: P): Gradients | PromiseLike<Gradients>;
}
