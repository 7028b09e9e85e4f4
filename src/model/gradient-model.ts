/**
 * What a user hands to the matcher: parameters, a loss of them, and the gradients that the backward pass claims.
 * This file only says the shape; `subject.ts` reads one.
 */

import type { FindingEvidence } from '../finding.js';

/**
 * The claimed gradients: a tree like the parameters', in which a gradient may stand under a name that says so, `dW`, `gradW` or `W_grad`
 * for `W`; a flat array of all of them; or nothing, when they stand beside the parameters, as in `{ W, b, dW, db }` and `{ data, grad }`.
 */
export type Gradients = number | object | undefined | void;

/** The names under which the gradient of `Name` is found. */
export type GradientName<Name extends string> =
  | `${'d' | 'g' | 'grad' | 'delta'}${'' | '_'}${Name | Capitalize<Name>}`
  | `d${'L' | 'J' | 'C' | 'E' | 'Loss' | 'Cost'}${'' | '_'}d${'' | '_'}${Name | Capitalize<Name>}`
  | `${Name}${'Grad' | '_grad' | 'Delta' | '_delta'}`;

/**
 * What may be returned for parameters of the type `P`, as far as names tell: under the name of a parameter, or of its gradient, stand
 * numbers, or a tree like its own. What else a record holds is left open, and so is all of it where gradients stand beside the parameters.
 */
export type GradientsOf<P, Depth extends 0[] = [0, 0, 0]> = 0 extends 1 & P
  ? Gradients
  : unknown extends P
    ? Gradients
    : Depth extends [0, ...infer Less extends 0[]]
      ? P extends number | ArrayLike<number> | ReadonlyMap<unknown, unknown>
        ? Gradients
        : P extends readonly (infer Item)[]
          ? readonly GradientsOf<Item, Less>[] | Loose
          : P extends object
            ? string extends keyof P
              ? Gradients
              : HasGradients<P> extends true
                ? Gradients
                : RecordOfGradients<P, Less> | Loose
            : Gradients
      : Gradients;

/** What has no names that could be wrong. */
export type Loose = number | ArrayLike<number> | ReadonlyMap<unknown, unknown> | undefined | void;

/** The names of what is no method. */
export type ValueNames<P> = {
  [Name in keyof P & string]: P[Name] extends (...inputs: never[]) => unknown ? never : Name;
}[keyof P & string];

export type RecordOfGradients<P, Depth extends 0[]> = {
  readonly [Name in ValueNames<P>]?: ClaimOf<P[Name], Depth>;
} & { readonly [Name in ValueNames<P> as GradientName<Name>]?: ClaimOf<P[Name], Depth> };

/** The gradient of one member; that of an object may be an array, as the object may be a matrix. */
export type ClaimOf<Member, Depth extends 0[]> = Member extends ArrayLike<number> | number
  ? number | object
  : Exclude<GradientsOf<Member, Depth>, void> | readonly unknown[];

/** Whether a type has the gradient of one of its members for another. */
export type HasGradients<P> =
  Extract<keyof P, GradientName<ValueNames<P>> | 'grad' | 'grads' | 'deltas'> extends never ? false : true;

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
  /**
   * Moves the parameters, in place, to another point at which the loss can be evaluated, for each point that is checked beside θ: a unit
   * quaternion, sorted knots, a point of a simplex. Where it is left out, each entry is moved by about an eighth of its parameter's scale.
   * They are put back bit for bit.
   *
   * @param random gives numbers from 0 to below 1, the same ones for the same `seed`
   */
  randomize?(parameters: P, random: () => number): void;
  /**
   * Called before every call of the other functions, and waited for where it returns a promise: seeds random numbers anew, clears state, so
   * that a loss with dropout is a function of its parameters.
   */
  reset?(): unknown;
}

/** What claims gradients: a model to compare with a reference, or the reference. */
export interface Claim<P = unknown> {
  /** As those of a model. Of a reference: may be left out, and is then the model's; or its own, of the same names and shapes. */
  readonly parameters?: P;
  /** ∂J/∂θ at the parameters as they stand when it is called. */
  gradients(parameters: P): Gradients | PromiseLike<Gradients>;
}

/** A model that may also evaluate its loss at many points at once. */
export interface AnyModel<P = unknown> extends PlainModel<P> {
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

/** A model whose gradients have the names of its parameters. */
export interface NamedModel<P> extends AnyModel<P> {
  gradients(parameters: P): GradientsOf<P> | PromiseLike<GradientsOf<P>>;
}

/**
 * A model; with the type of its parameters, one whose gradients go with them, as far as names tell.
 *
 * @example
 * const model = { parameters, loss, gradients } satisfies Model<{ W: number[]; b: number }>;
 */
export type Model<P = unknown> = unknown extends P ? AnyModel<P> : NamedModel<P>;

/** A function of the model that evaluates the loss: at the parameters as they stand, or at many displacements from them. */
export type LossFunction = 'loss' | 'losses';

/** The key under which a model that an adapter made has what else there is to know of it. */
export const ADAPTER: unique symbol = Symbol.for('expect-gradients.adapter') as typeof ADAPTER;

/** What an adapter knows of the claims that it makes of something else. */
export interface Adapter {
  /** The user's function that claims them, as `step()`. */
  readonly call: string;
  /** Why something has no claim, a clause. */
  readonly absent: string;
  /** What was found out about the claims, after the first of them, as far as it is about the parameters that are checked. */
  remarks(parameters: readonly string[]): readonly Remark[];
}

/** A cause that no comparison with the loss could show. */
export type Remark = {
  readonly [Code in RemarkedCode]: RemarkOf<Code>;
}[RemarkedCode];

type RemarkedCode = 'scaled' | 'missing-regularization' | 'unexplained' | 'mutated-parameters';

interface RemarkOf<Code extends RemarkedCode> {
  readonly code: Code;
  /** The parameters that it is about; all, where there are none. */
  readonly parameters: readonly string[];
  /** What is known of it without a comparison. */
  readonly evidence: Partial<FindingEvidence[Code]>;
  readonly title: string;
  readonly advice: string;
}
