/**
 * Wrong parameters whose analytic gradient has its axes exchanged → the order that they are in; also of two parameters of as many entries
 * that have each other's gradients, so exchanged.
 */

import { sizeOf } from '../../../model/array/shape.js';
import { shareLeft } from '../../../numerics/fit.js';
import type { Cause, Explanation } from '../../cause.js';
import { type AxisOrder, axisOrders, straightened } from '../../layouts.js';
import { besides, rearrangedBeside } from '../../penalties.js';
import type { Words } from '../../words.js';
import { showsPlaces, type WrongParameter } from '../../wrong-parameter.js';

export const transposed: Cause<'transposed'> = {
  code: 'transposed',
  pairwise: true,
  explain(group, { words }) {
    if (!group.every(showsPlaces)) return undefined;
    const [first, second] = group as [WrongParameter, WrongParameter];
    const orders = group.map((parameter) => orderOf(parameter, parameter));
    if (orders.every((order) => order !== undefined)) return explanationOf(group, orders[0]!, words);
    if (group.length !== 2 || first.size !== second.size) return undefined;
    const [there, back] = [orderOf(first, second), orderOf(second, first)];
    if (there === undefined || back === undefined) return undefined;
    return explanationOf(group, there, words, ', and each has that of the other');
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const transposedBesidePenalty: Cause<'transposed'> = {
  code: 'transposed',
  explain(group, { unit, words }) {
    const [parameter] = group as [WrongParameter];
    if (group.length > 1 || parameter.heldEntries !== undefined) return undefined;
    for (const order of axisOrders(parameter.shape)) {
      const found = rearrangedBeside(parameter, (array) => straightened(array, order));
      if (found === undefined) continue;
      const { penalty } = found;
      const lambda = found.lambda * unit;
      const explanation = explanationOf(group, order, words, `,${besides(penalty, lambda)}`);
      return { ...explanation, evidence: { ...explanation.evidence, lambda, power: penalty.power } };
    }
    return undefined;
  },
};

/** How the axes of the gradient of `source` must be put for it to be that of `parameter`. */
function orderOf(parameter: WrongParameter, source: WrongParameter): AxisOrder | undefined {
  for (const order of axisOrders(parameter.shape)) {
    const straight = straightened(source.fullAnalytic, order, parameter.heldEntries);
    if (shareLeft([parameter], [straight]) !== undefined) return order;
  }
  return undefined;
}

/** @param aside what else there is to say of it, at the end of the sentence */
function explanationOf(
  group: readonly WrongParameter[],
  order: AxisOrder,
  words: Words,
  aside = '',
): Explanation<'transposed'> {
  const { evidence, text, advice } = wordsFor(order, group[0]!);
  return { evidence, title: `The ${words.gradientOf(group)}${text}${aside}.`, advice };
}

const FACTORS =
  'Exchange the factors of the outer product (aᵀδ for δᵀa), or the indices of the loop that fills it.';
const ROWS =
  'The rows of a Jacobian are the outputs, its columns the entries: exchange the indices of the loop that fills it, or return its transpose.';
const AXES = 'Put the axes of the gradient in the order of the parameter before it is stored.';

/** What an order of axes is called, the numbers of its evidence, and what to do. */
function wordsFor(
  { shape, axes }: AxisOrder,
  { hasRows, shape: own }: WrongParameter,
): Pick<Explanation<'transposed'>, 'evidence' | 'advice'> & { readonly text: string } {
  const [first, second, third] = shape as [number, number, number];
  if (hasRows && areRowsLast(axes))
    return {
      evidence: { rows: first, columns: sizeOf(shape.slice(1)) },
      text: ' is transposed: its rows are the entries, its columns the outputs',
      advice: ROWS,
    };
  if (hasRows && shape.length === 3 && axes[0] === 0)
    return {
      evidence: { rows: second, columns: third },
      text: ' is transposed for each output',
      advice: FACTORS,
    };
  const flat = own.length === 1 ? `, read as ${shape.join(' × ')},` : '';
  if (shape.length !== 2)
    return {
      evidence: { rank: shape.length },
      text: `${flat} has its axes in the order ${axes.join(', ')}`,
      advice: AXES,
    };
  return { evidence: { rows: first, columns: second }, text: `${flat} is transposed`, advice: FACTORS };
}

/** Of a Jacobian: the outputs, its first axis, are the last one, and the others in their order. */
function areRowsLast(axes: readonly number[]): boolean {
  return axes.every((axis, k) => axis === (k + 1) % axes.length);
}
