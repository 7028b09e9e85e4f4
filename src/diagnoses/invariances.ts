/**
 * Wrong parameters → what the true gradients show that the loss does not feel, and the claims do: one number added to all entries, or a
 * common factor; and whether the error is made of whole numbers.
 */

import { dotProduct } from '../numerics/norms.js';
import { type Slices, slicesAlong } from './layouts.js';
import { namesOf } from './names.js';
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

/** Where a normalisation adds an ε to a variance, what it does not feel it feels by this share. */
const SHARE_OF_EPSILON = 1e-3;

/** A sentence about a factor that several parameters have in common, as weights and biases before a normalisation; undefined where that is felt. */
export function jointInvarianceOf(group: readonly WrongParameter[], loss: string): string | undefined {
  if (group.some(({ heldEntries, hasRows }) => heldEntries !== undefined || hasRows)) return undefined;
  let [count, felt, claimed, size, left] = [0, 0, 0, 0, 0];
  for (const { analytic, numeric, uncertainty, tolerance, values } of group)
    for (const [i, value] of values.entries()) {
      const n = numeric[i]!;
      count += 1;
      felt += n * value;
      claimed += analytic[i]! * value;
      size += Math.abs(n * value);
      left += (uncertainty[i]! + tolerance * Math.abs(n)) * Math.abs(value);
    }
  const most = SHARE_OF_EPSILON * size;
  const isHardlyFelt = count > 2 && Math.abs(felt) <= most && left <= most;
  if (!isHardlyFelt || !(Math.abs(claimed) > LEAST_FELT * size)) return undefined;
  return `The ${loss} hardly changes when ${namesOf(group)} ${group.length === 1 ? 'grows' : 'grow'} by one factor, and by the claim it would: perhaps a part of a normalisation's derivative is left out, that by its mean, its variance or its length, or terms of a sum are.`;
}

/** Larger denominators, and arrays of more entries, are no counts over a batch that anybody would recognise. */
const LARGEST_DENOMINATOR = 64;
const MOST_COUNTED = 16;

/** A sentence about the error of a parameter where that is of whole numbers over one, as where a target is left out; undefined where it is not. */
export function countsOf(parameter: WrongParameter, unit: number): string | undefined {
  const { name, analytic, numeric, uncertainty, tolerance, heldEntries, hasRows, size } = parameter;
  if (heldEntries !== undefined || hasRows || size < 2 || size > MOST_COUNTED) return undefined;
  const errors = analytic.map((g, i) => g - numeric[i]!);
  const doubts = uncertainty.map((u, i) => u + tolerance * (Math.abs(analytic[i]!) + Math.abs(numeric[i]!)));
  const areWhole = (array: Float64Array, by: number): boolean =>
    array.every((x, i) => Math.abs(x * by - Math.round(x * by)) <= doubts[i]! * by);
  for (let over = 1; over <= LARGEST_DENOMINATOR; over += 1) {
    const by = unit * over;
    // Errors of one size, as where two entries are mistaken for each other, show it once.
    const distinct = new Map(
      Array.from(errors, (error, i) => [Math.abs(Math.round(error * by)), doubts[i]!]),
    );
    distinct.delete(0);
    const chance = [...distinct.values()].reduce(
      (product, doubt) => product * Math.min(1, 2 * doubt * by),
      over,
    );
    // Where the data are whole numbers, everything may be.
    if (!(chance <= LARGEST_CHANCE) || !areWhole(errors, by) || areWhole(numeric, by)) continue;
    const counts = Array.from(errors, (error) => String(Math.round(error * by) || 0).replace('-', '−'));
    const denominator = over === 1 ? '' : String(over);
    return `What is claimed for ${name} is too large by (${counts.join(', ')})${denominator && `/${denominator}`}, whole numbers${denominator && ` over ${denominator}`}: look for targets or counts that are not subtracted, or are others.`;
  }
  return undefined;
}
