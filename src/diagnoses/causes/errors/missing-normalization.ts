/**
 * Wrong parameters whose length the loss does not feel, n·θ = 0, as a whole or slice by slice, and whose error lies along θ → that the
 * backward pass leaves out the normalisation: of u = θ/|θ| with the gradient du, that of θ is (du − (du·u) u) / |θ|.
 */

import { shareLeft } from '../../../numerics/fit.js';
import { dotProduct } from '../../../numerics/norms.js';
import type { Cause } from '../../cause.js';
import { type Slices, slicesAlong } from '../../layouts.js';
import type { WrongParameter } from '../../wrong-parameter.js';

/** How likely the numeric gradient may be to lie across θ by chance. */
const LARGEST_CHANCE = 1 / 100;

export const missingNormalization: Cause<'missing-normalization'> = {
  code: 'missing-normalization',
  explain(group, { words }) {
    if (!group.every((parameter) => slicesOf(parameter).some((slices) => isLeftOut(parameter, slices))))
      return undefined;
    const [analytic, numeric, values] = (['analytic', 'numeric', 'values'] as const).map((key) =>
      Float64Array.from(group.flatMap((parameter) => Array.from(parameter[key]))),
    );
    const name = group.length === 1 ? group[0]!.name : 'the parameters';
    return {
      evidence: { analyticCosine: cosine(analytic!, values!), numericCosine: cosine(numeric!, values!) },
      title: `The ${words.gradientOf(group)} has a part along ${name}, which the true one has not: the ${words.loss} does not change with the length, and the backward pass leaves a normalisation out.`,
      advice:
        'Of u = v/|v| with the gradient du, the gradient of v is (du − (du·u) u)/|v|. ' +
        `Where ${words.differentiated} normalises nothing by its length, ${words.claimant} has a penalty on the parameters that it should not have.`,
    };
  },
};

/** The slices that may be normalised by themselves: all entries; the slices along an axis; the rows that a flat array may hold. */
function* candidates({ shape, size }: WrongParameter): Generator<Slices, void, void> {
  yield slicesAlong([1, size], 0);
  if (shape.length > 1) for (const axis of shape.keys()) yield slicesAlong(shape, axis);
  else
    for (let rows = 2; rows <= size / 2; rows += 1)
      if (size % rows === 0) yield slicesAlong([rows, size / rows], 0);
}

function slicesOf(parameter: WrongParameter): Slices[] {
  const isWhole = parameter.heldEntries === undefined && !parameter.hasRows;
  return isWhole ? [...candidates(parameter)].filter(({ size }) => 2 * size <= parameter.size) : [];
}

/** Whether the numeric gradient lies across every slice of θ, and the claim is that one but for a part along θ, or besides for 1/|θ|. */
function isLeftOut(parameter: WrongParameter, slices: Slices): boolean {
  const { analytic, numeric, uncertainty, values, tolerance } = parameter;
  const sums = (of: (i: number) => number): Float64Array => {
    const all = new Float64Array(slices.size);
    for (let i = 0; i < values.length; i += 1) all[slices.of(i)]! += of(i);
    return all;
  };
  const squares = sums((i) => values[i]! ** 2);
  const across = sums((i) => numeric[i]! * values[i]!);
  const uncertain = sums((i) => (uncertainty[i]! * values[i]!) ** 2);
  const sizes = sums((i) => numeric[i]! ** 2).map((square, k) => Math.sqrt(square * squares[k]!));
  let chance = 1;
  for (const [k, size] of sizes.entries()) {
    const bound = Math.sqrt(uncertain[k]!) + 2 * tolerance * size;
    if (!(squares[k]! > 0) || !(Math.abs(across[k]!) <= bound)) return false;
    chance *= size > bound ? bound / size : 1;
  }
  if (!(chance <= LARGEST_CHANCE)) return false;
  const along = sums((i) => analytic[i]! * values[i]!).map((sum, k) => sum / squares[k]!);
  const straight = analytic.map((g, i) => g - along[slices.of(i)]! * values[i]!);
  const divided = straight.map((g, i) => g / Math.sqrt(squares[slices.of(i)]!));
  return [straight, divided].some((corrected) => shareLeft([parameter], [corrected]) !== undefined);
}

function cosine(a: Float64Array, b: Float64Array): number {
  return dotProduct(a, b) / Math.sqrt(dotProduct(a, a) * dotProduct(b, b));
}
