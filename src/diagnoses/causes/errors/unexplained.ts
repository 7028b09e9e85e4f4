/** Wrong parameters that no cause explains → how both gradients compare as a whole, and where to begin. */

import { measuredEntries } from '../../../numerics/fit.js';
import { dotProduct, jointNorms } from '../../../numerics/norms.js';
import { brief } from '../../brief.js';
import type { Cause, Explanation } from '../../cause.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';
import type { Context, WrongParameter } from '../../wrong-parameter.js';

export const unexplained: Cause<'unexplained'> = {
  code: 'unexplained',
  explain: (group, context) => ({
    ...comparison(group, context.unit, context.words),
    advice: whereToBegin(group, context),
  }),
};

function whereToBegin(group: readonly WrongParameter[], { evidence, parameters }: Context): string {
  const nearest = group.at(-1)!;
  const after = parameters.slice(nearest.place + 1).filter(({ wrongEntries }) => wrongEntries.length === 0);
  // Layers are listed from input to output; what a Jacobian is taken by is in no such order.
  if (evidence.kind !== 'gradients' || (group.length === 1 && after.length === 0))
    return 'Check the pieces of the backward pass one by one: each local derivative, and each sum over samples, steps or paths.';
  const part = evidence.norms.share < 1 ? ' in this part' : '';
  const right =
    after.length === 0 ? '' : `; ${namesOf(after)} after it ${after.length === 1 ? 'is' : 'are'} right`;
  return `Begin at ${nearest.name}, the first wrong one counted from the output${part}${right}.`;
}

/** How analytic and numeric gradient compare as a whole. */
function comparison(
  group: readonly WrongParameter[],
  unit: number,
  words: Words,
): Pick<Explanation<'unexplained'>, 'evidence' | 'title'> {
  const { analytic, numeric, uncertainty, scale } = jointNorms(group);
  const entries = group.reduce((sum, { wrongEntries }) => sum + wrongEntries.length, 0);
  const gradient = words.gradientOf(group);
  if (numeric <= uncertainty) {
    const analyticNorm = analytic * scale * unit;
    return {
      evidence: { entries, analyticNorm },
      title: `The ${gradient} is claimed to be ${brief(analyticNorm)} in size, but ${words.independence}.`,
    };
  }
  const size = analytic / numeric;
  const product = productOf(group, scale);
  if (group.length === 1 && group[0]!.count === 1) {
    const ratio = product < 0 ? -size : size;
    return {
      evidence: { entries, ratio },
      title: `The ${gradient} is ${brief(ratio)} times the true one; a single number shows no pattern.`,
    };
  }
  const cosine = product / (analytic * numeric) || 0;
  return {
    evidence: { entries, cosine, ratio: size },
    title: `The ${gradient} is wrong in no simple way: its direction agrees with the true one to a cosine of ${brief(cosine)}, its size is ${brief(size)} times the true one.`,
  };
}

/** g · n, over all entries that were measured, each divided by a scale. */
function productOf(group: readonly WrongParameter[], scale: number): number {
  return group.reduce((sum, parameter) => {
    const entries = measuredEntries(parameter);
    const [g, n] = [parameter.analytic, parameter.numeric].map((array) =>
      Float64Array.from(entries, (i) => array[i]! / scale),
    );
    return sum + dotProduct(g!, n!);
  }, 0);
}
