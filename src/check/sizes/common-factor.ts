/**
 * A wrong check → the one factor that is all that is wrong with the claims, if it is. What was measured of the entries tells whether it is;
 * the factor itself is measured once more along the claim, as entries that are surely wrong are not measured well.
 */

import type { PathRequest, Segment } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { estimate, type Sample } from '../../numerics/estimate.js';
import { isSeen, proportion, shareLeft, weightsOf } from '../../numerics/fit.js';
import { combinedNorms, groupNorms, squaringScale } from '../../numerics/norms.js';
import type { SizedFactor } from '../../numerics/power-law.js';
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
  isLimited: boolean,
): Generator<PathRequest, Factor | undefined, void> {
  const wrong = evidence.filter(({ verdict, moved }) => verdict === 'wrong' && moved);
  const fitted = fittedFactor(wrong);
  // What was found beside θ can't be measured at θ.
  if (fitted === undefined || isLimited || wrong.some(({ point }) => point !== undefined)) return fitted;
  const measured = yield* factorAlong(frame, wrong);
  return measured.within < fitted.within ? measured : fitted;
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
const MULTIPLES: readonly number[] = Array.from({ length: 9 }, (_, k) => 2 ** (-6 - 2 * k));

/** The slope of the loss by what the claim says that it changes: one over the factor. */
function* factorAlong(
  frame: Frame,
  wrong: readonly ParameterEvidence[],
): Generator<PathRequest, Factor, void> {
  const path = pathOf(wrong);
  const multiples = Float64Array.from([0, ...MULTIPLES.flatMap((t) => [t, -t])]);
  const losses = new Float64Array(multiples.length);
  const products = new Float64Array(multiples.length);
  yield { kind: 'path', path, multiples, losses, products };
  const level = Math.max(0, ...wrong.map(({ noise }) => noise).filter(Number.isFinite));
  const samples = MULTIPLES.map(
    (_, k): Sample => ({
      above: products[2 * k + 1]!,
      below: -products[2 * k + 2]!,
      forward: losses[2 * k + 1]!,
      backward: losses[2 * k + 2]!,
      noise: level,
    }),
  );
  const size = wrong.reduce((sum, { analytic, due }) => {
    const saved = frame.saved[due.parameter]!;
    return sum + analytic.reduce((own, claim, i) => own + Math.abs(claim * saved[i]!), 0);
  }, 0);
  const { value, uncertainty, hidden, kink } = estimate(samples, losses[0]!, DOUBLE_SPACING * size);
  if (kink !== undefined || !(Math.abs(value) > 0)) return { factor: Number.NaN, within: Infinity };
  return { factor: 1 / value, within: (uncertainty + hidden) / Math.abs(value) };
}

/** Along the claims, so far that at 1 the entry that is moved most is moved by the size of its parameter. */
function pathOf(wrong: readonly ParameterEvidence[]): readonly Segment[] {
  const unit = Math.min(
    ...wrong.map(({ analytic, values, due }) => {
      const [size, claim] = [values, analytic].map((numbers) => largestOf(numbers.subarray(due.from, due.to)));
      return (size! > 0 ? size! : 1) / claim!;
    }),
  );
  return wrong.map(({ analytic, due: { parameter, from, to } }) => ({
    parameter,
    from,
    to,
    weights: { key: 'claim', at: (i) => unit * analytic[i]! },
    gradient: analytic,
  }));
}

function largestOf(numbers: Float64Array): number {
  return numbers.reduce((largest, number) => Math.max(largest, Math.abs(number)), 0);
}
