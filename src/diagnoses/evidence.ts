/** What a check measured, as the diagnoses read it: data only. Nothing here runs a model. */

import type { Compared, GroupNorms } from '../numerics/norms.js';
import type { Verdict } from '../report.js';

/** The user's function after whose calls a parameter was found changed. */
export type Culprit = 'loss' | 'gradients';

/** What was found out before the first perturbation, and again at the end. */
export interface Premises {
  /** The losses of repeated calls at the same point θ, in order. */
  readonly losses: readonly number[];
  /** The first parameter that a function of the user's changed, if any did. */
  readonly change: { readonly by: Culprit; readonly parameter: string; readonly entries: number } | undefined;
  /** Where two calls of `gradients` at the same point differ most, if they differ. */
  readonly gradientChange:
    | {
        readonly parameter: string;
        readonly entries: number;
        readonly first: number;
        readonly second: number;
      }
    | undefined;
}

/** One parameter's numbers. */
export interface ParameterEvidence extends Compared {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly norms: GroupNorms;
  /** The bound on this parameter's (2), and on each of its entries. */
  readonly tolerance: number;
  /** What the numbers say, by the rules of the verdict. */
  readonly verdict: Verdict;
  /** Entries that are wrong by themselves. */
  readonly wrong: number;
  /** Whether the loss moved when entries of this parameter were perturbed, by small steps or large. */
  readonly moved: boolean;
  /** Entries at which the loss has a kink between whose slopes the claim lies. */
  readonly kinks: number;
  /** Whether small steps moved the loss by more than its noise. */
  readonly movedBeyondNoise: boolean;
  /** Whether the uncertainty hides a slope that would explain how far the loss moves: no derivative was found then. */
  readonly hidden: boolean;
  readonly step: { readonly min: number; readonly max: number };
}

export interface Evidence {
  readonly premises: Premises;
  /** Whether the premises hold, so that the numbers below mean anything. */
  readonly comparable: boolean;
  /** Standard deviation of the loss's noise, in the unit of the loss; NaN when it was not measured. */
  readonly noise: number;
  readonly tolerance: number;
  /** ε as the user gave it. */
  readonly epsilon: number | undefined;
  /** The smallest of the steps that would be chosen for the parameters, in their unit. */
  readonly chosenStep: number;
  readonly verdict: Verdict;
  readonly parameters: readonly ParameterEvidence[];
  readonly norms: GroupNorms;
}
