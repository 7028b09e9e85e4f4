/** A wrong parameter → what the true gradient shows that the loss does not feel, and the claim does: one number added to all entries, or a common factor. */

import { dotProduct } from '../numerics/norms.js';
import { type Slices, slicesAlong } from './layouts.js';
import type { WrongParameter } from './wrong-parameter.js';

/** How likely sums may be to vanish by chance. */
const LARGEST_CHANCE = 1e-4;
/** A claim feels what the loss does not where its sum is this share of what it would be if nothing in the true one cancelled. */
const LEAST_FELT: number = 2 ** -6;

/** A sentence about it; undefined where nothing is so. */
export function invarianceOf(parameter: WrongParameter, loss: string): string | undefined {
  if (parameter.heldEntries !== undefined || parameter.hasRows || parameter.size < 2) return undefined;
  const { name, values, shape, size } = parameter;
  const ones = values.map(() => 1);
  const all = slicesAlong([1, size], 0);
  for (const axis of shape.length > 1 ? shape.keys() : []) {
    // Sums over one axis: the entries that differ only in their place along it.
    if (shape[axis]! > 1 && isUnfelt(parameter, ones, linesAlong(shape, axis)))
      return ofSums(
        loss,
        shape.length === 2
          ? `${axis === 0 ? 'a column' : 'a row'} of ${name}`
          : `what lies along axis ${axis} of ${name}`,
      );
  }
  if (isUnfelt(parameter, ones, all)) return ofSums(loss, `all entries of ${name}`);
  if (isUnfelt(parameter, values, all))
    return `The ${loss} does not change with the length of ${name}, and the claim has a part along it: look for a normalisation that the backward pass leaves out or has only a part of.`;
  return undefined;
}

function ofSums(loss: string, what: string): string {
  return `The ${loss} does not change when one number is added to ${what}, and by the claim it would: look for the mean that a normalisation takes away, or the sum in the Jacobian of a softmax.`;
}

/** The entries of which only the index along an axis differs. */
function linesAlong(shape: readonly number[], axis: number): Slices {
  const { size, inner, outer } = slicesAlong(shape, axis);
  return {
    size: inner * outer,
    inner: 1,
    outer: 1,
    of: (entry) => Math.floor(entry / (size * inner)) * inner + (entry % inner),
  };
}

/** Whether Σ n w is zero in every slice, and Σ g w is not. */
function isUnfelt(
  { analytic, numeric, uncertainty, tolerance, size }: WrongParameter,
  weights: Float64Array,
  slices: Slices,
): boolean {
  const sums = (of: (i: number) => number): Float64Array => {
    const all = new Float64Array(slices.size);
    for (let i = 0; i < size; i += 1) all[slices.of(i)]! += of(i);
    return all;
  };
  const [g, n] = [analytic, numeric].map((array) => sums((i) => array[i]! * weights[i]!));
  const sizes = sums((i) => Math.abs(numeric[i]! * weights[i]!));
  const left = sums((i) => (uncertainty[i]! + tolerance * Math.abs(numeric[i]!)) * Math.abs(weights[i]!));
  let chance = 1;
  for (const [k, most] of left.entries()) {
    if (!(Math.abs(n![k]!) <= most)) return false;
    if (sizes[k]! > most) chance *= most / sizes[k]!;
  }
  const lengthOf = (array: Float64Array): number => Math.sqrt(dotProduct(array, array));
  return chance <= LARGEST_CHANCE && lengthOf(g!) > LEAST_FELT * lengthOf(sizes);
}
