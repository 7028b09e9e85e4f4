/**
 * The claimed gradients come from a cache that was not made at these parameters. Two signs: the first call of `gradients` differs
 * from the second, and the third from neither the second nor what adding would give, as when the backward pass works on what an
 * earlier forward pass left; or the claim is the same to the bit at another point, where the loss shows that it must not be.
 */

import type { Finding } from '../report.js';
import { namesOf } from './accused.js';
import { changedParameters, firstChanged } from './calls.js';
import type { Cause } from './cause.js';
import type { Evidence } from './evidence.js';

/** The first sign: seen before anything is measured. */
export function staleCalls({ premises: { claims }, parameters }: Evidence): readonly Finding[] {
  const [first, second, third] = claims;
  if (third === undefined || changedParameters([second!, third]).length > 0) return [];
  const changed = changedParameters(claims);
  const place = changed[0]!;
  const entry = firstChanged(first![place]!, second![place]!)!;
  return [
    {
      code: 'stale-cache',
      ...(changed.length === 1 ? { parameter: parameters[place]!.name } : {}),
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

/** The second sign: an explanation of wrong parameters whose claim is frozen. */
export const staleCache: Cause = {
  code: 'stale-cache',
  explain(group, { evidence: { inquiry } }) {
    if (!group.every(({ place }) => inquiry.frozen[place])) return undefined;
    return {
      evidence: { parameters: group.length },
      title: `The gradient of ${namesOf(group)} is wrong, and is the same to the bit at other parameters, where the true one differs.`,
      advice:
        'gradients() seems to return what it computed once, for other parameters: refresh its cache on every call, or drop it.',
    };
  },
};
