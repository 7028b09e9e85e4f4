/** Wrong in no way that is known here: what is told is where to begin. */

import { measuredEntries } from '../../../numerics/fit.js';
import { type WrongParameter, namesOf } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { brief } from '../../words.js';

export const unexplained: Cause = {
  code: 'unexplained',
  explain(group, { evidence, allOnes, unit }) {
    const wrong = group.reduce((sum, parameter) => sum + parameter.wrong.length, 0);
    const first = group.at(-1)!;
    const after = allOnes.slice(first.place + 1).filter(({ wrong: own }) => own.length === 0);
    const seen = evidence.norms.share < 1 ? ' in this part' : '';
    // Layers are listed from input to output; what a Jacobian is taken by is in no such order.
    const isOrdered = evidence.kind === 'gradients';
    return {
      ...describe(group, wrong, unit),
      advice:
        isOrdered && (group.length > 1 || after.length > 0)
          ? `Begin at ${first.name}, the first wrong one counted from the output${seen}${after.length > 0 ? `; ${namesOf(after)} after it ${after.length === 1 ? 'is' : 'are'} right` : ''}.`
          : 'Check the pieces of the backward pass one by one: each local derivative, and each sum over samples, steps or paths.',
    };
  },
};

/** How claimed and true gradient compare as a whole. */
function describe(
  group: readonly WrongParameter[],
  wrong: number,
  unit: number,
): Pick<Explanation, 'evidence' | 'title'> {
  const { product, claimed, real, noise } = sumsOf(group);
  const names = namesOf(group);
  if (real <= noise)
    return {
      evidence: { entries: wrong, analyticNorm: Math.sqrt(claimed) * unit },
      title: `The gradient of ${names} is claimed to be ${brief(Math.sqrt(claimed) * unit)} in size, but the loss shows no slope there.`,
    };
  const ratio = Math.sqrt(claimed / real);
  if (group.length === 1 && group[0]!.count === 1)
    return {
      evidence: { entries: wrong, ratio: product < 0 ? -ratio : ratio },
      title: `The gradient of ${names} is ${brief(product < 0 ? -ratio : ratio)} times the true one; a single number shows no pattern.`,
    };
  const cosine = product / (Math.sqrt(claimed) * Math.sqrt(real)) || 0;
  return {
    evidence: { entries: wrong, cosine, ratio },
    title: `The gradient of ${names} is wrong in no simple way: its direction agrees with the true one to a cosine of ${brief(cosine)}, its size is ${brief(ratio)} times the true one.`,
  };
}

/** g·n, ‖g‖², ‖n‖² and the square of the norm of the uncertainties, over some parameters. */
function sumsOf(group: readonly WrongParameter[]): Record<'product' | 'claimed' | 'real' | 'noise', number> {
  let [product, claimed, real, noise] = [0, 0, 0, 0];
  for (const parameter of group)
    for (const i of measuredEntries(parameter)) {
      const [g, n] = [parameter.analytic[i]!, parameter.numeric[i]!];
      product += g * n;
      claimed += g * g;
      real += n * n;
      noise += parameter.uncertainty[i]! ** 2;
    }
  return { product, claimed, real, noise };
}
