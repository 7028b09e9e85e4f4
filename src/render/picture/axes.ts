/** Numbers → places along a logarithmic axis, in pixels, and the numbers to be written beside it. */

import { plain } from '../numbers.js';

export interface Tick {
  readonly place: number;
  readonly label: string;
}

export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** Logarithms of the largest and the smallest double. */
const HIGHEST_POWER = 308;
const LOWEST_POWER = -323;

/** At the ends of an axis for positive numbers, in powers of ten. */
const MARGIN = 0.3;

/**
 * An axis for positive numbers.
 * @param apart how far ticks are apart at least, in pixels
 */
export function logarithmic(values: readonly number[], length: number, apart: number): Axis {
  const powers = values.map(Math.log10);
  const from = Math.min(...powers) - MARGIN;
  const to = Math.max(...powers) + MARGIN;
  const place = (power: number): number => (length * (power - from)) / (to - from);
  const least = (apart * (to - from)) / length;
  return {
    place: (value) => place(Math.log10(value)),
    ticks: roundNumbers(from, to, least).map((value) => ({
      place: place(Math.log10(value)),
      label: written(value),
    })),
  };
}

/** Around zero, where a signed axis is linear, in powers of ten to each side. */
const LINEAR = 0.7;

/** Beyond the largest number on each side, in powers of ten. */
const ROOM = 0.5;

/**
 * An axis for numbers of both signs, upwards: linear up to a threshold, logarithmic beyond.
 * @param threshold above 0
 * @param apart how far ticks are apart at least, in pixels
 */
export function signed(values: readonly number[], threshold: number, length: number, apart: number): Axis {
  // A logarithm of each by itself: their ratio may overflow.
  const least = Math.log10(threshold);
  const heightOf = (value: number): number => {
    const size = Math.abs(value);
    if (size === 0) return 0;
    const powers = Math.log10(size) - least;
    return Math.sign(value) * (powers <= 0 ? LINEAR * (size / threshold) : LINEAR + powers);
  };
  const heights = values.map(heightOf);
  const top = Math.max(LINEAR, ...heights) + ROOM;
  const bottom = Math.min(-LINEAR, ...heights) - ROOM;
  const place = (height: number): number => (length * (top - height)) / (top - bottom);
  const step = (apart * (top - bottom)) / length;
  const numbers = roundNumbers(least, least + Math.max(top, -bottom) - LINEAR, step);
  const ticks = numbers
    .flatMap((number) => [number, -number])
    .map((number) => ({
      height: heightOf(number),
      label: `${number > 0 ? '+' : '−'}${written(Math.abs(number))}`,
    }))
    .filter(({ height }) => height < top && height > bottom && Math.abs(height) >= step);
  return {
    place: (value) => place(Math.min(top, Math.max(bottom, heightOf(value)))),
    ticks: [
      { place: place(0), label: '0' },
      ...ticks.map(({ height, label }) => ({ place: place(height), label })),
    ],
  };
}

/** Beside powers of ten, where there is room for these. */
const MANTISSAS: readonly number[] = [1, 2, 5];
/** Every so many powers of ten, where there is room for no more. */
const EVERY: readonly number[] = [1, 2, 3, 5, 10, 20, 50, 100];
/** Of the gaps between the three the smallest, in powers of ten. */
const SMALLEST_GAP = Math.log10(2);

/**
 * Round numbers between two powers of ten, not closer than so many powers.
 * @param apart in powers of ten
 */
function roundNumbers(from: number, to: number, apart: number): number[] {
  const first = Math.max(LOWEST_POWER, Math.floor(from));
  const last = Math.min(HIGHEST_POWER, Math.ceil(to));
  const every = EVERY.find((own) => own >= apart) ?? HIGHEST_POWER;
  const mantissas = apart <= SMALLEST_GAP ? MANTISSAS : [1];
  const powers = Array.from({ length: last - first + 1 }, (_, k) => first + k).filter(
    (power) => power % every === 0,
  );
  return powers
    .flatMap((power) => mantissas.map((mantissa) => Number(`${mantissa}e${power}`)))
    .filter((value) => value < Infinity && Math.log10(value) >= from && Math.log10(value) <= to);
}

/** Without an exponent where that is as short. */
function written(value: number): string {
  return value >= 0.01 && value <= 1000 ? plain(value) : value.toExponential().replace('+', '');
}
