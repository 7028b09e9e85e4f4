/** The points of several requests for losses → those of one, after another. */

import type { Displacement } from '../gradient-model.js';
import type { PathRequest, SweepRequest } from './requests.js';

/** The points at which a request wants the loss. */
export interface Points {
  readonly count: number;
  /** How many numbers the displacement to one of them takes. */
  readonly width: number;
  /** Puts the parameters at the k-th point, from whichever they are at. */
  place(k: number): void;
  /** Puts the parameters back to θ. */
  leave(): void;
  /** How the k-th point lies from θ, in fresh arrays; the parameters are at θ before and after. */
  displacement(k: number): Displacement;
  /** Takes the loss at the k-th point. */
  note(k: number, loss: number): void;
}

/** How many losses a request wants. */
export function lossesIn(request: SweepRequest | PathRequest): number {
  return request.kind === 'sweep' ? 2 * request.count : request.multiples.length;
}

/** Which of some requests the k-th of all their points belongs to, and which of its own points that is. */
export function placeIn(
  counts: readonly number[],
  k: number,
): { readonly part: number; readonly place: number } {
  let place = k;
  let part = 0;
  while (place >= counts[part]!) place -= counts[part++]!;
  return { part, place };
}

/** One of several requests. */
interface Part {
  readonly points: Points;
  /** Called before the parameters are first moved for it. */
  readonly begin: () => void;
}

export class JointPoints implements Points {
  readonly count: number;
  readonly width: number;
  readonly #parts: readonly Part[];
  readonly #counts: readonly number[];
  /** The part whose points the parameters were moved to last; −1: none. */
  #current = -1;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#counts = parts.map(({ points }) => points.count);
    this.count = this.#counts.reduce((sum, own) => sum + own, 0);
    this.width = Math.max(0, ...parts.map(({ points }) => points.width));
  }

  place(k: number): void {
    const { part, place } = placeIn(this.#counts, k);
    if (part !== this.#current) this.leave();
    this.#at(part).place(place);
  }

  leave(): void {
    if (this.#current >= 0) this.#parts[this.#current]!.points.leave();
  }

  displacement(k: number): Displacement {
    const { part, place } = placeIn(this.#counts, k);
    return this.#at(part).displacement(place);
  }

  note(k: number, loss: number): void {
    const { part, place } = placeIn(this.#counts, k);
    this.#parts[part]!.points.note(place, loss);
  }

  #at(part: number): Points {
    const { points, begin } = this.#parts[part]!;
    if (part !== this.#current) begin();
    this.#current = part;
    return points;
  }
}
