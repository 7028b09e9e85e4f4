/**
 * Libraries that show their gradient only as what a training step does to the weights. Of plain gradient descent at the rate r
 * a step is θ − r ∂J/∂θ, so that the gradient is (before − after) / r, at every rate alike. That of a step that changes weights
 * which it still reads depends on the rate: it is right in the limit of small rates, and wrong at the rate that one trains at.
 */

import { demandFunctions, describe, misuse } from '../errors.js';
import { offers } from '../model/subject/members.js';
import { ADAPTER, type Adapter, type PlainModel, type Remark } from '../model/gradient-model.js';
import type { Segment } from '../model/path.js';
import { type Following, run } from './settle.js';
import { claimedBy, type Known, type Step } from './step-changes.js';
import { remarksOn } from './step-remarks.js';
import { type Moved, Tracked } from './tracked-tree.js';

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
  /** As of any model: numbers, arrays, objects of those, perturbed in place. Where a step replaces arrays, hand over what holds them. */
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
  /** Called before every loss and step, where there is one: seeds random numbers anew, clears momentum. */
  reset?(): unknown;
}

/**
 * The model whose gradient is what a training step changes, divided by the rate. Every number of the parameters is put back after each
 * step; what else the step changes is not. The first time, steps at a half and a quarter of the rate tell what does not go with it: a
 * rate that is ignored, a decay outside of it, updates in sequence.
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
  const trained = new Trained(model, rate);
  const adapted: object = { [ADAPTER]: trained };
  return {
    parameters,
    loss: (values) => model.loss(values),
    gradients: () => trained.claim() as Following<Done, object>,
    ...(offers(model, 'reset') ? { reset: () => model.reset!() } : {}),
    ...adapted,
  };
}

type AnyStepModel = StepModel<unknown, unknown, unknown>;

/** What a model's steps claim, and what there is to say of them. */
class Trained implements Adapter {
  readonly call = 'step()';
  readonly absent = 'it leaves it as it is, or moves it by as much at any rate, or sets it to the rate';
  readonly #model: AnyStepModel;
  readonly #rates: readonly [number, number?];
  /** What was seen of the first steps. */
  #known: Known | undefined;

  constructor(model: AnyStepModel, rate: number) {
    this.#model = model;
    this.#rates = rate > 0 ? [rate] : [SMALL_RATE, SMALL_RATE / 2];
  }

  remarks(parameters: readonly string[]): readonly Remark[] {
    return this.#known === undefined ? [] : remarksOn(this.#known, parameters);
  }

  /** The gradient that a step claims, as a tree like the parameters'; a promise of it where the step is waited for. */
  claim(): unknown {
    return run(this.#claim());
  }

  *#claim(): Generator<unknown, object> {
    const [rate, half] = this.#rates;
    const steps = this.#known === undefined ? yield* this.#examine(rate) : [yield* this.#step(rate)];
    const [whole] = steps as [Step];
    const other = half === undefined ? undefined : (steps[1] ?? (yield* this.#step(half)));
    const claimed = whole.leaves.filter(claimedBy(this.#known!));
    for (const leaf of claimed) demandVisible(leaf, rate);
    return treeOf(claimed.map((leaf) => ({ path: leaf.path, values: gradientOf(leaf, whole, other) })));
  }

  /** Steps at the rate, at half and at a quarter of it, and the loss before and after them. What throws but the first is done without. */
  *#examine(rate: number): Generator<unknown, Known['steps']> {
    const before = [yield* this.#loss(), yield* this.#loss()];
    const steps: Known['steps'] = [
      yield* this.#step(rate),
      yield* unlessThrown(this.#step(rate / 2)),
      yield* unlessThrown(this.#step(rate / 4)),
    ];
    const isLimit = this.#rates.length > 1;
    this.#known = { isLimit, steps, losses: [...before, yield* this.#loss()] };
    return steps;
  }

  *#loss(): Generator<unknown, unknown> {
    const model = this.#model;
    return yield* unlessThrown(this.#call(() => model.loss(model.parameters)));
  }

  /** Makes a step, sees what it changed, and puts that back. */
  *#step(rate: number): Generator<unknown, Step> {
    const model = this.#model;
    const before = new Tracked(model.parameters);
    // What can't be seen can't be put back.
    if (before.isEmpty)
      throw misuse(
        `fromStep needs parameters that hold numbers, but it got ${describe(model.parameters)} in which none can be seen. What step() ` +
          'changes elsewhere can be neither told nor put back: hand over what holds it, or give its private fields getters.',
      );
    try {
      yield* this.#call(() => model.step(rate, model.parameters));
      return { rate, leaves: before.moves() };
    } finally {
      before.restore();
    }
  }

  *#call(call: () => unknown): Generator<unknown, unknown> {
    yield this.#model.reset?.();
    return yield call();
  }
}

/** What a procedure returns, or nothing where it throws: of what is only looked at for a better message. */
function* unlessThrown<Result>(
  procedure: Generator<unknown, Result>,
): Generator<unknown, Result | undefined> {
  try {
    return yield* procedure;
  } catch {
    return undefined;
  }
}

function demandVisible({ name, spacing }: Moved, rate: number): void {
  if (spacing / rate > MOST_ROUNDED)
    throw misuse(
      `fromStep can't tell the gradient of ${name} from a step at the rate ${rate}, which its storage rounds away: take a rate of ${spacing / MOST_ROUNDED} or more.`,
    );
}

/**
 * (before − after) / r; and of two steps the limit of the rate zero: the claim at the rate r errs by a term in r, which twice that at
 * r/2 less that at r has not.
 */
function gradientOf(leaf: Moved, whole: Step, half: Step | undefined): Float64Array {
  const { change } = leaf;
  const other = half?.leaves.find(({ name }) => name === leaf.name)?.change;
  if (other === undefined) return change.map((value) => value / whole.rate);
  return change.map((value, i) => 2 * (other[i]! / half!.rate) - value / whole.rate);
}

/** A parameter's path, and its claimed gradient. */
interface Gradient {
  readonly path: readonly Segment[];
  readonly values: Float64Array;
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
