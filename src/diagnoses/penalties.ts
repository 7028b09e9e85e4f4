/**
 * Penalties on the parameters that loss and backward pass agree on. What is wrong is then the rest of the gradient alone, and
 * to see what was done to it the penalty's part λ s is taken away from claim and truth alike. λ is known to nobody here: it is
 * fitted along with the error, so what is found besides a penalty has to explain more, and comes after all that needs none.
 */

import { isSeen, measuredEntries, proportion, proportions, shareLeft, weightsOf } from '../numerics/fit.js';
import type { WrongParameter } from './wrong-parameter.js';
import { brief } from './words.js';

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

/** Whether all values are the same. */
export function isConstant(groups: readonly Float64Array[]): boolean {
  const first = groups[0]?.[0] ?? 0;
  return groups.every((group) => group.every((value) => value === first));
}

/** The parameter without the penalty λ s in its claim and its numeric gradient. */
function without(parameter: WrongParameter, slopes: Float64Array, lambda: number): WrongParameter {
  const rest = (array: Float64Array): Float64Array => array.map((value, i) => value - lambda * slopes[i]!);
  return { ...parameter, analytic: rest(parameter.analytic), numeric: rest(parameter.numeric) };
}

/**
 * The penalty, if any, beside which a claim is f times the truth, g − λ s = f (n − λ s): then g = f n + (1 − f) λ s. Parameters
 * for which a factor alone will do have no penalty; biases seldom have one.
 */
export function scaledBeside(
  group: readonly WrongParameter[],
  isPlain: (parameter: WrongParameter) => boolean,
): (Beside & { readonly factor: number }) | undefined {
  if (!isSeen(group)) return undefined;
  const penalized = new Set(group.filter((parameter) => !isPlain(parameter)));
  const entries = [...penalized].reduce((sum, parameter) => sum + measuredEntries(parameter).length, 0);
  if (entries < LEAST_ENTRIES) return undefined;
  const analytic = group.map((parameter) => parameter.analytic);
  const weights = group.map(weightsOf);
  for (const penalty of PENALTIES) {
    const slopes = slopesOf(group, penalty, penalized);
    const fit = proportions(
      group.map(({ numeric }) => numeric),
      slopes,
      analytic,
      weights,
    );
    if (fit === undefined || !(Math.abs(fit.f - 1) > NO_FACTOR_WITHIN)) continue;
    const { f: factor, m } = fit;
    if (!(Math.abs(factor) > NO_FACTOR_WITHIN) || m === 0) continue;
    const corrected = analytic.map((claim, p) => claim.map((g, i) => (g - m * slopes[p]![i]!) / factor));
    const share = shareLeft(group, corrected);
    if (share === undefined || share > LARGEST_SHARE_BESIDE) continue;
    return { penalty, lambda: m / (1 - factor), factor };
  }
  return undefined;
}

/**
 * The penalty, if any, beside which a claim has its entries in other places. The claim put straight, g', is then n + λ (s' − s).
 * @param straight puts the entries of an array where they belong
 */
export function rearrangedBeside(
  parameter: WrongParameter,
  straight: (array: Float64Array) => Float64Array,
): Beside | undefined {
  const { numeric, analytic, values, count } = parameter;
  if (measuredEntries(parameter).length < Math.max(LEAST_ENTRIES, count)) return undefined;
  const weights = new Float64Array(count).fill(1);
  for (const penalty of PENALTIES) {
    const s = penalty.slopes(values);
    const apart = straight(s).map((slope, i) => slope - s[i]!);
    const rest = straight(analytic).map((claim, i) => claim - numeric[i]!);
    const lambda = proportion([apart], [rest], [weights]);
    if (!Number.isFinite(lambda) || lambda === 0) continue;
    const bare = without(parameter, s, lambda);
    const share = shareLeft([bare], [straight(bare.analytic)]);
    if (share !== undefined && share <= LARGEST_SHARE_BESIDE) return { penalty, lambda };
  }
  return undefined;
}

/** s for those that are penalised, 0 for the others. */
function slopesOf(
  group: readonly WrongParameter[],
  { slopes }: Penalty,
  penalized: ReadonlySet<WrongParameter>,
): readonly Float64Array[] {
  return group.map((parameter) =>
    penalized.has(parameter) ? slopes(parameter.values) : new Float64Array(parameter.count),
  );
}

/** `, besides the penalty 0.03·θ, which is right`. */
export function besides({ term }: Penalty, lambda: number): string {
  return ` besides the term ${brief(lambda)}·${term} of a penalty, which is right`;
}
