/** What is known about one parameter while its entries are measured, and how its steps are chosen. Types, and the two policies of steps. */

import type { Frame } from '../../model/subject/subject.js';
import type { EntryRange } from '../../model/tree/shard.js';
import { groupNorms } from '../../numerics/norms.js';
import { entryScale, LARGEST_STEP, LEAST_SPACINGS, movedScale, stepAbove } from '../../numerics/step.js';
import { type TolerancePolicy, tolerancesFor } from '../../verdict/tolerance.js';
import type { ClaimBounds } from '../preconditions/claim-noise.js';
import type { LossNoise } from '../preconditions/loss-noise.js';
import type { Limits } from '../paths/paths.js';
import type { Budget } from '../run/budget.js';

/** How claims are judged. */
export interface Policy extends TolerancePolicy {
  readonly kinks: 'subgradient' | 'reject';
}

/** One parameter, before anything of it is measured. */
export interface ParameterTask {
  readonly frame: Frame;
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  /** Its entries that are to be checked. */
  readonly range: EntryRange;
  /** J(θ). */
  readonly loss: number;
  /** The noise of the loss, as measured along all parameters. */
  readonly noise: LossNoise;
  /** The scale of the parameter: root mean square of its entries, in their unit. */
  readonly scale: number;
  /** The claimed gradient, one number for each entry. */
  readonly analytic: Float64Array;
  readonly claimNoise: ClaimBounds;
  /** What the largest claim of all parameters moves the loss by over its parameter's scale, in the unit of the loss. */
  readonly reach: number;
  /** About so many entries move at once where noise and steps of single entries are looked for. */
  readonly moved: number;
  /** The first step of runs, in units of the scale, where it is known that kinks put farther ones off. */
  readonly near?: number | undefined;
  /** The first step of runs, in the same unit, where it told at another point: none is looked for. */
  readonly first?: number | undefined;
  readonly epsilon: number | undefined;
  readonly policy: Policy;
  readonly seed: number;
  /** So many entries are shown at most: of these it is kept what was seen of them. */
  readonly shown: number;
  readonly budget: Budget;
  /** Tells that all but so many of the entries are done. */
  readonly tell: (left: number) => void;
}

/** The bound on what a right claim may be off by, relative to its size, as far as the format of its numbers is known. */
export function toleranceOf({ analytic, claimNoise, parameter, policy, range }: ParameterTask): number {
  const compared = { analytic, numeric: analytic, uncertainty: new Float64Array(analytic.length) };
  const norms = groupNorms(compared, range.count);
  return tolerancesFor(policy, claimNoise.format(parameter), norms).wrong;
}

/** How the step of an entry is found. */
export interface StepPolicy {
  /** The step of an entry with this value, in its unit. */
  stepFor(value: number): number;
  /** Whether a difference at this step is what was asked for, so that no other may take its place. */
  readonly isFixed: boolean;
}

/** ε as the user gave it, for every entry. */
export function fixedStep(epsilon: number): StepPolicy {
  return { stepFor: () => epsilon, isFixed: true };
}

/**
 * A share of the entry's scale.
 * @param share a step of the ladder, in units of the scale
 * @param scale of the parameter
 */
export function chosenStep(share: number, scale: number): StepPolicy {
  return { stepFor: (value) => share * entryScale(value, scale), isFixed: false };
}

/** The steps of an entry. */
export function stepLimits({ frame, parameter, scale }: ParameterTask, value: number, reach: number): Limits {
  const { spacing } = frame.parameters[parameter]!.values;
  const size = Math.abs(value) / entryScale(value, scale);
  const own = Math.max(Math.abs(value), movedScale(value, scale)) / entryScale(value, scale);
  const least = size === 0 ? 0 : stepAbove(LEAST_SPACINGS * spacing * size);
  return { least, largest: Math.min(LARGEST_STEP, reach), own };
}
