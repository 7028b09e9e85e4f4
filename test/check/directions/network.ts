/** A multilayer perceptron with tanh and cross-entropy, its backward pass by hand, in double precision or rounded to single. */

import { randomIntegers } from '../../../src/numerics/random.js';

type Numbers = Float64Array | Float32Array;
export type Gradients = Record<string, Numbers>;

interface Network {
  readonly parameters: Gradients;
  loss(): number;
  gradients(): Gradients;
}

const SAMPLES = 3;

export function network({
  sizes,
  draw,
  single,
}: {
  readonly sizes: readonly number[];
  readonly draw: number;
  readonly single: boolean;
}): Network {
  const integers = randomIntegers(draw);
  const uniform = (): number => integers() / 2 ** 31 - 1;
  const round = single ? Math.fround : (x: number): number => x;
  const make = (count: number, of: (i: number) => number = () => 0): Numbers => {
    const values = single ? new Float32Array(count) : new Float64Array(count);
    for (let i = 0; i < count; i += 1) values[i] = of(i);
    return values;
  };
  const last = sizes.length - 1;
  const parameters: Gradients = {};
  for (let l = 1; l <= last; l += 1) {
    const [inputs, outputs] = [sizes[l - 1]!, sizes[l]!];
    parameters[`W${l}`] = make(outputs * inputs, () => (1.7 * uniform()) / Math.sqrt(inputs));
    parameters[`b${l}`] = make(outputs, () => 0.2 * uniform());
  }
  const samples = Array.from({ length: SAMPLES }, () => make(sizes[0]!, () => 1.7 * uniform()));
  const targets = samples.map((_, m) => m % sizes[last]!);

  /** The activations of every layer, the last one's before the softmax. */
  const forward = (sample: Numbers): Numbers[] => {
    const layers = [sample];
    for (let l = 1; l <= last; l += 1) {
      const [W, b, h] = [parameters[`W${l}`]!, parameters[`b${l}`]!, layers[l - 1]!];
      const z = make(sizes[l]!, (i) => {
        let sum = b[i]!;
        for (let k = 0; k < h.length; k += 1) sum = round(sum + round(W[i * h.length + k]! * h[k]!));
        return l === last ? sum : round(Math.tanh(sum));
      });
      layers.push(z);
    }
    return layers;
  };
  const exponentials = (
    z: Numbers,
  ): { readonly each: Numbers; readonly sum: number; readonly most: number } => {
    const most = Math.max(...z);
    const each = make(z.length, (i) => Math.exp(z[i]! - most));
    let sum = 0;
    for (const x of each) sum = round(sum + x);
    return { each, sum, most };
  };
  const loss = (): number => {
    let total = 0;
    for (const [m, sample] of samples.entries()) {
      const z = forward(sample)[last]!;
      const { sum, most } = exponentials(z);
      total = round(total + round(round(Math.log(sum)) + most - z[targets[m]!]!));
    }
    return round(total / SAMPLES);
  };
  const gradients = (): Gradients => {
    const claimed: Gradients = {};
    for (const [name, { length }] of Object.entries(parameters)) claimed[name] = make(length);
    for (const [m, sample] of samples.entries()) {
      const layers = forward(sample);
      const { each, sum } = exponentials(layers[last]!);
      let delta = make(each.length, (i) => (each[i]! / sum - Number(i === targets[m])) / SAMPLES);
      for (let l = last; l >= 1; l -= 1) {
        const [W, h] = [parameters[`W${l}`]!, layers[l - 1]!];
        const [dW, db] = [claimed[`W${l}`]!, claimed[`b${l}`]!];
        const above = make(h.length);
        for (const [i, d] of delta.entries()) {
          db[i]! += d;
          for (let k = 0; k < h.length; k += 1) {
            dW[i * h.length + k]! += d * h[k]!;
            above[k]! += W[i * h.length + k]! * d;
          }
        }
        delta = make(h.length, (k) => above[k]! * (1 - h[k]! ** 2));
      }
    }
    return claimed;
  };
  return { parameters, loss, gradients };
}
