/**
 * Wrong parameters whose analytic gradient has the right numbers in the wrong places → which: rows, columns or single entries in another
 * order, or whole parameters that have each other's gradients.
 */

import { shareLeft } from '../../../numerics/fit.js';
import { brief } from '../../brief.js';
import type { Cause, Explanation } from '../../cause.js';
import { divisorsOf, SHORTEST_ROW, sliceName, slicesAlong } from '../../layouts.js';
import { matchSlices, rearranged, usualOrders } from '../../matching.js';
import { namesOf } from '../../names.js';
import { besides, rearrangedBeside } from '../../penalties.js';
import type { Words } from '../../words.js';
import { analyticFor, showsPlaces, type WrongParameter } from '../../wrong-parameter.js';

export const permuted: Cause<'permuted'> = {
  code: 'permuted',
  pairwise: true,
  explain(group, { words }) {
    const [parameter] = group as [WrongParameter];
    if (group.length > 1) return areExchanged(group) ? exchanged(group) : undefined;
    // What is where can't be told from a sample, or a part.
    if (parameter.heldEntries !== undefined) return undefined;
    const moves = movesOf(parameter);
    return moves && explanationOf(parameter, moves, words);
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const permutedBesidePenalty: Cause<'permuted'> = {
  code: 'permuted',
  explain(group, { unit, words }) {
    const [parameter] = group as [WrongParameter];
    if (group.length > 1 || parameter.heldEntries !== undefined) return undefined;
    const { shape, count } = parameter;
    for (let axis = 0; axis < shape.length; axis += 1) {
      const slices = slicesAlong(shape, axis);
      for (const order of usualOrders(slices.size, count)) {
        const found = rearrangedBeside(parameter, (array) => rearranged(array, slices, order));
        if (found === undefined) continue;
        const { penalty } = found;
        const lambda = found.lambda * unit;
        const moves = { order, rank: shape.length, axis };
        const explanation = explanationOf(parameter, moves, words, `,${besides(penalty, lambda)},`);
        return { ...explanation, evidence: { ...explanation.evidence, lambda, power: penalty.power } };
      }
    }
    return undefined;
  },
};

/** Where the slices along an axis of an array belong. */
interface Moves {
  /** The place of each. */
  readonly order: readonly number[];
  readonly rank: number;
  readonly axis: number;
  /** Of an array that lies flat: the rows and columns as which it is read. */
  readonly readAs?: readonly number[];
}

/** The order of slices along one axis, or of all entries, that explains the error. */
function movesOf(parameter: WrongParameter): Moves | undefined {
  const { shape, count } = parameter;
  const rank = shape.length;
  for (const readAs of rank === 1 ? matricesOf(count) : []) {
    const order = matchSlices(parameter, slicesAlong(readAs, 1));
    if (order !== undefined) return { order, rank: 2, axis: 1, readAs };
  }
  for (let axis = 0; axis < rank; axis += 1) {
    const order = matchSlices(parameter, slicesAlong(shape, axis));
    if (order !== undefined) return { order, rank, axis };
  }
  const order = rank < 2 ? undefined : matchSlices(parameter, slicesAlong([count], 0));
  return order && { order, rank: 1, axis: 0 };
}

/** More entries are not tried as matrices. */
const LARGEST_READ: number = 2 ** 12;

/** The matrices that a flat array may be, those of the shortest rows first: columns that are moved alike in all rows, as in a kernel. */
function* matricesOf(count: number): Generator<readonly number[], void, void> {
  if (count > LARGEST_READ) return;
  for (const columns of divisorsOf(count, SHORTEST_ROW)) yield [count / columns, columns];
}

/** Whether every parameter's gradient is that of another one of the group. */
function areExchanged(group: readonly WrongParameter[]): boolean {
  if (!group.every(showsPlaces)) return false;
  const free = new Set(group);
  for (const parameter of group) {
    const source = [...free].find(
      (other) =>
        other !== parameter &&
        other.size === parameter.size &&
        shareLeft([parameter], [analyticFor(parameter, other.fullAnalytic)]) !== undefined,
    );
    if (source === undefined) return false;
    free.delete(source);
  }
  return true;
}

function exchanged(group: readonly WrongParameter[]): Explanation<'permuted'> {
  return {
    evidence: { parameters: group.length },
    title: `${namesOf(group)} have ${group.length === 2 ? 'each other' : 'one another'}'s gradients.`,
    advice:
      'Look at the order in which the gradients are returned or unpacked, and at the names under which they are stored.',
  };
}

/** @param aside what is right, after the name of the gradient */
function explanationOf(
  parameter: WrongParameter,
  { order, rank, axis, readAs }: Moves,
  words: Words,
  aside = '',
): Explanation<'permuted'> {
  const moved = order.flatMap((to, from) => (to === from ? [] : [from]));
  const slices = sliceName(rank, axis, true);
  const shift = shiftOf(order);
  return {
    evidence: { moved: moved.length, ...(shift === undefined ? {} : { shift }) },
    title: `The ${words.gradientOf([parameter])}${readAs === undefined ? '' : `, read as ${readAs.join(' × ')},`}${aside} has the right numbers, but ${movesText(order, moved, slices)}.`,
    advice: `Look at the index under which each of the ${slices} is written: ${examplesOf(order, moved)}.`,
  };
}

function movesText(order: readonly number[], moved: readonly number[], slices: string): string {
  if (moved.length === 2) return `${slices} ${moved[0]} and ${moved[1]} exchanged`;
  const shift = shiftOf(order);
  if (shift !== undefined) return `its ${slices} shifted by ${brief(shift)}`;
  return order.every((to, from) => to === order.length - 1 - from)
    ? `its ${slices} in reverse order`
    : `${moved.length} of its ${order.length} ${slices} in the wrong places`;
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

function examplesOf(order: readonly number[], moved: readonly number[]): string {
  return moved
    .slice(0, MOST_EXAMPLES)
    .map((from) => `what is claimed at ${from} belongs at ${order[from]}`)
    .join(', ');
}
