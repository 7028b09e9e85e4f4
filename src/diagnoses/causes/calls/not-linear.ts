/** What products with vectors are for zero, sums and multiples → how they are not linear: then they are no derivative, whatever they are for one vector. */

import type { Evidence, NotLinear } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import { brief } from '../../brief.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';

/** What is claimed for zero is told where it is more than this share of what is claimed for others. */
const SMALL: number = 2 ** -20;

export function notLinear({ contradictions, claim }: Evidence, words: Words): readonly Finding[] {
  const vector = claim === 'vjp' ? 'cotangent' : claim === 'jvp' ? 'tangent' : 'vector';
  return contradictions.flatMap((broken) => {
    if (broken.kind !== 'not-linear') return [];
    const { names, zero, residual, size } = broken;
    return [
      {
        code: 'not-linear',
        // What forward mode gives is one of the outputs.
        ...(names.length === 1 ? { [claim === 'jvp' ? 'output' : 'parameter']: names[0]! } : {}),
        evidence: { zero, residual, size },
        ...textFor(broken, words.claimant, vector),
      },
    ];
  });
}

function textFor(
  { names, zero, residual, size, constant }: NotLinear,
  call: string,
  vector: string,
): Pick<Finding, 'title' | 'advice'> {
  const those = namesOf(
    names.map((name) => ({ name })),
    'of its parts',
  );
  if (constant)
    return {
      title: `${call} ignores its ${vector}: what it gives for ${those} is the same for every one.`,
      advice:
        vector === 'cotangent'
          ? 'Multiply the local derivative by the gradient that comes from above, which is taken to be one here.'
          : `Multiply the derivative by the ${vector} that is handed over, which is taken to be one here.`,
    };
  if (!(zero <= SMALL * size))
    return {
      title: `${call} is not linear in its ${vector}: for a ${vector} of zeros, what it gives for ${those} is not zero but ${brief(zero)} in size.`,
      advice: `Something is added that the ${vector} is no factor of: a penalty, or what a buffer held before. Or the ${vector} is added where it should multiply, or is left out on one of several paths.`,
    };
  return {
    title: `${call} is not linear in its ${vector}: for the sum or a multiple of ${vector}s, what it gives for ${those} is off by ${brief(residual / size)} of its size.`,
    advice: `The ${vector} must enter as a factor, and once: look for its square, sign or magnitude, for clipping, and for a product in which some of its entries are left out.`,
  };
}
