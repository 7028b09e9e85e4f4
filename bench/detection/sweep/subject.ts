/** What is handed to a checker, and what the bench knows about it beside. */

import { double, type Precision, PRECISIONS } from '../arithmetic.js';
import { Draws } from '../draws.js';
import type { Arrays, BenchModel } from '../models/model.js';
import type { Architecture } from '../networks/draw-parts.js';
import { blank, network, type Network } from '../networks/network.js';

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

export interface Subject extends BenchModel {
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Samples in the batch. */
  readonly samples: number;
  /** What a penalty adds to the gradients, of the parameters that have one. */
  readonly penalties: () => Arrays;
  /** The gradients in doubles throughout, at the same place or with each parameter moved by so much of itself. */
  readonly truth: (moved: number) => Arrays;
  /** Whether gradients are claimed in half precision. */
  readonly half: boolean;
}

/** How a network of a regime is drawn. */
export interface Style {
  readonly zeroBiases: boolean;
  readonly blankSamples: boolean;
  /** Whether the loss is summed in doubles whatever the network computes in. */
  readonly doubleLoss: boolean;
  /** Whether it keeps the penalty that its architecture draws. */
  readonly penalty: boolean;
}

export interface Drawing {
  readonly seed: number;
  readonly architecture: Architecture;
  readonly size: number;
  readonly style: Style;
}

const GAINS = [0.5, 1, 2];

/** The same seed draws the same network in any precision. */
export function drawNetwork({ seed, architecture, size, style }: Drawing, precision: Precision): Network {
  const { arithmetic, storage } = precision;
  const draws = new Draws(seed);
  const gain = draws.pick(GAINS);
  const ending = style.doubleLoss ? double : arithmetic;
  const setting = { draws, arithmetic, storage, ending, zeroBiases: style.zeroBiases, gain };
  const design = architecture(setting, size);
  if (style.blankSamples)
    for (let count = draws.whole(1, 2); count > 0; count -= 1)
      blank(design, draws.whole(0, design.samples - 1));
  return network(style.penalty ? design : { ...design, penalty: undefined }, setting);
}

/** A network as a subject; `drawing` draws its twin in doubles, which is given the same numbers. */
export function subjectOf(of: Network, drawing: Drawing): Subject {
  const entries = Object.entries(of.parameters);
  let twin: Network | undefined;
  return {
    parameters: Object.fromEntries(entries.map(([name, { data }]) => [name, data])),
    shapes: Object.fromEntries(entries),
    samples: of.design.samples,
    half: false,
    loss: of.loss,
    gradients: of.gradients,
    penalties: of.penalties,
    truth(moved) {
      twin ??= drawNetwork(drawing, PRECISIONS.float64);
      const from = of.state();
      for (const [i, values] of twin.state().entries()) values.set(from[i]!);
      twin.factor = of.factor;
      const draws = new Draws(drawing.seed);
      if (moved > 0)
        for (const { data } of Object.values(twin.parameters))
          for (let i = 0; i < data.length; i += 1) data[i]! *= 1 + moved * draws.pick([-1, 1]);
      return twin.gradients();
    },
  };
}
