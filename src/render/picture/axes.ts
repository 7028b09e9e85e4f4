/** Numbers → places along a logarithmic axis, in pixels, and the powers of ten to be written beside it. */

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
 * @param most ticks
 */
export function logarithmic(values: readonly number[], length: number, most: number): Axis {
  const powers = values.map(Math.log10);
  const from = Math.min(...powers) - MARGIN;
  const to = Math.max(...powers) + MARGIN;
  const place = (power: number): number => (length * (power - from)) / (to - from);
  return {
    place: (value) => place(Math.log10(value)),
    ticks: powersBetween(from, to, most).map((power) => ({ place: place(power), label: powerOfTen(power) })),
  };
}

/** Around zero, where a signed axis is linear, in powers of ten to each side. */
const LINEAR = 0.7;

/** Beyond the largest number on each side; where there is none, so much has to do. */
const ROOM = 0.5;

/**
 * An axis for numbers of both signs, upwards: linear up to a threshold, logarithmic beyond.
 * @param threshold above 0
 * @param most ticks on each side
 */
export function signed(values: readonly number[], threshold: number, length: number, most: number): Axis {
  // A logarithm of each by itself: their ratio may overflow.
  const least = Math.log10(threshold);
  const heightOf = (value: number): number => {
    const size = Math.abs(value);
    if (size === 0) return 0;
    const powers = Math.log10(size) - least;
    const height = powers <= 0 ? LINEAR * (size / threshold) : LINEAR + powers;
    return Math.sign(value) * height;
  };
  const heights = values.map(heightOf);
  const top = Math.max(LINEAR, ...heights) + ROOM;
  const bottom = Math.min(-LINEAR, ...heights) - ROOM;
  const place = (height: number): number => (length * (top - height)) / (top - bottom);
  const ticks = [1, -1].flatMap((sign) => {
    const end = least + (sign > 0 ? top : -bottom) - LINEAR;
    return powersBetween(least, end, most).map((power) => ({
      place: place(sign * (LINEAR + power - least)),
      label: `${sign > 0 ? '+' : '−'}${powerOfTen(power)}`,
    }));
  });
  return {
    place: (value) => place(Math.min(top, Math.max(bottom, heightOf(value)))),
    ticks: [{ place: place(0), label: '0' }, ...ticks],
  };
}

/** Whole powers between two, evenly spaced, and few enough. */
function powersBetween(from: number, to: number, most: number): number[] {
  const first = Math.max(LOWEST_POWER, Math.ceil(from - 1e-9));
  const last = Math.min(HIGHEST_POWER, Math.floor(to + 1e-9));
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: Math.max(0, Math.floor((last - first) / every) + 1) }, (_, k) => first + k * every);
}

/** Without an exponent where that is as short. */
export function powerOfTen(power: number): string {
  return power >= -2 && power <= 3 ? plain(10 ** power) : `1e${power}`;
}
