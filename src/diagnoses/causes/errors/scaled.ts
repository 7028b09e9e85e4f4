/**
 * Wrong parameters whose analytic gradient is a multiple of the numeric one → the factor: a constant is in one of loss and backward pass
 * and not in the other. A single entry is always some multiple of another; there only a simple fraction is believed.
 */

import { isSeen, isShared, measuredEntries, proportion, weightsOf } from '../../../numerics/fit.js';
import { jointNorms } from '../../../numerics/norms.js';
import type { Cause, Explanation } from '../../cause.js';
import { dividedBy, shareLeftDivided } from '../../expected.js';
import { factorInWords, readingOf } from '../../factor-words.js';
import { besides, scaledBeside } from '../../penalties.js';
import type { Context, WrongParameter } from '../../wrong-parameter.js';

/**
 * A single entry's factor is believed to be the fraction p/q, in lowest terms, when it lies within this over pq of it, relatively:
 * the simpler the fraction, the more may be uncertain. All of them together then catch one in some hundred factors of chance.
 */
const FRACTION_CLOSENESS: number = 2 ** -11;
/** Fractions with a larger pq are not what anybody leaves out; 17/20 and 256 are below it. */
const LARGEST_FRACTION = 400;
/** People write whole numbers and twentieths, as 0.7 and 0.85, and forget one over them as well; thirds are among these. */
const WRITTEN_IN = 20;

export const scaled: Cause<'scaled'> = {
  code: 'scaled',
  explain(group, context) {
    const factor = factorOf(group) ?? (group.length === context.wrong.length ? simplestOf(group) : undefined);
    if (factor === undefined) return undefined;
    return { evidence: { factor }, ...textFor(group, factor, context) };
  },
};

/** The same of what is left when a penalty that is right is taken away. */
export const scaledBesidePenalty: Cause<'scaled'> = {
  code: 'scaled',
  explain(group, context) {
    const found = scaledBeside(group, isMultiple);
    if (found === undefined) return undefined;
    const { penalty, factor } = found;
    const lambda = found.lambda * context.unit;
    return {
      evidence: { factor, lambda, power: penalty.power },
      ...textFor(group, factor, context, `,${besides(penalty, lambda)},`),
    };
  },
};

/** @param aside what is right, after the name of the gradient */
function textFor(
  group: readonly WrongParameter[],
  factor: number,
  context: Context,
  aside = '',
): Pick<Explanation<'scaled'>, 'title' | 'advice'> {
  return {
    title: `The ${context.words.gradientOf(group)}${aside} is ${factorInWords(factor, group)} times what it should be.`,
    advice: readingOf(factor, group, context),
  };
}

/** The common factor analytic / numeric of some entries; undefined where it doesn't explain their error. */
export function factorOf(group: readonly WrongParameter[]): number | undefined {
  const factor = multipleOf(group);
  if (factor === undefined) return undefined;
  const isAlone = group.length === 1 && measuredEntries(group[0]!).length === 1;
  return isAlone || !isShared(dividedBy(factor, group)) ? fractionNear(factor) : factor;
}

/** The factors that are left out most: what is known of a single number no better than so may be one of them. */
const SIMPLEST = [2, 1 / 2];
const LARGEST_DOUBT: number = 2 ** -7;

/** Twice or half, where the common factor is that as far as is certain. */
function simplestOf(group: readonly WrongParameter[]): number | undefined {
  const factor = multipleOf(group);
  if (factor === undefined) return undefined;
  const { numeric, uncertainty } = jointNorms(group);
  const doubt = Math.min(LARGEST_DOUBT, uncertainty / numeric);
  const isNear = (value: number): boolean => Math.abs(Math.abs(factor) / value - 1) <= doubt;
  // Of a logarithm the derivative by its power may be about half or twice as well.
  if (group.some(({ values }) => isNear(Math.exp(-values[0]!)))) return undefined;
  const found = SIMPLEST.find(isNear);
  return found && Math.sign(factor) * found;
}

function multipleOf(group: readonly WrongParameter[]): number | undefined {
  const analytic = group.map((parameter) => parameter.analytic);
  const numeric = group.map((parameter) => parameter.numeric);
  if (!isSeen(group)) return undefined;
  const factor = proportion(numeric, analytic, group.map(weightsOf));
  const corrected = analytic.map((array) => array.map((g) => g / factor));
  return shareLeftDivided(group, corrected, factor) === undefined ? undefined : factor;
}

/** Whether a parameter's analytic gradient may be a multiple of the numeric one. */
export function isMultiple(parameter: WrongParameter): boolean {
  return multipleOf([parameter]) !== undefined;
}

/** Whether a factor is one that people write, or forget. */
export function isFraction(factor: number): boolean {
  return fractionNear(factor) !== undefined;
}

/** The factor itself, if it is near enough to a simple fraction. */
function fractionNear(factor: number): number | undefined {
  const size = Math.abs(factor);
  for (let q = 1; q <= LARGEST_FRACTION; q += 1) {
    const p = Math.round(size * q);
    if (p * q > LARGEST_FRACTION) break;
    // One over one is no factor: what is so near to it is approximate.
    if (
      p > 0 &&
      (p !== q || factor < 0) &&
      isWritten(p, q) &&
      Math.abs((size * q) / p - 1) <= FRACTION_CLOSENESS / (p * q)
    )
      return factor;
  }
  return undefined;
}

function isWritten(p: number, q: number): boolean {
  return WRITTEN_IN % q === 0 || WRITTEN_IN % p === 0;
}
