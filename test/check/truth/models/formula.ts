/** A formula and its derivatives -> a model. */
import type { Storage } from './arithmetic.js';
import type { Arrays, Claimed } from './net.js';

type Values = Readonly<Record<string, readonly number[]>>;

/** Of named arrays, each in the storage given. */
export function formula<P extends Values>(
  values: P,
  loss: (parameters: { [K in keyof P]: Arrays[string] }) => number,
  slopes: (parameters: { [K in keyof P]: Arrays[string] }) => { [K in keyof P]: readonly number[] },
  storage: Storage = Float64Array,
): Claimed {
  const parameters = stored(values, storage) as { [K in keyof P]: Arrays[string] };
  return {
    parameters,
    loss: () => loss(parameters),
    gradients: () => stored(slopes(parameters), storage),
  };
}

/** Of one array `x` whose entries are the arguments. */
export const of = (
  x: readonly number[],
  loss: (...x: number[]) => number,
  slope: (...x: number[]) => readonly number[],
  storage: Storage = Float64Array,
): Claimed =>
  formula(
    { x },
    (p) => loss(...p.x),
    (p) => ({ x: slope(...p.x) }),
    storage,
  );

function stored(values: Values, storage: Storage): Arrays {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, storage.from(list)]));
}
