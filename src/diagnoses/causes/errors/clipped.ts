/**
 * Wrong parameters whose claims have the right signs and one size, where the true ones are larger, or the right direction and a length that
 * is a round number → that the claim was clipped, entry by entry or by its norm.
 */

import { measuredEntries } from '../../../numerics/fit.js';
import { dotProduct, groupNorms } from '../../../numerics/norms.js';
import { brief, entries } from '../../brief.js';
import type { Cause, Explanation } from '../../cause.js';
import { shareLeftDivided } from '../../expected.js';
import type { Context, WrongParameter } from '../../wrong-parameter.js';
import { factorOf, isFraction } from './scaled.js';

type Code = 'clipped';

export const clipped: Cause<Code> = {
  code: 'clipped',
  explain: (group, context) => byValue(group, context) ?? byNorm(group, context),
};

/** Bounds are numbers of so many decimal digits, as people write them. */
const WRITTEN_DIGITS = 2;
/** A norm is a round number when it is this close to it: what is added to it before dividing is 1e-6, as a rule. */
const ROUND_WITHIN = 1e-5;
/** So many entries of one size are no chance; fewer, where that is a round number and some are below it. */
const LEAST_ALIKE = 3;

function isRound(value: number, within: number): boolean {
  const round = Number(value.toPrecision(WRITTEN_DIGITS));
  return value > 0 && Math.abs(value - round) <= within * round;
}

/** Every wrong entry is one size, with the sign of the true one, which is larger; the right ones are below it. Or all are one size. */
function byValue(
  group: readonly WrongParameter[],
  { unit, words, parameters }: Context,
): Explanation<Code> | undefined {
  if (group.some(({ sparse, hasRows }) => sparse || hasRows)) return undefined;
  const bound = Math.max(...group.map(({ analytic }) => largestOf(analytic)));
  const counts = group.map((parameter) => countAt(parameter, bound));
  if (counts.includes(undefined)) return undefined;
  const total = (key: keyof Counts): number => counts.reduce((sum, count) => sum + count![key], 0);
  const sums = { at: total('at'), below: total('below'), smaller: total('smaller') };
  if (sums.below === 0) return ofOneSize(group, bound * unit, sums, words);
  const isBound = parameters.every(({ analytic }) => !(largestOf(analytic) > bound));
  const isEnough = sums.at >= LEAST_ALIKE || isRound(bound * unit, Number.EPSILON);
  if (!isBound || !isEnough || sums.smaller > 0) return undefined;
  const which = `${entries(sums.at)} of it ${sums.at === 1 ? 'has' : 'have'} that size and the right sign`;
  return {
    evidence: { bound: bound * unit, entries: sums.at },
    title: `The ${words.gradientOf(group)} is clipped to ±${brief(bound * unit)}: ${which} where the true one is larger, and what is smaller is right.`,
    advice: BY_VALUE,
  };
}

/** Every entry is one size: clipped, where all true ones are larger; else of both signs, or it is a constant. */
function ofOneSize(
  group: readonly WrongParameter[],
  bound: number,
  { at, smaller }: Counts,
  words: Context['words'],
): Explanation<Code> | undefined {
  if (at < LEAST_ALIKE || (smaller > 0 && !haveBothSigns(group))) return undefined;
  return {
    evidence: { bound, entries: at },
    title: `Every entry of the ${words.gradientOf(group)} is ±${brief(bound)}, with the right sign: it is ${smaller === 0 ? 'clipped, or ' : ''}no more than a sign.`,
    advice: `${BY_VALUE} Where it is a sign, the derivative of |e| stands in the place of that of the ${words.loss}.`,
  };
}

function haveBothSigns(group: readonly WrongParameter[]): boolean {
  return new Set(group.flatMap(({ analytic }) => Array.from(analytic, Math.sign))).size > 1;
}

const BY_VALUE =
  'Clipping belongs to the step of the optimiser: check the gradient before it is clipped, or return it unclipped.';

function largestOf(array: Float64Array): number {
  return array.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Of a parameter's claims: those at the bound, those below it, and those at the bound of which the true one is smaller. */
interface Counts {
  readonly at: number;
  readonly below: number;
  readonly smaller: number;
}

/** The counts; undefined where a claim is wrong in another way. */
function countAt(
  { analytic, numeric, uncertainty, tolerance, wrongEntries, due }: WrongParameter,
  bound: number,
): Counts | undefined {
  let [at, below, smaller] = [0, 0, 0];
  for (const entry of wrongEntries) {
    const [g, n] = [analytic[entry - due.from]!, numeric[entry - due.from]!];
    if (Math.abs(g) !== bound || !(g * n > 0)) return undefined;
    at += 1;
    smaller += Number(!(Math.abs(n) > bound));
  }
  for (const [i, n] of numeric.entries()) {
    // At the bound itself it may be either.
    if (Math.abs(n) > bound + uncertainty[i]! + 2 * tolerance * bound && Math.abs(analytic[i]!) !== bound)
      return undefined;
    below += Number(Math.abs(analytic[i]!) < bound && analytic[i] !== 0);
  }
  return at > 0 ? { at, below, smaller } : undefined;
}

/** One factor that is no simple fraction, and a norm that is a round number, of all parameters or of each. */
function byNorm(
  group: readonly WrongParameter[],
  { unit, words, parameters, wrong }: Context,
): Explanation<Code> | undefined {
  if (group.some(({ isPart, hasRows }) => isPart || hasRows)) return undefined;
  const [first] = group as [WrongParameter];
  if (group.length === 1 && measuredEntries(first).length < 2) return undefined;
  const factor = factorOf(group);
  if (factor === undefined) return bySeveralNorms(group, { unit, words });
  const isOwn = group.length === 1 && isRound(claimedNorm(group) * unit, ROUND_WITHIN);
  const isJoint = group.length === wrong.length && isRound(claimedNorm(parameters) * unit, ROUND_WITHIN);
  if (!(factor > 0) || isFraction(factor) || (!isOwn && !isJoint)) return undefined;
  const norm = claimedNorm(isJoint ? parameters : group) * unit;
  return explanationOf(group, { factor, norm, isOfEach: false }, words);
}

/** Each parameter has a factor of its own, and the same norm. */
function bySeveralNorms(
  group: readonly WrongParameter[],
  { unit, words }: Pick<Context, 'unit' | 'words'>,
): Explanation<Code> | undefined {
  const norm = claimedNorm(group.slice(0, 1));
  const isSame = group.every(
    (one) => one.count > 1 && Math.abs(claimedNorm([one]) - norm) <= ROUND_WITHIN * norm,
  );
  if (group.length < 2 || !isSame || !isRound(norm * unit, ROUND_WITHIN)) return undefined;
  const factors = group.map((one) => {
    const { analytic, numeric } = groupNorms(one);
    return analytic / numeric;
  });
  const isStraight = group.every((one, p) => {
    const straight = one.analytic.map((g) => g / factors[p]!);
    return shareLeftDivided([one], [straight], factors[p]!) !== undefined;
  });
  if (!isStraight) return undefined;
  const largest = Math.max(...factors);
  return explanationOf(group, { factor: largest, norm: norm * unit, isOfEach: true }, words);
}

function claimedNorm(group: readonly WrongParameter[]): number {
  return Math.sqrt(group.reduce((sum, { fullAnalytic }) => sum + dotProduct(fullAnalytic, fullAnalytic), 0));
}

function explanationOf(
  group: readonly WrongParameter[],
  { factor, norm, isOfEach }: { readonly factor: number; readonly norm: number; readonly isOfEach: boolean },
  words: Context['words'],
): Explanation<Code> {
  const length = brief(Number(norm.toPrecision(WRITTEN_DIGITS)));
  const how = factor < 1 ? 'clipped by its norm, or divided by it' : 'divided by its norm';
  return {
    evidence: { norm, factor },
    title: `The ${words.gradientOf(group)} has the direction of the true one${isOfEach ? ', each by itself,' : ''} and the norm ${length}: it is ${how}.`,
    advice:
      'Clipping and normalising belong to the step of the optimiser: check the gradient as it is before.',
  };
}
