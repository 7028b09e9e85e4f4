/** The norms of both gradients → whether these are zero as far as can be told: right, but a weak test of a backward pass. */

import type { Evidence } from '../../../check/measurement.js';
import { relativeDifference } from '../../../numerics/norms.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

export function stationaryPoint(
  { norms, tolerance, verdict, parameters }: Evidence,
  words: Words,
): readonly Finding[] {
  if (verdict !== 'correct') return [];
  // At a kink the slopes to the two sides need not be zero.
  if (parameters.some(({ kinks }) => kinks.size > 0)) return [];
  // Of every parameter: the uncertainty of one may be larger than the gradient of another.
  const bothZero = parameters.every(
    ({ norms: own }) => own.analytic <= own.uncertainty && own.numeric <= own.uncertainty,
  );
  if (!bothZero && relativeDifference(norms) <= tolerance) return [];
  const gradient = norms.share < 1 ? words.gradientOf([{ name: 'the checked part' }]) : 'gradient';
  return [
    {
      code: 'stationary-point',
      evidence: {
        analyticNorm: norms.analytic * norms.scale,
        numericNorm: norms.numeric * norms.scale,
        uncertainty: norms.uncertainty * norms.scale,
      },
      title: `The ${gradient} is zero at this point, to within rounding, and so is the claimed one.`,
      advice:
        'Check at another point as well: many a wrong backward pass is right where the gradient is zero.',
    },
  ];
}
