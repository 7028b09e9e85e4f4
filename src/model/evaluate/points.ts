/**
 * The points of a request, one after another: puts the user's parameters at each, or tells it as a displacement from θ, and takes
 * the loss found there. All moves are assignments of numbers made from the saved ones, so that nothing adds up on the way.
 */

import type { Displacement } from '../gradient-model.js';
import { movesOf } from './draw-moves.js';
import { JointPoints, type Points } from './joint-points.js';
import type { LossRequest, Path, PathRequest, Segment, SweepRequest } from './requests.js';
import type { Subject } from '../subject/subject.js';
import type { Values } from '../array/values.js';

/** Parameters that can be moved. */
type Placed = Pick<Subject, 'parameters' | 'saved'>;

/**
 * The points of a request for losses.
 * @param begin called before the parameters are first moved for a request that is one of several
 */
export function pointsOf(
  request: LossRequest,
  subject: Placed,
  begin: (request: SweepRequest | PathRequest) => void = () => undefined,
): Points {
  if (request.kind === 'joint')
    return new JointPoints(
      request.of.map((one) => ({ points: pointsOf(one, subject), begin: () => begin(one) })),
    );
  return request.kind === 'sweep' ? new SweepPoints(request, subject) : new PathPoints(request, subject);
}

/** Points in pairs, on both sides of θ within one parameter: the k-th belongs to pair k >> 1, on the minus side when k is odd. */
class SweepPoints implements Points {
  readonly count: number;
  readonly width: number;
  // Fields of its own, as every loss reads them.
  readonly #entries: Uint32Array;
  readonly #steps: Float64Array;
  readonly #above: Float64Array;
  readonly #below: Float64Array;
  readonly #forward: Float64Array;
  readonly #backward: Float64Array;
  readonly #view: Values;
  readonly #saved: Float64Array;
  readonly #name: string;
  /** The entry that is away from θ; −1: none. */
  #moved = -1;
  #still: Float64Array | undefined;

  constructor(request: SweepRequest, subject: Placed) {
    const { name, count, values } = subject.parameters[request.parameter]!;
    this.count = 2 * request.count;
    this.width = count;
    this.#entries = request.entries;
    this.#steps = request.steps;
    this.#above = request.above;
    this.#below = request.below;
    this.#forward = request.forward;
    this.#backward = request.backward;
    this.#view = values;
    this.#saved = subject.saved[request.parameter]!;
    this.#name = name;
  }

  place(k: number): void {
    const pair = k >> 1;
    const entry = this.#entries[pair]!;
    if (entry !== this.#moved) this.leave();
    const view = this.#view.renew();
    const base = this.#saved[entry]!;
    this.#moved = entry;
    if ((k & 1) === 0) {
      view.set(entry, base + this.#steps[pair]!);
      this.#above[pair] = view.get(entry) - base;
    } else {
      view.set(entry, base - this.#steps[pair]!);
      this.#below[pair] = base - view.get(entry);
    }
  }

  leave(): void {
    if (this.#moved < 0) return;
    this.#view.renew().set(this.#moved, this.#saved[this.#moved]!);
    this.#moved = -1;
  }

  displacement(k: number): Displacement {
    this.#still ??= still(this.#saved);
    const deltas = this.#still.slice();
    this.place(k);
    const pair = k >> 1;
    const entry = this.#entries[pair]!;
    const step = this.#steps[pair]! * ((k & 1) === 0 ? 1 : -1);
    deltas[entry] = difference(this.#view.get(entry), this.#saved[entry]!, step);
    this.leave();
    return named([[this.#name, deltas]]);
  }

  note(k: number, loss: number): void {
    if ((k & 1) === 0) this.#forward[k >> 1] = loss;
    else this.#backward[k >> 1] = loss;
  }
}

class PathPoints implements Points {
  readonly count: number;
  readonly width: number;
  readonly #request: PathRequest;
  readonly #subject: Placed;

  constructor(request: PathRequest, subject: Placed) {
    this.count = request.multiples.length;
    this.width = request.path.reduce((sum, { from, to }) => sum + to - from, 0);
    this.#request = request;
    this.#subject = subject;
  }

  place(k: number): void {
    const { path, multiples, products } = this.#request;
    moveTo(this.#subject, path, multiples[k]!);
    if (products === undefined) return;
    products[k] = path.reduce((sum, segment) => sum + alongDisplacement(segment, this.#subject), 0);
  }

  leave(): void {
    moveTo(this.#subject, this.#request.path, 0);
  }

  displacement(k: number): Displacement {
    const { path, multiples } = this.#request;
    const { saved, parameters } = this.#subject;
    const multiple = multiples[k]!;
    if (multiple === 0) return named([]);
    this.place(k);
    const moved = new Map<string, Float64Array>();
    for (const segment of path) {
      const { name, values } = parameters[segment.parameter]!;
      const base = saved[segment.parameter]!;
      const deltas = moved.get(name) ?? still(base);
      const { entries, weights } = movesOf(segment);
      for (const [j, i] of entries.entries()) {
        const asked = multiple * weights[j]!;
        if (asked !== 0) deltas[i] = difference(values.get(i), base[i]!, asked);
      }
      moved.set(name, deltas);
    }
    this.leave();
    return named([...moved]);
  }

  note(k: number, loss: number): void {
    this.#request.losses[k] = loss;
  }
}

/** Puts the parameters at θ + t v; entries without a weight are left alone. */
export function moveTo({ saved, parameters }: Placed, path: Path, multiple: number): void {
  for (const segment of path) {
    const values = parameters[segment.parameter]!.values.renew();
    const base = saved[segment.parameter]!;
    const { entries, weights } = movesOf(segment);
    const isAll = entries.length === values.count;
    // What can only be written all at once is, as what comes in between may be refused; and so is all that there is, as that is faster.
    if (isAll && multiple === 0) {
      values.write(base);
      continue;
    }
    const moved = isAll ? base.slice() : values.isWhole ? storedIn(values) : undefined;
    for (let k = 0; k < entries.length; k += 1) {
      const i = entries[k]!;
      const value = multiple === 0 ? base[i]! : base[i]! + multiple * weights[k]!;
      if (moved === undefined) values.set(i, value);
      else moved[i] = value;
    }
    if (moved !== undefined) values.write(moved);
  }
}

function storedIn(values: Values): Float64Array {
  const numbers = new Float64Array(values.count);
  values.read(numbers);
  return numbers;
}

/** g · (θ′ − θ) over the entries of a segment, θ′ as it is stored. */
function alongDisplacement(
  { parameter, from, to, gradient }: Segment,
  { parameters, saved }: Placed,
): number {
  if (gradient === undefined) return 0;
  const { values } = parameters[parameter]!;
  const base = saved[parameter]!;
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += gradient[i]! * (values.get(i) - base[i]!);
  return sum;
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
