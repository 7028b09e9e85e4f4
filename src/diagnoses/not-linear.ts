/** A product with a vector that is not linear in it: it is then no derivative, whatever it gives for a single vector. */

import type { Finding } from '../report.js';
import type { Evidence, NotLinear } from './evidence.js';
import { brief } from './words.js';

export function notLinear({ contradictions, terms }: Evidence): readonly Finding[] {
  return contradictions.flatMap((broken) => {
    if (broken.kind !== 'not-linear') return [];
    const { names, zero, residual, size } = broken;
    return [
      {
        code: 'not-linear',
        ...(names.length === 1 ? { parameter: names[0]! } : {}),
        evidence: { zero, residual, size },
        ...wordsFor(broken, `${terms.claim}()`, terms.claim === 'vjp' ? 'cotangent' : 'tangent'),
      },
    ];
  });
}

function wordsFor(
  { names, zero, residual, size, constant }: NotLinear,
  call: string,
  vector: string,
): Pick<Finding, 'title' | 'advice'> {
  const which = names.join(', ');
  if (constant)
    return {
      title: `${call} ignores its ${vector}: what it gives for ${which} is the same for every one.`,
      advice:
        vector === 'cotangent'
          ? 'Multiply the local derivative by the gradient that comes from above: here it is taken to be one.'
          : `Multiply the derivative by the ${vector} that is handed over: here it is taken to be one.`,
    };
  if (!(zero <= SMALL * size))
    return {
      title: `${call} is not linear in its ${vector}: for a ${vector} of zero it gives ${brief(zero)} in size for ${which}, not zero.`,
      advice: `Something is added that the ${vector} is no factor of: a penalty, a buffer that was not zeroed, or the ${vector} is added to where it is to be multiplied.`,
    };
  return {
    title: `${call} is not linear in its ${vector}: for a sum, or a multiple, it is off by ${brief(residual)} in ${brief(size)} from what its parts give for ${which}.`,
    advice: `The ${vector} must enter as a factor, and only once: look for its square, sign or magnitude, for a clip, and for a product that leaves out some of its entries.`,
  };
}

/** What is claimed for zero is told where it is more than this share of what is claimed for others. */
const SMALL: number = 2 ** -20;
