/**
 * What repeated calls of `gradients` gave at one point, or what one gave at another point → whether it comes from a cache that was not made
 * at these parameters. Two signs: the first call differs from the second, and the third from neither the second nor what adding would give,
 * as when the backward pass works on what an earlier forward pass left; or the analytic gradient is the same to the bit at another point,
 * where the loss shows that it must not be.
 */

import type { Evidence } from '../../../check/measurement.js';
import { changedParameters, firstChanged } from '../../../numerics/compare.js';
import type { Finding } from '../../../report.js';
import type { Cause, Explanation } from '../../cause.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';

/** The first sign: seen before anything is measured. */
export function staleCalls(
  { preconditions: { claims: calls, names } }: Evidence,
  words: Words,
): readonly Finding[] {
  const [first, second, third] = calls;
  if (third === undefined || changedParameters([second!, third]).length > 0) return [];
  const changed = changedParameters(calls);
  const place = changed[0]!;
  const entry = firstChanged(first![place]!, second![place]!)!;
  return [
    {
      code: 'stale-cache',
      ...(changed.length === 1 ? { parameter: names[place]! } : {}),
      evidence: {
        parameters: changed.length,
        first: first![place]![entry]!,
        second: second![place]![entry]!,
      },
      title:
        `The first call of ${words.claimant} differs from the second and third at the same point: it worked on what was ` +
        'cached before the parameters were what they are.',
      advice: `Compute or refresh what the backward pass reads inside ${words.claimant}, or in every ${words.differentiated}, before it is read.`,
    },
  ];
}

/** Numbers that were written down for this very point don't change either: but most of them are then right. */
const LEAST_WRONG = 1 / 2;

/**
 * The second sign: no analytic gradient of the whole model depends on the parameters, where the loss is no straight line. That some of it
 * may be right, as far as the parameters made no difference, is then no news.
 */
export const memoised: Cause<'stale-cache'> = {
  code: 'stale-cache',
  explain(group, { evidence: { followUp }, words, wrong, parameters }) {
    if (group.length < wrong.length || !followUp.frozen.every(Boolean) || areSteps(group)) return undefined;
    const checked = parameters.reduce((sum, { due }) => sum + due.count, 0);
    const wrongCount = group.reduce((sum, parameter) => sum + parameter.wrongCount, 0);
    return wrongCount < LEAST_WRONG * checked ? undefined : explanationOf(group, [], words);
  },
};

/** So many gradients from the output on must be frozen to speak for the others: one bias may not depend on the parameters at all. */
const LEAST_FROZEN = 2;

/**
 * The same of all wrong parameters; or of some counted from the output, as when the backward pass works on activations that are
 * frozen: what is before them is wrong with them, though it reads the parameters as they are.
 */
export const staleCache: Cause<'stale-cache'> = {
  code: 'stale-cache',
  explain(group, { evidence: { followUp }, words, wrong }) {
    if (group.length < wrong.length) return undefined;
    const isFrozen = ({ place }: WrongParameter): boolean => followUp.frozen[place]!;
    const first = 1 + group.findLastIndex((parameter) => !isFrozen(parameter));
    if (group.length - first < Math.min(LEAST_FROZEN, group.length) || areSteps(group)) return undefined;
    return explanationOf(group.slice(first), group.slice(0, first), words);
  },
};

/** The bits of a number that was counted, or is a sum of few short ones. */
const SHORT_BITS = 10;

/**
 * Whether the claims are rounder numbers than the true gradient: then they are a step function of the parameters, as of signs or counts,
 * that is flat between its steps. The gradient at other parameters would be as long a number as the one at these.
 */
function areSteps(group: readonly WrongParameter[]): boolean {
  const isShort = (value: number, within: number): boolean => {
    const grid = 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - SHORT_BITS);
    return Math.abs(value - Math.round(value / grid) * grid) <= within;
  };
  return (
    group.every(({ analytic }) => analytic.every((g) => isShort(g, 0))) &&
    group.some(({ numeric, uncertainty }) => numeric.some((n, i) => !isShort(n, uncertainty[i]!)))
  );
}

function explanationOf(
  frozen: readonly WrongParameter[],
  before: readonly WrongParameter[],
  words: Words,
): Explanation<'stale-cache'> {
  const those = frozen.length > 1 ? 'them' : 'it';
  const upstream = before.length === 0 ? '' : ` That of ${namesOf(before)}, before ${those}, is wrong too.`;
  return {
    evidence: { parameters: frozen.length + before.length, frozen: frozen.length },
    title: `The ${words.gradientOf(frozen)} is wrong, and is the same to the bit at other parameters, where the true one differs.${upstream}`,
    advice: `${words.claimant} may work on what was computed once, for other parameters: refresh its cache on every call, or drop it. Or it moves in steps, as a sign or a count does.`,
  };
}
