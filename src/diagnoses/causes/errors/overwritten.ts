/**
 * Wrong matrices whose claims are each a single outer product, which the numeric gradients are not; and vectors whose claims are a factor of
 * one of them → that of a sum over samples, steps or uses one term alone is there, as where `=` stands for `+=`.
 */

import { sizeOf } from '../../../model/array/shape.js';
import type { Cause } from '../../cause.js';
import { withoutLocalDerivative } from '../../local-derivative.js';
import { namesOf } from '../../names.js';
import { jointNorms } from '../../../numerics/norms.js';
import { type Matrix, outerFactors, type Factors, isOuter } from '../../outer.js';
import type { WrongParameter } from '../../wrong-parameter.js';

export const overwritten: Cause<'overwritten'> = {
  code: 'overwritten',
  explain(group, context) {
    const { words } = context;
    const products = group.map(productOf);
    const found = products.filter((product) => product !== undefined);
    if (found.length === 0) return undefined;
    const isFactor = ({ analytic }: WrongParameter): boolean =>
      found.some(({ column, row }) => isMultiple(analytic, column) || isMultiple(analytic, row));
    if (!group.every((parameter, p) => products[p] !== undefined || isVector(parameter, isFactor)))
      return undefined;
    // What is the same for all units is a single product as well, of a sum over all samples.
    if (withoutLocalDerivative(group, context) !== undefined) return undefined;
    const { analytic, numeric } = jointNorms(group);
    const matrices = group.filter((_, p) => products[p] !== undefined);
    return {
      evidence: { matrices: matrices.length, ratio: analytic / numeric },
      title: `The ${words.gradientOf(group)} is one term where there should be a sum of them: ${matrices.length === 1 ? `what is claimed for ${namesOf(matrices)} is` : `those of ${namesOf(matrices)} are each`} a single product of a column and a row.`,
      advice:
        'Look for = where += is meant: in a loop over samples, time steps or uses of a parameter each turn then overwrites what the one before it stored. ' +
        'Or the sum is taken of the factors, before they are multiplied.',
    };
  },
};

/** A claim that is an outer product, where the numeric gradient is none, whatever matrix it may be. */
function productOf(parameter: WrongParameter): Factors | undefined {
  const { analytic, numeric, uncertainty, heldEntries, hasRows, wrongCount, size } = parameter;
  if (heldEntries !== undefined || hasRows || 2 * wrongCount < size) return undefined;
  for (const matrix of matricesOf(parameter)) {
    const factors = outerFactors(analytic, matrix);
    if (factors !== undefined && !isOuter(numeric, uncertainty, matrix)) return factors;
  }
  return undefined;
}

/** The matrices that an array may be: split between any two axes; a flat one of any number of rows. */
function* matricesOf({ shape, size }: WrongParameter): Generator<Matrix, void, void> {
  const isFlat = shape.length === 1;
  const last = isFlat ? size / 2 : shape.length - 1;
  for (let k = isFlat ? 2 : 1; k <= last; k += 1) {
    const rows = isFlat ? k : sizeOf(shape.slice(0, k));
    const columns = size / rows;
    if (rows > 1 && columns > 1 && Number.isInteger(columns)) yield { rows, columns };
  }
}

/** Whether it is no matrix, but what is claimed for it belongs to one. */
function isVector(parameter: WrongParameter, isFactor: (parameter: WrongParameter) => boolean): boolean {
  return parameter.size > 1 && parameter.heldEntries === undefined && isFactor(parameter);
}

/** Products of the same numbers are the same multiples to within a few roundings, in single precision at worst. */
const SAME_WITHIN: number = 2 ** -20;

/** Whether one array is a multiple of another, entry by entry. */
function isMultiple(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  const largest = b.reduce((most, value, i) => (Math.abs(value) > Math.abs(b[most]!) ? i : most), 0);
  const factor = a[largest]! / b[largest]!;
  return (
    factor !== 0 &&
    a.every((value, i) => Math.abs(value - factor * b[i]!) <= SAME_WITHIN * Math.abs(factor * b[largest]!))
  );
}
