/** A network: layers, a loss at their end, and a penalty of the weights, as a model that can be brought to a state. */

import { type Arithmetic, map, matrix, type Matrix, type Numbers, sum } from '../arithmetic.js';
import { type Arrays, stored } from '../models/model.js';
import type { Head } from './head.js';
import { scaledHead } from './heads.js';
import type { Layer, Parameters, Setting } from './layer.js';

/** λ/2 Σ w² or λ Σ |w| over all weights. */
export interface Penalty {
  readonly kind: 'l1' | 'l2';
  readonly lambda: number;
}

/** What an architecture draws. */
export interface Design {
  readonly body: Layer;
  readonly head: Head;
  readonly inputs: Matrix;
  readonly samples: number;
  readonly penalty?: Penalty | undefined;
  /** The parameters of the last layer. */
  readonly last: readonly string[];
  /** Makes a sample blank; without it, by zeros in its rows of the inputs. */
  readonly blank?: (sample: number) => void;
}

export interface Network {
  readonly parameters: Parameters;
  readonly design: Design;
  readonly setting: Setting;
  readonly loss: () => number;
  /** In the storage of the parameters. */
  readonly gradients: () => Arrays;
  /** What the penalty adds to the gradients; of no entries where there is none. */
  readonly penalties: () => Arrays;
  readonly outputs: () => Matrix;
  /** Multiplies the loss. */
  factor: number;
  /** All numbers on which the loss depends, so that another network of the same design can be given the same. */
  readonly state: () => readonly Numbers[];
}

/** w², |w| and their derivatives, times λ. */
function penaltyOf({ kind, lambda }: Penalty, { round }: Arithmetic) {
  const factor = round(lambda);
  return kind === 'l2'
    ? { value: (w: number) => round(factor / 2) * round(w * w), slope: (w: number) => factor * w }
    : { value: (w: number) => factor * Math.abs(w), slope: (w: number) => factor * Math.sign(w) };
}

export function network(design: Design, setting: Setting): Network {
  const { body, inputs, penalty } = design;
  const { arithmetic, storage, ending } = setting;
  const { parameters } = body;
  const scaled = scaledHead(design.head, () => ending.round(self.factor), ending);
  const weights = Object.entries(parameters).filter(([, { role }]) => role === 'weight');
  const penalized = penalty && penaltyOf(penalty, arithmetic);
  const penalties = (): Record<string, Matrix> =>
    penalized === undefined
      ? {}
      : Object.fromEntries(
          weights.map(([name, weight]) => [
            name,
            map(weight, (w) => arithmetic.round(penalized.slope(w)) * self.factor, arithmetic),
          ]),
        );
  const arraysOf = (matrices: Readonly<Record<string, Matrix>>): Arrays =>
    Object.fromEntries(
      Object.keys(parameters)
        .filter((name) => name in matrices)
        .map((name) => [name, stored(matrices[name]!.data, storage)]),
    );

  const self: Network = {
    parameters,
    design,
    setting,
    factor: 1,
    loss() {
      let total = scaled.value(body.forward(inputs).output);
      if (penalized !== undefined)
        for (const [, { data }] of weights) {
          let own = 0;
          for (const w of data) own = ending.round(own + arithmetic.round(penalized.value(w)));
          total = ending.round(total + ending.round(own * self.factor));
        }
      return total;
    },
    gradients() {
      const gradients = penalties();
      const { output, back } = body.forward(inputs);
      const slopes = scaled.derivative(output);
      back(matrix(slopes.rows, slopes.columns, stored(slopes.data, arithmetic)), (name, gradient) => {
        const before = gradients[name];
        gradients[name] = before === undefined ? gradient : sum(before, gradient, arithmetic);
      });
      return arraysOf(gradients);
    },
    penalties: () => arraysOf(penalties()),
    outputs: () => body.forward(inputs).output,
    state: () => [...Object.values(parameters).map(({ data }) => data), inputs.data, design.head.targets],
  };
  return self;
}

/** Makes one sample blank. */
export function blank({ inputs, samples, blank: own }: Design, sample: number): void {
  const each = inputs.data.length / samples;
  if (own === undefined) inputs.data.fill(0, sample * each, (sample + 1) * each);
  else own(sample);
}
