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

/** How far a path moves the entries of a parameter, by their places, so that nothing as long as the parameter has to be stored. */
export interface Weights {
  /** Tells these weights from all others. */
  readonly key: string;
  /** The weight of an entry, in its unit; 0 leaves it where it is. */
  at(entry: number): number;
  /** Those of all entries that have a weight, ascending, where they are few. */
  readonly few?: readonly number[] | undefined;
}

/** What a path moves of one parameter. */
export interface Segment {
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  /** The run of its entries; `to` is not among them. */
  readonly from: number;
  readonly to: number;
  readonly weights: Weights;
  /** A gradient of the parameter, whose product with the displacement is wanted; none is zero. */
  readonly gradient?: Float64Array;
}

/** A straight line through θ: θ + t v, where v has the weights of some segments; none is θ itself. */
export type Path = readonly Segment[];

/** The losses at some points of a path. */
export interface PathRequest {
  readonly kind: 'path';
  readonly path: Path;
  /** The multiples t. */
  readonly multiples: Float64Array;
  /** The function to ask; undefined: `losses` where the model has it. */
  readonly using?: LossFunction;
  /** Out: the loss for each of `multiples`. */
  readonly losses: Float64Array;
  /** Out: the product of the segments' gradients with each displacement, as it was stored. */
  readonly products?: Float64Array;
}

/** The claimed gradients at a point of a path. */
export interface GradientsRequest {
  readonly kind: 'gradients';
  readonly path: Path;
  /** The multiple t. */
  readonly multiple: number;
  /** Out: one array per checked parameter; empty where it isn't settled yet which there are, and then they are put in. */
  readonly into: Float64Array[];
}

/** Requests that don't depend on each other's answers, so that one call of `losses` may answer them all. */
export interface JointRequest {
  readonly kind: 'joint';
  readonly of: readonly (SweepRequest | PathRequest)[];
}

/** The losses at some points. */
export type LossRequest = SweepRequest | PathRequest | JointRequest;

export type Request = LossRequest | GradientsRequest;

/** The values of a vector function at the points of a request for losses. */
export interface OutputsRequest {
  readonly kind: 'outputs';
  /** The parameters that the points are of: those of the model, or others that move them. */
  readonly frame: Frame;
  /** Of its room for answers only what was really stored is filled. */
  readonly at: SweepRequest | PathRequest;
  /**
   * The flattened outputs, an array for each point: of the pairs of a sweep θ + h first, then θ − h. In: those that are known already, at
   * whose points the function is not called. Out: all of them.
   */
  readonly into: (Float64Array | undefined)[];
}

/** Claimed derivatives at a point of a path. */
export interface DerivativeRequest {
  readonly kind: 'derivative';
  readonly role: Role;
  /** The cotangent or the tangent: one array for each array of the outputs, or for each checked parameter; empty for a matrix. */
  readonly vector: readonly Float64Array[];
  readonly path: Path;
  readonly multiple: number;
  /**
   * Out: for each checked parameter its gradient, or its matrix of outputs × entries; of a product with a tangent, for each array of the
   * outputs as many numbers.
   */
  readonly into: readonly Float64Array[];
}

export type VectorRequest = OutputsRequest | DerivativeRequest;
