/** What a check measured, as the diagnoses read it: data only. Nothing here runs a model. */

import type { Tolerances } from '../verdict/tolerance.js';
import type { Axis } from '../model/array/axis.js';
import type { EntryRange } from '../model/tree/shard.js';
import type { LossFunction } from '../model/gradient-model.js';
import type { Size } from '../model/subject/array-sizes.js';
import type { Format } from '../numerics/format.js';
import type { Compared, GroupNorms } from '../numerics/norms.js';
import type { Derivative, Kind, Method, Verdict } from '../report.js';
import type { StepDifference } from '../step-difference.js';

/** A function that claims derivatives, of the model's or of a reference's. */
export type Claimant = 'gradients' | 'reference.gradients' | Derivative;

/** The user's function after whose calls a parameter was found changed. */
export type Culprit = LossFunction | 'gradients';

/** The losses of repeated calls at the same point θ, in order, and the function that gave them. */
export interface Repeated {
  readonly by: LossFunction;
  readonly values: readonly number[];
  /** What the loss changes by over the scales of the parameters, in its unit, where it was asked: what is added up may be as large. */
  readonly size?: number;
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
  /** Where these differ by rounding only: the standard deviation of each entry over more calls, in the unit of the gradient. */
  readonly scatter?: readonly Float64Array[] | undefined;
}

/** One parameter's numbers. */
export interface ParameterEvidence extends MeasuredParameter, Compared {
  readonly name: string;
  /** Of a Jacobian of several arrays of outputs: the one whose derivatives by the parameter these are. */
  readonly output?: string;
  readonly shape: readonly number[];
  /** The first axis of the shape is that of the outputs, the others are the parameter's. */
  readonly hasRows?: boolean;
  /**
   * Of a Jacobian that was measured along random vectors: these are not its entries, but those of a sum of the outputs, or derivatives
   * along tangents.
   */
  readonly along?: 'cotangent' | 'tangents';
  /** Of a Jacobian: the outputs of these rows, and the entries of these columns, where they are any and not sums or tangents. */
  readonly axes?: { readonly rows?: Axis | undefined; readonly columns?: Axis | undefined };
  readonly count: number;
  /** The entries that were to be checked: all, or those of a shard. The others have no numeric derivative. */
  readonly due: EntryRange;
  readonly norms: GroupNorms;
  /** The bound on this parameter's (2), and on each of its entries. */
  readonly tolerance: number;
  readonly tolerances: Tolerances;
  /** What the numbers say, by the rules of the verdict. */
  readonly verdict: Verdict;
  /** θ, the parameter's own values. */
  readonly values: Float64Array;
  /** The entries that are wrong by themselves. */
  readonly wrong: readonly number[];
  /** Whether the loss moved when entries of this parameter were perturbed, by small steps or large. */
  readonly moved: boolean;
  /** Whether both gradients are zero as far as both can tell. */
  readonly isZero: boolean;
  /** The point that the numbers are from, where it is not θ, which is the first. */
  readonly point?: number;
  /** Whether θ has a kink along the parameter's runs, so that directions tell nothing of its entries there. */
  readonly meetsKink?: boolean;
  /** The point beside θ at which the claim is the same to the bit as at θ, and would be wrong. */
  readonly staleAt?: number;
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
  readonly farChange: number | undefined;
  /** The function that claims the derivatives. */
  readonly claim: Claimant;
  /** What stands in the place of numeric derivatives, where these are no differences. */
  readonly against?: 'reference' | undefined;
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
  /** How many pairs of entries differ; 0 where two random vectors v and w told it. */
  readonly pairs: number;
  /** Whether the claim is what the differences of `gradients` say, so that it is these that are no gradient. */
  readonly measured: boolean;
}

/** The slopes of the loss on the two sides of a kink, lower first, and the centred difference between them. */
export interface KinkSlopes {
  readonly low: number;
  readonly high: number;
  readonly central: number;
}

/** What was measured of one parameter. */
export interface MeasuredParameter {
  /** ∂J/∂θᵢ; NaN where none was found. At a kink the value between the slopes on its two sides that is nearest to the claim. */
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
  /** The smallest and the largest step, in the unit of the parameter; undefined where none was taken. */
  readonly step: { readonly min: number; readonly max: number } | undefined;
  /** Whether any perturbation changed the loss at all. */
  readonly moved: boolean;
  /** The entries at which the loss has a kink. */
  readonly kinks: ReadonlyMap<number, KinkSlopes>;
  /** Of the entries that may be shown, as far as they were measured by themselves: their differences at falling steps. */
  readonly differences: ReadonlyMap<number, readonly StepDifference[]>;
  /** Entries at which no derivative was found. */
  readonly open: number;
  /** Those of them at which there is none: at a jump, a cusp or a pole. */
  readonly singular: number;
  /** Entries that the budget left no losses for. */
  readonly unreached: number;
  /** Whether the loss stands still for a while and then moves, as where something is rounded to steps. */
  readonly isStaircase: boolean;
  /** σ at the distance of the steps, in the unit of the loss. */
  readonly noise: number;
  /** What random directions tell of the whole parameter, where its entries were not all measured. */
  readonly runs?: RunEvidence;
}

/** What random directions of runs of entries tell about a parameter. */
export interface RunEvidence {
  /** Of all its entries: the claimed one exactly, the others as root mean squares over the directions. */
  readonly norms: GroupNorms;
  /** The error is in most entries, as far as a sample of them tells. */
  readonly widespread: boolean;
  /** What was found wrong explains all directions, so that the other entries are right. */
  readonly complete: boolean;
  /** The loss has a kink at θ along all directions. */
  readonly isKinked: boolean;
  /** How many entries were found wrong. */
  readonly found: number;
  /** Where kinks put off what is seen at the step that noise asks for: the largest that told nonetheless, in units of the scale. */
  readonly near?: number | undefined;
  /** How many directions were taken, of all its entries or of some. */
  readonly directions: number;
  /** How many entries the longest run has. */
  readonly longest: number;
  /** The chance with which two errors of the size of a typical entry cancel along all directions. */
  readonly missed: number;
  /** The error of a single entry that could have gone unseen along them, in the unit of the gradient; NaN where that can't be said. */
  readonly unseen: number;
}

/** What was measured for the parameters with entries that are due, in their order. */
export interface Measurement {
  readonly method: Method;
  /** The claims for all parameters, those of which nothing is due among them. */
  readonly analytic: readonly Float64Array[];
  /** The formats of their numbers. */
  readonly formats: readonly Format[];
  readonly parameters: readonly MeasuredParameter[];
  /** Whether the loss moves at all with each parameter, by a small step or a large one. */
  readonly alive: readonly boolean[];
  /** Whether each parameter's claim is zero, to within its own noise. */
  readonly claimsZero: readonly boolean[];
  /** The scale of each parameter, in its unit. */
  readonly scales: readonly number[];
  /** What the loss changes by where all parameters are moved together by much, in its unit; undefined where that was not asked. */
  readonly farChange: number | undefined;
  /** σ, in the unit of the loss; NaN when not measured. */
  readonly noise: number;
  /** The steps that would be chosen, at the parameter's own scale. */
  readonly chosenSteps: readonly number[];
}
