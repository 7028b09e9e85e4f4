/** How a network is drawn for a regime. */

import { double, type Precision } from '../arithmetic.js';
import { Draws } from '../draws.js';
import type { Architecture } from '../networks/draw-parts.js';
import { blank, network, type Network } from '../networks/network.js';

export interface Style {
  readonly zeroBiases: boolean;
  readonly blankSamples: boolean;
  /** Whether only activations with kinks are drawn, where there is a choice. */
  readonly kinked: boolean;
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
  const { zeroBiases, kinked } = style;
  const setting = { draws, arithmetic, storage, ending, zeroBiases, kinked, gain };
  const design = architecture(setting, size);
  if (style.blankSamples)
    for (let count = draws.whole(1, 2); count > 0; count -= 1)
      blank(design, draws.whole(0, design.samples - 1));
  return network(style.penalty ? design : { ...design, penalty: undefined }, setting);
}
