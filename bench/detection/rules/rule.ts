/** What a rule of checking is to the bench, and what the older rules share. */

import type { Precision } from '../arithmetic.js';
import type { Arrays, BenchModel } from '../models/model.js';

/** One entry of one parameter. */
export interface Place {
  readonly parameter: string;
  readonly entry: number;
}

export interface Outcome {
  readonly verdict: 'correct' | 'wrong' | 'inconclusive';
  /** The entry that the rule puts first, where it names one. */
  readonly named?: Place | undefined;
}

export interface Rule {
  readonly name: string;
  /** Its settings, for the table's legend. */
  readonly settings: string;
  readonly namesEntries: boolean;
  readonly canBeInconclusive: boolean;
  readonly check: (model: BenchModel, precision: Precision) => Outcome;
}

/** Every entry of every parameter. */
export function* placesOf(arrays: Arrays): Generator<Place> {
  for (const [parameter, values] of Object.entries(arrays))
    for (let entry = 0; entry < values.length; entry += 1) yield { parameter, entry };
}

/** The losses with one entry moved up and down by h; the entry is put back. */
export function lossesAround(model: BenchModel, { parameter, entry }: Place, h: number): [number, number] {
  const values = model.parameters[parameter]!;
  const saved = values[entry]!;
  values[entry] = saved + h;
  const above = model.loss();
  values[entry] = saved - h;
  const below = model.loss();
  values[entry] = saved;
  return [above, below];
}

/** The centred difference as formula (1) has it, divided by 2h. */
export function centred(model: BenchModel, place: Place, h: number): number {
  const [above, below] = lossesAround(model, place, h);
  return (above - below) / (2 * h);
}
