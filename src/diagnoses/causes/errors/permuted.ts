/**
 * The claimed gradient has the right numbers in the wrong places: rows, columns or single entries in another order, or whole
 * parameters that have each other's gradients.
 */

import { shareLeft } from '../../../numerics/fit.js';
import { type WrongParameter, called, claimFor, namesOf, tellsPlaces } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { sliceName, slicesAlong } from '../../layouts.js';
import { matchSlices, rearranged, usualOrders } from '../../matching.js';
import { besides, rearrangedBeside } from '../../penalties.js';

export const permuted: Cause = {
  code: 'permuted',
  crosses: true,
  explain(group) {
    if (group.length > 1) return exchanged(group);
    const [parameter] = group as [WrongParameter];
    const { shape } = parameter;
    // What is where can't be told from a sample, or a part.
    if (parameter.places !== undefined) return undefined;
    for (let axis = 0; axis < shape.length; axis += 1) {
      const slices = slicesAlong(shape, axis);
      const order = matchSlices(parameter, slices);
      if (order !== undefined) return explanationOf(parameter, order, shape.length, axis);
    }
    if (shape.length < 2) return undefined;
    const order = matchSlices(parameter, { size: parameter.count, of: (entry) => entry });
    return order && explanationOf(parameter, order, 1, 0);
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const permutedBesidePenalty: Cause = {
  code: 'permuted',
  explain(group, { unit }) {
    if (group.length > 1) return undefined;
    const [parameter] = group as [WrongParameter];
    const { shape } = parameter;
    // What is where can't be told from a sample, or a part.
    if (parameter.places !== undefined) return undefined;
    for (let axis = 0; axis < shape.length; axis += 1) {
      const slices = slicesAlong(shape, axis);
      for (const order of usualOrders(slices.size, parameter.count)) {
        const found = rearrangedBeside(parameter, (array) => rearranged(array, slices, order));
        if (found === undefined) continue;
        const { penalty } = found;
        const lambda = found.lambda * unit;
        const more = `,${besides(penalty, lambda)},`;
        const explanation = explanationOf(parameter, order, shape.length, axis, more);
        return { ...explanation, evidence: { ...explanation.evidence, lambda, power: penalty.power } };
      }
    }
    return undefined;
  },
};

/** Every parameter's gradient is claimed for another one of the group. */
function exchanged(group: readonly WrongParameter[]): Explanation | undefined {
  if (!group.every(tellsPlaces)) return undefined;
  const free = new Set(group);
  for (const parameter of group) {
    const source = [...free].find(
      (other) =>
        other !== parameter &&
        other.size === parameter.size &&
        shareLeft([parameter], [claimFor(parameter, other)]) !== undefined,
    );
    if (source === undefined) return undefined;
    free.delete(source);
  }
  const whose = group.length === 2 ? "have each other's gradients" : 'have one another’s gradients';
  return {
    evidence: { parameters: group.length },
    title: `${namesOf(group)} ${whose.replace('’', "'")}.`,
    advice:
      'Look at the order in which the gradients are returned or unpacked, and at the names under which they are stored.',
  };
}

/** @param order the place where each slice belongs */
function explanationOf(
  parameter: WrongParameter,
  order: readonly number[],
  rank: number,
  axis: number,
  more = '',
): Explanation {
  const moved = order.flatMap((to, from) => (to === from ? [] : [from]));
  const slices = sliceName(rank, axis, true);
  const shift = shiftOf(order);
  const [first, second] = moved;
  const how =
    moved.length === 2
      ? `${slices} ${first} and ${second} exchanged`
      : shift !== undefined
        ? `its ${slices} shifted by ${shift}`
        : order.every((to, from) => to === order.length - 1 - from)
          ? `its ${slices} in reverse order`
          : `${moved.length} of its ${order.length} ${slices} in the wrong places`;
  return {
    evidence: { moved: moved.length, ...(shift === undefined ? {} : { shift }) },
    title: `The gradient of ${called(parameter)}${more} has the right numbers, but ${how}.`,
    advice: `Look at the index under which each of the ${slices} is written: ${placesOf(order, moved)}.`,
  };
}

/** By how many places all slices are rotated, the shorter way round; undefined where they are not. */
function shiftOf(order: readonly number[]): number | undefined {
  const size = order.length;
  const by = (size - order[0]!) % size;
  if (size < 3 || !order.every((to, from) => (to + by) % size === from)) return undefined;
  return by > size / 2 ? by - size : by;
}

/** Examples of what stands where. */
const MOST_EXAMPLES = 2;

function placesOf(order: readonly number[], moved: readonly number[]): string {
  return moved
    .slice(0, MOST_EXAMPLES)
    .map((from) => `what is claimed at ${from} belongs at ${order[from]}`)
    .join(', ');
}
