/**
 * Answers a request one call of the user's function at a time: a walk moves the parameters to the next point, calls, takes
 * the value, and leaves them as they were saved when it ends. Written as a cursor so that one loop can drive it with and
 * another without `await`. If a call throws, the walk is abandoned where it stands and whoever runs the check restores.
 */

import { describe, misuse } from './misuse.js';
import type { GradientsRequest, LineRequest, Request, SweepRequest } from './requests.js';
import type { Subject } from './subject.js';

export interface Walk {
  /** Moves the parameters to the next point; false, with the parameters back in place, when there is none. */
  advance(): boolean;
  /** Calls the user's function there. */
  call(): unknown;
  /** Takes what the call gave, or what its promise resolved to. */
  accept(value: unknown): void;
}

/** The walk that answers a request. */
export function walkOf(request: Request, subject: Subject): Walk {
  switch (request.kind) {
    case 'sweep':
      return new SweepWalk(request, subject);
    case 'line':
      return new LineWalk(request, subject);
    case 'gradients':
      return new GradientsWalk(request, subject);
  }
}

/** The loss as a number; NaN and the infinities are numbers, and judged later. */
function demandLoss(value: unknown): number {
  if (typeof value === 'number') return value;
  throw misuse(`loss() must return a number, but it returned ${describe(value)}.`);
}

class SweepWalk implements Walk {
  readonly #request: SweepRequest;
  readonly #subject: Subject;
  readonly #saved: Float64Array;
  /** Twice the place in the request, plus 1 while on the minus side; −1 before the first point. */
  #position = -1;

  constructor(request: SweepRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
    this.#saved = subject.saved[request.parameter]!;
  }

  advance(): boolean {
    const { entries, count, steps, above, below, parameter } = this.#request;
    const view = this.#subject.parameters[parameter]!.values;
    this.#position += 1;
    const place = this.#position >> 1;
    const minus = (this.#position & 1) === 1;
    if (place > 0 && !minus) view.set(entries[place - 1]!, this.#saved[entries[place - 1]!]!);
    // Ends for a count of NaN too, which comes of parameters that are not finite.
    if (!(place < count)) return false;
    const entry = entries[place]!;
    const base = this.#saved[entry]!;
    if (minus) {
      view.set(entry, base - steps[place]!);
      below[place] = base - view.get(entry);
    } else {
      view.set(entry, base + steps[place]!);
      above[place] = view.get(entry) - base;
    }
    return true;
  }

  call(): unknown {
    return this.#subject.callLoss();
  }

  accept(value: unknown): void {
    const losses = (this.#position & 1) === 0 ? this.#request.forward : this.#request.backward;
    losses[this.#position >> 1] = demandLoss(value);
  }
}

class LineWalk implements Walk {
  readonly #request: LineRequest;
  readonly #subject: Subject;
  #position = -1;

  constructor(request: LineRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
  }

  advance(): boolean {
    this.#position += 1;
    const { multiples } = this.#request;
    const last = this.#position >= multiples.length;
    this.#move(last ? 0 : multiples[this.#position]!);
    return !last;
  }

  #move(multiple: number): void {
    for (const [p, direction] of this.#request.direction.entries()) {
      if (direction === undefined) continue;
      const { values } = this.#subject.parameters[p]!;
      const saved = this.#subject.saved[p]!;
      // Adding 0 · v would turn −0 into 0.
      if (multiple === 0) values.write(saved);
      else {
        const moved = new Float64Array(saved.length);
        for (let i = 0; i < moved.length; i += 1) moved[i] = saved[i]! + multiple * direction[i]!;
        values.write(moved);
      }
    }
  }

  call(): unknown {
    return this.#subject.callLoss();
  }

  accept(value: unknown): void {
    this.#request.losses[this.#position] = demandLoss(value);
  }
}

class GradientsWalk implements Walk {
  readonly #request: GradientsRequest;
  readonly #subject: Subject;
  #called = false;

  constructor(request: GradientsRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
  }

  advance(): boolean {
    return !this.#called;
  }

  call(): unknown {
    this.#called = true;
    return this.#subject.callGradients();
  }

  accept(value: unknown): void {
    this.#subject.readGradients(value, this.#request.into);
  }
}
