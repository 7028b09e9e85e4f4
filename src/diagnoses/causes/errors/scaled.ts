/**
 * The claimed gradient is the true one times a factor: a constant is in one of loss and backward pass and not in the other.
 * A single entry is always some multiple of another; there only a simple fraction is believed.
 */

import {
  isSeen,
  isShared,
  measuredEntries,
  proportion,
  shareLeft,
  weightsOf,
} from '../../../numerics/fit.js';
import { type WrongParameter, namesOf, type Context } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { besides, scaledBeside } from '../../penalties.js';
import { brief, briefFactor } from '../../words.js';

/** A factor is a whole number, or one over it, when it is this close to it. */
const WHOLE_WITHIN = 1e-4;
/**
 * A single entry's factor is believed to be the fraction p/q, in lowest terms, when it lies within this over pq of it, relatively:
 * the simpler the fraction, the more may be uncertain. All of them together then catch one in some hundred factors of chance.
 */
const FRACTION_CLOSENESS: number = 2 ** -11;
/** Fractions with a larger pq are not what anybody leaves out; 17/20 and 256 are below it. */
const LARGEST_FRACTION = 400;
/** People write whole numbers, twentieths as 0.7 and 0.85, and fractions of small numbers, and forget one over them as well. */
const WRITTEN_IN = 20;
const SMALL_NUMBER = 4;

export const scaled: Cause = {
  code: 'scaled',
  explain(group, context) {
    const factor = factorOf(group);
    return factor === undefined ? undefined : explanationOf(group, factor, context);
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const scaledBesidePenalty: Cause = {
  code: 'scaled',
  explain(group, context) {
    const found = scaledBeside(group, isMultiple);
    if (found === undefined) return undefined;
    const { penalty, factor } = found;
    const lambda = found.lambda * context.unit;
    return explanationOf(group, factor, context, { lambda, power: penalty.power }, besides(penalty, lambda));
  },
};

function explanationOf(
  group: readonly WrongParameter[],
  factor: number,
  context: Context,
  evidence: Explanation['evidence'] = {},
  more = '',
): Explanation {
  return {
    evidence: { factor, ...evidence },
    title: `The gradient of ${namesOf(group)}${more === '' ? '' : `,${more},`} is ${inWords(factor)} times what it should be.`,
    advice: readingOf(factor, context),
  };
}

/** The common factor claimed / true of some entries; undefined where it doesn't explain their error. */
export function factorOf(group: readonly WrongParameter[]): number | undefined {
  const factor = multipleOf(group);
  if (factor === undefined) return undefined;
  const alone = group.length === 1 && measuredEntries(group[0]!).length === 1;
  return alone || !isShared(group) ? fractionNear(factor) : factor;
}

function multipleOf(group: readonly WrongParameter[]): number | undefined {
  const analytic = group.map((parameter) => parameter.analytic);
  const numeric = group.map((parameter) => parameter.numeric);
  const factor = proportion(numeric, analytic, group.map(weightsOf));
  if (!Number.isFinite(factor) || factor === 0 || !isSeen(group)) return undefined;
  const corrected = analytic.map((claimed) => claimed.map((value) => value / factor));
  return shareLeft(group, corrected) === undefined ? undefined : factor;
}

/** Whether a parameter's claim may be a multiple of its gradient. */
export function isMultiple(parameter: WrongParameter): boolean {
  return multipleOf([parameter]) !== undefined;
}

/** The factor itself, if it is near enough to a simple fraction. */
function fractionNear(factor: number): number | undefined {
  const size = Math.abs(factor);
  for (let q = 1; q <= LARGEST_FRACTION; q += 1) {
    const p = Math.round(size * q);
    if (p * q > LARGEST_FRACTION) break;
    if (p > 0 && isWritten(p, q) && Math.abs(size * q - p) <= (FRACTION_CLOSENESS / (p * q)) * p)
      return factor;
  }
  return undefined;
}

function isWritten(p: number, q: number): boolean {
  return WRITTEN_IN % q === 0 || WRITTEN_IN % p === 0 || Math.max(p, q) <= SMALL_NUMBER;
}

/** The whole number that a positive factor, or one over it, is. */
function wholeOf(factor: number, within: number): number | undefined {
  const large = factor < 1 ? 1 / factor : factor;
  const whole = Math.round(large);
  return whole > 1 && Math.abs(large - whole) <= within * whole ? whole : undefined;
}

/** A factor as it is said: the whole number, or one over it, that it is as far as can be told. */
function inWords(factor: number): string {
  const whole = wholeOf(Math.abs(factor), WHOLE_WITHIN);
  if (whole === undefined || whole === 1) return briefFactor(factor);
  return brief(Math.sign(factor) * (Math.abs(factor) < 1 ? 1 / whole : whole));
}

/** What a factor may come from. */
function readingOf(factor: number, { evidence }: Context): string {
  const size = Math.abs(factor);
  const whole = wholeOf(size, WHOLE_WITHIN);
  const sign = factor < 0 ? 'The sign is wrong besides. ' : '';
  if (whole === undefined)
    return `${sign}Look for a constant factor that only one of loss() and gradients() has: a weight of a term, a keep rate, a temperature.`;
  const sum = size > 1 ? 'loss() takes a mean, gradients() a sum' : 'loss() takes a sum, gradients() a mean';
  const scalarization = evidence.sizes.find((seen) => seen.size === whole);
  const batch =
    scalarization === undefined ? '' : `${whole} is the length of ${scalarization.name}: ${sum}, it seems. `;
  const square =
    size > 1
      ? 'the derivative of a square without the ½ that the loss has, or a gradient added twice'
      : 'the derivative of a square without its 2, or a ½ that the loss does not have';
  if (whole === 2) return `${sign}${batch}A factor of ${size > 1 ? '2' : '½'} is often ${square}.`;
  if (batch !== '') return `${sign}${batch}`.trimEnd();
  const shown = size > 1 ? String(whole) : `1/${whole}`;
  return `${sign}If ${whole} is the number of samples, or of outputs, ${sum}; else look for a constant ${shown}.`;
}
