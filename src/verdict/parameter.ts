/** What was measured of a parameter, in numbers → its verdict, and that of the model from those of its parameters. */

import { type GroupNorms, relativeDifference, resolution } from '../numerics/norms.js';
import type { Verdict } from '../report.js';
import { isWrong } from './rules.js';
import { LEAST_KNOWN, type Tolerances } from './tolerance.js';

/** What a parameter's verdict depends on. */
export interface ParameterNumbers {
  readonly norms: GroupNorms;
  readonly tolerances: Tolerances;
  /** Whether an entry is wrong by itself. */
  readonly hasWrong: boolean;
  /** Whether each entry that was to be checked has a derivative to compare with. */
  readonly isComplete: boolean;
  /** The scale of the parameter, in its unit. */
  readonly scale: number;
  /** The largest slope to one side of a kink, where there is one; else 0. In the unit of the gradient. */
  readonly kinked: number;
  /** What a single entry may be off unseen, where not each was measured; else 0. In the unit of the gradient. */
  readonly unseen: number;
  /** Whether each claim is zero, to within its own noise. */
  readonly claimsZero: boolean;
}

/** What was found of a parameter. */
export interface ParameterVerdict {
  readonly verdict: Verdict;
  /** Whether both gradients are zero as far as both can tell, and what could hide there could not matter. */
  readonly isZero: boolean;
}

/** What could hide in a gradient of zero may move the loss by this share of what the model's largest known gradient does. */
const NEGLIGIBLE_SHARE = 1e-3;

/**
 * The verdict of a parameter.
 * @param reach what the model's largest known gradient moves the loss by over its parameter's scale, in the unit of the loss
 */
export function judgeParameter(numbers: ParameterNumbers, reach: number): ParameterVerdict {
  const { norms, tolerances, hasWrong, isComplete, unseen } = numbers;
  if (hasWrong || isWrong(norms, tolerances.wrong)) return { verdict: 'wrong', isZero: false };
  if (!isComplete) return { verdict: 'inconclusive', isZero: false };
  const isKnown = resolution(norms) <= Math.max(LEAST_KNOWN, tolerances.wrong) && unseen <= typicalOf(norms);
  if (isKnown && relativeDifference(norms) <= tolerances.correct)
    return { verdict: 'correct', isZero: false };
  const isZero = isNegligible(numbers, reach);
  return { verdict: isZero ? 'correct' : 'inconclusive', isZero };
}

/** The root mean square of the entries, by the claim as by what was measured. */
function typicalOf({ claimed, numeric, checked, scale }: GroupNorms): number {
  return ((claimed + numeric) / 2 / Math.sqrt(Math.max(1, checked))) * scale;
}

/** A gradient that is known moves the loss by so much over the scale of its parameter, at a kink at least to one side; 0 where it is not known. */
export function reachOf({
  norms,
  scale,
  isComplete,
  kinked,
}: Pick<ParameterNumbers, 'norms' | 'scale' | 'isComplete' | 'kinked'>): number {
  const isKnown = isComplete && resolution(norms) <= LEAST_KNOWN;
  return Math.max(kinked, isKnown ? norms.numeric * norms.scale : 0) * scale;
}

/** Rule 13's exception: zero as far as both can tell, and nothing that matters could hide there. */
function isNegligible(numbers: ParameterNumbers, reach: number): boolean {
  const { norms, claimsZero } = numbers;
  return claimsZero && norms.numeric <= norms.uncertainty && !couldMatter(numbers, reach);
}

/** Whether what is uncertain of a gradient could move the loss by a share of some reach that matters. */
export function couldMatter(
  { norms, scale }: Pick<ParameterNumbers, 'norms' | 'scale'>,
  reach: number,
): boolean {
  return matters(norms.uncertainty * norms.scale * scale, reach);
}

/** Whether a change of the loss matters beside some reach, both in the unit of the loss. */
export function matters(change: number, reach: number): boolean {
  return !(change <= NEGLIGIBLE_SHARE * reach);
}

/** The verdict of a model: of its worst parameter, and of all together. */
export function judgeModel(
  parameters: readonly (ParameterVerdict & { readonly moved: boolean })[],
  norms: GroupNorms,
  tolerances: Tolerances,
): Verdict {
  // No perturbation moved the loss: then nothing was compared.
  if (!parameters.some(({ moved }) => moved)) return 'inconclusive';
  if (parameters.some(({ verdict }) => verdict === 'wrong')) return 'wrong';
  if (norms.share === 1 && isWrong(norms, tolerances.wrong)) return 'wrong';
  const checked = parameters.filter(({ moved }) => moved);
  if (checked.some(({ verdict }) => verdict !== 'correct')) return 'inconclusive';
  if (checked.every(({ isZero }) => isZero)) return 'correct';
  return relativeDifference(norms) <= tolerances.correct ? 'correct' : 'inconclusive';
}
