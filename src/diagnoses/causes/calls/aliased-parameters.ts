/**
 * Two names for the same numbers. Parameters that share their storage: to perturb one perturbs the other, and what the loss
 * then shows is the sum of both derivatives. Or gradients that share it: both are added to one buffer, or one parameter is given
 * the gradient of another, or its own value.
 */

import { shareLeft } from '../../../numerics/fit.js';
import { type WrongParameter, called, claimFor, namesOf, type Context } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';

export const aliasedParameters: Cause = {
  code: 'aliased-parameters',
  crosses: true,
  explain(group, context) {
    return (
      sharedStorage(group, context) ??
      sharedBuffer(group) ??
      (group.length === 1 ? sharedGradient(group[0]!, context) : undefined)
    );
  },
};

/** The true derivative is the sum of those claimed for all the names of the same storage. */
function sharedStorage(group: readonly WrongParameter[], context: Context): Explanation | undefined {
  const { evidence } = context;
  const { names } = evidence.preconditions;
  const sharers = ({ place }: WrongParameter): readonly number[] => evidence.followUp.sharers[place]!;
  const sums = group.map((parameter) => {
    const others = sharers(parameter).map((other) => claimOf(other, parameter, context));
    if (others.length === 0 || others.some((whole) => whole?.length !== parameter.size)) return undefined;
    const claims = others.map((whole) => claimFor(parameter, { whole: whole! }));
    return parameter.analytic.map((claimed, i) => claims.reduce((sum, claim) => sum + claim[i]!, claimed));
  });
  if (!sums.every((sum) => sum !== undefined) || shareLeft(group, sums) === undefined) return undefined;
  const own = ({ place }: WrongParameter): number => evidence.parameters[place]!.due.parameter;
  const places = new Set(group.flatMap((parameter) => [own(parameter), ...sharers(parameter)]));
  const same = [...places].toSorted((a, b) => a - b).map((place) => ({ name: names[place]! }));
  return {
    evidence: { parameters: same.length },
    title: `${namesOf(same)} are the same array: to change one is to change the other, and the loss shows the sum of their derivatives.`,
    advice:
      'If they are meant to be tied, hand the array over once, with the sum of its gradients; if not, give each a copy of its own.',
  };
}

/** The claim for a parameter by its place, of a Jacobian for the same outputs as another. */
function claimOf(
  other: number,
  { axes, output }: WrongParameter,
  { evidence, allOnes, unit }: Context,
): Float64Array | undefined {
  if (axes === undefined) return evidence.preconditions.claims[0]?.[other]?.map((claim) => claim / unit);
  return allOnes.find(
    (block) => evidence.parameters[block.place]!.due.parameter === other && block.output === output,
  )?.whole;
}

/** The claims are the same to the bit, and the sum of what they should be. */
function sharedBuffer(group: readonly WrongParameter[]): Explanation | undefined {
  const [first] = group;
  // Of parts not the same entries were measured.
  if (group.length < 2 || group.some(({ isPart }) => isPart) || !isTelling(first!.analytic)) return undefined;
  if (!group.every(({ analytic }) => areSame(analytic, first!.analytic))) return undefined;
  const own = group.map((parameter) =>
    parameter.analytic.map((claimed, i) =>
      group.reduce((rest, other) => (other === parameter ? rest : rest - other.numeric[i]!), claimed),
    ),
  );
  if (shareLeft(group, own) === undefined) return undefined;
  return {
    evidence: { parameters: group.length },
    title: `The gradients of ${namesOf(group)} are one: both are added to the same array, which holds the sum.`,
    advice:
      'Give each its own buffer: look for a buffer that was assigned rather than copied, or a name not changed.',
  };
}

/** Whether two claims that are the same can't be so by chance: not where they are a round number throughout. */
function isTelling(claimed: Float64Array): boolean {
  return claimed.some((value) => value !== claimed[0]) || Math.fround(claimed[0]!) !== claimed[0];
}

function areSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The claim is, to the bit, what is claimed for another parameter that is right, or the parameter itself. */
function sharedGradient(parameter: WrongParameter, { evidence, allOnes }: Context): Explanation | undefined {
  const { place, size } = parameter;
  const name = called(parameter);
  const claimed = evidence.parameters[place]!.analytic;
  if (!isTelling(claimed)) return undefined;
  const same = (other: Float64Array): boolean => areSame(claimed, other);
  const owner = allOnes.find(
    (other) =>
      other.place !== place &&
      // What depends on the same inputs may have the same derivatives.
      other.output === parameter.output &&
      evidence.parameters[other.place]!.verdict === 'correct' &&
      same(evidence.parameters[other.place]!.analytic),
  );
  if (owner !== undefined)
    return {
      evidence: { entries: size },
      title: `The gradient of ${name} is that of ${called(owner)}, entry for entry.`,
      advice: 'Look for a buffer that both are written to, or a name that was copied and not changed.',
    };
  if (!same(evidence.parameters[place]!.values)) return undefined;
  return {
    evidence: { entries: size },
    title: `The gradient of ${name} is ${parameter.name} itself, entry for entry.`,
    advice: 'Look for a getter or a buffer that hands out the parameter where its gradient is meant.',
  };
}
