/** Wrong parameters of which every entry is nearly right → to how many digits: something in one of loss and backward pass is approximated. */

import { measuredEntries } from '../../../numerics/fit.js';
import { rootMeanSquare } from '../../../numerics/norms.js';
import type { Cause, Explanation } from '../../cause.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';

/** An entry that is off by more than this share is not right to two digits. */
const LARGEST_SHARE: number = 2 ** -7;
/** An entry is held against its own size, or this share of what is typical of its parameter: near a zero no digit need be right. */
const TYPICAL_SHARE = 1 / 4;
/** At least this share of the entries is wrong by itself: few that are off a little have something of their own. */
const LEAST_WRONG = 1 / 2;

export const approximate: Cause<'approximate'> = {
  code: 'approximate',
  // An error of one term among larger ones is small as well, and what it does upstream may be anything.
  exclusive: true,
  explain(group, { words, unit }) {
    const rounded = roundedTo(group, unit);
    if (rounded !== undefined) return roundingOf(group, rounded, words);
    const isMost = group.every(({ wrongCount, due }) => wrongCount >= LEAST_WRONG * due.count);
    const difference = Math.max(...group.map((parameter) => shareOff(parameter, TYPICAL_SHARE)));
    if (!isMost || !(difference <= LARGEST_SHARE)) return undefined;
    const digits = Math.floor(-Math.log10(difference));
    const gradient = words.gradientOf(group);
    const isOne = group.every(({ size }) => size === 1);
    const isOfEach = group.every((parameter) => shareOff(parameter, 0) <= difference);
    const held = isOfEach ? 'in every entry' : 'in every entry that is not small beside the others';
    return {
      evidence: { difference, digits },
      title: isOne
        ? `The ${gradient} is right to ${digits} digits, and no more.`
        : `The ${gradient} is right to ${digits} digits or more ${held}, but in most of them not to all.`,
      advice:
        `Look for what is approximated in ${words.differentiated} or ${words.claimant}: a table or a series, a difference with a coarse step, ` +
        `an inner iteration that stops early, single precision. Mend it, or give a tolerance above ${difference.toExponential(0)}.`,
    };
  },
};

/** To what claims are rounded: decimals after the point, or significant digits. */
interface Rounding {
  readonly places: number;
  readonly isSignificant: boolean;
}

/** Numbers of more digits are not told from those that nobody rounded, */
const MOST_PLACES = 7;
/** nor fewer numbers than this. */
const LEAST_ROUNDED = 3;

/** The fewest decimals, or else digits, that all claims are the true ones rounded to; undefined where they are not. */
function roundedTo(group: readonly WrongParameter[], unit: number): Rounding | undefined {
  const count = group.reduce((sum, { analytic }) => sum + new Set(analytic.filter((g) => g !== 0)).size, 0);
  if (count < LEAST_ROUNDED) return undefined;
  for (const isSignificant of [false, true])
    for (let places = 1; places <= MOST_PLACES; places += 1) {
      const round = (x: number): number => Number(isSignificant ? x.toPrecision(places) : x.toFixed(places));
      const isRounded = (g: number, n: number, u: number): boolean => {
        if (round(g * unit) !== g * unit) return false;
        const step = isSignificant ? 10 ** (1 + Math.floor(Math.log10(Math.abs(g * unit)))) : 1;
        return g === n || Math.abs(g - n) * unit <= (step * 10 ** -places) / 2 + u * unit;
      };
      const isSo = group.every((one) =>
        measuredEntries(one).every((i) => isRounded(one.analytic[i]!, one.numeric[i]!, one.uncertainty[i]!)),
      );
      if (isSo) return { places, isSignificant };
    }
  return undefined;
}

function roundingOf(
  group: readonly WrongParameter[],
  { places, isSignificant }: Rounding,
  words: Words,
): Explanation<'approximate'> {
  const difference = Math.max(...group.map((parameter) => shareOff(parameter, TYPICAL_SHARE)));
  const digits = Math.max(0, Math.floor(-Math.log10(difference)));
  const what = `${places} ${isSignificant ? 'digit' : 'decimal'}${places === 1 ? '' : 's'}`;
  return {
    evidence: { difference, digits, ...(isSignificant ? { significant: places } : { decimals: places }) },
    title: `The ${words.gradientOf(group)} is the true one rounded to ${what}.`,
    advice: `Look for toFixed, toPrecision or Math.round in ${words.claimant}, or for numbers that were copied with few digits: return them as they are.`,
  };
}

/**
 * The largest share that an entry is off by.
 * @param typicalShare of what is typical, the least that an entry is held against
 */
function shareOff(parameter: WrongParameter, typicalShare: number): number {
  const { analytic, numeric } = parameter;
  const measured = measuredEntries(parameter);
  const least = typicalShare * rootMeanSquare(Float64Array.from(measured, (i) => numeric[i]!));
  return measured.reduce((most, i) => {
    const size = Math.max(Math.abs(analytic[i]!), Math.abs(numeric[i]!), least);
    return Math.max(most, size === 0 ? 0 : Math.abs(analytic[i]! - numeric[i]!) / size);
  }, 0);
}
