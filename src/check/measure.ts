/** Everything that is measured: the noise of the loss, and the derivative by every entry of every parameter. */

import type { Measurement } from './measurement.js';
import type { Sweep } from './measurement.js';
import type { EntryRange } from '../model/tree/shard.js';
import { totalOf } from '../model/array/concat.js';
import type { DirectionRequest, LineRequest, SweepRequest } from '../model/evaluate/requests.js';
import type { Frame } from '../model/subject/subject.js';
import { finiteNorm, rootMeanSquare } from '../numerics/norms.js';
import { chosenStep, entryScale, noiseRatio } from '../numerics/step.js';
import type { Method } from '../report.js';
import type { Budget } from './run/budget.js';
import { checkAlong, directionsFor } from './directions/directional.js';
import { isAlive, LIVENESS_LOSSES, measureNoise } from './preconditions/noise-level.js';
import type { Settings } from './settings.js';
import { hidesSlope } from './entries/sensitivity.js';
import { settleSuspects } from './entries/recheck.js';
import { emptySweep, type ParameterTask, sweepParameter } from './entries/sweep.js';

/** Beyond so many losses of the exhaustive method, two for each entry, directions are the default. */
const MOST_EXHAUSTIVE = 20_000;

function methodFor(subject: Frame, { method }: Settings): Method {
  const entries = totalOf(subject.due);
  return method ?? (2 * entries <= MOST_EXHAUSTIVE ? 'exhaustive' : 'directional');
}

/**
 * Measures the noise, along all parameters, so that it is the same whatever part of them is due; then sweeps what is due of each.
 * `loss` is J(θ).
 */
export function* measure(
  subject: Frame,
  settings: Settings,
  analytic: readonly Float64Array[],
  loss: number,
  budget: Budget,
  shared: boolean = false,
): Generator<SweepRequest | LineRequest | DirectionRequest, Measurement, void> {
  const scales = subject.saved.map(rootMeanSquare);
  const units = scales.map((scale) => entryScale(0, scale));
  const method = methodFor(subject, settings);
  const together = method === 'directional';
  const noise = yield* measureNoise(subject, loss, units, settings.seed, budget, together);
  if (Number.isNaN(noise) && budget.spent()) return unmeasured(subject, settings, analytic);
  const promised = analytic.map((gradient, p) => rootMeanSquare(gradient) * units[p]!);
  const size = promised.reduce((most, change) => (change > most ? change : most), Math.abs(loss));
  const rule = { epsilon: settings.epsilon, relativeNoise: noiseRatio(noise, size), shared };
  const sweeps: Sweep[] = [];
  const alive: boolean[] = [];
  const hidden: boolean[] = [];
  const total = totalOf(subject.due);
  let done = 0;
  for (const [k, due] of subject.due.entries()) {
    const p = due.parameter;
    const task: ParameterTask = {
      subject,
      parameter: p,
      due,
      loss,
      noise,
      scale: scales[p]!,
      slope: slopeOf(analytic[p]!, due),
      rule,
      budget,
      tell: (left) => {
        const progress = { done: done + due.count - left, total, parameter: subject.parameters[p]!.name };
        // Along directions a parameter takes as long as another of any size.
        const share = together ? (k + 1 - left / due.count) / subject.due.length : progress.done / total;
        budget.tell(progress, share);
      },
    };
    task.tell(due.count);
    const sweep =
      method === 'directional'
        ? yield* checkAlong(task, analytic[p]!, settings, directionsFor(subject.due.length))
        : yield* sweepParameter(task);
    if (method === 'exhaustive') yield* settleSuspects(task, sweep, analytic[p]!, settings);
    sweeps.push(sweep);
    task.tell(0);
    done += due.count;
    hidden.push(yield* hidesSlope(task, sweep, analytic[p]!));
    // Of a parameter that the budget left no losses for nothing is known.
    const known = sweep.moved || sweep.unreached > 0 || !budget.allows(LIVENESS_LOSSES);
    alive.push(known || (yield* isAlive(subject, analytic, p, loss, units[p]!, settings.seed)));
  }
  const chosenSteps = subject.due.map(({ parameter: p }) =>
    chosenStep(units[p]!, rule.relativeNoise, subject.parameters[p]!.values.spacing),
  );
  return { method, analytic, sweeps, alive, hidden, noise, chosenSteps };
}

/** The root mean square of a claim; of one that is checked in part, as far as it is finite, as what is not may lie in another. */
function slopeOf(claim: Float64Array, { count }: EntryRange): number {
  return count < claim.length ? finiteNorm([claim]) / Math.sqrt(claim.length) : rootMeanSquare(claim);
}

/** The measurement of a model that could not be measured: every numeric derivative is NaN. */
export function unmeasured(
  subject: Frame,
  settings: Settings,
  analytic: readonly Float64Array[],
): Measurement {
  return {
    method: methodFor(subject, settings),
    analytic,
    sweeps: subject.due.map(({ parameter, count }) =>
      emptySweep(subject.parameters[parameter]!.count, count),
    ),
    alive: subject.due.map(() => true),
    hidden: subject.due.map(() => false),
    noise: Number.NaN,
    chosenSteps: [],
  };
}
