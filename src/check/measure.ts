/** Everything that is measured: the noise of the loss, and the derivative by every entry of every parameter. */

import type { LineRequest, SweepRequest } from '../model/requests.js';
import type { Subject } from '../model/subject.js';
import { rootMeanSquare } from '../numerics/norms.js';
import { chosenStep, entryScale, noiseRatio } from '../numerics/steps.js';
import { isAlive, measureNoise } from './probe.js';
import type { Settings } from './settings.js';
import { settleSuspects } from './suspects.js';
import { emptySweep, type Ground, type Sweep, sweepParameter } from './sweep.js';

/** What was measured for the checked parameters, in their order. */
export interface Measurement {
  readonly analytic: readonly Float64Array[];
  readonly sweeps: readonly Sweep[];
  /** Whether the loss moves at all with each parameter, by a small step or a large one. */
  readonly alive: readonly boolean[];
  /** σ, in the unit of the loss; NaN when not measured. */
  readonly noise: number;
  /** The steps that would be chosen, at the parameter's own scale. */
  readonly chosenSteps: readonly number[];
}

/** Measures the noise, then sweeps every parameter. `loss` is J(θ). */
export function* measure(
  subject: Subject,
  settings: Settings,
  analytic: readonly Float64Array[],
  loss: number,
): Generator<SweepRequest | LineRequest, Measurement, void> {
  const scales = subject.saved.map(rootMeanSquare);
  const units = scales.map((scale) => entryScale(0, scale));
  const noise = yield* measureNoise(subject, loss, units, settings.seed);
  const promised = analytic.map((gradient, p) => rootMeanSquare(gradient) * units[p]!);
  const size = promised.reduce((most, change) => (change > most ? change : most), Math.abs(loss));
  const rule = { epsilon: settings.epsilon, relativeNoise: noiseRatio(noise, size) };
  const sweeps: Sweep[] = [];
  const alive: boolean[] = [];
  for (const [p, scale] of scales.entries()) {
    const ground: Ground = {
      subject,
      parameter: p,
      loss,
      noise,
      scale,
      slope: rootMeanSquare(analytic[p]!),
      rule,
    };
    const sweep = yield* sweepParameter(ground);
    yield* settleSuspects(ground, sweep, analytic[p]!, settings);
    sweeps.push(sweep);
    alive.push(sweep.moved || (yield* isAlive(subject, p, loss, units[p]!, settings.seed)));
  }
  const chosenSteps = subject.parameters.map(({ values }, p) =>
    chosenStep(units[p]!, rule.relativeNoise, values.spacing),
  );
  return { analytic, sweeps, alive, noise, chosenSteps };
}

/** The measurement of a model that could not be measured: every numeric derivative is NaN. */
export function unmeasured(subject: Subject, analytic: readonly Float64Array[]): Measurement {
  return {
    analytic,
    sweeps: subject.parameters.map(({ count }) => emptySweep(count)),
    alive: subject.parameters.map(() => true),
    noise: Number.NaN,
    chosenSteps: [],
  };
}
