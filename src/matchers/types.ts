/**
 * The types that every door gives its runner: which arguments the matchers take, and when the assertion is a promise.
 * Types only, and none of a runner's: each door merges these interfaces into its runner's own.
 */

import type { GradientCheckOptions } from '../check/options.js';
import type { BriefReport } from '../render/json.js';
import type { Sizes } from '../sizes-report.js';

/** The options of a matcher: those of a check, and what becomes of one that fails. */
export interface GradientMatcherOptions extends GradientCheckOptions {
  /**
   * A folder, seen from the working directory or absolute, for the pictures and reports of checks that fail; made where it isn't there.
   * Needs a file system: not in browsers.
   *
   * @defaultValue none
   * @example
   * expect(model).toHaveCorrectGradients({ artifacts: 'gradients' });
   */
  readonly artifacts?: string | undefined;
}

/** The options of `toHaveCorrectGradients`. */
export interface GradientSizesOptions extends GradientMatcherOptions {
  /**
   * Check the models that a factory makes over a table of these sizes: a list of whole numbers for each. What is received is then the
   * factory, a function `(sizes) => model`.
   *
   * @defaultValue none: what is received is a model
   * @example
   * expect(factory).toHaveCorrectGradients({ sizes: { batch: [1, 2, 5], units: [1, 3, 4] } });
   */
  readonly sizes?: Sizes | undefined;
}

/** What Vitest's reporters find in the `meta` of a test, beside what others put there. */
export interface GradientTaskMeta {
  /** The report of each check that the test made, in their order; NaN and infinities are written as their names. */
  gradients?: BriefReport[];
}

/**
 * What an assertion on a received `T` returns: `Promise<void>` exactly when one of the functions `K` returns a promise, be it as one
 * possibility of several, else the runner's own `R`. What is typed `any` says nothing about what will come, and counts as synchronous.
 */
export type MatcherReturn<R, T, K extends string = 'loss' | 'gradients' | 'losses'> = [
  // The promises that any of the members returns, of any model in the union, be the member optional or not.
  K extends string
    ? T extends { readonly [member in K]?: infer F }
      ? F extends (...inputs: never[]) => infer V
        ? 0 extends 1 & V
          ? never
          : Extract<V, PromiseLike<unknown>>
        : never
      : never
    : never,
] extends [never]
  ? R
  : Promise<void>;

/** What a factory makes, as far as it may be received instead of a model; all else stays what it is. */
export type MadeBy<T> = T extends (...inputs: never[]) => infer M
  ? M extends PromiseLike<unknown>
    ? { loss(): Promise<number> }
    : M
  : T;

/** The arguments of a matcher. A union and not overloads: the runners' mapped types would keep but one overload. */
export type GradientCheckArguments<Options extends GradientMatcherOptions = GradientMatcherOptions> =
  | [options?: Options | undefined]
  | [epsilon: number, tolerance: number];

/** A function of a model. */
export type ModelFunction = (...inputs: never[]) => unknown;

/** What each matcher needs of what it is given. */
export interface GradientModel {
  readonly parameters: unknown;
  readonly loss: ModelFunction;
  readonly gradients: ModelFunction;
}
export type JacobianModel = Omit<GradientModel, 'loss' | 'gradients'> & { readonly outputs: ModelFunction };
export type HessianModel = Omit<GradientModel, 'loss'>;

/**
 * The arguments of a matcher for a received `T`: those that it takes, where `T` is such a model, or nothing is known of it; else one that
 * nobody can give, whose type says what is needed.
 */
export type CheckOf<T, Model, Needed extends string> = [KnownModel<T>] extends [Model]
  ? GradientCheckArguments
  : [needed: GradientMatcherOptions & { readonly needed: Needed }];

/** As `CheckOf` for a model; a factory is checked over sizes. */
export type SizesCheckOf<T, Needed extends string> = [KnownModel<T>] extends [GradientModel]
  ? GradientCheckArguments<GradientSizesOptions>
  : [KnownModel<T>] extends [ModelFunction]
    ? [options: GradientSizesOptions & { readonly sizes: Sizes }]
    : [needed: GradientMatcherOptions & { readonly needed: Needed }];

/** What is known of a received value: of a promise what it resolves to, and of what may be anything that it fits. */
export type KnownModel<T> = 0 extends 1 & T
  ? never
  : unknown extends T
    ? never
    : T extends PromiseLike<infer Resolved>
      ? KnownModel<Resolved>
      : T extends ModelFunction
        ? T
        : T extends object
          ? [keyof T] extends [never]
            ? never
            : T
          : T;

/** The matchers as methods of what `expect(received)` returns. */
export interface GradientMatchers<R, T> {
  /**
   * Passes when the gradients that the model claims are those of its loss; under `.not`, when they are wrong. A check
   * that can't tell fails both ways. Await it when `loss`, `gradients` or `losses` returns a promise.
   *
   * @example
   * expect(model).toHaveCorrectGradients();
   * expect(model).toHaveCorrectGradients({ epsilon: 1e-7, tolerance: 1e-7 });
   * expect(model).toHaveCorrectGradients(1e-7, 1e-7);
   * expect(factory).toHaveCorrectGradients({ sizes: { batch: [1, 2, 5], units: [1, 3, 4] } });
   */
  toHaveCorrectGradients(
    ...check: SizesCheckOf<T, 'expect({ parameters, loss, gradients })'>
  ): MatcherReturn<R, MadeBy<T>>;

  /**
   * Passes when the gradients that the model claims are those of a reference: another implementation, which may do without parameters
   * of its own, or a tree of numbers. No loss is called. Await it when one of the two `gradients` returns a promise.
   *
   * @example
   * expect(fused).toHaveGradientsOf(naive);
   * expect(model).toHaveGradientsOf({ W: exported.W, b: exported.b }, { tolerance: 1e-5 });
   */
  toHaveGradientsOf<Reference>(
    reference: Reference,
    options?: GradientMatcherOptions,
  ): MatcherReturn<R, T | Reference, 'gradients'>;

  /**
   * Passes when each of `jacobian`, `vjp` and `jvp` that the model has is the derivative of its `outputs`. A layer's backward pass is
   * its `vjp`. Await it when one of the functions returns a promise.
   *
   * @example
   * expect({ parameters, outputs, vjp }).toHaveCorrectJacobian();
   */
  toHaveCorrectJacobian(
    ...check: CheckOf<T, JacobianModel, 'expect({ parameters, outputs, jacobian or vjp or jvp })'>
  ): MatcherReturn<R, T, 'outputs' | 'jacobian' | 'vjp' | 'jvp'>;

  /**
   * Passes when each of `hessian` and `hvp` that the model has is the derivative of its `gradients`, and symmetric. Await it when one of
   * the functions returns a promise.
   *
   * @example
   * expect({ parameters, gradients, hessian }).toHaveCorrectHessian();
   */
  toHaveCorrectHessian(
    ...check: CheckOf<T, HessianModel, 'expect({ parameters, gradients, hessian or hvp })'>
  ): MatcherReturn<R, T, 'gradients' | 'hessian' | 'hvp'>;
}

/** What the runners accept in the place of an expected value. */
export interface AsymmetricGradientMatcher {
  asymmetricMatch(received: unknown): boolean;
  toString(): string;
}

/** The matchers as methods of `expect` itself, for use within an expected value. */
export interface AsymmetricGradientMatchers<Matcher = AsymmetricGradientMatcher> {
  /** Matches a model whose gradients are correct, where its functions return no promise. */
  toHaveCorrectGradients(...check: GradientCheckArguments<GradientSizesOptions>): Matcher;
  /** Matches a model whose gradients are those of a reference, where the functions of both return no promise. */
  toHaveGradientsOf(reference: unknown, options?: GradientMatcherOptions): Matcher;
  /** Matches a function whose derivatives are correct, where its functions return no promise. */
  toHaveCorrectJacobian(...check: GradientCheckArguments): Matcher;
  /** Matches a gradient whose own derivatives are correct, where its functions return no promise. */
  toHaveCorrectHessian(...check: GradientCheckArguments): Matcher;
}
