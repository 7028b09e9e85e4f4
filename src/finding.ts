/** The code of a finding → the numbers behind it: the closed set of causes, and what is measured of each. Types only, as in `report.ts`. */

import type { LimitEvidence } from './limit-evidence.js';

/**
 * The evidence of each code, under plain names. Counts and places are whole numbers from 0 on. "The unit of the gradient" is that of
 * the loss over that of the parameter.
 */
export interface FindingEvidence extends LimitEvidence {
  'non-finite-loss': {
    /** The loss at the parameters as given, where it is what is not finite. */
    readonly loss?: number;
    /** Else how many entries could not be compared, */
    readonly entries?: number;
    /** and the largest step that was taken in their parameter, in its unit. */
    readonly step?: number;
  };
  'nondeterministic-loss': {
    /** The loss of the first call, in its unit; of many values a sum of them with random signs. */
    readonly first: number;
    /** That of a later call at the same parameters. */
    readonly second: number;
    /** second − first. */
    readonly change: number;
  };
  'mutated-parameters': {
    /** How many entries were found changed; 0 where another array stood in the place of the parameter's, or something beside them was changed. */
    readonly entries: number;
    /** Where it is told by the loss: what that was before, at the same parameters, in its unit, */
    readonly first?: number;
    /** and after. */
    readonly second?: number;
    /** second − first. */
    readonly change?: number;
  };
  'accumulated-gradients': {
    /** How many calls were made. */
    readonly calls: number;
    /** The 2-norm of what the second call gave over that of the first. */
    readonly ratio: number;
  };
  'stale-cache': {
    /** How many parameters are wrong, or changed from the first call to the second. */
    readonly parameters: number;
    /** How many of these have the same gradient at other parameters. */
    readonly frozen?: number;
    /** An entry of the gradient in the first call, in the unit of the gradient, */
    readonly first?: number;
    /** and in the second. */
    readonly second?: number;
  };
  'stale-elsewhere': {
    /** How many parameters have a claim that is the same to the bit at another point, and not right there. */
    readonly parameters: number;
    /** The number of the first such point; the parameters as given are the first of all. */
    readonly point: number;
  };
  'nondeterministic-gradients': {
    /** How many entries of the first such parameter changed. */
    readonly entries: number;
    /** The one that changed most, in the first call, in the unit of the gradient, */
    readonly first: number;
    /** and in the second. */
    readonly second: number;
  };
  'non-finite-gradient': {
    /** How many entries are NaN or infinite. */
    readonly entries: number;
  };
  'unused-parameter': {
    /** How many parameters, where it is not one. */
    readonly parameters?: number;
    /** 2-norm of their analytic gradient, in the unit of the gradient; absent where nothing moves the loss. */
    readonly analyticNorm?: number;
  };
  'zero-gradient': PenaltyEvidence & {
    /** 2-norm of the numeric gradient, in the unit of the gradient. */
    readonly numericNorm: number;
  };
  'sign-flipped': PenaltyEvidence & {
    /** analytic / numeric: −1. */
    readonly factor: number;
  };
  scaled: PenaltyEvidence & {
    /** analytic / numeric. */
    readonly factor: number;
    /** Of a training step that ignores it: the rate, in the unit of the parameter squared over that of the loss. */
    readonly rate?: number;
  };
  transposed: PenaltyEvidence & {
    /** Rows of the matrix, as it should be; of a Jacobian the outputs, */
    readonly rows?: number;
    /** and its columns. */
    readonly columns?: number;
    /** Number of axes, where it is no matrix. */
    readonly rank?: number;
  };
  permuted: PenaltyEvidence & {
    /** How many parameters have each other's gradients. */
    readonly parameters?: number;
    /** How many rows, columns or entries of one parameter are in wrong places. */
    readonly moved?: number;
    /** By how many places all of them are shifted. */
    readonly shift?: number;
  };
  'missing-regularization': {
    /** λ of the term λ θ, or λ sign θ, that the analytic gradient lacks; negative where it has too much. In the unit of the gradient over that of the parameter, or in that of the gradient. */
    readonly lambda: number;
    /** 2 for ½ λ ‖θ‖², 1 for λ ‖θ‖₁. */
    readonly power: 1 | 2;
    /** Of a training step: the share of a parameter that it takes away at any rate, */
    readonly decay?: number;
    /** and the rate that λ is for, in the unit of the parameter squared over that of the loss. */
    readonly rate?: number;
  };
  offset: {
    /** What every entry is too large by, in the unit of the gradient. */
    readonly offset: number;
  };
  'aliased-parameters': {
    /** How many parameters share an array. */
    readonly parameters?: number;
    /** How many entries of one parameter are another's gradient, or its own values. */
    readonly entries?: number;
  };
  overwritten: {
    /** How many matrices have a single outer product for a gradient. */
    readonly matrices: number;
    /** ‖analytic‖ / ‖numeric‖, of all together. */
    readonly ratio: number;
  };
  'missing-normalization': {
    /** The cosine between the analytic gradient and θ, */
    readonly analyticCosine: number;
    /** and that between the numeric one and θ: zero. */
    readonly numericCosine: number;
  };
  'log-parameter': {
    /** The smallest analytic / numeric, which is an entry of the parameters, or by a power of it, */
    readonly smallest: number;
    /** and the largest. */
    readonly largest: number;
  };
  'one-triangle': {
    /** Rows of the square matrix. */
    readonly rows: number;
    /** The triangle that the loss reads: −1 below the diagonal, 1 above it, 0 both. */
    readonly reads: -1 | 0 | 1;
    /** That which has the claim. */
    readonly claims: -1 | 0 | 1;
    /** What share it has of the derivatives by an entry and by its mirror image together. */
    readonly share: 1 | 0.5;
  };
  clipped: {
    /** The size that no entry of the claim exceeds, in the unit of the gradient, */
    readonly bound?: number;
    /** and how many have it; */
    readonly entries?: number;
    /** or the 2-norm of the claim, in the unit of the gradient, */
    readonly norm?: number;
    /** and analytic / numeric: of several with factors of their own the largest. */
    readonly factor?: number;
  };
  approximate: {
    /** The largest |analytic − numeric| of an entry, relative to the larger of both. */
    readonly difference: number;
    /** To how many digits all are right. */
    readonly digits: number;
    /** How many decimals the claims are rounded to, or how many digits, where they are. */
    readonly decimals?: number;
    readonly significant?: number;
  };
  'isolated-entries': {
    /** How many entries of one parameter are wrong. */
    readonly entries?: number;
    /** The place in memory of the only wrong entry. */
    readonly index?: number;
    /** The only wrong row, */
    readonly row?: number;
    /** or how many of them. */
    readonly rows?: number;
    /** The only wrong column, */
    readonly column?: number;
    /** or how many of them. */
    readonly columns?: number;
    /** The only wrong slice along `axis`, */
    readonly slice?: number;
    /** or how many of them. */
    readonly slices?: number;
    /** The axis of the shape that these are numbered along. */
    readonly axis?: number;
    /** 0 for the diagonal of a matrix, 1 for the entries above it, −1 for those below. */
    readonly diagonal?: -1 | 0 | 1;
    /** Every so many entries one is wrong, */
    readonly period?: number;
    /** from this place in memory on; or the first place of a run, */
    readonly first?: number;
    /** and its last. */
    readonly last?: number;
    /** analytic / numeric of all wrong entries, where it is one. */
    readonly factor?: number;
  };
  unexplained: {
    /** How many entries are wrong by themselves. */
    readonly entries: number;
    /** The cosine between the analytic and the numeric gradient. */
    readonly cosine?: number;
    /** ‖analytic‖ / ‖numeric‖, of a single entry with its sign. */
    readonly ratio?: number;
    /** 2-norm of the analytic gradient, in the unit of the gradient, where the numeric one is zero. */
    readonly analyticNorm?: number;
    /** Of a training step that does not go with it: the rate, in the unit of the parameter squared over that of the loss. */
    readonly rate?: number;
  };
}

/** Of a penalty that is right, beside which the rest of the gradient is wrong. */
export interface PenaltyEvidence {
  /** λ of its part of the gradient, λ θ or λ sign θ. In the unit of the gradient over that of the parameter, or in that of the gradient. */
  readonly lambda?: number;
  /** 2 for ½ λ ‖θ‖², 1 for λ ‖θ‖₁. */
  readonly power?: 1 | 2;
}
