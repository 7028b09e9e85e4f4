/** The models of the bench: which there are, and how each is drawn from its place in the list. */

import { type Precision, PRECISIONS } from './arithmetic.js';
import { Draws } from './draws.js';
import { attention } from './models/attention.js';
import { convolution } from './models/convolution.js';
import { layerNorm } from './models/layer-norm.js';
import { logistic } from './models/logistic.js';
import type { BenchModel, Family } from './models/model.js';
import { ACTIVATIONS, perceptron } from './models/perceptron.js';
import { recurrent } from './models/recurrent.js';
import { type Place, placesOf } from './rules/rule.js';

export interface Case {
  /** Place in the list, which seeds its draws. */
  readonly number: number;
  readonly name: string;
  readonly precision: Precision;
  /** About how many parameters. */
  readonly size: number;
  readonly family: Family;
}

/** How many perceptrons of each size, for each activation with random and with zero biases. */
type Counts = Readonly<Record<number, number>>;
const MANY: Counts = { 10: 48, 50: 48, 130: 40, 400: 24, 1000: 8, 4000: 1 };
const SOME: Counts = { 10: 6, 50: 6, 130: 6, 400: 2 };

const ZOO: Readonly<Record<string, Family>> = { logistic, recurrent, convolution, layerNorm, attention };
const ZOO_SIZES: readonly number[] = [30, 60, 130];

/** How many of each of these at each size. */
const BATCHES: readonly { precision: Precision; counts: Counts; zoo: number }[] = [
  { precision: PRECISIONS.float64, counts: MANY, zoo: 8 },
  { precision: PRECISIONS.float32, counts: MANY, zoo: 8 },
  { precision: PRECISIONS.stored, counts: SOME, zoo: 2 },
];

/** Every case, in a fixed order. */
export function allCases(): Case[] {
  const cases: Case[] = [];
  for (const { precision, counts, zoo } of BATCHES) {
    const add = (name: string, family: Family, size: number, times: number): void => {
      for (let i = 0; i < times; i += 1) cases.push({ number: cases.length, name, precision, size, family });
    };
    for (const activation of ACTIVATIONS)
      for (const zeroBiases of [false, true])
        for (const [size, times] of Object.entries(counts)) {
          const family: Family = (...drawn) => perceptron({ activation, zeroBiases }, ...drawn);
          add(`${activation}, ${zeroBiases ? 'zero' : 'random'} biases`, family, Number(size), times);
        }
    for (const [name, family] of Object.entries(ZOO))
      for (const size of ZOO_SIZES) add(name, family, size, zoo);
  }
  return cases;
}

/** A multiplier that spreads neighbouring cases over the seeds. */
const SEED_STRIDE = 7919;

/** And one that leads away from all of them. */
const DEAD_STRIDE = 104_729;

export interface Drawn {
  readonly correct: BenchModel;
  /** The same model with one wrong entry in its claimed gradient. */
  readonly planted: BenchModel;
  readonly place: Place;
}

/** Draws a case's model and plants its error. `seed` makes other models of the same kinds. */
export function draw(
  { number, family, precision, size }: Pick<Case, 'number' | 'family' | 'precision' | 'size'>,
  seed: number,
): Drawn {
  const draws = new Draws(seed + number * SEED_STRIDE);
  const correct = family(draws, precision, size);
  const gradients = correct.gradients();
  // A network of dead units has no gradient to plant an error of its size in: another one is drawn.
  if (Object.values(gradients).every((values) => values.every((g) => g === 0)))
    return draw({ number, family, precision, size }, seed + DEAD_STRIDE);
  const places = [...placesOf(correct.parameters)];
  let place: Place;
  let unit: number;
  do {
    place = draws.pick(places);
    const values = gradients[place.parameter]!;
    unit = Math.hypot(...values) / Math.sqrt(values.length);
  } while (unit === 0);
  const error = precision.planted * unit * draws.pick([-1, 1]);
  const gradientsWithError = (): ReturnType<BenchModel['gradients']> => {
    const claimed = correct.gradients();
    claimed[place.parameter]![place.entry]! += error;
    return claimed;
  };
  return { correct, planted: { ...correct, gradients: gradientsWithError }, place };
}
