/** What was measured of the wrong parameters of a check → the one factor that is all that is wrong with their claims, if it is. */

import { isSeen, proportion, shareLeft, weightsOf } from '../../numerics/fit.js';
import { combinedNorms, groupNorms, squaringScale } from '../../numerics/norms.js';
import type { SizedFactor } from '../../numerics/power-law.js';
import type { ParameterEvidence } from '../measurement.js';

type Factor = Pick<SizedFactor, 'factor' | 'within'>;

/** The factor analytic / numeric of all wrong parameters together, and how far it may be off. */
export function commonFactor(evidence: readonly ParameterEvidence[]): Factor | undefined {
  const groups = inOneUnit(evidence.filter(({ verdict, moved }) => verdict === 'wrong' && moved));
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
