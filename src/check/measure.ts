/** Everything that is measured: the noise of the loss, and the derivative by every entry of every parameter. */

import type { DirectionRequest, LineRequest, SweepRequest } from '../model/requests.js';
import type { Subject } from '../model/subject.js';
import { rootMeanSquare } from '../numerics/norms.js';
import { chosenStep, entryScale, noiseRatio } from '../numerics/steps.js';
import type { Method } from '../report.js';
import type { Budget } from './budget.js';
import { checkAlong, directionsFor } from './directional.js';
import { isAlive, LIVENESS_LOSSES, measureNoise } from './probe.js';
import type { Settings } from './settings.js';
import { hidesSlope } from './stationary.js';
import { settleSuspects } from './suspects.js';
import { emptySweep, type Ground, type Sweep, sweepParameter } from './sweep.js';

/** What was measured for the checked parameters, in their order. */
export interface Measurement {
  readonly method: Method;
  readonly analytic: readonly Float64Array[];
  readonly sweeps: readonly Sweep[];
  /** Whether the loss moves at all with each parameter, by a small step or a large one. */
  readonly alive: readonly boolean[];
  /** Whether each parameter's uncertainty hides a slope, so that its gradient can't be called zero. */
  readonly hidden: readonly boolean[];
  /** σ, in the unit of the loss; NaN when not measured. */
  readonly noise: number;
  /** The steps that would be chosen, at the parameter's own scale. */
  readonly chosenSteps: readonly number[];
}

/** Beyond so many losses of the exhaustive method, two for each entry, directions are the default. */
const MOST_EXHAUSTIVE = 20_000;

function methodFor(subject: Subject, { method }: Settings): Method {
  const entries = subject.parameters.reduce((sum, { count }) => sum + count, 0);
  return method ?? (2 * entries <= MOST_EXHAUSTIVE ? 'exhaustive' : 'directional');
}

/** Measures the noise, then sweeps every parameter. `loss` is J(θ). */
export function* measure(
  subject: Subject,
  settings: Settings,
  analytic: readonly Float64Array[],
  loss: number,
  budget: Budget,
): Generator<SweepRequest | LineRequest | DirectionRequest, Measurement, void> {
  const scales = subject.saved.map(rootMeanSquare);
  const units = scales.map((scale) => entryScale(0, scale));
  const method = methodFor(subject, settings);
  const together = method === 'directional';
  const noise = yield* measureNoise(subject, loss, units, settings.seed, budget, together);
  if (Number.isNaN(noise) && budget.spent()) return unmeasured(subject, analytic);
  const promised = analytic.map((gradient, p) => rootMeanSquare(gradient) * units[p]!);
  const size = promised.reduce((most, change) => (change > most ? change : most), Math.abs(loss));
  const rule = { epsilon: settings.epsilon, relativeNoise: noiseRatio(noise, size) };
  const sweeps: Sweep[] = [];
  const alive: boolean[] = [];
  const hidden: boolean[] = [];
  const total = analytic.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const [p, scale] of scales.entries()) {
    const ground: Ground = {
      subject,
      parameter: p,
      loss,
      noise,
      scale,
      slope: rootMeanSquare(analytic[p]!),
      rule,
      budget,
      tell: (left) => {
        const { count, name } = subject.parameters[p]!;
        const progress = { done: done + count - left, total, parameter: name };
        // Along directions a parameter takes as long as another of any size.
        const share = together ? (p + 1 - left / count) / scales.length : progress.done / total;
        budget.tell(progress, share);
      },
    };
    ground.tell(analytic[p]!.length);
    const sweep =
      method === 'directional'
        ? yield* checkAlong(ground, analytic[p]!, settings, directionsFor(scales.length))
        : yield* sweepParameter(ground);
    if (method === 'exhaustive') yield* settleSuspects(ground, sweep, analytic[p]!, settings);
    sweeps.push(sweep);
    ground.tell(0);
    done += analytic[p]!.length;
    hidden.push(yield* hidesSlope(ground, sweep, analytic[p]!));
    // Of a parameter that the budget left no losses for nothing is known.
    const known = sweep.moved || sweep.unreached > 0 || !budget.allows(LIVENESS_LOSSES);
    alive.push(known || (yield* isAlive(subject, p, loss, units[p]!, settings.seed)));
  }
  const chosenSteps = subject.parameters.map(({ values }, p) =>
    chosenStep(units[p]!, rule.relativeNoise, values.spacing),
  );
  return { method, analytic, sweeps, alive, hidden, noise, chosenSteps };
}

/** The measurement of a model that could not be measured: every numeric derivative is NaN. */
export function unmeasured(subject: Subject, analytic: readonly Float64Array[]): Measurement {
  return {
    method: 'exhaustive',
    analytic,
    sweeps: subject.parameters.map(({ count }) => emptySweep(count)),
    alive: subject.parameters.map(() => true),
    hidden: subject.parameters.map(() => false),
    noise: Number.NaN,
    chosenSteps: [],
  };
}
