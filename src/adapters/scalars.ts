/**
 * Parameters that are scattered over an object graph: a weight here, a bias there, behind fields, getters and setters. Listed,
 * they are one parameter, named by where its list stands and by the place in it.
 */

import { demandFunctions, describe, misuse } from '../errors.js';
import type { PlainModel } from '../model/gradient-model.js';
import { type Following, settle } from './settle.js';

/** Numbers that are read and written one by one; a model takes it as a parameter wherever an array may stand. */
export interface NumberList {
  readonly length: number;
  get(i: number): number;
  set(i: number, value: number): void;
}

/** One field of many objects as a list, as `fields(net.connections, 'weight')`; of parameters and of gradients alike. */
export function fields<Key extends PropertyKey>(
  objects: Iterable<Partial<Record<Key, unknown>>>,
  key: Key,
): NumberList {
  const list = Array.from(objects);
  for (const [i, object] of list.entries())
    if (typeof object !== 'object' || object === null || typeof object[key] !== 'number')
      throw misuse(
        `fields needs objects with a number ${JSON.stringify(String(key))}, but ${at(object, i, key)}.`,
      );
  return {
    length: list.length,
    get: (i) => list[i]![key] as number,
    set: (i, value) => {
      list[i]![key] = value;
    },
  };
}

function at(object: unknown, i: number, key: PropertyKey): string {
  if (typeof object !== 'object' || object === null) return `object ${i} is ${describe(object)}`;
  return `that of object ${i} is ${describe(Reflect.get(object, key))}`;
}

/** One number of an object graph, and the derivative of the loss by it. */
export interface Scalar {
  get(): number;
  set(value: number): void;
  /** ∂J/∂θ as the library has it, read after `backward`. */
  gradient(): number;
}

/** What a graph of scalars computes. */
export interface ScalarModel<Loss, Done> {
  /** The scalars, grouped by what they are: `{ weights: […], biases: […] }`. */
  readonly scalars: Readonly<Record<string, readonly Scalar[]>>;
  /** The loss J at the scalars as they stand. */
  loss(): Loss;
  /** Makes the derivatives, which are read when it is done. May return a promise. */
  backward(): Done;
}

/** The model whose parameters are groups of scalars, each with a getter, a setter and a derivative of its own. */
export function fromScalars<Loss extends number | PromiseLike<number>, Done>(
  model: ScalarModel<Loss, Done>,
): PlainModel<Record<string, NumberList>> & {
  loss(): Loss;
  gradients(): Following<Done, Record<string, readonly number[]>>;
} {
  const groups = Object.entries(model.scalars);
  demandFunctions('fromScalars', model, ['loss', 'backward']);
  for (const [name, scalars] of groups)
    for (const [i, scalar] of scalars.entries())
      demandFunctions(`scalars.${name}[${i}]`, scalar, ['get', 'set', 'gradient']);
  const lists = groups.map(([name, scalars]): [string, NumberList] => [
    name,
    {
      length: scalars.length,
      get: (i) => scalars[i]!.get(),
      set: (i, value) => {
        scalars[i]!.set(value);
      },
    },
  ]);
  const read = (): unknown =>
    Object.fromEntries(groups.map(([name, scalars]) => [name, scalars.map((scalar) => scalar.gradient())]));
  return {
    parameters: Object.fromEntries(lists),
    loss: () => model.loss(),
    gradients: () =>
      settle(
        () => model.backward(),
        () => read(),
      ) as Following<Done, Record<string, readonly number[]>>,
  };
}
