/**
/**
 * What a check found, as plain data: types only. No methods, no layout, no words but names and advice; `check` and `diagnoses` make
 * reports, `render` makes words and pictures of them.
 */

import type { FindingEvidence, PenaltyEvidence } from './finding.js';
import type { StepDifference } from './step-difference.js';
import type { BlindSpot, Weakness } from './weakness.js';

export type { BlindSpot, FindingEvidence, PenaltyEvidence, StepDifference, Weakness };

/** The three outcomes. `inconclusive` is neither: the numbers can't tell, and it passes neither under `expect` nor under `.not`. */
export type Verdict = 'correct' | 'wrong' | 'inconclusive';

/** What was checked: the gradients of a loss, the Jacobian of outputs, or the Hessian, which is the Jacobian of gradients. */
export type Kind = 'gradients' | 'jacobian' | 'hessian';

/**
 * How the numeric derivatives were taken: `'exhaustive'`, by every entry; `'directional'`, along random directions of them, or, of a
 * function with many outputs, along random cotangents and tangents.
 */
export type Method = 'exhaustive' | 'directional';

/** A function of the user's that claims derivatives of another with many values. */
export type Derivative = 'jacobian' | 'vjp' | 'jvp' | 'hessian' | 'hvp';

/** The closed set of causes. One code is one file in `diagnoses/causes/`, one page in `docs/diagnoses/` and one fault in `test/faults/`. */
export type FindingCode = keyof FindingEvidence;

/** A finding of one code. */
export interface FindingOf<Code extends FindingCode> {
  readonly code: Code;
  /** The parameter it is about; absent when one cause explains them all. */
  readonly parameter?: string;
  /** Of a Jacobian or Hessian: the array of the outputs it is about, where it is about the derivatives of one of several. */
  readonly output?: string;
  /** The measured numbers behind it. */
  readonly evidence: FindingEvidence[Code];
  /** What was found, one sentence. */
  readonly title: string;
  /** What to do about it, one or two sentences. */
  readonly advice: string;
}

/** One cause of what was seen; `code` tells which, and so what its evidence holds. */
export type Finding = { readonly [Code in FindingCode]: FindingOf<Code> }[FindingCode];

/** One entry whose analytic derivative differs from the numeric one. */
export interface Offender {
  readonly parameter: string;
  /** The index within the parameter's shape; `[]` for a scalar. */
  readonly index: readonly number[];
  /** Of a Jacobian or Hessian: the array of the outputs, `outputs` for all of it, and the index within its shape. */
  readonly output?: string;
  readonly outputIndex?: readonly number[];
  /** Of a Jacobian or Hessian: who claims it. */
  readonly derivative?: Derivative;
  /** ∂J/∂θᵢ as the user's backward pass claims it, in the unit of the loss over that of the parameter; NaN or infinite where that is claimed. */
  readonly analytic: number;
  /**
   * The centred difference (J(θ + h eᵢ) − J(θ − h eᵢ)) / 2h of the loss, in the same unit, refined by smaller steps h where the entry is
   * in doubt; NaN where it could not be taken. Of a Jacobian or Hessian the same of the output.
   */
  readonly numeric: number;
  /**
   * At a kink, where the slopes to either side of θ differ: the smaller and the larger of the two. `numeric` is their mean then. With the
   * option `kinks: 'subgradient'` a claim between them is right.
   */
  readonly subgradient?: readonly [low: number, high: number];
  /** How far `numeric` may be from the true derivative, by rounding, noise and curvature: a bound, in the same unit. */
  readonly uncertainty: number;
  /**
   * The differences that `numeric` was told from, with falling steps h; some are means of several nearby. Absent where none were taken of the
   * entry by itself.
   */
  readonly steps?: readonly StepDifference[];
  /**
   * |analytic − numeric| over the size of the entry, from 0 to 1: what is held against the tolerance. The size is |analytic| + |numeric|, or
   * what is typical of the parameter where that is larger; at a kink the difference is that from the nearest slope between the two.
   */
  readonly difference: number;
  /**
   * Of the entry by itself: `'wrong'` where |analytic − numeric| exceeds its uncertainty and the tolerance times its size, the root mean
   * square of its parameter where that is larger; else `'inconclusive'`.
   */
  readonly verdict: Verdict;
}

/** What was found for one parameter; of a Jacobian or Hessian, for the derivatives of one array of the outputs by one parameter. */
export interface ParameterReport {
  /** The path of the parameter, as in `layers[1].W`. */
  readonly name: string;
  /**
   * Of a Jacobian or Hessian: the array of the outputs that is differentiated, or `outputs` where all of them were taken together, and who
   * claims it. Its entries are those of the matrix: of M outputs by N entries of the parameter M N, however they were looked at.
   */
  readonly output?: string;
  readonly derivative?: Derivative;
  /** Sizes by dimension; `[]` for a scalar. Of a Jacobian or Hessian those of the outputs, then those of the parameter. */
  readonly shape: readonly number[];
  /** Number of entries, checked or not: the product of `shape`. */
  readonly count: number;
  /** Entries that were to be checked: all, or those of a shard. */
  readonly due: number;
  /** Entries whose numeric derivative was taken, by themselves or along directions that they take part in, and could be compared. */
  readonly checked: number;
  /** Entries that are wrong by themselves; a group can be wrong by many small errors without any. */
  readonly wrong: number;
  /** How `wrong` is to be read: absent, as a count of all; else the search ended with as many, or a sample was taken. */
  readonly wrongIs?: 'at least' | 'about';
  /** How many random directions were taken, of all its entries or of some, where the method is directional. */
  readonly directions?: number;
  /** How many entries the longest of them moves at once. */
  readonly longest?: number;
  /** The error of a single entry that could have gone unseen along them, in the unit of the gradient; absent where that can't be said. */
  readonly unseen?: number;
  readonly verdict: Verdict;
  /**
   * ‖g − n‖ / (‖g‖ + ‖n‖) over this parameter's checked entries, g the analytic and n the numeric gradient, from 0 to 1; 0 when both are
   * exactly zero. Of a part, with its share √(due / count) ‖g‖ of the whole claim's norm in the place of ‖g‖, so that parts add up to the
   * whole.
   */
  readonly difference: number;
  /**
   * ‖uncertainty‖ / (‖g‖ + ‖n‖): smaller differences can't be told from rounding. 1 where nothing could be compared. Where another point decided,
   * that of θ if it is more: an error that does not grow with the gradient would hide in it.
   */
  readonly resolution: number;
  /** ‖g‖, the 2-norm of the analytic gradient over the checked entries, in the unit of the gradient. */
  readonly analyticNorm: number;
  /** ‖n‖, the 2-norm of the numeric gradient over the same. */
  readonly numericNorm: number;
  /** The point that the numbers are from, where it is not θ, which is the first: one that decided what θ left open. */
  readonly point?: number;
  /**
   * h, half the distance between the two points of each centred difference: smallest and largest, in the parameter's unit, finite. Absent
   * where no difference was taken, as where a budget left none or the loss is not a function.
   */
  readonly step?: { readonly min: number; readonly max: number };
}

/** One part of so many, `'3/8'` the third of eight. */
export type Shard = `${number}/${number}`;

/** What may end a check before it is done: a budget of the options. */
export type Stop = 'maxEvaluations' | 'timeLimit';

/** Calls of the user's functions, by their names. */
export type Calls = Readonly<Record<string, number>>;

/** Options that a check left to the defaults of `configureGradientChecks`, and that its verdict may depend on, by their names. */
export type Configured = Readonly<Record<string, number | string | boolean>>;

/** The whole of what a check found. */
export interface Report {
  /** Version of this shape, and of its JSON; another number where a field has another meaning or is gone. */
  readonly schema: 1;
  readonly kind: Kind;
  readonly verdict: Verdict;
  /**
   * ‖g − n‖ / (‖g‖ + ‖n‖) over everything checked, g the analytic and n the numeric gradient, from 0 to 1; 0 when both are exactly zero.
   * Of a shard as of a part of a parameter.
   */
  readonly difference: number;
  /** The bound that was applied to `difference`. */
  readonly tolerance: number;
  /** ‖uncertainty‖ / (‖g‖ + ‖n‖), in the unit of `difference`: smaller differences can't be told from rounding. */
  readonly resolution: number;
  /** The option of this name where it was given, else what was chosen by the size of the model. */
  readonly method: Method;
  /** How many random cotangents, or tangents, were taken in the place of all outputs, or entries. */
  readonly vectors?: number;
  /** Seed of the random directions. */
  readonly seed: number;
  /** The budget that ended the check before it was done; the verdict is then never `correct`. */
  readonly stopped?: Stop;
  /** The part that was checked, where the options name one. */
  readonly shard?: Shard;
  /** Where `configureGradientChecks` set some: the defaults that this check went by. */
  readonly configured?: Configured;
  /** Calls of the user's functions. */
  readonly evaluations: Calls;
  /** What stands in the place of numeric derivatives, where these are not differences: what another implementation claims. */
  readonly against?: 'reference';
  /** Of gradients: the points at which they were checked, */
  readonly points?: Points;
  /** and what could not have shown at any of them. */
  readonly blindSpots?: readonly BlindSpot[];
  /**
   * What makes agreement weak; absent where nothing does, and where there is none. With the option `strict` the verdict is `inconclusive`
   * for it, else `correct`.
   */
  readonly weaknesses?: readonly Weakness[];
  /** In the order of the model; those of which no entry was due are left out. */
  readonly parameters: readonly ParameterReport[];
  /** Keys of what claims the gradients that no parameter is there for, such as `db` without a `b`, or `dZ1`: they were not checked. */
  readonly ignored: readonly string[];
  /** Worst first; at most as many as the option `worst`. */
  readonly offenders: readonly Offender[];
  /** Surest first. */
  readonly findings: readonly Finding[];
}

/** At how many points a check was made. */
export interface Points {
  /** Those that were checked, θ among them. */
  readonly checked: number;
  /** Those at which the loss was not finite, or threw, however little θ was moved. */
  readonly skipped: number;
  /** Those that a budget left unchecked; absent where there are none. */
  readonly left?: number;
  /** The first point at which the claim is wrong: 1 is θ. Absent where there is none. */
  readonly wrongAt?: number;
}

/** What a check of gradients found. */
export interface GradientReport extends Report {
  readonly kind: 'gradients';
  readonly points: Points;
  /** Of gradients that agree with the loss: what could not have shown, at any of the points. */
  readonly blindSpots: readonly BlindSpot[];
  /** `reference`: calls of the other implementation, where the claims were held against one. */
  readonly evaluations: { readonly loss: number; readonly gradients: number; readonly reference?: number };
}

/** What a check of a Jacobian, or of a Hessian, found: by one parameter after the other for each array of the outputs. */
export interface JacobianReport extends Report {
  readonly kind: 'jacobian' | 'hessian';
  /** The functions that were checked. */
  readonly derivatives: readonly Derivative[];
}
