/**
 * The points of a request, one after another: puts the user's parameters at each, or tells it as a displacement from θ, and takes
 * the loss found there. All moves are assignments of numbers made from the saved ones, so that nothing adds up on the way.
 */

import type { Displacement } from '../gradient-model.js';
import type { DirectionRequest, LineRequest, SweepRequest } from './requests.js';
import type { Subject } from '../subject/subject.js';
import type { Values } from '../array/values.js';

/** Parameters that can be moved. */
type Placed = Pick<Subject, 'parameters' | 'saved'>;

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

/** The points of a request for losses. */
export function pointsOf(request: SweepRequest | LineRequest | DirectionRequest, subject: Placed): Points {
  switch (request.kind) {
    case 'sweep':
      return new SweepPoints(request, subject);
    case 'line':
      return new LinePoints(request, subject);
    case 'direction':
      return new DirectionPoints(request, subject);
  }
}

/** Points in pairs, on both sides of θ within one parameter: the k-th belongs to pair k >> 1, on the minus side when k is odd. */
abstract class PairedPoints<Request extends SweepRequest | DirectionRequest> implements Points {
  readonly count: number;
  readonly width: number;
  protected readonly request: Request;
  protected readonly view: Values;
  protected readonly saved: Float64Array;
  readonly #name: string;
  #still: Float64Array | undefined;

  constructor(request: Request, subject: Placed) {
    const { name, count, values } = subject.parameters[request.parameter]!;
    this.count = 2 * request.count;
    this.width = count;
    this.request = request;
    this.view = values;
    this.saved = subject.saved[request.parameter]!;
    this.#name = name;
  }

  abstract place(k: number): void;
  abstract leave(): void;

  /** Reads, while the parameters are at the k-th point, how far the moved entries are from θ. */
  protected abstract readMoved(k: number, into: Float64Array): void;

  displacement(k: number): Displacement {
    this.#still ??= still(this.saved);
    const deltas = this.#still.slice();
    this.place(k);
    this.readMoved(k, deltas);
    this.leave();
    return named([[this.#name, deltas]]);
  }

  note(k: number, loss: number): void {
    const { forward, backward } = this.request;
    if ((k & 1) === 0) forward[k >> 1] = loss;
    else backward[k >> 1] = loss;
  }

  /** The step to the k-th point, with its sign. */
  protected step(k: number): number {
    const step = this.request.steps[k >> 1]!;
    return (k & 1) === 0 ? step : -step;
  }
}

class SweepPoints extends PairedPoints<SweepRequest> {
  /** The entry that is away from θ; −1: none. */
  #moved = -1;

  place(k: number): void {
    const { entries, above, below } = this.request;
    const { view } = this;
    const pair = k >> 1;
    const entry = entries[pair]!;
    if (entry !== this.#moved) this.leave();
    const base = this.saved[entry]!;
    this.#moved = entry;
    view.renew();
    view.set(entry, base + this.step(k));
    if ((k & 1) === 0) above[pair] = view.get(entry) - base;
    else below[pair] = base - view.get(entry);
  }

  leave(): void {
    if (this.#moved < 0) return;
    this.view.renew();
    this.view.set(this.#moved, this.saved[this.#moved]!);
    this.#moved = -1;
  }

  protected readMoved(k: number, into: Float64Array): void {
    const entry = this.request.entries[k >> 1]!;
    into[entry] = difference(this.view.get(entry), this.saved[entry]!, this.step(k));
  }
}

class DirectionPoints extends PairedPoints<DirectionRequest> {
  // Written in place: an array of the moved values would be as large as the parameter for every loss.

  place(k: number): void {
    const { signs, from, to } = this.request;
    const step = this.step(k);
    this.view.renew();
    for (let i = from; i < to; i += 1) this.view.set(i, this.saved[i]! + step * signs[i]!);
  }

  leave(): void {
    const { from, to } = this.request;
    this.view.renew();
    for (let i = from; i < to; i += 1) this.view.set(i, this.saved[i]!);
  }

  protected readMoved(k: number, into: Float64Array): void {
    const { signs, from, to } = this.request;
    const step = this.step(k);
    for (let i = from; i < to; i += 1)
      into[i] = difference(this.view.get(i), this.saved[i]!, step * signs[i]!);
  }
}

class LinePoints implements Points {
  readonly count: number;
  readonly width: number;
  readonly #request: LineRequest;
  readonly #subject: Placed;

  constructor(request: LineRequest, subject: Placed) {
    this.count = request.multiples.length;
    this.width = request.direction.reduce((sum, along) => sum + (along?.length ?? 0), 0);
    this.#request = request;
    this.#subject = subject;
  }

  place(k: number): void {
    moveTo(this.#subject, this.#request.direction, this.#request.multiples[k]!);
  }

  leave(): void {
    moveTo(this.#subject, this.#request.direction, 0);
  }

  displacement(k: number): Displacement {
    const { direction, multiples } = this.#request;
    const { saved, parameters } = this.#subject;
    const multiple = multiples[k]!;
    if (multiple === 0) return named([]);
    this.place(k);
    const moved = direction.flatMap((along, p): [string, Float64Array][] => {
      if (along === undefined) return [];
      const { name, values } = parameters[p]!;
      const deltas = new Float64Array(along.length);
      values.read(deltas);
      for (let i = 0; i < deltas.length; i += 1)
        deltas[i] = difference(deltas[i]!, saved[p]![i]!, multiple * along[i]!);
      return [[name, deltas]];
    });
    this.leave();
    return named(moved);
  }

  note(k: number, loss: number): void {
    this.#request.losses[k] = loss;
  }
}

/** Puts the parameters at θ + t v. */
export function moveTo(
  { saved, parameters }: Placed,
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

/**
 * What added to θ gives the stored number. Their difference nearly always does; where it is rounded to another number, just below a
 * power of two, what the storage was asked to add does.
 */
function difference(stored: number, base: number, asked: number): number {
  const delta = stored - base;
  return base + delta === stored ? delta : asked;
}

/** What added to θ changes no bit of it: −0 plus 0 would be 0. */
function still(saved: Float64Array): Float64Array {
  const deltas = new Float64Array(saved.length);
  for (let i = 0; i < deltas.length; i += 1) if (Object.is(saved[i], -0)) deltas[i] = -0;
  return deltas;
}

/** Without a prototype, as a parameter may have the name of what objects inherit. */
function named(moved: readonly (readonly [string, Float64Array])[]): Displacement {
  const displacement = Object.create(null) as Record<string, Float64Array>;
  for (const [name, deltas] of moved) displacement[name] = deltas;
  return displacement;
}
