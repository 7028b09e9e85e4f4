/**
 * TensorFlow.js: a LayersModel, a loss of variables, a loss of tensors. Its tensors can't be written in place, so a check perturbs
 * copies; for each call these are assigned to the variables, and the variables' own values are back when it returns. Every call
 * tidies up after itself. What is checked is what the library computes backwards: its gradients, those of layers written by the
 * user, and `tf.customGrad`. The library is handed over and not imported, so that it is the copy that made the tensors.
 */

import { misuse } from '../errors.js';
import type { Displacement, PlainModel } from '../model/gradient-model.js';
import { demandScalar, readBack, sameBits } from './buffers.js';
import { displaced, inTurn, partsOf } from './batches.js';
import { settle } from './settle.js';
import {
  type TensorBuffers,
  buffersOf,
  demandNames,
  demandSources,
  type Evaluate,
  evaluatorOf,
  namedAs,
  type ReadBack,
  type Slopes,
  slopesOf,
  tensorOf,
  type Tf,
  type TfTensor,
} from './tfjs-tensors.js';

export type { ReadableTensor, TensorBuffer, TensorInfo } from './buffers.js';
export { fromOperation, type Operation, type OperationModel } from './tfjs-operation.js';
export type { ReadBack, TensorBuffers, Tf, TfTensor } from './tfjs-tensors.js';

/** What is used of a `tf.Variable`. */
export interface TfVariable extends TfTensor {
  readonly name: string;
  readonly trainable: boolean;
  assign(value: never): void;
}

/** What is used of a `tf.LayersModel`; a `tf.Sequential` is one. */
export interface TfLayersModel {
  readonly trainableWeights: readonly { readonly name: string; read(): TfTensor }[];
  apply(inputs: never, options: { training: boolean }): unknown;
}

/** The model of tensors by name; of promises, and a promise itself, with `async: true`. */
export type TensorModel<Async extends boolean> = Async extends true
  ? Promise<
      PlainModel<TensorBuffers> & {
        loss(): Promise<number>;
        losses(displacements: readonly Displacement[]): Promise<number[]>;
        gradients(): Promise<TensorBuffers>;
      }
    >
  : PlainModel<TensorBuffers> & {
      loss(): number;
      losses(displacements: readonly Displacement[]): number[];
      gradients(): TensorBuffers;
    };

/**
 * The model whose loss is one of variables, as `tf.variableGrads` takes it. Frozen variables are left out.
 *
 * @param variables what `loss` reads; each is a parameter under its own name, with its values at the time of this call
 * @param loss the loss, a tensor without dimensions, at the variables as they stand
 * @throws UsageError when no variable is trainable, or the loss has dimensions
 */
export function fromVariables<Async extends boolean = false>(
  tf: Tf,
  variables: Iterable<TfVariable>,
  loss: () => TfTensor,
  { async: asynchronous }: ReadBack<Async> = {},
): TensorModel<Async> {
  const trained = Array.from(variables).filter(({ trainable }) => trainable);
  if (trained.length === 0) throw misuse('fromVariables needs at least one variable that is trainable.');
  const held = new Held(tf, trained);
  return modelOf<Async>(tf, Object.fromEntries(trained.map((one) => [one.name, one])), asynchronous, {
    loss: (moved) => held.at(moved, loss),
    gradients: (moved) =>
      held.at(moved, () => tf.variableGrads(loss as never, trained as never).grads as Slopes),
  });
}

/** What a LayersModel is checked on. */
export interface LayersData {
  /** What the model is applied to: a tensor, or several. */
  readonly inputs: TfTensor | readonly TfTensor[];
  /** What the loss compares its predictions with. */
  readonly targets: unknown;
  /** The loss of targets and predictions, a tensor without dimensions: `tf.losses.meanSquaredError`, say. */
  loss(targets: never, predictions: never): TfTensor;
}

/**
 * The model whose loss compares a LayersModel's predictions with targets. Its trainable weights are the parameters, under the names
 * that the library prints, such as `dense_Dense1/kernel`. It is applied as in prediction, so that dropout is off.
 *
 * @throws UsageError when the model has no trainable weights, or the loss has dimensions
 */
export function fromLayersModel<Async extends boolean = false>(
  tf: Tf,
  model: TfLayersModel,
  data: LayersData,
  options: ReadBack<Async> = {},
): TensorModel<Async> {
  const weights = model.trainableWeights.map((weight) => weight.read() as TfVariable);
  if (weights.length === 0) throw misuse('fromLayersModel needs a model with weights that are trainable.');
  const predict = (): unknown => model.apply(data.inputs as never, { training: false });
  return fromVariables(tf, weights, () => data.loss(data.targets as never, predict() as never), options);
}

/**
 * The model whose loss is a function of tensors, such as an operation with `tf.customGrad` and something that sums it up. The
 * gradients are those of `tf.grads`.
 *
 * @param tensors the inputs by name; each is a parameter, with its values at the time of this call
 * @param loss the loss, a tensor without dimensions, of the inputs by name
 * @throws UsageError when an input is not of floats, or the loss has dimensions
 */
export function fromTensors<Tensor extends TfTensor, Name extends string, Async extends boolean = false>(
  tf: Tf,
  tensors: Readonly<Record<Name, Tensor>>,
  loss: (tensors: Record<Name, Tensor>) => TfTensor,
  { async: asynchronous }: ReadBack<Async> = {},
): TensorModel<Async> {
  const names = demandNames('fromTensors', tensors);
  const named = namedAs<Name>(names);
  const made = (buffers: TensorBuffers): TfTensor[] => names.map((name) => tensorOf(tf, buffers[name]!));
  return modelOf<Async>(tf, tensors, asynchronous, {
    loss: ({ now }) => loss(named(made(now)) as unknown as Record<Name, Tensor>),
    gradients: ({ now }) => {
      const slopes = tf.grads(((...inputs: Tensor[]) => loss(named(inputs))) as never);
      return named((slopes as (inputs: TfTensor[]) => TfTensor[])(made(now)));
    },
  });
}

/** The values to compute at, and those that the tensors themselves have. */
interface Moved {
  readonly now: TensorBuffers;
  readonly before: TensorBuffers;
}

/** What is computed of values, within `tf.tidy`. */
interface Computed {
  readonly loss: (moved: Moved) => TfTensor;
  readonly gradients: (moved: Moved) => Slopes;
}

function modelOf<Async extends boolean>(
  tf: Tf,
  tensors: Readonly<Record<string, TfTensor>>,
  asynchronous: boolean | undefined,
  { loss, gradients }: Computed,
): TensorModel<Async> {
  const sources = demandSources(tensors);
  const evaluate = evaluatorOf(tf, asynchronous);
  return settle(
    () => readBack(Object.values(tensors), asynchronous),
    (values) => {
      const buffers = (all: typeof values): TensorBuffers => buffersOf(sources, all);
      const moved = { now: buffers(values), before: buffers(values) };
      return {
        parameters: moved.now,
        // What is returned are clones, to be disposed of: the tensors themselves may be some that the user keeps.
        loss: () =>
          evaluate(
            () => [demandScalar(loss(moved)).clone()],
            ([value]) => value![0],
          ),
        losses: lossesOf(tf, evaluate, (point) => {
          const now = Object.entries(moved.now).map(([name, own]) => [name, displaced(own, name, point)]);
          return loss({ ...moved, now: Object.fromEntries(now) as TensorBuffers });
        }),
        gradients: () => evaluate(() => slopesOf(tf, sources, gradients(moved)), buffers),
      };
    },
  ) as TensorModel<Async>;
}

/** So many losses are computed before they are read back: until then each waits on the device. */
const MOST_POINTS = 64;

/** As many tensors are read back as a power of two, from this one on, as backends compile a shader for each number. */
const LEAST_POINTS = 8;

/** The losses at displacements: computed one after the other, and read back together. */
function lossesOf(
  tf: Tf,
  evaluate: Evaluate,
  lossAt: (point: Displacement) => TfTensor,
): (displacements: readonly Displacement[]) => unknown {
  const together = (points: readonly Displacement[]): unknown =>
    evaluate(
      () => {
        const losses = points.map(
          (point) => tf.tidy((() => demandScalar(lossAt(point)).clone()) as never) as TfTensor,
        );
        const count = Math.max(LEAST_POINTS, 2 ** Math.ceil(Math.log2(points.length)));
        return [tf.stack(Array.from({ length: count }, (_, k) => losses[k] ?? losses[0]!) as never)];
      },
      ([values]) => Array.from(values!).slice(0, points.length),
    );
  return (displacements) =>
    settle(
      () => inTurn(partsOf(displacements, MOST_POINTS), together) as readonly (readonly number[])[],
      (losses) => losses.flat(),
    );
}

/** For contents that were put back as a copy, as some backends clone, those that they are a copy of. */
const ORIGINS = new WeakMap<object, object>();

/** What tells the contents of a variable from others: assigning puts others in their place. */
const contentsOf = ({ dataId }: TfVariable): object => ORIGINS.get(dataId) ?? dataId;

/** Variables that hold other values for the length of a call. */
class Held {
  readonly #tf: Tf;
  readonly #variables: readonly TfVariable[];
  readonly #contents: readonly object[];

  constructor(tf: Tf, variables: readonly TfVariable[]) {
    this.#tf = tf;
    this.#variables = variables;
    this.#contents = variables.map(contentsOf);
  }

  /** Calls `run` with the variables at the values of the buffers; they are as before when it returns or throws. */
  at<Result>({ now, before }: Moved, run: () => Result): Result {
    for (const [i, variable] of this.#variables.entries())
      if (contentsOf(variable) !== this.#contents[i])
        throw misuse(`${variable.name} was assigned to since the model was made: make the model after that.`);
    const moved = this.#variables.filter(({ name }) => !sameBits(now[name]!.data, before[name]!.data));
    const kept = moved.map((variable) => ({ contents: contentsOf(variable), values: variable.clone() }));
    try {
      for (const variable of moved) variable.assign(tensorOf(this.#tf, now[variable.name]!) as never);
      return run();
    } finally {
      for (const [k, variable] of moved.entries()) {
        const { contents, values } = kept[k]!;
        variable.assign(values as never);
        if (variable.dataId !== contents) ORIGINS.set(variable.dataId, contents);
      }
    }
  }
}
