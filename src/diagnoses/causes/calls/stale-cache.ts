/**
 * The claimed gradients come from a cache that was not made at these parameters. Two signs: the first call of `gradients` differs
 * from the second, and the third from neither the second nor what adding would give, as when the backward pass works on what an
 * earlier forward pass left; or the claim is the same to the bit at another point, where the loss shows that it must not be.
 */

import type { Finding } from '../../../report.js';
import { type WrongParameter, namesOf } from '../../wrong-parameter.js';
import { changedParameters, firstChanged } from '../../../numerics/compare.js';
import type { Cause, Explanation } from '../../cause.js';
import type { Evidence } from '../../../check/measurement.js';

/** The first sign: seen before anything is measured. */
export function staleCalls({ preconditions: { claims, names } }: Evidence): readonly Finding[] {
  const [first, second, third] = claims;
  if (third === undefined || changedParameters([second!, third]).length > 0) return [];
  const changed = changedParameters(claims);
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
        'The first call of gradients() differs from the second and third at the same point: it worked on what was ' +
        'cached before the parameters were what they are.',
      advice:
        'Compute or refresh what the backward pass reads inside gradients(), or in every loss(), before it is read.',
    },
  ];
}

/** Numbers that were written down for this very point don't change either: but most of them are then right. */
const LEAST_WRONG = 1 / 2;

/**
 * The second sign: no claim of the whole model depends on the parameters, where the loss is no straight line. That some of it may
 * be right, as far as the parameters made no difference, is then no news.
 */
export const memoised: Cause = {
  code: 'stale-cache',
  explain(group, { evidence: { followUp }, wrongOnes, allOnes }) {
    if (group.length < wrongOnes.length || !followUp.frozen.every(Boolean)) return undefined;
    const entries = allOnes.reduce((sum, { due }) => sum + due, 0);
    const wrong = group.reduce((sum, { affected }) => sum + affected, 0);
    if (wrong < LEAST_WRONG * entries) return undefined;
    return explanationOf(group, []);
  },
};

/** So many claims from the output on must be frozen to speak for the others: one bias may not depend on the parameters at all. */
const LEAST_FROZEN = 2;

/**
 * The same of all wrong parameters; or of some counted from the output, as when the backward pass works on activations that are
 * frozen: what is before them is wrong with them, though it reads the parameters as they are.
 */
export const staleCache: Cause = {
  code: 'stale-cache',
  explain(group, { evidence: { followUp }, wrongOnes }) {
    if (group.length < wrongOnes.length) return undefined;
    const isFrozen = ({ place }: WrongParameter): boolean => followUp.frozen[place]!;
    const frozen = group.slice(1 + group.findLastIndex((parameter) => !isFrozen(parameter)));
    if (frozen.length < Math.min(LEAST_FROZEN, group.length)) return undefined;
    return explanationOf(frozen, group.slice(0, group.length - frozen.length));
  },
};

function explanationOf(frozen: readonly WrongParameter[], others: readonly WrongParameter[]): Explanation {
  const those = frozen.length > 1 ? 'them' : 'it';
  const upstream = others.length === 0 ? '' : ` That of ${namesOf(others)}, before ${those}, is wrong too.`;
  return {
    evidence: { parameters: frozen.length + others.length, frozen: frozen.length },
    title: `The gradient of ${namesOf(frozen)} is wrong, and is the same to the bit at other parameters, where the true one differs.${upstream}`,
    advice:
      'gradients() seems to work on what was computed once, for other parameters: refresh its cache on every call, or drop it.',
  };
}
