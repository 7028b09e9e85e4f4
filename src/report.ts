/**
 * The waist of the house: what a check found, as plain data. No methods, no layout, no words but names and advice;
 * everything above makes sentences of it, everything below makes numbers for it.
 */

/** The three outcomes. `inconclusive` is neither: the numbers can't tell, and it passes under nothing. */
export type Verdict = 'correct' | 'wrong' | 'inconclusive';

/** What was checked: the gradients of a loss, the Jacobian of outputs, or the Hessian, which is the Jacobian of gradients. */
export type Kind = 'gradients' | 'jacobian' | 'hessian';

/** How the numeric gradient was taken. */
export type Method = 'exhaustive' | 'directional';

/** The closed set of causes. One code is one file in `diagnoses/`, one page in `docs/diagnoses/` and one fault in `test/faults/`. */
export type FindingCode =
  | 'non-finite-loss'
  | 'nondeterministic-loss'
  | 'mutated-parameters'
  | 'accumulated-gradients'
  | 'stale-cache'
  | 'nondeterministic-gradients'
  | 'non-finite-gradient'
  | 'unused-parameter'
  | 'zero-gradient'
  | 'sign-flipped'
  | 'scaled'
  | 'transposed'
  | 'permuted'
  | 'missing-regularization'
  | 'offset'
  | 'aliased-parameters'
  | 'isolated-entries'
  | 'unexplained'
  | 'poor-epsilon'
  | 'noisy-loss'
  | 'kink'
  | 'stationary-point'
  | 'not-linear'
  | 'not-symmetric';

/** A function of the user's that claims derivatives of another with many values. */
export type Derivative = 'jacobian' | 'vjp' | 'jvp' | 'hessian' | 'hvp';

/** One cause of what was seen. */
export interface Finding {
  readonly code: FindingCode;
  /** The parameter it is about; absent when one cause explains them all. */
  readonly parameter?: string;
  /** Of a Jacobian or Hessian: the array of the outputs it is about, where it is about the derivatives of one of several. */
  readonly output?: string;
  /** The measured numbers behind it, under plain names. */
  readonly evidence: Readonly<Record<string, number>>;
  /** What was found, one sentence. */
  readonly title: string;
  /** What to do about it, one or two sentences. */
  readonly advice: string;
}

/** One entry whose claimed derivative differs from the numeric one. */
export interface Offender {
  readonly parameter: string;
  /** The index within the parameter's shape; `[]` for a scalar. */
  readonly index: readonly number[];
  /** Of a Jacobian or Hessian: the array of the outputs, `outputs` for all of it, and the index within its shape. */
  readonly output?: string;
  readonly outputIndex?: readonly number[];
  /** Of a Jacobian or Hessian: who claims it. */
  readonly derivative?: Derivative;
  /** The derivative that the user's backward pass claims. */
  readonly analytic: number;
  /** The centred difference of the loss, formula (1). */
  readonly numeric: number;
  /** Absolute uncertainty of `numeric`, in the unit of the gradient. */
  readonly uncertainty: number;
  /** |analytic − numeric| / (|analytic| + |numeric|). */
  readonly difference: number;
  /** Whether the entry by itself is wrong, by rule 1 of the verdict. */
  readonly verdict: Verdict;
}

/** What was found for one parameter. */
export interface ParameterReport {
  readonly name: string;
  /** Of a Jacobian or Hessian: the array of the outputs that is differentiated, and who claims it. Entries are counted for each output. */
  readonly output?: string;
  readonly derivative?: Derivative;
  /** Sizes by dimension; `[]` for a scalar. */
  readonly shape: readonly number[];
  /** Number of entries, checked or not. */
  readonly count: number;
  /** Entries that were to be checked: all, or those of a shard. */
  readonly due: number;
  /** Entries whose numeric derivative was taken and could be compared. */
  readonly checked: number;
  /** Entries that are wrong by themselves; a group can be wrong by many small errors without any. */
  readonly wrong: number;
  /** How `wrong` is to be read: absent, as a count of all; else the search ended with as many, or a sample was taken. */
  readonly wrongIs?: 'at least' | 'about';
  /** How many random directions were taken, of all its entries or of some, where the method is directional. */
  readonly directions?: number;
  /** The error of a single entry that could have gone unseen along them, in the unit of the gradient; absent where that can't be said. */
  readonly unseen?: number;
  readonly verdict: Verdict;
  /**
   * (2) over this parameter's checked entries; 0 when both gradients are exactly zero. Of a part, with its share √(due / count) ‖g‖ of the
   * whole claim's norm in the place of ‖g‖, so that parts add up to the whole.
   */
  readonly difference: number;
  /** Uncertainty of the numeric gradient in the unit of `difference`. */
  readonly resolution: number;
  /** 2-norm of the claimed gradient over the checked entries. */
  readonly analyticNorm: number;
  /** 2-norm of the numeric gradient over the same. */
  readonly numericNorm: number;
  /** Half the distance between the two points of each centred difference: smallest and largest, in the parameter's unit. */
  readonly step: { readonly min: number; readonly max: number };
}

/** One part of so many, `'3/8'` the third of eight. */
export type Shard = `${number}/${number}`;

/** What may end a check before it is done: a budget of the options. */
export type Stop = 'maxEvaluations' | 'timeLimit';

/** Calls of the user's functions, by their names. */
export type Calls = Readonly<Record<string, number>>;

/** The whole of what a check found. */
export interface Report {
  /** Version of this shape, and of its JSON; another number where a field has another meaning or is gone. */
  readonly schema: 1;
  readonly kind: Kind;
  readonly verdict: Verdict;
  /** (2) over everything checked; 0 when both gradients are exactly zero. Of a shard as of a part of a parameter. */
  readonly difference: number;
  /** The bound that was applied to `difference`. */
  readonly tolerance: number;
  /** Numeric uncertainty in the same unit: smaller differences can't be told from rounding. */
  readonly resolution: number;
  readonly method: Method;
  /** How many random cotangents, or tangents, were taken in the place of all outputs, or entries. */
  readonly vectors?: number;
  /** Seed of the random directions. */
  readonly seed: number;
  /** The budget that ended the check before it was done; the verdict is then never `correct`. */
  readonly stopped?: Stop;
  /** The part that was checked, where the options name one. */
  readonly shard?: Shard;
  /** Calls of the user's functions. */
  readonly evaluations: Calls;
  /** In the order of the model; those of which no entry was due are left out. */
  readonly parameters: readonly ParameterReport[];
  /** Keys of what claims the gradients that no parameter is there for, such as `db` without a `b`, or `dZ1`: they were not checked. */
  readonly ignored: readonly string[];
  /** Worst first; at most as many as the option `worst`. */
  readonly offenders: readonly Offender[];
  /** Surest first. */
  readonly findings: readonly Finding[];
}

/** What a check of gradients found. */
export interface GradientReport extends Report {
  readonly kind: 'gradients';
  readonly evaluations: { readonly loss: number; readonly gradients: number };
}

/** What a check of a Jacobian, or of a Hessian, found: by one parameter after the other for each array of the outputs. */
export interface JacobianReport extends Report {
  readonly kind: 'jacobian' | 'hessian';
  /** The functions that were checked. */
  readonly derivatives: readonly Derivative[];
}
