/**
 * Wrong parameters with a penalty that both gradients have → its λ, and what is wrong with the rest. To see what was done to the rest, the
 * penalty's part λ s is taken away from both gradients. λ is known to nobody here: it is fitted along with the error, so what is found
 * besides a penalty has to explain more, and comes after all that needs none.
 */

import { isSeen, measuredEntries, proportion, proportions, weightsOf } from '../numerics/fit.js';
import { brief } from './brief.js';
import { shareLeftDivided } from './expected.js';
import type { WrongParameter } from './wrong-parameter.js';

export interface Penalty {
  /** λ/2 ‖θ‖², or λ ‖θ‖₁. */
  readonly power: 1 | 2;
  /** What λ is multiplied by in the gradient. */
  readonly term: string;
  /** s, the derivative of the penalty for λ = 1. */
  readonly slopes: (values: Float64Array) => Float64Array;
}

export const PENALTIES: readonly Penalty[] = [
  { power: 2, term: 'θ', slopes: (values) => values },
  { power: 1, term: 'sign θ', slopes: (values) => values.map(Math.sign) },
];

/** Entries that a fit with a λ of its own must explain: twice as many as it fits numbers. */
export const LEAST_ENTRIES = 4;

/** Of the error no more than this may be left: a fit of more numbers leaves less by chance. */
const LARGEST_SHARE_BESIDE = 1 / 100;

/** A factor within this of 1, and of 0, is none: then the penalty is the error, or all there is. */
const NO_FACTOR_WITHIN = 1e-4;

/** A penalty that is right, beside what is wrong. */
export interface Beside {
  readonly penalty: Penalty;
  /** λ in the group's unit. */
  readonly lambda: number;
}

/** Errors of one size are common, as where a count is left out or two units are mistaken: so many signs are hardly right by chance, */
const LEAST_SIGNS = 5;
/** or so many, where λ is a number that people write. */
const LEAST_SIGNS_WRITTEN = 3;
/** Of differences of signs, which are of one size where they are not zero. */
const LEAST_APART = 4;
/** Of entries that are moved, and have the same sign before and after. */
const LEAST_PLAIN = 3;
/** A number of two digits, as people write them, to within this share. */
const WRITTEN_WITHIN = 1e-3;

/** Whether a number is one of few digits. */
export function isWritten(value: number): boolean {
  return Math.abs(value - Number(value.toPrecision(2))) <= WRITTEN_WITHIN * Math.abs(value);
}

/** Whether slopes tell a penalty from other errors: of magnitudes these are no more than signs. */
export function isTellingOf({ power }: Penalty, slopes: readonly Float64Array[], lambda: number): boolean {
  if (power === 2) return true;
  const signs = slopes.reduce((sum, array) => sum + array.reduce((n, s) => n + Number(s !== 0), 0), 0);
  return signs >= (isWritten(lambda) ? LEAST_SIGNS_WRITTEN : LEAST_SIGNS);
}

/** Whether all values are the same. */
export function isConstant(groups: readonly Float64Array[]): boolean {
  const first = groups[0]?.[0] ?? 0;
  return groups.every((group) => group.every((value) => value === first));
}

/**
 * The penalty, if any, beside which the analytic gradient is f times the numeric one, g − λ s = f (n − λ s): then g = f n + (1 − f) λ s.
 * Parameters for which a factor alone will do have no penalty; biases seldom have one.
 */
export function scaledBeside(
  group: readonly WrongParameter[],
  isPlain: (parameter: WrongParameter) => boolean,
): (Beside & { readonly factor: number }) | undefined {
  for (const { penalty, slopes } of penaltiesOf(group, isPlain)) {
    const fit = factorBeside(group, slopes);
    if (fit !== undefined) return { penalty, ...fit };
  }
  return undefined;
}

/** The same where the factor is −1, which needs no fit: g + n = 2 λ s. */
export function flippedBeside(
  group: readonly WrongParameter[],
  isPlain: (parameter: WrongParameter) => boolean,
): Beside | undefined {
  for (const { penalty, slopes } of penaltiesOf(group, isPlain)) {
    const sums = group.map(({ analytic, numeric }) => analytic.map((g, i) => (g + numeric[i]!) / 2));
    const lambda = proportion(slopes, sums, group.map(weightsOf));
    const straight = group.map(({ analytic }, p) => analytic.map((g, i) => 2 * lambda * slopes[p]![i]! - g));
    if (lambda > 0 && isLittleLeft(group, straight)) return { penalty, lambda };
  }
  return undefined;
}

/** The penalties that parameters may have, with their slopes: none of those for which none is needed. */
function* penaltiesOf(
  group: readonly WrongParameter[],
  isPlain: (parameter: WrongParameter) => boolean,
): Generator<{ readonly penalty: Penalty; readonly slopes: readonly Float64Array[] }, void, void> {
  if (!isSeen(group)) return;
  const penalized = new Set(group.filter((parameter) => !isPlain(parameter)));
  const entries = [...penalized].reduce((sum, parameter) => sum + measuredEntries(parameter).length, 0);
  if (entries < LEAST_ENTRIES) return;
  for (const penalty of PENALTIES) {
    const slopes = group.map((parameter) =>
      penalized.has(parameter) ? penalty.slopes(parameter.values) : new Float64Array(parameter.count),
    );
    yield { penalty, slopes };
  }
}

/** The factor and λ that explain the error of a group, given s; undefined where there are none. */
function factorBeside(
  group: readonly WrongParameter[],
  slopes: readonly Float64Array[],
): { readonly factor: number; readonly lambda: number } | undefined {
  const analytic = group.map((parameter) => parameter.analytic);
  const numeric = group.map((parameter) => parameter.numeric);
  const fit = proportions(numeric, slopes, analytic, group.map(weightsOf));
  if (fit === undefined) return undefined;
  const { f: factor, m } = fit;
  const isFactor = Math.abs(factor - 1) > NO_FACTOR_WITHIN && Math.abs(factor) > NO_FACTOR_WITHIN;
  if (!isFactor || m === 0) return undefined;
  const corrected = analytic.map((array, p) => array.map((g, i) => (g - m * slopes[p]![i]!) / factor));
  const lambda = m / (1 - factor);
  // No penalty is negative: a part along the parameters that is no penalty need not be right.
  return lambda > 0 && isLittleLeft(group, corrected, factor) ? { factor, lambda } : undefined;
}

/**
 * The penalty, if any, beside which the analytic gradient has its entries in other places. Put straight, g', it is then n + λ (s' − s).
 * @param straight puts the entries of an array where they belong
 */
export function rearrangedBeside(
  parameter: WrongParameter,
  straight: (array: Float64Array) => Float64Array,
): Beside | undefined {
  const { numeric, analytic, values, count } = parameter;
  if (measuredEntries(parameter).length < Math.max(LEAST_ENTRIES, count)) return undefined;
  const excess = straight(analytic).map((g, i) => g - numeric[i]!);
  for (const penalty of PENALTIES) {
    const slopes = penalty.slopes(values);
    const apart = straight(slopes).map((slope, i) => slope - slopes[i]!);
    const lambda = proportion([apart], [excess]);
    if (lambda === 0) continue;
    if (penalty.power === 1 && !(lambda > 0 && areTelling(apart, straight))) continue;
    const bare = without(parameter, slopes, lambda);
    if (isLittleLeft([bare], [straight(bare.analytic)])) return { penalty, lambda };
  }
  return undefined;
}

/**
 * Whether differences of signs tell a penalty beside an order, or enough entries that have none tell the order by themselves. Of two that are
 * exchanged with each other one counts, as the other is its opposite.
 */
function areTelling(apart: Float64Array, straight: (array: Float64Array) => Float64Array): boolean {
  const places = apart.map((_, i) => i);
  const from = straight(places);
  const share = straight(from).every((place, i) => place === i) ? 1 / 2 : 1;
  const seen = apart.reduce((sum, slope) => sum + Number(slope !== 0), 0);
  const plain = apart.reduce((sum, slope, i) => sum + Number(slope === 0 && from[i] !== i), 0);
  return share * seen >= LEAST_APART || share * plain >= LEAST_PLAIN;
}

/** A parameter without the penalty λ s in both of its gradients. */
function without(parameter: WrongParameter, slopes: Float64Array, lambda: number): WrongParameter {
  const rest = (array: Float64Array): Float64Array => array.map((value, i) => value - lambda * slopes[i]!);
  return { ...parameter, analytic: rest(parameter.analytic), numeric: rest(parameter.numeric) };
}

function isLittleLeft(
  group: readonly WrongParameter[],
  corrected: readonly Float64Array[],
  factor = 1,
): boolean {
  const share = shareLeftDivided(group, corrected, factor);
  return share !== undefined && share <= LARGEST_SHARE_BESIDE;
}

/** ` besides the term 0.03·θ of a penalty, which is right`; a negative one is of no penalty. */
export function besides({ term }: Penalty, lambda: number): string {
  const of = lambda > 0 ? 'of a penalty' : 'along it, as of a normalisation';
  return ` besides the term ${brief(lambda)}·${term} ${of}, which is right`;
}
