/** The cases of the sweep, and how each is drawn from its name. */

import { seedFor } from '../../../src/numerics/random.js';
import { type Arithmetic, double, type Precision, PRECISIONS } from '../arithmetic.js';
import { Draws } from '../draws.js';
import type { Arrays } from '../models/model.js';
import { ARCHITECTURES } from '../networks/architectures.js';
import { type Regime, REGIMES } from './regimes.js';
import { drawNetwork, type Drawing, type Style } from './drawing.js';
import { type Subject, subjectOf } from './subject.js';

export interface Case {
  readonly architecture: string;
  readonly regime: Regime;
  readonly precision: Precision;
  /** Which of the draws of these three. */
  readonly repeat: number;
}

export const nameOf = ({ architecture, regime, precision, repeat }: Case): string =>
  [regime.name, precision.name, architecture, repeat].join(' / ');

const REPEATS = 2;

export function allCases(): Case[] {
  return REGIMES.flatMap((regime) =>
    (regime.precisions ?? Object.values(PRECISIONS)).flatMap((precision) =>
      Object.keys(ARCHITECTURES).flatMap((architecture) =>
        Array.from({ length: REPEATS }, (_, repeat) => ({ architecture, regime, precision, repeat })),
      ),
    ),
  );
}

const SIZES: readonly number[] = [12, 30, 60, 120, 250];
const PLAIN: Style = {
  zeroBiases: false,
  blankSamples: false,
  kinked: false,
  doubleLoss: false,
  penalty: true,
};
/** Networks whose numbers overflow or underflow are drawn again, so many times. */
const MOST_DRAWS = 50;
/** Below this, numbers lose digits: the least normal numbers over the rounding unit (IEEE 754-2019, table 3.5). */
const LEAST = { double: 2 ** -970, single: 2 ** -103 };

export interface Drawn {
  readonly subject: Subject;
  readonly draws: Draws;
}

const floorOf = (arithmetic: Arithmetic): number => (arithmetic === double ? LEAST.double : LEAST.single);

/** Whether the loss and the largest gradient are finite, and zero or such that their digits are kept. */
function isSound({ loss, gradients, twin }: Subject, { arithmetic, storage }: Precision): boolean {
  const isKept = (value: number, least: number): boolean =>
    value === 0 || (value >= least && value < Infinity);
  // A NaN among the gradients is the largest.
  const largest = (arrays: Arrays): number =>
    Math.max(...Object.values(arrays).flatMap((values) => Array.from(values, Math.abs)));
  return (
    isKept(Math.abs(loss()), floorOf(arithmetic)) &&
    [gradients(), twin.gradients(0)].every((arrays) => isKept(largest(arrays), floorOf(storage)))
  );
}

export function drawCase(one: Case, seed: number): Drawn {
  const { architecture, regime, precision } = one;
  const draws = new Draws(seedFor(nameOf(one), seed));
  for (let tries = 0; tries < MOST_DRAWS; tries += 1) {
    const drawing: Drawing = {
      seed: draws.whole(0, 2 ** 31),
      architecture: ARCHITECTURES[architecture]!,
      size: draws.pick(regime.sizes ?? SIZES),
      style: { ...PLAIN, ...regime.style },
    };
    const network = drawNetwork(drawing, precision);
    regime.prepare?.(network, draws);
    const plain = subjectOf(network, drawing);
    const subject = regime.wrap?.(plain, draws, precision) ?? plain;
    if (isSound(subject, precision)) return { subject, draws };
  }
  throw new Error(`${nameOf(one)} is never sound.`);
}

/** Whether each of some words, parted by commas, is the regime, the precision, the architecture or the number of a case; a|b is either. */
export function matches(one: Case, words: string | undefined): boolean {
  const own = new Set([one.regime.name, one.precision.name, one.architecture, `${one.repeat}`]);
  return (words?.split(',') ?? []).every((word) => word.split('|').some((name) => own.has(name)));
}
