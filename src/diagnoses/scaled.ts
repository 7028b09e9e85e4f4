/**
 * The claimed gradient is the true one times a factor: a constant is in one of loss and backward pass and not in the other.
 * A single entry is always some multiple of another; there only a factor that is a whole number, or one over it, is believed.
 */

import { isShared, measuredEntries, proportion, shareLeft } from '../numerics/fits.js';
import { type Accused, namesOf, type Surroundings } from './accused.js';
import type { Cause } from './cause.js';
import { brief } from './words.js';

/** A factor is a whole number, or one over it, when it is this close to it. */
const WHOLE_WITHIN = 1e-4;
/** For a single entry, where nothing else speaks for it. */
const WHOLE_ALONE_WITHIN = 1e-6;
/** Larger whole numbers are too close together to mean anything in a single entry. */
const LARGEST_WHOLE_ALONE = 64;

export const scaled: Cause = {
  code: 'scaled',
  explain(group, surroundings) {
    const factor = factorOf(group);
    if (factor === undefined) return undefined;
    return {
      evidence: { factor },
      title: `The gradient of ${namesOf(group)} is ${brief(factor)} times what it should be.`,
      advice: readingOf(factor, surroundings),
    };
  },
};

/** The common factor claimed / true of some entries; undefined where it doesn't explain their error. */
export function factorOf(group: readonly Accused[]): number | undefined {
  const analytic = group.map((parameter) => parameter.analytic);
  const factor = proportion(
    group.map(({ numeric }) => numeric),
    analytic,
  );
  if (!Number.isFinite(factor) || factor === 0) return undefined;
  const corrected = analytic.map((claimed) => claimed.map((value) => value / factor));
  if (shareLeft(group, corrected) === undefined) return undefined;
  const alone = group.every((parameter) => measuredEntries(parameter).length === 1) && group.length === 1;
  if (alone || !isShared(group)) {
    const whole = wholeOf(Math.abs(factor), WHOLE_ALONE_WITHIN);
    if (whole === undefined || whole > LARGEST_WHOLE_ALONE) return undefined;
  }
  return factor;
}

/** The whole number that a positive factor, or one over it, is. */
function wholeOf(factor: number, within: number): number | undefined {
  const large = factor < 1 ? 1 / factor : factor;
  const whole = Math.round(large);
  return whole > 1 && Math.abs(large - whole) <= within * whole ? whole : undefined;
}

/** What a factor may come from. */
function readingOf(factor: number, { evidence }: Surroundings): string {
  const size = Math.abs(factor);
  const whole = wholeOf(size, WHOLE_WITHIN);
  const sign = factor < 0 ? 'The sign is wrong besides. ' : '';
  if (whole === undefined)
    return `${sign}Look for a constant factor that only one of loss() and gradients() has: a weight of a term, a keep rate, a temperature.`;
  const sum = size > 1 ? 'loss() takes a mean, gradients() a sum' : 'loss() takes a sum, gradients() a mean';
  const sight = evidence.sizes.find((seen) => seen.size === whole);
  const batch = sight === undefined ? '' : `${whole} is the length of ${sight.name}: ${sum}, it seems. `;
  const square =
    size > 1
      ? 'the derivative of a square without the ½ that the loss has, or a gradient added twice'
      : 'the derivative of a square without its 2, or a ½ that the loss does not have';
  if (whole === 2) return `${sign}${batch}A factor of ${size > 1 ? '2' : '½'} is often ${square}.`;
  if (batch !== '') return `${sign}${batch}`.trimEnd();
  const shown = size > 1 ? String(whole) : `1/${whole}`;
  return `${sign}If ${whole} is the number of samples, or of outputs, ${sum}; else look for a constant ${shown}.`;
}
