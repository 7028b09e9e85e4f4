/**
 * A wrong check → the one factor that is all that is wrong with the claims, if it is: along the claim, and along a random direction, the
 * loss then changes by one over the factor of what the claim says. Entries that are surely wrong are not measured well enough for that.
 */

import type { PathRequest, Segment } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { estimate } from '../../numerics/estimate.js';
import type { Sample } from '../../numerics/sample.js';
import { isSeen, proportion, shareLeft, weightsOf } from '../../numerics/fit.js';
import { combinedNorms, groupNorms, rootMeanSquare, squaringScale } from '../../numerics/norms.js';
import type { SizedFactor } from '../../numerics/power-law.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';
import { DOUBLE_SPACING } from '../../numerics/step.js';
import type { ParameterEvidence } from '../measurement.js';

type Factor = Pick<SizedFactor, 'factor' | 'within'>;

/**
 * The factor analytic / numeric of all wrong parameters together, and how far it may be off. The parameters are at θ before and after.
 * @param isLimited whether no more losses may be asked for
 */
export function* commonFactor(
  frame: Frame,
  evidence: readonly ParameterEvidence[],
  { isLimited, seed }: { readonly isLimited: boolean; readonly seed: number },
): Generator<PathRequest, Factor | undefined, void> {
  const wrong = evidence.filter(({ verdict, moved }) => verdict === 'wrong' && moved);
  if (wrong.length === 0 || wrong.some(({ norms }) => !(norms.analytic > 0 && norms.analytic < Infinity)))
    return undefined;
  // What was found beside θ can't be measured at θ.
  if (isLimited || wrong.some(({ point }) => point !== undefined)) return fittedFactor(wrong);
  const along = yield* factorAlong(frame, wrong, (p) => (i) => wrong[p]!.analytic[i]!);
  const across = yield* factorAlong(frame, wrong, (p) => {
    const { name, values, due } = wrong[p]!;
    const scale = rootMeanSquare(values.subarray(due.from, due.to)) || 1;
    const weights = new RandomWeights(seedFor(name, seed), scale);
    return (i) => weights.at(i);
  });
  const tolerance = Math.max(...wrong.map((one) => one.tolerance));
  const apart = Math.abs(along.factor / across.factor - 1);
  return apart <= along.within + across.within + tolerance
    ? { ...along, within: along.within + tolerance }
    : undefined;
}

/** The factor by what was measured of the entries; undefined where it doesn't explain their error. */
function fittedFactor(wrong: readonly ParameterEvidence[]): Factor | undefined {
  const groups = inOneUnit(wrong);
  if (groups.length === 0 || !isSeen(groups)) return undefined;
  const analytic = groups.map((group) => group.analytic);
  const numeric = groups.map((group) => group.numeric);
  const factor = proportion(numeric, analytic, groups.map(weightsOf));
  if (!Number.isFinite(factor) || factor === 0) return undefined;
  const corrected = analytic.map((claims) => claims.map((claim) => claim / factor));
  if (shareLeft(groups, corrected) === undefined) return undefined;
  const left = combinedNorms(groups.map((group, k) => groupNorms({ ...group, analytic: corrected[k]! })));
  const tolerance = Math.max(...groups.map((group) => group.tolerance));
  return { factor, within: tolerance + (left.uncertainty + left.difference) / left.numeric };
}

/** The numbers of some parameters, divided by one power of two, so that their squares neither under- nor overflow. */
function inOneUnit(
  parameters: readonly ParameterEvidence[],
): Pick<ParameterEvidence, 'analytic' | 'numeric' | 'uncertainty' | 'tolerance'>[] {
  const sizes = parameters.map(({ norms }) => Math.max(norms.analytic, norms.numeric) * norms.scale);
  const unit = squaringScale(Math.max(0, ...sizes.filter(Number.isFinite)));
  const divided = (numbers: Float64Array): Float64Array => numbers.map((number) => number / unit);
  return parameters.map(({ analytic, numeric, uncertainty, tolerance }) => ({
    analytic: divided(analytic),
    numeric: divided(numeric),
    uncertainty: divided(uncertainty),
    tolerance,
  }));
}

/** How far the parameters are moved, in their scale, from the largest displacement of an entry down. */
const MULTIPLES: readonly number[] = Array.from({ length: 7 }, (_, k) => 2 ** (-8 - 2 * k));

/** Losses that a factor takes: along two directions, on both sides at each distance, and at θ. */
export const FACTOR_LOSSES: number = 2 * (2 * MULTIPLES.length + 1);

/** The slope of the loss by what the claim says that it changes: one over the factor. */
function* factorAlong(
  frame: Frame,
  wrong: readonly ParameterEvidence[],
  weights: (k: number) => (entry: number) => number,
): Generator<PathRequest, Factor, void> {
  const path = pathOf(wrong, weights);
  const multiples = Float64Array.from([0, ...MULTIPLES.flatMap((t) => [t, -t])]);
  const losses = new Float64Array(multiples.length);
  const products = new Float64Array(multiples.length);
  yield { kind: 'path', path, multiples, losses, products };
  const level = Math.max(0, ...wrong.map(({ noise }) => noise).filter(Number.isFinite));
  const samples = MULTIPLES.map((_, k): Sample => ({
    above: Math.abs(products[2 * k + 1]!),
    below: Math.abs(products[2 * k + 2]!),
    // Where the claim falls along the direction, it is the other side that it says the loss is larger at.
    forward: losses[products[2 * k + 1]! > 0 ? 2 * k + 1 : 2 * k + 2]!,
    backward: losses[products[2 * k + 1]! > 0 ? 2 * k + 2 : 2 * k + 1]!,
    noise: level,
  }));
  const size = wrong.reduce((sum, { analytic, due }) => {
    const saved = frame.saved[due.parameter]!;
    return sum + analytic.reduce((own, claim, i) => own + Math.abs(claim * saved[i]!), 0);
  }, 0);
  const { value, uncertainty, hidden, kink } = estimate(samples, losses[0]!, DOUBLE_SPACING * size);
  if (kink !== undefined || !(Math.abs(value) > 0)) return { factor: Number.NaN, within: Infinity };
  return { factor: 1 / value, within: (uncertainty + hidden) / Math.abs(value) };
}

/** A direction, so far that at 1 the entry that is moved most is moved by the size of its parameter. */
function pathOf(
  wrong: readonly ParameterEvidence[],
  weights: (k: number) => (entry: number) => number,
): readonly Segment[] {
  const units = wrong.map(({ values, due: { from, to } }, k) => {
    const size = largestOf(from, to, (i) => values[i]!);
    return (size > 0 ? size : 1) / largestOf(from, to, weights(k));
  });
  const unit = Math.min(...units);
  return wrong.map(({ analytic, due: { parameter, from, to } }, k) => {
    const own = weights(k);
    return {
      parameter,
      from,
      to,
      weights: { key: `factor ${k}`, at: (i) => unit * own(i) },
      gradient: analytic,
    };
  });
}

function largestOf(from: number, to: number, of: (entry: number) => number): number {
  let largest = 0;
  for (let i = from; i < to; i += 1) largest = Math.max(largest, Math.abs(of(i)));
  return largest;
}
