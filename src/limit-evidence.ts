/** The codes of findings about what a check could not see → the numbers behind them. Types only, as in `report.ts`. */

/** The evidence of each code, as in `FindingEvidence`. */
export interface LimitEvidence {
  staircase: {
    /** The largest step that was taken, in the unit of the parameter. */
    readonly step: number;
    /** The 2-norm of the slopes over the steps, in the unit of the gradient. */
    readonly slope: number;
  };
  'constant-loss': {
    /** What the loss changes by where all parameters are moved by an eighth of their scales, in its unit. */
    readonly change: number;
    /** The standard deviation of its noise. */
    readonly noise: number;
  };
  'poor-epsilon': {
    /** ε as given, in the unit of the parameters. */
    readonly epsilon: number;
    /** The uncertainty that it leaves, in the unit of the report's `difference`. */
    readonly resolution: number;
    /** The step that would be chosen, in the unit of the parameters. */
    readonly suggested: number;
    /** Standard deviation of the loss's noise, in the unit of the loss. */
    readonly noise: number;
  };
  'noisy-loss': {
    /** Standard deviation of the loss's noise, in the unit of the loss. */
    readonly noise: number;
    /** The uncertainty that it leaves, in the unit of the report's `difference`. */
    readonly resolution: number;
    /** The bound on the difference. */
    readonly tolerance: number;
  };
  'noisy-gradients': {
    /** How many parameters have claims that differ from call to call. */
    readonly parameters: number;
    /** Of the one where they differ most: the standard deviation of an entry, root mean square, in the unit of the gradient, */
    readonly noise: number;
    /** and the same relative to its claim, root mean square. */
    readonly share: number;
  };
  kink: {
    /** How many entries of the parameter have a kink. */
    readonly entries: number;
  };
  'stationary-point': {
    /** 2-norms of both gradients, in the unit of the gradient, */
    readonly analyticNorm: number;
    readonly numericNorm: number;
    /** and of the uncertainty that they are zero to. */
    readonly uncertainty: number;
  };
  'not-linear': {
    /** The 2-norm of the product with a vector of zeros. */
    readonly zero: number;
    /** The 2-norm of the product with a sum or a multiple of vectors, less the sum or the multiple of the products with these. */
    readonly residual: number;
    /** The largest 2-norm of a product with a vector. */
    readonly size: number;
  };
  'not-symmetric': {
    /** A second derivative, */
    readonly value: number;
    /** and the same in the other order; or the same of two vectors. */
    readonly mirrored: number;
    /** How many pairs of entries differ; 0 where two vectors were compared. */
    readonly pairs: number;
  };
}
