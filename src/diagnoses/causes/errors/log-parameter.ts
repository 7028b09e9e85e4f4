/**
 * Wrong parameters whose analytic gradient is the numeric one times the parameter itself, entry by entry → that it is by the logarithm:
 * dJ/d log θ = θ dJ/dθ. And the reverse, where the parameter is a logarithm, φ = log θ, and the claim is by θ: the numeric one over e^φ, or
 * by another base; or where it is by the square or the root of what the parameter is, or is the logarithm of.
 */

import type { Cause, Explanation } from '../../cause.js';
import { type Expected, isAsExpected, isUnlikely } from '../../expected.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';
import { isFraction } from './scaled.js';
import { type WrongParameter, wrongEntriesOnly } from '../../wrong-parameter.js';

/** What a claim may be, by what the numeric gradient is multiplied by at a value. */
interface Rule {
  readonly by: (value: number) => number;
  readonly text: string;
  readonly advice: (names: string, words: Words) => string;
  /** It is what is meant most often where the names of parameters say that they are logarithms. */
  readonly isUsual?: boolean;
}

/** The claim is by a function of the parameter, which has this derivative. */
function ruleOf(what: string, derivative: string, slope: (value: number) => number): Rule {
  const isOfLogarithm = what.includes('φ');
  return {
    by: (value) => 1 / slope(value),
    text: `is the derivative by ${what}, not by the parameter${isOfLogarithm ? ' φ' : ''} itself: what it should be over ${derivative}, entry by entry`,
    advice: (names, { claimant }) =>
      `${isOfLogarithm ? 'The parameter is a logarithm: multiply by the derivative of its power' : 'Multiply by the derivative of that'}, ${derivative}, what ${claimant} returns for ${names}.`,
    isUsual: what === 'exp φ',
  };
}

const RULES: readonly Rule[] = [
  {
    by: (value) => value,
    text: 'is what it should be times the parameter itself, entry by entry: the derivative by its logarithm',
    advice: (names, { claimant, differentiated }) =>
      `Divide by ${names} what ${claimant} returns, or hand over the logarithms as the parameters, which ${differentiated} then has to take the exponential of. A power of it that is one too high looks the same.`,
  },
  ruleOf('exp φ', 'exp φ', Math.exp),
  ruleOf('10^φ', 'ln 10 · 10^φ', (value) => Math.LN10 * 10 ** value),
  ruleOf('2^φ', 'ln 2 · 2^φ', (value) => Math.LN2 * 2 ** value),
  // A deviation, the logarithm of which is the parameter, and its variance; and the reverse.
  ruleOf('exp 2φ', '2 exp 2φ', (value) => 2 * Math.exp(2 * value)),
  ruleOf('exp ½φ', '½ exp ½φ', (value) => Math.exp(value / 2) / 2),
  ruleOf('its square', 'twice the parameter', (value) => 2 * value),
  ruleOf('its root', 'half of one over the root', (value) => 0.5 / Math.sqrt(value)),
];

/** What a name says where its parameter is a logarithm, and how likely a rule may then be to hold by chance: more of such claims are by the power. */
const LOGARITHM = /log|^ln/i;
const LARGEST_CHANCE_OF_NAMED = 1 / 15;

export const logParameter: Cause<'log-parameter'> = {
  code: 'log-parameter',
  explain(group, { words }) {
    return explanationOf(group, words, '') ?? ofSomeEntries(group, words);
  },
};

/** Of a vector of several quantities some may be logarithms, where the others are right. */
function ofSomeEntries(
  group: readonly WrongParameter[],
  words: Words,
): Explanation<'log-parameter'> | undefined {
  const [one] = group as [WrongParameter];
  const isSome = group.length === 1 && one.wrongEntries.length > 0 && one.wrongEntries.length < one.count;
  if (!isSome || one.isSample || one.isPart) return undefined;
  const found = explanationOf([wrongEntriesOnly(one)], words, ', where it is wrong,');
  // A factor that people write is one by itself.
  const isOne = found !== undefined && found.evidence.smallest === found.evidence.largest;
  return isOne && isFraction(found.evidence.smallest) ? undefined : found;
}

function explanationOf(
  group: readonly WrongParameter[],
  words: Words,
  aside: string,
): Explanation<'log-parameter'> | undefined {
  const isCalled = group.every(({ name }) => LOGARITHM.test(name));
  const rule = RULES.find(({ by, isUsual }) =>
    isAsExpected(
      group,
      group.map((parameter) => expectedBy(by, parameter)),
      isCalled && isUsual === true ? isHardlyChance : undefined,
    ),
  );
  if (rule === undefined) return undefined;
  const factors = group.flatMap(({ values }) => Array.from(values, rule.by));
  const names = group.length === 1 ? namesOf(group) : 'the parameter';
  return {
    evidence: { smallest: Math.min(...factors), largest: Math.max(...factors) },
    title: `The ${words.gradientOf(group)}${aside} ${rule.text}.`,
    advice: rule.advice(names, words),
  };
}

function isHardlyChance(group: readonly WrongParameter[]): boolean {
  return isUnlikely(group, LARGEST_CHANCE_OF_NAMED);
}

function expectedBy(by: Rule['by'], { numeric, uncertainty, values }: WrongParameter): Expected {
  const factors = values.map(by);
  return {
    value: numeric.map((n, i) => n * factors[i]!),
    uncertainty: uncertainty.map((u, i) => u * Math.abs(factors[i]!)),
    by: factors,
  };
}
