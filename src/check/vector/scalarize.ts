/**
 * A vector function seen as a scalar one: one of its outputs, or a weighted sum of them, is the loss, and what its derivatives claim
 * for that is the gradient. Every procedure for a loss and its gradients then runs on it as it is.
 */

import type { GradientsRequest, Request, VectorRequest } from '../../model/evaluate/requests.js';
import type { OutputsCache } from './outputs-cache.js';

/** How the function is looked at. */
export interface View {
  /** The loss, of the flattened outputs. */
  readonly value: (outputs: Float64Array) => number;
  /** Fills in the claim, at θ or beside it. */
  claim(request: GradientsRequest): Generator<VectorRequest, void, void>;
}

/** Runs a procedure for a loss and its gradients on a vector function. */
export function* scalarized<Result>(
  view: View,
  cache: OutputsCache,
  procedure: Generator<Request, Result, void>,
): Generator<VectorRequest, Result, void> {
  for (let turn = procedure.next(); ; turn = procedure.next()) {
    if (turn.done === true) return turn.value;
    const request = turn.value;
    if (request.kind === 'gradients') yield* view.claim(request);
    else yield* cache.answer(request, (outputs) => view.value(outputs));
  }
}

/** The view of one output. */
export function outputScalarization(m: number): View {
  return scalarization((outputs) => outputs[m]!);
}

/** A view through which nothing is claimed. */
export function scalarization(value: View['value']): View {
  return {
    value,
    // eslint-disable-next-line require-yield -- asked for losses only
    *claim() {
      throw new Error('Through this view nothing is claimed.');
    },
  };
}

/** Σ w y. */
export function weighted(weights: Float64Array, outputs: Float64Array): number {
  let sum = 0;
  for (let m = 0; m < weights.length; m += 1) sum += weights[m]! * outputs[m]!;
  return sum;
}
