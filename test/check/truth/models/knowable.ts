/** A model and the quantum of its loss -> how well its parameters can be known, by the rule that a slope is seen over at most an eighth of the parameter. */
import type { Claimed } from './net.js';

const norm = (values: ArrayLike<number>): number =>
  Math.hypot(...Array.from(values)) / Math.sqrt(values.length);

/** The difference of a number of so many bits to the next one. */
export const ulp = (value: number, bits = 53): number =>
  2 ** (Math.floor(Math.log2(Math.abs(value))) - bits + 1);

/**
 * For each parameter: how many quanta the right claim moves the loss by over an eighth of the parameter, in root mean squares over its entries. At 200
 * a digit is known with a margin of three, by a slope in whose uncertainty the quantum stands with a factor of 6√2/√12 and whose distance leaves a half for
 * curvature; at less than 1 nothing is.
 */
export function quanta(model: Claimed, quantum: number): Record<string, number> {
  const gradients = model.gradients();
  const scales = Object.values(model.parameters).map(norm);
  const typical = norm(scales.filter((scale) => scale > 0));
  return Object.fromEntries(
    Object.entries(model.parameters).map(([name, values]) => [
      name,
      (norm(gradients[name]!) * (norm(values) || typical)) / 8 / quantum,
    ]),
  );
}

export const CLEAR = 200;
