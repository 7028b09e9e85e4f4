/** What the loss is sampled along: single entries, or random directions of a run of entries. Types only. */

import type { LossRequest } from '../../model/evaluate/requests.js';
import type { Sample } from '../../numerics/sample.js';

/** A distance along a path. */
export interface Place {
  /** The path, by its number. */
  readonly path: number;
  /** In units of the path's scale. */
  readonly step: number;
}

/** Paths through θ, each with a scale of its own. */
export interface Paths {
  /** J(θ). */
  readonly loss: number;
  /** Takes the losses on both sides at some distances; undefined where the budget has no room for all of them. */
  sample(places: readonly Place[]): Generator<LossRequest, readonly Sample[] | undefined, void>;
  limits(path: number): Limits;
  /** The size of what is moved, in its unit: displacements are rounded like that. */
  size(path: number): number;
  /** The spacing of the numbers that it is stored in, at that size. */
  stored(path: number): number;
}

/** What steps make sense along a path, in units of its scale. */
export interface Limits {
  readonly least: number;
  readonly largest: number;
  /** What is moved is so large itself: less than 1 where it may be of another unit than the scale, and needs steps of its own. */
  readonly own: number;
}
