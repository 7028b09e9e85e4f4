/**
 * Analytic and numeric gradients, and a corrected analytic one → what the correction leaves of the error; and the number that
 * corrects best. Everything is over several groups at once, one per parameter, as one cause may explain them all.
 */

import { type Compared, dotProduct, groupNorms, rootMeanSquare } from './norms.js';

/** A group of entries with the bound on its relative difference. */
export interface Bounded extends Compared {
  readonly tolerance: number;
}

/** A corrected gradient explains an error when at most this share of it is left in every group. */
const LARGEST_SHARE_LEFT: number = 1 / 10;

/**
 * What is left may exceed tolerance and uncertainty by no more than this share of the error: the many entries of a wrong
 * parameter have no ladders of their own, and what truncation leaves in them is no second mistake.
 */
const NEGLIGIBLE_SHARE: number = 2 ** -10;

/**
 * How likely a fit of one number may be to explain all entries by chance. The largest error is explained by any fit; each other one,
 * by chance, about as often as what is let pass is smaller than it. What is let pass is six standard deviations: one in ten errs on
 * the side of silence.
 */
const LARGEST_CHANCE = 1 / 10;

/**
 * The share of the error that corrected gradients c leave: the largest ‖c − n‖ / ‖g − n‖ of any group; undefined where they don't
 * explain it. They do when in no group, and in no entry measured against the size of its group, c − n exceeds tolerance and
 * uncertainty together, and little of the error is left.
 */
export function shareLeft(
  groups: readonly Bounded[],
  corrected: readonly Float64Array[],
): number | undefined {
  let most = 0;
  for (const [p, group] of groups.entries()) {
    const share = shareLeftOf(group, corrected[p]!);
    if (!(share <= LARGEST_SHARE_LEFT)) return undefined;
    most = Math.max(most, share);
  }
  return most;
}

/** The same of one group; NaN where more is left than can be let pass. */
function shareLeftOf(group: Bounded, corrected: Float64Array): number {
  const { analytic, numeric, uncertainty, tolerance } = group;
  const before = groupNorms(group);
  const after = groupNorms({ analytic: corrected, numeric, uncertainty });
  const error = before.difference * before.scale;
  const size = (after.analytic + after.numeric) * after.scale;
  const left = after.difference * after.scale;
  const allowed = tolerance * size + after.uncertainty * after.scale;
  if (!(left <= allowed + NEGLIGIBLE_SHARE * error)) return Number.NaN;
  const root = Math.sqrt(before.checked);
  for (const i of measuredEntries(group)) {
    const own = Math.abs(corrected[i]!) + Math.abs(numeric[i]!);
    const bound = tolerance * Math.max(own, size / root) + uncertainty[i]!;
    const negligible = NEGLIGIBLE_SHARE * Math.max(error / root, Math.abs(analytic[i]! - numeric[i]!));
    if (!(Math.abs(corrected[i]! - numeric[i]!) <= bound + negligible)) return Number.NaN;
  }
  return left / error;
}

/** Whether a slope shows at all: of what is zero but for noise every gradient is a multiple, by a factor large enough. */
export function isSeen(groups: readonly Compared[]): boolean {
  return groups.some((group) => {
    const { numeric, uncertainty } = groupNorms(group);
    return numeric > uncertainty;
  });
}

/** The entries of a group that have a numeric derivative. */
export function measuredEntries({ numeric }: Pick<Compared, 'numeric'>): number[] {
  const entries: number[] = [];
  for (let i = 0; i < numeric.length; i += 1) if (!Number.isNaN(numeric[i])) entries.push(i);
  return entries;
}

/**
 * How much each entry says in a fit, 1/σ²: σ is its uncertainty and the share of the error that is let pass, so that well known
 * entries count alike, and one badly known can't draw the fit away from the others. 0 where there is no numeric derivative.
 */
export function weightsOf(group: Compared): Float64Array {
  const least = NEGLIGIBLE_SHARE * typicalError(group);
  const weights = new Float64Array(group.numeric.length);
  // In units of `least`, as a parameter's size must not decide what it says beside others.
  for (const i of measuredEntries(group)) weights[i] = 1 / (1 + group.uncertainty[i]! / least) ** 2;
  return weights;
}

/** The root mean square of g − n, over the entries that have a numeric derivative. */
function typicalError(group: Compared): number {
  const { difference, scale, checked } = groupNorms(group);
  return (difference * scale) / Math.sqrt(checked);
}

/** The factor f of the least squares y ≈ f x, weighted or not, Σ w x y / Σ w x²; NaN where x is all zero. */
export function proportion(
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  weights?: readonly Float64Array[],
): number {
  return sumOfProducts(x, y, weights) / sumOfProducts(x, x, weights);
}

/** Two columns are taken for independent when this share of the product of their squares is left of the determinant. */
const LEAST_INDEPENDENCE: number = 2 ** -20;

/** The factors f and m of the weighted least squares y ≈ f x + m z; undefined where x and z can't be told apart. */
export function proportions(
  x: readonly Float64Array[],
  z: readonly Float64Array[],
  y: readonly Float64Array[],
  weights: readonly Float64Array[],
): { readonly f: number; readonly m: number } | undefined {
  const [xx, zz] = [sumOfProducts(x, x, weights), sumOfProducts(z, z, weights)];
  const xz = sumOfProducts(x, z, weights);
  const determinant = xx * zz - xz * xz;
  if (!(determinant > LEAST_INDEPENDENCE * xx * zz)) return undefined;
  const [xy, zy] = [sumOfProducts(x, y, weights), sumOfProducts(z, y, weights)];
  return { f: (xy * zz - zy * xz) / determinant, m: (zy * xx - xy * xz) / determinant };
}

function sumOfProducts(
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  weights?: readonly Float64Array[],
): number {
  return x.reduce((sum, group, p) => sum + dotProduct(group, y[p]!, weights?.[p]), 0);
}

/** Whether the error g − n has entries enough to tell a fit of one number from a coincidence. */
export function isShared(groups: readonly Bounded[]): boolean {
  let [chance, least] = [1, 1];
  for (const group of groups) {
    const { analytic, numeric, uncertainty, tolerance } = group;
    const entries = measuredEntries(group);
    const sizes = Float64Array.from(entries, (i) => Math.abs(analytic[i]!) + Math.abs(numeric[i]!));
    const passed = tolerance * rootMeanSquare(sizes) + NEGLIGIBLE_SHARE * typicalError(group);
    for (const i of entries) {
      const one = Math.min(1, (passed + uncertainty[i]!) / Math.abs(analytic[i]! - numeric[i]!));
      if (!(one < 1)) continue;
      chance *= one;
      least = Math.min(least, one);
    }
  }
  // The most telling entry is the one that the number was fitted to.
  return chance <= LARGEST_CHANCE * least;
}
