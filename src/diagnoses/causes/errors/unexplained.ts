/** Wrong parameters that no cause explains → how both gradients compare as a whole, and where to begin. */

import type { Evidence } from '../../../check/measurement.js';
import { measuredEntries, shareLeft } from '../../../numerics/fit.js';
import { dotProduct, jointNorms } from '../../../numerics/norms.js';
import { brief } from '../../brief.js';
import type { Cause, Explanation } from '../../cause.js';
import { isAsExpected } from '../../expected.js';
import { countsOf, invarianceOf, jointInvarianceOf } from '../../invariances.js';
import { slicesAlong } from '../../layouts.js';
import { withoutLocalDerivative } from '../../local-derivative.js';
import { namesOf } from '../../names.js';
import type { Words } from '../../words.js';
import type { Context, WrongParameter } from '../../wrong-parameter.js';

export const unexplained: Cause<'unexplained'> = {
  code: 'unexplained',
  explain(group, context) {
    const begin = whereToBegin(group, context);
    const compared = comparison(group, context.unit, context.words);
    const after = withoutLocalDerivative(group, context);
    if (after === undefined) return { ...compared, advice: [...unfelt(group, context), begin].join(' ') };
    return {
      evidence: compared.evidence,
      title: `The ${context.words.gradientOf(group)} is ${after.name} times numbers that are the same for every unit: the derivative of what lies before ${after.name}, as an activation, is left out, or one.`,
      advice: `Multiply by the derivative of the activation what comes back through ${after.name}, unit by unit and sample by sample, before it is multiplied by the inputs. Where it is one, as of a ReLU, look for = where += is meant. ${begin}`,
    };
  },
};

/** Of what the errors are made, or what the loss does not feel; of the parameter nearest to the output of which that is known. */
function unfelt(group: readonly WrongParameter[], { words, unit }: Context): readonly string[] {
  const counted = group.flatMap((parameter) => countsOf(parameter, unit) ?? []);
  const known = group.flatMap((parameter) => invarianceOf(parameter, words.loss) ?? []);
  const found = counted.at(-1) ?? known.at(-1) ?? jointInvarianceOf(group, words.loss);
  return found === undefined ? [] : [found];
}

function whereToBegin(group: readonly WrongParameter[], context: Context): string {
  // Layers are listed from input to output; what a Jacobian is taken by is in no such order.
  if (context.evidence.kind !== 'gradients') return PIECES;
  const right = context.parameters.filter((parameter) => isSeenRight(parameter, context.evidence));
  return group.length === 1 ? beginOfOne(group[0]!, right, context) : beginOfSeveral(group, right, context);
}

function beginOfOne(own: WrongParameter, right: readonly WrongParameter[], context: Context): string {
  const isBefore = right.some(({ place }) => place < own.place);
  const isAfter = right.some(({ place }) => place > own.place);
  if (isBefore && isAfter)
    return `${namesOf(right, 'other parameters').replace(/^all(?= \d)/, 'All')} are right, before ${own.name} and after it. ${OWN}`;
  if (isAfter) return `${beginAt(own, right, context)} ${OWN}`;
  return isBefore ? OWN : PIECES;
}

function beginOfSeveral(
  group: readonly WrongParameter[],
  right: readonly WrongParameter[],
  context: Context,
): string {
  const nearest = group.at(-1)!;
  const after = right.filter(({ place }) => place > nearest.place);
  if (after.length > 0) return beginAt(nearest, after, context);
  if (right.length > 0)
    return `Begin with what leads to ${namesOf(group)} and not to ${namesOf(right, 'others')}, which ${areRight(right)}. ${PIECES}`;
  return context.wrong.length > group.length ? PIECES : SHARED;
}

/** @param after what is after it and right */
function beginAt(nearest: WrongParameter, after: readonly WrongParameter[], { evidence }: Context): string {
  const part = evidence.norms.share < 1 ? ' in this part' : '';
  return `Begin at ${nearest.name}, the first wrong one counted from the output${part}; ${namesOf(after, 'parameters')} after it ${areRight(after)}.`;
}

function areRight(group: readonly WrongParameter[]): string {
  return group.length === 1 ? 'is right' : 'are right';
}

const PIECES =
  'Check the pieces of the backward pass one by one: each local derivative, and each sum over samples, steps or paths.';
const OWN =
  'Look first at how its own gradient is made: = where += is meant, a sum over samples, steps or uses of which terms are missing, a factor that is left out; then at the local derivatives on the way to it.';
const SHARED =
  'Begin with what all of them share: the derivative of the loss by the outputs, which is the first thing that a backward pass computes, ' +
  'or, in a loop over steps, what is carried back from one to the one before. ' +
  'Then check each local derivative, and each sum over samples, steps or paths.';

/** Whether a parameter was checked and is right, and not as what is zero because nothing reads it. */
function isSeenRight({ place }: WrongParameter, { parameters }: Evidence): boolean {
  const { verdict, moved, isZero, norms } = parameters[place]!;
  return verdict === 'correct' && moved && !isZero && norms.checked > 0;
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
  const divided = isDivided(group)
    ? `The ${gradient} is what it should be divided by the parameter itself, entry by entry: a power of it is one too low, or a factor is lost.`
    : undefined;
  if (group.length === 1 && group[0]!.count === 1) {
    const ratio = product < 0 ? -size : size;
    return {
      evidence: { entries, ratio },
      title:
        divided ??
        `The ${gradient} is ${brief(ratio)} times the true one${Math.abs(ratio + 1) <= (2 * uncertainty) / numeric ? ', perhaps −1 and a wrong sign' : ''}; a single number shows no pattern.`,
    };
  }
  const lines = group.length === 1 ? linesOf(group[0]!, gradient) : undefined;
  const cosine = product / (analytic * numeric) || 0;
  return {
    evidence: { entries, cosine, ratio: size },
    title:
      divided ??
      lines ??
      `The ${gradient} is wrong in no simple way: its direction agrees with the true one to a cosine of ${brief(cosine)}, its size is ${brief(size)} times the true one.`,
  };
}

/** Whether each claim is the true one over the parameter. */
function isDivided(group: readonly WrongParameter[]): boolean {
  const expected = group.map(({ numeric, uncertainty, values }) => ({
    value: numeric.map((n, i) => n / values[i]!),
    uncertainty: uncertainty.map((u, i) => u / Math.abs(values[i]!)),
  }));
  return isAsExpected(group, expected);
}

/** A matrix each row, or each column, of which has a factor of its own, in words. */
function linesOf(parameter: WrongParameter, gradient: string): string | undefined {
  const { shape, heldEntries, hasRows } = parameter;
  if (shape.length !== 2 || heldEntries !== undefined || hasRows) return undefined;
  for (const [axis, name] of ['row', 'column'].entries()) {
    const factors = factorsAlong(parameter, axis);
    if (factors === undefined) continue;
    const [least, most] = [Math.min(...factors), Math.max(...factors)];
    return `Each ${name} of the ${gradient} is a multiple of what it should be, by a factor of its own, from ${brief(least)} to ${brief(most)}.`;
  }
  return undefined;
}

/** The factors of the slices along an axis that have entries enough to show one; undefined where that is not all there is. */
function factorsAlong(parameter: WrongParameter, axis: number): readonly number[] | undefined {
  const { analytic, numeric, shape } = parameter;
  const slices = slicesAlong(shape, axis);
  const factors = Array.from({ length: slices.size }, (__, k) => {
    const picked = (array: Float64Array): Float64Array => array.filter((_, i) => slices.of(i) === k);
    const [g, n] = [picked(analytic), picked(numeric)];
    return n.every((x) => x === 0) ? 1 : dotProduct(g, n) / dotProduct(n, n);
  });
  const seen = factors.filter((factor) => factor !== 1);
  if (slices.size * 2 > analytic.length || seen.length < 2 || factors.some((f) => !(Math.abs(f) > 0)))
    return undefined;
  const straight = analytic.map((g, i) => g / factors[slices.of(i)]!);
  return shareLeft([parameter], [straight]) === undefined ? undefined : seen;
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
