/**
 * Wrong parameters that have the same numbers under two names → which. Parameters that share their storage: to perturb one perturbs the
 * other, and what the loss then shows is the sum of both derivatives. Or gradients that share it: both are added to one buffer, or one
 * parameter is given the gradient of another, or its own value.
 */

import { shareLeft } from '../../../numerics/fit.js';
import type { Cause, Explanation } from '../../cause.js';
import { called, namesOf } from '../../names.js';
import type { Words } from '../../words.js';
import { analyticFor, type Context, type WrongParameter } from '../../wrong-parameter.js';

type Code = 'aliased-parameters';

export const aliasedParameters: Cause<Code> = {
  code: 'aliased-parameters',
  pairwise: true,
  explain(group, context) {
    if (isSharedStorage(group, context)) return sharedStorage(group, context);
    if (group.length === 1) return sharedGradient(group[0]!, context);
    return isSharedBuffer(group) ? sharedBuffer(group, context.words) : undefined;
  },
};

/** Whether the numeric gradient is the sum of the analytic ones of all the names of the same storage. */
function isSharedStorage(group: readonly WrongParameter[], context: Context): boolean {
  const sums = group.map((parameter) => {
    const others = sharersOf(parameter, context).map((other) => fullAnalyticOf(other, parameter, context));
    if (others.some((full) => full?.length !== parameter.size)) return undefined;
    const added = others.map((full) => analyticFor(parameter, full!));
    return parameter.analytic.map((own, i) => added.reduce((sum, other) => sum + other[i]!, own));
  });
  return sums.every((sum) => sum !== undefined) && shareLeft(group, sums) !== undefined;
}

/** The places among the claims of the parameters that share the storage of this one. */
function sharersOf({ place }: WrongParameter, { evidence }: Context): readonly number[] {
  return evidence.followUp.sharers[place]!;
}

/** The analytic gradient of a parameter by its place among the claims, of a Jacobian for the same outputs as another. */
function fullAnalyticOf(
  other: number,
  { axes, output }: WrongParameter,
  { evidence, parameters, unit }: Context,
): Float64Array | undefined {
  if (axes === undefined) return evidence.preconditions.claims[0]?.[other]?.map((g) => g / unit);
  return parameters.find((block) => block.due.parameter === other && block.output === output)?.fullAnalytic;
}

function sharedStorage(group: readonly WrongParameter[], context: Context): Explanation<Code> {
  const { evidence, words } = context;
  const places = new Set(
    group.flatMap((parameter) => [parameter.due.parameter, ...sharersOf(parameter, context)]),
  );
  const names = [...places]
    .toSorted((a, b) => a - b)
    .map((place) => ({ name: evidence.preconditions.names[place]! }));
  return {
    evidence: { parameters: names.length },
    title: `${namesOf(names)} are the same array: to change one is to change the other, and the ${words.loss} shows the sum of their derivatives.`,
    advice:
      'If they are meant to be tied, hand the array over once, with the sum of its gradients; if not, give each a copy of its own.',
  };
}

/** Whether the analytic gradients are the same to the bit, and the sum of what they should be. */
function isSharedBuffer(group: readonly WrongParameter[]): boolean {
  const [{ analytic: first }] = group as [WrongParameter];
  // Of parts not the same entries were measured.
  if (group.some(({ isPart }) => isPart) || !isDistinctive(first)) return false;
  if (!group.every(({ analytic }) => areSame(analytic, first))) return false;
  const own = group.map((parameter) =>
    parameter.analytic.map((sum, i) =>
      group.reduce((rest, other) => (other === parameter ? rest : rest - other.numeric[i]!), sum),
    ),
  );
  return shareLeft(group, own) !== undefined;
}

function sharedBuffer(group: readonly WrongParameter[], words: Words): Explanation<Code> {
  return {
    evidence: { parameters: group.length },
    title: `The ${words.gradientsOf(group)} are one: both are added to the same array, which holds the sum.`,
    advice:
      'Give each its own buffer: look for a buffer that was assigned rather than copied, or a name not changed.',
  };
}

/** Whether two gradients that are the same can't be so by chance: not where they are a round number throughout. */
function isDistinctive(analytic: Float64Array): boolean {
  return analytic.some((g) => g !== analytic[0]) || Math.fround(analytic[0]!) !== analytic[0];
}

function areSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The analytic gradient is, to the bit, that of another parameter that is right, or the parameter itself. */
function sharedGradient(
  { place, name, output, size }: WrongParameter,
  { evidence, words }: Context,
): Explanation<Code> | undefined {
  const { analytic, values } = evidence.parameters[place]!;
  if (!isDistinctive(analytic)) return undefined;
  const gradient = words.gradientOf([{ name, output }]);
  const owner = evidence.parameters.find(
    (other, k) =>
      k !== place &&
      // What depends on the same inputs may have the same derivatives.
      other.output === output &&
      other.verdict === 'correct' &&
      areSame(analytic, other.analytic),
  );
  if (owner !== undefined)
    return {
      evidence: { entries: size },
      title: `The ${gradient} is that of ${called(owner)}, entry for entry.`,
      advice: 'Look for a buffer that both are written to, or a name that was copied and not changed.',
    };
  if (!areSame(analytic, values)) return undefined;
  return {
    evidence: { entries: size },
    title: `The ${gradient} is ${name} itself, entry for entry.`,
    advice: 'Look for a getter or a buffer that hands out the parameter where its gradient is meant.',
  };
}
