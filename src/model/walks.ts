/**
 * Answers a request one call of the user's function at a time: a walk moves the parameters to the next point, calls, takes
 * the value, and leaves them as they were saved when it ends. It stops at each promise and goes on when told what came of
 * it, so that the same walk runs with and without `await`. If a call throws, the walk is abandoned where it stands and
 * whoever runs the check restores.
 */

import { describe, isPromiseLike, misuse } from './misuse.js';
import type { DirectionRequest, GradientsRequest, LineRequest, Request, SweepRequest } from './requests.js';
import type { Subject } from './subject.js';
import type { Values } from './values.js';

export interface Walk {
  /** Goes on to the end, or to the first call that gives a promise, and returns that; `accept` must then come first. */
  run(): PromiseLike<unknown> | undefined;
  /** Takes what a promise resolved to. */
  accept(value: unknown): void;
}

/** The walk that answers a request. */
export function walkOf(request: Request, subject: Subject): Walk {
  switch (request.kind) {
    case 'sweep':
      return new SweepWalk(request, subject);
    case 'line':
      return new LineWalk(request, subject);
    case 'direction':
      return new DirectionWalk(request, subject);
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
  readonly #view: Values;
  readonly #saved: Float64Array;
  /** Twice the place in the request, plus 1 while on the minus side. */
  #position = 0;

  constructor(request: SweepRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
    this.#view = subject.parameters[request.parameter]!.values;
    this.#saved = subject.saved[request.parameter]!;
  }

  run(): PromiseLike<unknown> | undefined {
    const end = 2 * this.#request.count;
    // Ends for a count of NaN too, which comes of parameters that are not finite.
    while (this.#position < end) {
      this.#place();
      const value = this.#subject.callLoss();
      if (typeof value !== 'number' && isPromiseLike(value)) return value;
      this.accept(value);
    }
    return undefined;
  }

  #place(): void {
    const { entries, steps, above, below } = this.#request;
    const view = this.#view;
    const place = this.#position >> 1;
    const entry = entries[place]!;
    const base = this.#saved[entry]!;
    if ((this.#position & 1) === 0) {
      view.set(entry, base + steps[place]!);
      above[place] = view.get(entry) - base;
    } else {
      view.set(entry, base - steps[place]!);
      below[place] = base - view.get(entry);
    }
  }

  accept(value: unknown): void {
    const { entries, forward, backward } = this.#request;
    const place = this.#position >> 1;
    if ((this.#position & 1) === 0) forward[place] = demandLoss(value);
    else {
      backward[place] = demandLoss(value);
      const entry = entries[place]!;
      this.#view.set(entry, this.#saved[entry]!);
    }
    this.#position += 1;
  }
}

class LineWalk implements Walk {
  readonly #request: LineRequest;
  readonly #subject: Subject;
  #position = 0;

  constructor(request: LineRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
  }

  run(): PromiseLike<unknown> | undefined {
    const { multiples } = this.#request;
    while (this.#position < multiples.length) {
      this.#move(multiples[this.#position]!);
      const value = this.#subject.callLoss();
      if (isPromiseLike(value)) return value;
      this.accept(value);
    }
    this.#move(0);
    return undefined;
  }

  #move(multiple: number): void {
    moveTo(this.#subject, this.#request.direction, multiple);
  }

  accept(value: unknown): void {
    this.#request.losses[this.#position] = demandLoss(value);
    this.#position += 1;
  }
}

/** Puts the parameters at θ + t v. */
function moveTo(
  { saved, parameters }: Subject,
  direction: readonly (Float64Array | undefined)[],
  multiple: number,
): void {
  for (const [p, along] of direction.entries()) {
    if (along === undefined) continue;
    // Adding 0 · v would turn −0 into 0.
    parameters[p]!.values.write(multiple === 0 ? saved[p]! : displaced(saved[p]!, multiple, along));
  }
}

function displaced(from: Float64Array, multiple: number, direction: Float64Array): Float64Array {
  const moved = new Float64Array(from.length);
  for (let i = 0; i < moved.length; i += 1) moved[i] = from[i]! + multiple * direction[i]!;
  return moved;
}

class DirectionWalk implements Walk {
  readonly #request: DirectionRequest;
  readonly #subject: Subject;
  /** Twice the place in the request, plus 1 while on the minus side. */
  #position = 0;

  constructor(request: DirectionRequest, subject: Subject) {
    this.#request = request;
    this.#subject = subject;
  }

  run(): PromiseLike<unknown> | undefined {
    const { count, steps } = this.#request;
    while (this.#position < 2 * count) {
      const step = steps[this.#position >> 1]!;
      this.#move((this.#position & 1) === 0 ? step : -step);
      const value = this.#subject.callLoss();
      if (typeof value !== 'number' && isPromiseLike(value)) return value;
      this.accept(value);
    }
    this.#putBack();
    return undefined;
  }

  // Written in place: an array of the moved values would be as large as the parameter for every loss.

  #move(step: number): void {
    const { parameter, signs, from, to } = this.#request;
    const { values } = this.#subject.parameters[parameter]!;
    const saved = this.#subject.saved[parameter]!;
    for (let i = from; i < to; i += 1) values.set(i, saved[i]! + step * signs[i]!);
  }

  #putBack(): void {
    const { parameter, from, to } = this.#request;
    const { values } = this.#subject.parameters[parameter]!;
    const saved = this.#subject.saved[parameter]!;
    for (let i = from; i < to; i += 1) values.set(i, saved[i]!);
  }

  accept(value: unknown): void {
    const { forward, backward } = this.#request;
    const losses = (this.#position & 1) === 0 ? forward : backward;
    losses[this.#position >> 1] = demandLoss(value);
    this.#position += 1;
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

  run(): PromiseLike<unknown> | undefined {
    if (this.#called) return undefined;
    this.#called = true;
    const { direction } = this.#request;
    if (direction !== undefined) moveTo(this.#subject, direction, 1);
    const value = this.#subject.callGradients();
    if (isPromiseLike(value)) return value;
    this.accept(value);
    return undefined;
  }

  accept(value: unknown): void {
    const { direction, into } = this.#request;
    this.#subject.readGradients(value, into);
    if (direction !== undefined) moveTo(this.#subject, direction, 0);
  }
}
