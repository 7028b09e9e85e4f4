/**
 * A vector function → a scalar one: one of its outputs, or a weighted sum of them, is the loss, and what its derivatives claim for that is
 * the gradient. Every procedure for a loss and its gradients then runs on it as it is.
 */

import type { GradientsRequest, Request, VectorRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Budget } from '../run/budget.js';
import type { Settings } from '../settings.js';
import type { OutputsCache } from './outputs-cache.js';

/** What a check of a vector function works with. */
export interface VectorTask {
  readonly subject: VectorSubject;
  readonly settings: Settings;
  readonly cache: OutputsCache;
  readonly budget: Budget;
}

/** How the function is looked at. */
export interface Scalarization {
  /** The loss, of the flattened outputs. */
  readonly value: (outputs: Float64Array) => number;
  /** Fills in the claim, at θ or beside it; the outputs were evaluated there right before. */
  claim(request: GradientsRequest): Generator<VectorRequest, void, void>;
}

/**
 * Runs a procedure for a loss and its gradients on a vector function.
 * @param frame the parameters that the procedure moves
 */
export function* scalarized<Result>(
  scalarization: Scalarization,
  { cache }: Pick<VectorTask, 'cache'>,
  frame: Frame,
  procedure: Generator<Request, Result, void>,
): Generator<VectorRequest, Result, void> {
  let turn = procedure.next();
  while (turn.done !== true) {
    const request = turn.value;
    try {
      if (request.kind === 'gradients') yield* scalarization.claim(request);
      else
        for (const one of request.kind === 'joint' ? request.of : [request])
          yield* cache.answer(frame, one, scalarization.value);
    } catch (error) {
      turn = procedure.throw(error);
      continue;
    }
    turn = procedure.next();
  }
  return turn.value;
}

/** A scalarization that is measured, and held against what is claimed elsewhere. */
export function unclaimed(value: Scalarization['value']): Scalarization {
  return {
    value,
    // eslint-disable-next-line require-yield -- asked for losses only
    *claim() {
      throw new Error('Nothing is claimed here.');
    },
  };
}

/** Σ w y. */
export function weighted(weights: Float64Array, outputs: Float64Array): number {
  let sum = 0;
  for (let m = 0; m < weights.length; m += 1) sum += weights[m]! * outputs[m]!;
  return sum;
}
