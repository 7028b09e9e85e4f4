/** Two claims at a point → what the one is off by, entry by entry, as if the other had been measured: uncertain by the noise of both. */

import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { coarser, formatsOf } from '../../numerics/format.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import type { MeasuredParameter, Measurement } from '../measurement.js';
import { ClaimNoise } from '../preconditions/claim-noise.js';
import type { Budget } from '../run/budget.js';
import { scaleOf } from '../preconditions/parameter-scale.js';

/** A claim, and the parameters that it is about. */
export interface NoisyClaim {
  readonly frame: Frame;
  readonly claims: readonly Float64Array[];
  readonly settings: { readonly seed: number };
  readonly budget: Budget;
}

/** What noise makes uncertain of each number that is claimed, by calls at points close to θ. */
export function* noiseOfClaims({
  frame,
  claims,
  settings,
  budget,
}: NoisyClaim): Generator<PathRequest | GradientsRequest, readonly Float64Array[], void> {
  const noise = new ClaimNoise({ frame, settings, analytic: claims, budget }, scalesOf(frame));
  const bounds: Float64Array[] = [];
  for (const p of frame.parameters.keys()) bounds.push(yield* noise.bounds(p));
  return bounds;
}

function scalesOf({ saved }: Frame): readonly number[] {
  return saved.map(scaleOf);
}

/** The numbers at a point. */
export interface TwoClaims {
  readonly analytic: readonly Float64Array[];
  readonly reference: readonly Float64Array[];
  /** What noise makes uncertain of each. */
  readonly analyticBounds: readonly Float64Array[];
  readonly referenceBounds: readonly Float64Array[];
}

export function comparison(frame: Frame, claims: TwoClaims): Measurement {
  const { analytic, reference, analyticBounds, referenceBounds } = claims;
  const [own, others] = [formatsOf(analytic), formatsOf(reference)];
  const scales = scalesOf(frame);
  return {
    method: 'exhaustive',
    analytic,
    formats: own.map((format, p) => coarser(format, others[p]!)),
    parameters: frame.due.map(({ parameter: p, from, to }): MeasuredParameter => {
      const isDue = (i: number): boolean => i >= from && i < to;
      return {
        numeric: reference[p]!.map((value, i) => (isDue(i) ? value : Number.NaN)),
        uncertainty: analyticBounds[p]!.map((bound, i) =>
          isDue(i) ? bound + referenceBounds[p]![i]! : Number.NaN,
        ),
        step: undefined,
        moved: true,
        kinks: new Map(),
        differences: new Map(),
        open: 0,
        singular: 0,
        unreached: 0,
        isStaircase: false,
        noise: 0,
      };
    }),
    alive: frame.due.map(() => true),
    claimsZero: frame.due.map(
      ({ parameter: p, from, to }) =>
        rootMeanSquare(analytic[p]!.subarray(from, to)) <=
        rootMeanSquare(analyticBounds[p]!.subarray(from, to)),
    ),
    scales: frame.due.map(({ parameter }) => scales[parameter]!),
    farChange: undefined,
    noise: 0,
    chosenSteps: [],
  };
}
