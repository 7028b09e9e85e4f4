/**
 * Wrong parameters whose analytic gradient is the numeric one times the parameter itself, entry by entry → that it is by the logarithm:
 * dJ/d log θ = θ dJ/dθ. And the reverse, where the parameter is a logarithm, φ = log θ, and the claim is by θ: the numeric one over e^φ, or
 * by another base.
 */

import type { Cause, Explanation } from '../../cause.js';
import { type Expected, isAsExpected } from '../../expected.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';
import { isFraction } from './scaled.js';
import { type WrongParameter, wrongEntriesOnly } from '../../wrong-parameter.js';

/** What a claim may be, by what the numeric gradient is multiplied by at a value. */
interface Rule {
  readonly by: (value: number) => number;
  readonly text: string;
  readonly advice: (names: string, words: Words) => string;
}

/** The claim is by what the loss takes the power of. */
function powerRule(base: number, power: string): Rule {
  return {
    by: (value) => 1 / (Math.log(base) * base ** value),
    text: `is the derivative by ${power}, not by the parameter φ itself: what it should be over ${base === Math.E ? power : `ln ${base} · ${power}`}, entry by entry`,
    advice: (names, { claimant }) =>
      `The parameter is a logarithm: multiply by the derivative of its power, ${base === Math.E ? power : `ln ${base} · ${power}`}, what ${claimant} returns for ${names}.`,
  };
}

const RULES: readonly Rule[] = [
  {
    by: (value) => value,
    text: 'is what it should be times the parameter itself, entry by entry: the derivative by its logarithm',
    advice: (names, { claimant, differentiated }) =>
      `Divide by ${names} what ${claimant} returns, or hand over the logarithms as the parameters, which ${differentiated} then has to take the exponential of. A power of it that is one too high looks the same.`,
  },
  powerRule(Math.E, 'exp φ'),
  powerRule(10, '10^φ'),
  powerRule(2, '2^φ'),
];

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
  const rule = RULES.find(({ by }) =>
    isAsExpected(
      group,
      group.map((parameter) => expectedBy(by, parameter)),
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

function expectedBy(by: Rule['by'], { numeric, uncertainty, values }: WrongParameter): Expected {
  const factors = values.map(by);
  return {
    value: numeric.map((n, i) => n * factors[i]!),
    uncertainty: uncertainty.map((u, i) => u * Math.abs(factors[i]!)),
    by: factors,
  };
}
