/** A network's twin in doubles, given the same numbers, which says what is true of it. */

import { PRECISIONS } from '../arithmetic.js';
import { Draws } from '../draws.js';
import type { Arrays } from '../models/model.js';
import type { Network } from '../networks/network.js';
import type { Place } from '../rules/rule.js';
import { drawNetwork, type Drawing } from './drawing.js';

export interface Twin {
  /** Its gradients, at the same place or with each parameter moved by so much of itself. */
  readonly gradients: (moved: number) => Arrays;
  /** Whether its loss has a kink at the value of an entry, so that no number is its derivative. */
  readonly hasKink: (place: Place) => boolean;
}

/** Steps at which the slopes on both sides are compared, in units of the value or of one. */
const FAR = 2 ** -12;
const NEAR = 2 ** -16;
/** The gap between them falls with the step where the loss is smooth, and stays where there is a kink. */
const STAYS = 1 / 4;
/** Rounding makes gaps of some 2⁻⁵² of the loss over the near step. */
const LEAST_GAP = 2 ** -32;

/** `drawing` draws the twin as it drew the network. */
export function twinOf(of: Network, drawing: Drawing): Twin {
  let drawn: Network | undefined;
  const twin = (): Network => {
    drawn ??= drawNetwork(drawing, PRECISIONS.float64);
    const from = of.state();
    for (const [i, values] of drawn.state().entries()) values.set(from[i]!);
    drawn.factor = of.factor;
    return drawn;
  };
  return {
    gradients(moved) {
      const own = twin();
      const draws = new Draws(drawing.seed);
      if (moved > 0)
        for (const { data } of Object.values(own.parameters))
          for (let i = 0; i < data.length; i += 1) data[i]! *= 1 + moved * draws.pick([-1, 1]);
      return own.gradients();
    },
    hasKink({ parameter, entry }) {
      const own = twin();
      const { data } = own.parameters[parameter]!;
      const value = data[entry]!;
      const unit = value === 0 ? 1 : Math.abs(value);
      const at = (moved: number): number => {
        data[entry] = value + moved;
        return own.loss();
      };
      const here = at(0);
      const gap = (step: number): number =>
        Math.abs(at(step * unit) + at(-step * unit) - 2 * here) / (step * unit);
      const near = gap(NEAR);
      return near > STAYS * gap(FAR) && near > (LEAST_GAP * Math.abs(here)) / unit;
    },
  };
}
