/**
 * What a check can ask of a model, as plain data, with the room for the answers in it: a whole block of evaluations at a
 * time, so that neither a generator's turn nor an allocation is paid per entry. Losses are in the unit of the loss,
 * displacements in the unit of the parameters.
 */

import type { LossFunction } from '../gradient-model.js';
import type { Frame } from '../subject/subject.js';
import type { Role } from '../vector-model.js';

/** The losses at θ + h eᵢ and θ − h eᵢ for some entries of one parameter; an entry may come more than once, with other steps. */
export interface SweepRequest {
  readonly kind: 'sweep';
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  /** How many of the places in the arrays below are to be filled; they are at least as long. */
  readonly count: number;
  /** In: the entries i, and the step h of each. */
  readonly entries: Uint32Array;
  readonly steps: Float64Array;
  /** Out: what was really stored, (θ + h) − θ and θ − (θ − h). */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** Out: the losses there. */
  readonly forward: Float64Array;
  readonly backward: Float64Array;
}

/** The losses at θ + t v for some t along one direction v; t = 0 is θ itself. */
export interface LineRequest {
  readonly kind: 'line';
  /** The direction for each checked parameter; undefined leaves that parameter alone. */
  readonly direction: readonly (Float64Array | undefined)[];
  readonly multiples: readonly number[];
  /** The function to ask; undefined: `losses` where the model has it. */
  readonly using?: LossFunction;
  /** Out: the loss for each of `multiples`. */
  readonly losses: Float64Array;
}

/** The losses at θ + h v and θ − h v for some steps h along one direction v within a run of one parameter's entries. */
export interface DirectionRequest {
  readonly kind: 'direction';
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  /** v: the signs of the parameter's entries, of which those from `from` to before `to` are moved. */
  readonly signs: Int8Array;
  readonly from: number;
  readonly to: number;
  /** How many of the places in the arrays below are to be filled; they are at least as long. */
  readonly count: number;
  readonly steps: Float64Array;
  /** Out: the losses. */
  readonly forward: Float64Array;
  readonly backward: Float64Array;
}

/** The claimed gradients at θ, or at θ + v. */
export interface GradientsRequest {
  readonly kind: 'gradients';
  /** v, as for a line; undefined: at θ itself. */
  readonly direction: readonly (Float64Array | undefined)[] | undefined;
  /** Out: one array per checked parameter; empty where it isn't settled yet which there are, and then they are put in. */
  readonly into: Float64Array[];
}

export type Request = SweepRequest | LineRequest | DirectionRequest | GradientsRequest;

/** The values of a vector function at the points of a request for losses. */
export interface OutputsRequest {
  readonly kind: 'outputs';
  /** The parameters that the points are of: those of the model, or others that move them. */
  readonly frame: Frame;
  /** Of its room for answers only what was really stored is filled. */
  readonly at: SweepRequest | LineRequest | DirectionRequest;
  /** Out: the flattened outputs, an array for each point: of the pairs of a sweep or direction θ + h first, then θ − h. */
  readonly into: Float64Array[];
}

/** Claimed derivatives at θ, or at θ + v. */
export interface DerivativeRequest {
  readonly kind: 'derivative';
  readonly role: Role;
  /** The cotangent or the tangent: one array for each array of the outputs, or for each checked parameter; empty for a matrix. */
  readonly vector: readonly Float64Array[];
  /** v, as for a line; undefined: at θ itself. */
  readonly direction: readonly (Float64Array | undefined)[] | undefined;
  /**
   * Out: for each checked parameter its gradient, or its matrix of outputs × entries; of a product with a tangent, for each array of the
   * outputs as many numbers.
   */
  readonly into: readonly Float64Array[];
}

export type VectorRequest = OutputsRequest | DerivativeRequest;
