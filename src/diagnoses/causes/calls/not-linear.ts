/** A product with a vector that is not linear in it: it is then no derivative, whatever it gives for a single vector. */

import type { Finding } from '../../../report.js';
import { namesOf } from '../../wrong-parameter.js';
import type { Claimant, Evidence, NotLinear } from '../../../check/measurement.js';
import { brief } from '../../words.js';

export function notLinear({ contradictions, claim }: Evidence): readonly Finding[] {
  return contradictions.flatMap((broken) => {
    if (broken.kind !== 'not-linear') return [];
    const { names, zero, residual, size } = broken;
    return [
      {
        code: 'not-linear',
        // What forward mode gives is one of the outputs.
        ...(names.length === 1 ? { [claim === 'jvp' ? 'output' : 'parameter']: names[0]! } : {}),
        evidence: { zero, residual, size },
        ...wordsFor(broken, claim),
      },
    ];
  });
}

function wordsFor(
  { names, zero, residual, size, constant }: NotLinear,
  claim: Claimant,
): Pick<Finding, 'title' | 'advice'> {
  const call = `${claim}()`;
  const vector = { vjp: 'cotangent', jvp: 'tangent' }[claim as string] ?? 'vector';
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
    title: `${call} is not linear in its ${vector}: for the sum or a multiple of ${vector}s, what it gives for ${those} is off by ${brief(residual)}, in a size of ${brief(size)}.`,
    advice: `The ${vector} must enter as a factor, and once: look for its square, sign or magnitude, for clipping, and for a product in which some of its entries are left out.`,
  };
}

/** What is claimed for zero is told where it is more than this share of what is claimed for others. */
const SMALL: number = 2 ** -20;
