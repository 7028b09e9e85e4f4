/** Wrong in no way that is known here: what is told is where to begin. */

import { measuredEntries } from '../numerics/fits.js';
import { namesOf, type Accused } from './accused.js';
import type { Cause } from './cause.js';
import { brief } from './words.js';

export const unexplained: Cause = {
  code: 'unexplained',
  explain(group, { everyone }) {
    const wrong = group.reduce((sum, parameter) => sum + parameter.wrong.length, 0);
    const { cosine, ratio } = compare(group);
    const first = group.at(-1)!;
    const after = everyone.slice(first.place + 1).filter(({ wrong: own }) => own.length === 0);
    return {
      evidence: { entries: wrong, cosine, ratio },
      title: `The gradient of ${namesOf(group)} is wrong in no simple way: its direction agrees with the true one to a cosine of ${brief(cosine)}, its size is ${brief(ratio)} times the true one.`,
      advice:
        group.length > 1 || after.length > 0
          ? `Begin at ${first.name}, the first wrong one counted from the output${after.length > 0 ? `; ${namesOf(after)} after it ${after.length === 1 ? 'is' : 'are'} right` : ''}.`
          : 'Check the pieces of the backward pass one by one: each local derivative, and each sum over samples, steps or paths.',
    };
  },
};

/** Cosine of the angle between claimed and true gradient, and the ratio of their sizes. */
function compare(group: readonly Accused[]): { readonly cosine: number; readonly ratio: number } {
  let [product, claimed, real] = [0, 0, 0];
  for (const parameter of group)
    for (const i of measuredEntries(parameter)) {
      const [g, n] = [parameter.analytic[i]!, parameter.numeric[i]!];
      product += g * n;
      claimed += g * g;
      real += n * n;
    }
  const sizes = Math.sqrt(claimed) * Math.sqrt(real);
  return { cosine: sizes === 0 ? 0 : product / sizes, ratio: Math.sqrt(claimed / real) };
}
