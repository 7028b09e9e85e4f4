/** The claimed gradient is the true one with its axes exchanged; also that of another parameter of as many entries, so exchanged. */

import { sizeOf } from '../../../model/array/shape.js';
import { shareLeft } from '../../../numerics/fit.js';
import { type WrongParameter, namesOf, tellsPlaces } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { axisOrders, straightened } from '../../layouts.js';
import { besides, rearrangedBeside } from '../../penalties.js';

export const transposed: Cause = {
  code: 'transposed',
  crosses: true,
  explain(group) {
    if (!group.every(tellsPlaces)) return undefined;
    const orders = group.map((parameter) => orderOf(parameter, parameter));
    if (orders.every((order) => order !== undefined)) return explanationOf(group, orders[0]!, '');
    const [first, second] = group;
    if (group.length !== 2 || first!.size !== second!.size) return undefined;
    const [there, back] = [orderOf(first!, second!), orderOf(second!, first!)];
    if (there === undefined || back === undefined) return undefined;
    return explanationOf(group, there, ', and each has that of the other');
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const transposedBesidePenalty: Cause = {
  code: 'transposed',
  explain(group, { unit }) {
    const [parameter] = group as [WrongParameter];
    if (group.length > 1 || parameter.places !== undefined) return undefined;
    for (const order of axisOrders(parameter.shape)) {
      const found = rearrangedBeside(parameter, (array) => straightened(array, order.shape, order.axes));
      if (found === undefined) continue;
      const { penalty } = found;
      const lambda = found.lambda * unit;
      const explanation = explanationOf(group, order, `,${besides(penalty, lambda)}`);
      return { ...explanation, evidence: { ...explanation.evidence, lambda, power: penalty.power } };
    }
    return undefined;
  },
};

/** How the axes of `source`'s claim must be put for it to be the gradient of `parameter`. */
function orderOf(parameter: WrongParameter, source: WrongParameter): ReturnType<typeof firstOrder> {
  return firstOrder(parameter, source.whole);
}

function firstOrder(
  parameter: WrongParameter,
  claimed: Float64Array,
): { readonly shape: readonly number[]; readonly axes: readonly number[] } | undefined {
  for (const order of axisOrders(parameter.shape)) {
    const straight = straightened(claimed, order.shape, order.axes, parameter.places);
    if (shareLeft([parameter], [straight]) !== undefined) return order;
  }
  return undefined;
}

function explanationOf(
  group: readonly WrongParameter[],
  { shape, axes }: { readonly shape: readonly number[]; readonly axes: readonly number[] },
  more: string,
): Explanation {
  const { hasRows } = group[0]!;
  // Of a Jacobian: outputs and entries exchanged, or, for every output, the axes of the parameter.
  const turned = hasRows && axes.at(-1) === 0 && axes.slice(0, -1).every((axis, k) => axis === k + 1);
  const inner = hasRows && !turned && shape.length === 3 && axes[0] === 0;
  if (turned || inner) {
    const [rows, columns] = turned ? [shape[0]!, sizeOf(shape.slice(1))] : [shape[1]!, shape[2]!];
    return {
      evidence: { rows, columns },
      title: `The gradient of ${namesOf(group)} is transposed${turned ? ': its rows are the entries, its columns the outputs' : ' for each output'}${more}.`,
      advice: turned
        ? 'The rows of a Jacobian are the outputs, its columns the entries: exchange the indices of the loop that fills it, or return its transpose.'
        : 'Exchange the factors of the outer product (aᵀδ for δᵀa), or the indices of the loop that fills it.',
    };
  }
  const matrix = shape.length === 2;
  const flat = matrix && group[0]!.shape.length === 1 ? `, read as ${shape.join(' × ')},` : '';
  const how = matrix ? 'is transposed' : `has its axes in the order ${axes.join(', ')}`;
  return {
    evidence: matrix ? { rows: shape[0]!, columns: shape[1]! } : { rank: shape.length },
    title: `The gradient of ${namesOf(group)}${flat} ${how}${more}.`,
    advice: matrix
      ? 'Exchange the factors of the outer product (aᵀδ for δᵀa), or the indices of the loop that fills it.'
      : 'Put the axes of the gradient in the order of the parameter before it is stored.',
  };
}
