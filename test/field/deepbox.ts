import type { Model } from 'expect-gradients';
import { fill, load, numbers, type Subject } from './subject.js';

/** deepbox 1.0.0: modules of float32, whose tensors carry `data` and `grad`. */
interface GradTensor {
  readonly data: Float32Array;
  readonly shape: number[];
  mul(other: GradTensor): GradTensor;
  sum(): GradTensor;
  backward(): void;
  zeroGrad(): void;
}
interface Module {
  forward(input: GradTensor): GradTensor | [GradTensor];
  namedParameters(): Iterable<[string, GradTensor]>;
}
interface Deepbox {
  readonly nn: Readonly<Record<string, new (...options: number[]) => Module>>;
  readonly ndarray: {
    parameter(values: unknown): GradTensor;
    tensor(values: number[]): { reshape(shape: readonly number[]): unknown };
  };
}

/** A module under a loss that weighs each of its outputs differently; its input is checked too. */
function module(name: string, options: readonly number[], shape: readonly number[]): Model {
  const { nn, ndarray } = load('deepbox') as Deepbox;
  const tensor = (of: readonly number[], start: number): GradTensor => {
    const count = of.reduce((product, size) => product * size, 1);
    return ndarray.parameter(ndarray.tensor(numbers(count, start)).reshape(of));
  };
  const part = new nn[name]!(...options);
  const parameters: Record<string, GradTensor> = {
    input: tensor(shape, 0),
    ...Object.fromEntries(part.namedParameters()),
  };
  fill(...Object.values(parameters).map(({ data }) => data));
  const loss = (): GradTensor => {
    const output = [part.forward(parameters['input']!)].flat()[0]!;
    return output.mul(tensor(output.shape, 7)).sum();
  };
  return {
    parameters,
    loss: () => loss().data[0]!,
    gradients: () => {
      for (const parameter of Object.values(parameters)) parameter.zeroGrad();
      loss().backward();
    },
  };
}

const library = 'deepbox 1.0.0';

export const subjects: readonly Subject[] = [
  { name: 'Linear', library, model: () => module('Linear', [3, 2], [4, 3]), wrong: [] },
  { name: 'LayerNorm', library, model: () => module('LayerNorm', [3], [4, 3]), wrong: [] },
  { name: 'Conv2d', library, model: () => module('Conv2d', [2, 3, 2], [1, 2, 4, 4]), wrong: [] },
  { name: 'LSTM', library, model: () => module('LSTM', [3, 4], [2, 3, 3]), wrong: [] },
  // The softmax does not see the bias of the keys, so that its gradient is zero but for rounding.
  {
    name: 'MultiheadAttention',
    library,
    model: () => module('MultiheadAttention', [4, 2], [2, 3, 4]),
    wrong: [],
  },
];
