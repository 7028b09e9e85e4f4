/**
 * What was checked, and the function that claims it → the nouns of the sentences about it: a loss and its gradient, outputs and their
 * Jacobian, gradients and their Hessian. A cause writes each sentence once, with these in it.
 */

import type { Culprit, Evidence } from '../check/measurement.js';
import type { Kind } from '../report.js';
import { haveOutputs, type Named, namesOf } from './names.js';

export interface Words {
  /** The function that is differentiated, as a call: `loss()`, `outputs()`, `gradients()`. */
  readonly differentiated: string;
  /** The function that claims the derivatives, as a call: `gradients()`, `jacobian()`, `vjp()`. */
  readonly claimant: string;
  /**
   * What is differentiated, as a noun for an article to stand before: `loss`, or `function` where it has many values; `reference` where
   * another claim stands in the place of differences.
   */
  readonly loss: string;
  /** What it shows where a claim is zero and should not be: `the loss depends on it`. */
  readonly dependence: string;
  /** What it shows where a claim is not zero and should be: `the loss shows no slope there`. */
  readonly independence: string;
  /** What leads to the number that repeated calls gave: `it gave`; many values are made one number. */
  readonly gave: string;
  /** A function of the user's, as a call. */
  callOf(by: Culprit): string;
  /** `gradient of W`; `Jacobian by W`, or `Jacobian of y by W` where it is one of several arrays of outputs. */
  gradientOf(group: readonly Named[]): string;
  /** The same in the plural: `gradients of W and b`, `Hessians by W and b`. */
  gradientsOf(group: readonly Named[]): string;
}

/** The function that is differentiated, and what its derivatives are called. */
const NOUNS: Readonly<Record<Kind, { readonly differentiated: string; readonly derivative: string }>> = {
  gradients: { differentiated: 'loss', derivative: 'gradient' },
  jacobian: { differentiated: 'outputs', derivative: 'Jacobian' },
  hessian: { differentiated: 'gradients', derivative: 'Hessian' },
};

/** The words for a check. */
export function wordsOf({ kind, claim, against }: Pick<Evidence, 'kind' | 'claim' | 'against'>): Words {
  const { derivative, ...nouns } = NOUNS[kind];
  const isLoss = kind === 'gradients';
  const isReference = against !== undefined;
  const differentiated = isReference ? 'reference.gradients' : nouns.differentiated;
  const loss = isReference ? 'reference' : isLoss ? 'loss' : 'function';
  const of = (group: readonly Named[]): string =>
    `${isLoss || haveOutputs(group) ? 'of' : 'by'} ${namesOf(group)}`;
  const calls: Readonly<Record<Culprit, string>> = {
    loss: differentiated,
    losses: 'losses',
    gradients: claim,
  };
  return {
    differentiated: `${differentiated}()`,
    claimant: `${claim}()`,
    loss,
    dependence: isReference ? 'the reference is not' : `the ${loss} depends on it`,
    independence: isReference ? 'the reference is zero' : `the ${loss} shows no slope there`,
    gave: isLoss ? 'it gave' : 'a sum of its values with random signs was',
    callOf: (by) => `${calls[by]}()`,
    gradientOf: (group) => `${derivative} ${of(group)}`,
    gradientsOf: (group) => `${derivative}s ${of(group)}`,
  };
}
