/**
 * Fits of one number that would explain an error, and what they leave of it. Everything is over several groups at once,
 * one per parameter, as one cause may explain them all. Numbers in, numbers out.
 */

import type { Compared } from './norms.js';

/** A group of entries with the bound on its relative difference. */
export interface Bounded extends Compared {
  readonly tolerance: number;
}

/** A corrected claim explains an error when at most this share of it is left in every group. */
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
 * The share of the error that corrected claims c leave: the largest ‖c − n‖ / ‖g − n‖ of any group; undefined where they don't
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

function shareLeftOf(group: Bounded, corrected: Float64Array): number {
  const { analytic, numeric, uncertainty, tolerance } = group;
  const known = measuredEntries(group);
  let [error, rest, claim, size, noise] = [0, 0, 0, 0, 0];
  for (const i of known) {
    const n = numeric[i]!;
    error += (analytic[i]! - n) ** 2;
    rest += (corrected[i]! - n) ** 2;
    claim += corrected[i]! ** 2;
    size += n ** 2;
    noise += uncertainty[i]! ** 2;
  }
  const whole = tolerance * (Math.sqrt(claim) + Math.sqrt(size)) + Math.sqrt(noise);
  if (!(Math.sqrt(rest) <= whole + NEGLIGIBLE_SHARE * Math.sqrt(error))) return Number.NaN;
  const root = Math.sqrt(known.length);
  const typical = (Math.sqrt(claim) + Math.sqrt(size)) / root;
  const negligible = NEGLIGIBLE_SHARE * (Math.sqrt(error) / root);
  for (const i of known) {
    const own = Math.abs(corrected[i]!) + Math.abs(numeric[i]!);
    const allowed = tolerance * Math.max(own, typical) + uncertainty[i]!;
    const left = Math.max(negligible, NEGLIGIBLE_SHARE * Math.abs(analytic[i]! - numeric[i]!));
    if (!(Math.abs(corrected[i]! - numeric[i]!) <= allowed + left)) return Number.NaN;
  }
  return Math.sqrt(rest / error);
}

/** Whether a slope shows at all: of what is zero but for noise every claim is a multiple, by a factor large enough. */
export function isSeen(groups: readonly Compared[]): boolean {
  return groups.some((group) => {
    const known = measuredEntries(group);
    const norm = (array: Float64Array): number =>
      Math.sqrt(known.reduce((sum, i) => sum + array[i]! ** 2, 0));
    return norm(group.numeric) > norm(group.uncertainty);
  });
}

/** The entries of a group that have a numeric derivative. */
export function measuredEntries({ numeric }: Pick<Compared, 'numeric'>): number[] {
  const known: number[] = [];
  for (let i = 0; i < numeric.length; i += 1) if (!Number.isNaN(numeric[i])) known.push(i);
  return known;
}

/**
 * How much each entry says in a fit, 1/σ²: σ is its uncertainty and the share of the error that is let pass, so that well known
 * entries count alike, and one badly known can't draw the fit away from the others. 0 where there is no numeric derivative.
 */
export function weightsOf(group: Compared): Float64Array {
  const { analytic, numeric, uncertainty } = group;
  const known = measuredEntries(group);
  const squares = known.reduce((sum, i) => sum + (analytic[i]! - numeric[i]!) ** 2, 0);
  const least = NEGLIGIBLE_SHARE * Math.sqrt(squares / known.length);
  const weights = new Float64Array(numeric.length);
  // In units of `least`, as a parameter's size must not decide what it says beside others.
  for (const i of known) weights[i] = 1 / (1 + uncertainty[i]! / least) ** 2;
  return weights;
}

/** The factor f of the weighted least squares y ≈ f x, Σ w x y / Σ w x²; NaN where x is all zero. */
export function proportion(
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  weights: readonly Float64Array[],
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
  weights: readonly Float64Array[],
): number {
  let sum = 0;
  for (const [p, group] of x.entries())
    for (let i = 0; i < group.length; i += 1)
      if (weights[p]![i]! > 0) sum += weights[p]![i]! * group[i]! * y[p]![i]!;
  return sum;
}

/** Whether the error g − n has entries enough to tell a fit of one number from a coincidence. */
export function isShared(groups: readonly Bounded[]): boolean {
  let [chance, least] = [1, 1];
  for (const group of groups) {
    const { analytic, numeric, uncertainty, tolerance } = group;
    const known = measuredEntries(group);
    let [errors, sizes] = [0, 0];
    for (const i of known) {
      errors += (analytic[i]! - numeric[i]!) ** 2;
      sizes += (Math.abs(analytic[i]!) + Math.abs(numeric[i]!)) ** 2;
    }
    const negligible = NEGLIGIBLE_SHARE * Math.sqrt(errors / known.length);
    const typical = tolerance * Math.sqrt(sizes / known.length);
    for (const i of known) {
      const error = Math.abs(analytic[i]! - numeric[i]!);
      const one = Math.min(1, (typical + uncertainty[i]! + negligible) / error);
      if (!(one < 1)) continue;
      chance *= one;
      least = Math.min(least, one);
    }
  }
  // The most telling entry is the one that the number was fitted to.
  return chance <= LARGEST_CHANCE * least;
}
