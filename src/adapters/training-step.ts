/**
 * Libraries that show their gradient only as what a training step does to the weights. Of plain gradient descent at the rate r
 * a step is θ − r ∂J/∂θ, so that the gradient is (before − after) / r, at every rate alike. That of a step that changes weights
 * which it still reads depends on the rate: it is right in the limit of small rates, and wrong at the rate that one trains at.
 */

import { demandFunctions, describe, misuse } from '../errors.js';
import type { PlainModel } from '../model/gradient-model.js';
import type { Segment } from '../model/path.js';
import { Subject } from '../model/subject/subject.js';
import { type Following, settle } from './settle.js';

/** The default rate: one that people train at, and a power of two, so that multiplying by it and dividing again are exact. */
const TRAINING_RATE: number = 2 ** -3;

/**
 * The larger of the two rates whose steps are extrapolated to the rate zero. With what is left of the rate's square, 2^-28, and
 * of rounding, some 2^-52 / 2^-14 relative to a gradient of the size of the weights, both are below 1e-8.
 */
const SMALL_RATE: number = 2 ** -14;

/**
 * What the storage of a weight may round away of a step, relative to rate · weight. At the rate 2^-7 and more that is less in
 * float32, 2^-23 / 2^-7; more would be taken for an error of the gradient.
 */
const MOST_ROUNDED: number = 2 ** -16;

/** A model that is only trained. */
export interface StepModel<P, Loss, Done> {
  /** As of any model: numbers, arrays, objects of those, perturbed in place. */
  readonly parameters: P;
  /** The loss J(θ) of which the step is to be one of gradient descent. */
  loss(parameters: P): Loss;
  /** Makes one step of plain gradient descent at the rate: no momentum, no decay, one update. May return a promise. */
  step(rate: number, parameters: P): Done;
  /**
   * The rate, in the unit of θ² / J; 1/8 if not given. 0: the limit of ever smaller rates, by extrapolation from two. A model
   * that is right at 0 and wrong at the rate that it is trained at changes weights before it is done with them. In Float32Array
   * storage a rate below 1/128 is refused, as rounding would leave too little of the step.
   */
  readonly rate?: number | undefined;
}

/**
 * The model whose gradient is what a training step changes, divided by the rate. Every parameter is put back after each step; what
 * else the step changes is not.
 *
 * @throws UsageError when the rate is not 0 or a positive finite number, or `step` or `loss` is no function
 */
export function fromStep<P, Loss extends number | PromiseLike<number>, Done>(
  model: StepModel<P, Loss, Done>,
): PlainModel<P> & { loss(parameters: P): Loss; gradients(parameters: P): Following<Done, object> } {
  const { parameters, rate = TRAINING_RATE } = model;
  if (typeof rate !== 'number' || !(rate >= 0 && rate < Infinity))
    throw misuse(`fromStep needs a rate that is 0 or a positive finite number, but it is ${describe(rate)}.`);
  demandFunctions('fromStep', model, ['loss', 'step']);
  const claim = (): unknown => {
    if (rate > 0) return gradientAt(model, rate, treeOf);
    return gradientAt(model, SMALL_RATE, (whole) =>
      gradientAt(model, SMALL_RATE / 2, (half) => treeOf(extrapolated(whole, half))),
    );
  };
  return {
    parameters,
    loss: (values) => model.loss(values),
    gradients: () => claim() as Following<Done, object>,
  };
}

/** A parameter's path, and its claimed gradient. */
interface Gradient {
  readonly path: readonly Segment[];
  readonly values: Float64Array;
}

/** Makes a step, takes what it changed as gradients, and puts the parameters back; then hands them to `use`. */
function gradientAt(
  model: StepModel<unknown, unknown, unknown>,
  rate: number,
  use: (gradients: readonly Gradient[]) => unknown,
): unknown {
  const { parameters } = model;
  const holder = { parameters };
  const before = new Subject(holder, EVERYTHING);
  for (const { name, values } of before.parameters)
    if (values.spacing / rate > MOST_ROUNDED)
      throw misuse(
        `fromStep can't tell the gradient of ${name} from a step at the rate ${rate}, which its storage rounds away: take a rate of ${values.spacing / MOST_ROUNDED} or more.`,
      );
  const taken = (): unknown =>
    settle(
      () => model.step(rate, parameters),
      () => {
        // A step may also put other arrays in the place of those that were there, so the tree is walked again.
        const after = new Subject(holder, EVERYTHING);
        return before.parameters.map(({ name, path }, p): Gradient => {
          const was = before.saved[p]!;
          const now = after.saved[after.parameters.findIndex((parameter) => parameter.name === name)];
          if (now?.length !== was.length)
            throw misuse(`step() must leave ${name} with as many entries as it had, ${was.length}.`);
          return { path, values: was.map((value, i) => (value - now[i]!) / rate) };
        });
      },
      () => {
        before.restore();
      },
    );
  return settle(taken, use as (gradients: unknown) => unknown);
}

const EVERYTHING = { only: undefined, except: undefined };

/** The limit of the rate zero: the claim at the rate r errs by a term in r, which twice that at r/2 less that at r has not. */
function extrapolated(whole: readonly Gradient[], half: readonly Gradient[]): readonly Gradient[] {
  return whole.map(({ path, values }, p) => ({
    path,
    values: values.map((value, i) => 2 * half[p]!.values[i]! - value),
  }));
}

/** The gradients as a tree like the parameters'. */
function treeOf(gradients: readonly Gradient[]): object {
  const root = Object.create(null) as Record<Segment, unknown>;
  for (const { path, values } of gradients) {
    if (path.length === 0) return values;
    let at = root;
    for (const segment of path.slice(0, -1))
      at = (at[segment] ??= Object.create(null)) as Record<Segment, unknown>;
    at[path.at(-1)!] = values;
  }
  return root;
}
