/** The wrong entries that are put into a claim. */

import type { Draws } from '../detection/draws.js';
import type { Arrays } from '../detection/models/model.js';
import { type Place, placesOf } from '../detection/rules/rule.js';

export type FaultKind = 'none' | 'one' | 'one, 1e-3' | 'three' | 'ten' | 'exchange';

/** How many entries are off, by so many root mean squares of their parameter's claim. */
const SIZES: Readonly<Record<Exclude<FaultKind, 'none' | 'exchange'>, { count: number; size: number }>> = {
  one: { count: 1, size: 1 },
  'one, 1e-3': { count: 1, size: 1e-3 },
  three: { count: 3, size: 1 },
  ten: { count: 10, size: 1 },
};

export interface Wrong {
  readonly places: readonly Place[];
  /** Changes a claim that nobody else holds. */
  readonly spoil: (claim: Arrays) => void;
}

const rms = (values: ArrayLike<number>): number =>
  Math.hypot(...Array.from(values)) / Math.sqrt(values.length);

/** Entries anywhere in the model, of parameters that have a gradient; or two of a bias, exchanged. */
export function wrongEntries(kind: FaultKind, claim: Arrays, draws: Draws): Wrong {
  if (kind === 'none') return { places: [], spoil: () => {} };
  if (kind === 'exchange') return exchanged(claim, draws);
  const { count, size } = SIZES[kind];
  const all = [...placesOf(claim)].filter(({ parameter }) => claim[parameter]!.some((g) => g !== 0));
  const places = new Set<Place>();
  while (places.size < count) places.add(draws.pick(all));
  const errors = [...places].map((place) => ({
    ...place,
    error: size * rms(claim[place.parameter]!) * draws.pick([-1, 1]),
  }));
  return {
    places: [...places],
    spoil(wrong) {
      for (const { parameter, entry, error } of errors) wrong[parameter]![entry]! += error;
    },
  };
}

/** Two entries that differ by this many root mean squares at least. */
const LEAST_DIFFERENCE = 0.5;

function exchanged(claim: Arrays, draws: Draws): Wrong {
  const names = Object.keys(claim).filter((name) => name.startsWith('b'));
  for (;;) {
    const parameter = draws.pick(names);
    const values = claim[parameter]!;
    const [a, b] = [draws.whole(0, values.length - 1), draws.whole(0, values.length - 1)];
    if (!(Math.abs(values[a]! - values[b]!) >= LEAST_DIFFERENCE * rms(values)) || a === b) continue;
    return {
      places: [a, b].map((entry) => ({ parameter, entry })),
      spoil(wrong) {
        const own = wrong[parameter]!;
        [own[a], own[b]] = [own[b]!, own[a]!];
      },
    };
  }
}
