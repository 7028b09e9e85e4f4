/**
 * What a user hands to the matcher: parameters, a loss of them, and the gradients that the backward pass claims.
 * This file only says the shape; `subject.ts` reads one.
 */

/**
 * The claimed gradients: a tree like the parameters' (`dW1` is taken for `W1` when `W1` is absent), or nothing when the
 * parameter objects carry their gradients side by side (`{data, grad}`, `{w, dw}`, …).
 */
export type Gradients = number | object | undefined | void;

/**
 * A point beside the parameters θ, as what is to be added to them: by the name of a parameter, as reports have it, one number for
 * each of its entries in row-major order, in the parameter's own unit. A parameter without a name here stays as it is; `{}` is θ
 * itself. θ plus the displacement is exactly the point that is meant, also where θ is stored in single precision.
 */
export interface Displacement {
  readonly [parameter: string]: Float64Array | undefined;
}

/** A model whose gradients can be checked. Plain objects and class instances both work; extra members are ignored. */
export interface PlainModel<P = unknown> {
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

/** What claims gradients: a model to compare with a reference, or the reference. */
export interface Claim<P = unknown> {
  /** As those of a model. Of a reference: may be left out, and is then the model's; or its own, of the same names and shapes. */
  readonly parameters?: P;
  /** ∂J/∂θ at the parameters as they stand when it is called. */
  gradients(parameters: P): Gradients | PromiseLike<Gradients>;
}

/** A model that may also evaluate its loss at many points at once. */
export interface Model<P = unknown> extends PlainModel<P> {
  /**
   * J(θ + d) for each of some displacements d, in their order: the same function as `loss`, for many points at once. Where it is
   * offered, the check asks it for all but the losses that a backward pass may build on. The parameters are not touched while it
   * runs; the displacements are its own to keep or to overwrite.
   */
  losses?(
    displacements: readonly Displacement[],
    parameters: P,
  ): ArrayLike<number> | PromiseLike<ArrayLike<number>>;
}

/** A function of the model that evaluates the loss: at the parameters as they stand, or at many displacements from them. */
export type LossFunction = 'loss' | 'losses';
