/** What a check measured, as the diagnoses read it: data only. Nothing here runs a model. */

import type { Axis } from '../model/array/axis.js';
import type { EntryRange } from '../model/tree/shard.js';
import type { LossFunction } from '../model/gradient-model.js';
import type { Size } from '../model/subject/array-sizes.js';
import type { Compared, GroupNorms } from '../numerics/norms.js';
import type { Derivative, Kind, Method, Verdict } from '../report.js';

/** A function that claims derivatives. */
export type Claimant = 'gradients' | Derivative;

/** The user's function after whose calls a parameter was found changed. */
export type Culprit = LossFunction | 'gradients';

/** The losses of repeated calls at the same point θ, in order, and the function that gave them. */
export interface Repeated {
  readonly by: LossFunction;
  readonly values: readonly number[];
}

/** A parameter that was found changed. */
export interface Changed {
  readonly name: string;
  /** How many of its entries; 0 when another array stood in its place. */
  readonly entries: number;
}

/** What was found out before the first perturbation, and again at the end. */
export interface Preconditions {
  /** J(θ) by each of the model's functions that evaluate it; the perturbed losses are the first one's. */
  readonly losses: readonly Repeated[];
  /** The parameters that a function of the user's changed, if any did, and the names of those that could not be put back. */
  readonly change:
    | { readonly by: Culprit; readonly parameters: readonly Changed[]; readonly lost: readonly string[] }
    | undefined;
  /** The parameters of the claims, in their order. */
  readonly names: readonly string[];
  /** What repeated calls of `gradients` at θ claimed, one array per parameter, due or not: two calls, or three where the two differ. */
  readonly claims: readonly (readonly Float64Array[])[];
}

/** One parameter's numbers. */
export interface ParameterEvidence extends Compared {
  readonly name: string;
  /** Of a Jacobian of several arrays of outputs: the one whose derivatives by the parameter these are. */
  readonly output?: string;
  readonly shape: readonly number[];
  /** The first axis of the shape is that of the outputs, the others are the parameter's. */
  readonly hasRows?: boolean;
  /** Of a Jacobian: the outputs of these rows, and the entries of these columns, where they are any and not sums or tangents. */
  readonly axes?: { readonly rows?: Axis | undefined; readonly columns?: Axis | undefined };
  readonly count: number;
  /** The entries that were to be checked: all, or those of a shard. The others have no numeric derivative. */
  readonly due: EntryRange;
  readonly norms: GroupNorms;
  /** The bound on this parameter's (2), and on each of its entries. */
  readonly tolerance: number;
  /** What the numbers say, by the rules of the verdict. */
  readonly verdict: Verdict;
  /** θ, the parameter's own values. */
  readonly values: Float64Array;
  /** The entries that are wrong by themselves. */
  readonly wrong: readonly number[];
  /** Whether the loss moved when entries of this parameter were perturbed, by small steps or large. */
  readonly moved: boolean;
  /** Entries at which the loss has a kink between whose slopes the claim lies. */
  readonly kinks: number;
  /** Whether small steps moved the loss by more than its noise. */
  readonly movedBeyondNoise: boolean;
  /** Whether the uncertainty hides a slope that would explain how far the loss moves: no derivative was found then. */
  readonly hidden: boolean;
  readonly step: { readonly min: number; readonly max: number };
  /** Entries that a budget left no losses for. */
  readonly unreached: number;
  /** Where directions were taken: whether most entries are wrong, by a sample of them, and whether those not found are right. */
  readonly estimate?: {
    readonly widespread: boolean;
    readonly complete: boolean;
    readonly directions: number;
    readonly unseen: number;
  };
}

/** What was asked of a model whose gradients are wrong. */
export interface FollowUp {
  /** For each parameter, the places of the claims of others that moved when it was written to: they share its storage. */
  readonly sharers: readonly (readonly number[])[];
  /** For each parameter: its claim, not zero, was the same to the bit at another point, though the loss bends on the way to it. */
  readonly frozen: readonly boolean[];
}

export interface Evidence {
  readonly preconditions: Preconditions;
  /** Whether the preconditions hold, so that the numbers below mean anything. */
  readonly comparable: boolean;
  /** Standard deviation of the loss's noise, in the unit of the loss; NaN when it was not measured. */
  readonly noise: number;
  readonly tolerance: number;
  /** ε as the user gave it. */
  readonly epsilon: number | undefined;
  /** The smallest of the steps that would be chosen for the parameters, in their unit. */
  readonly chosenStep: number;
  readonly verdict: Verdict;
  /** Those with entries that were to be checked. */
  readonly parameters: readonly ParameterEvidence[];
  readonly norms: GroupNorms;
  readonly followUp: FollowUp;
  /** Of the arrays that the model holds beside its parameters, such as its samples. */
  readonly sizes: readonly Size[];
  /** What the claims themselves say against them, of products with a vector and of Hessians: found without any difference. */
  readonly contradictions: readonly Contradiction[];
  readonly kind: Kind;
  /** The function that claims the derivatives. */
  readonly claim: Claimant;
}

/** A law that claimed derivatives break. */
export type Contradiction = NotLinear | NotSymmetric;

/** A product with a vector that is not linear in it. */
export interface NotLinear {
  readonly kind: 'not-linear';
  /** The parameters, or outputs, of the claims that break the law. */
  readonly names: readonly string[];
  /** Of these the largest ‖f(0)‖, which must be zero, */
  readonly zero: number;
  /** the largest distance of f(v) from the sum of vᵢ f(eᵢ), or from f(−2 v) / −2, */
  readonly residual: number;
  /** and the largest ‖f(v)‖. */
  readonly size: number;
  /** f is the same for every vector. */
  readonly constant: boolean;
}

/** A second derivative that depends on the order in which it is taken. */
export interface NotSymmetric {
  readonly kind: 'not-symmetric';
  /** The entry that is furthest from its mirror image, by the names of its row and column. */
  readonly row: string;
  readonly column: string;
  readonly value: number;
  readonly mirrored: number;
  /** How many pairs of entries differ; 0 where two vectors v and w of random signs told it. */
  readonly pairs: number;
  /** Whether the claim is what the differences of `gradients` say, so that it is these that are no gradient. */
  readonly measured: boolean;
}

/** What random directions tell about a whole parameter. */
export interface Estimate {
  /** Of all its entries: the claimed one exactly, the others as root mean squares over the directions. */
  readonly norms: GroupNorms;
  /** The error is in most entries, as far as a sample of them tells. */
  readonly widespread: boolean;
  /** What was found wrong explains all directions, so that the other entries are right. */
  readonly complete: boolean;
  /** How many directions were taken, of all its entries or of some. */
  readonly directions: number;
  /** The error of a single entry that could have gone unseen along them, in the unit of the gradient; NaN where that can't be said. */
  readonly unseen: number;
}

/** What one parameter's sweep found. */
export interface Sweep {
  /** ∂J/∂θᵢ by centred difference; NaN where none could be taken. */
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
  readonly step: { min: number; max: number };
  /** Whether any perturbation changed the loss at all. */
  moved: boolean;
  /** Whether any changed it by more than noise can. */
  movedBeyondNoise: boolean;
  /** Entries at which the loss has a kink that was found and taken into account. */
  kinks: number;
  /** Entries that the budget left no losses for. */
  unreached: number;
  /** What directions tell of the whole parameter, where its entries were not all measured. */
  readonly estimate?: Estimate;
}

/** What was measured for the parameters with entries that are due, in their order. */
export interface Measurement {
  readonly method: Method;
  /** The claims for all parameters, those of which nothing is due among them. */
  readonly analytic: readonly Float64Array[];
  readonly sweeps: readonly Sweep[];
  /** Whether the loss moves at all with each parameter, by a small step or a large one. */
  readonly alive: readonly boolean[];
  /** Whether each parameter's uncertainty hides a slope, so that its gradient can't be called zero. */
  readonly hidden: readonly boolean[];
  /** σ, in the unit of the loss; NaN when not measured. */
  readonly noise: number;
  /** The steps that would be chosen, at the parameter's own scale. */
  readonly chosenSteps: readonly number[];
}
