/**
 * Losses at many points by one call of a vectorised function, in batches of bounded size. What is moved has an axis for the points,
 * the rest has none, as it would have to be held once for each. A library may vectorise all that a loss does, or not, or wrongly; and a
 * random loss draws once for a whole batch: so each kind of batch is compared with the loss itself first, and the losses are evaluated
 * one by one where it throws or differs.
 */

import type { Displacement } from '../model/gradient-model.js';
import type { TensorBuffer } from './buffers.js';
import { settle } from './settle.js';

/** What evaluates losses: each at once, or as a promise. */
export interface Evaluators {
  /** The names of the parameters, as displacements have them. */
  readonly names: readonly string[];
  /** Their values at θ, as they stand. */
  readonly buffers: readonly TensorBuffer[];
  /** The loss of some values. */
  readonly one: (from: readonly TensorBuffer[]) => unknown;
  /** The losses of some values, of which those that are `moved` have a first axis more, for the points. */
  readonly many: (from: readonly TensorBuffer[], moved: readonly boolean[]) => unknown;
}

/** What a loss computes on the way is held for each point of a batch at a time. */
const MOST_POINTS = 128;

/** Numbers of points are rounded up to a power of two, from this one on, as libraries compile for each number. */
const LEAST_POINTS = 8;

/** Two losses are the same within this share: single precision may round a sum in another order. Checks demand 2^-17. */
const SAME_WITHIN: number = 2 ** -18;

/** The losses at displacements, one after the other, at once or as a promise. */
export function batches(evaluators: Evaluators): (displacements: readonly Displacement[]) => unknown {
  const { names, buffers, one, many } = evaluators;
  let vectorised = true;
  // Which parameters were moved in batches that were right.
  const trusted = new Set<string>();

  const singly = (points: readonly Displacement[]): unknown =>
    inTurn(points, (point) => one(buffers.map((buffer, p) => moved(buffer, names[p]!, [point], []))));

  const together = (points: readonly Displacement[]): unknown => {
    const which = names.map((name) => points.some((point) => name in point));
    if (!vectorised || !which.includes(true)) return singly(points);
    const last = points.at(-1)!;
    return settle(
      () => {
        const count = Math.max(LEAST_POINTS, 2 ** Math.ceil(Math.log2(points.length)));
        const stacked = buffers.map((buffer, p) =>
          which[p] === true ? moved(buffer, names[p]!, padded(points, count), [count]) : buffer,
        );
        try {
          return many(stacked, which) as ArrayLike<number>;
        } catch {
          return undefined;
        }
      },
      (values) => {
        const key = which.join();
        const found = values === undefined ? [] : Array.from(values).slice(0, points.length);
        if (trusted.has(key) && found.length > 0) return found;
        return settle(
          () => singly([last]) as readonly number[],
          ([value]) => {
            if (found.length === points.length && isSame(value!, found.at(-1)!)) {
              trusted.add(key);
              return found;
            }
            vectorised = false;
            return singly(points);
          },
        );
      },
    );
  };
  return (displacements) => {
    return settle(
      () => inTurn(partsOf(displacements, MOST_POINTS), together) as readonly (readonly number[])[],
      (losses) => losses.flat(),
    );
  };
}

/** The points, and θ as often as it takes to be so many. */
function padded(points: readonly Displacement[], count: number): readonly Displacement[] {
  return Array.from({ length: count }, (_, k) => points[k] ?? {});
}

/** Some items in parts of at most so many. */
export function partsOf<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const parts: (readonly Item[])[] = [];
  for (let k = 0; k < items.length; k += most) parts.push(items.slice(k, k + most));
  return parts;
}

/** A parameter's values at one point. */
export function displaced(buffer: TensorBuffer, name: string, point: Displacement): TensorBuffer {
  return name in point ? moved(buffer, name, [point], []) : buffer;
}

/** A parameter's values at some points, under the sizes `before` its own. */
function moved(
  { data, shape }: TensorBuffer,
  name: string,
  points: readonly Displacement[],
  before: readonly number[],
): TensorBuffer {
  const size = points.length * data.length;
  const all = data instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  for (const [k, { [name]: deltas }] of points.entries()) {
    const start = k * data.length;
    if (deltas === undefined) all.set(data, start);
    else for (let i = 0; i < data.length; i += 1) all[start + i] = data[i]! + deltas[i]!;
  }
  return { data: all, shape: [...before, ...shape] };
}

function isSame(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= SAME_WITHIN * Math.max(Math.abs(a), Math.abs(b));
}

/** What `use` makes of each item, one after the other; a promise of it as soon as one is a promise. */
export function inTurn<Item>(
  items: readonly Item[],
  use: (item: Item) => unknown,
  made: unknown[] = [],
): unknown {
  if (made.length === items.length) return made;
  return settle(
    () => use(items[made.length]!),
    (result) => {
      made.push(result);
      return inTurn(items, use, made);
    },
  );
}
