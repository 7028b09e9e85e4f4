/** Everything that is measured at one point: the noise of the loss, and the derivative by every parameter. */

import type { GradientsRequest, LossRequest } from '../model/evaluate/requests.js';
import type { Frame } from '../model/subject/subject.js';
import { totalOf } from '../model/array/concat.js';
import { DOUBLE, type Format, formatsOf } from '../numerics/format.js';
import { groupNorms, rootMeanSquare } from '../numerics/norms.js';
import { balancedStep, entryScale } from '../numerics/step.js';
import type { Method } from '../report.js';
import { measureEntries } from './entries/measure-entries.js';
import type { ParameterTask } from './entries/task.js';
import { measureRuns, type RunPlan } from './runs/measure-runs.js';
import type { MeasuredParameter, Measurement } from './measurement.js';
import { type ClaimBounds, ClaimNoise } from './preconditions/claim-noise.js';
import { FAR, isAlive, LIVENESS_LOSSES, lossFarAway } from './preconditions/sensitivity.js';
import { firstDistance, measureNoise, MOVED_ENTRIES } from './preconditions/noise.js';
import type { Budget } from './run/budget.js';
import type { Settings } from './settings.js';
import { tolerancesFor } from '../verdict/tolerance.js';

/** Beyond so many losses of the exhaustive method, two for each entry, directions are the default. */
const MOST_EXHAUSTIVE = 20_000;

function methodFor(frame: Frame, { method }: Settings): Method {
  return method ?? (2 * totalOf(frame.due) <= MOST_EXHAUSTIVE ? 'exhaustive' : 'directional');
}

/** So many wrong entries of a parameter are looked for, or as many as are to be shown. */
const LEAST_FOUND = 16;

/** Directions of each parameter: errors of two entries that cancel along one of them show along another. */
const LOOKS = 3;

function planFor({ settings }: PointTask, { analytic, format, range }: ParameterTask): RunPlan {
  const numeric = analytic;
  const compared = { analytic, numeric, uncertainty: new Float64Array(analytic.length) };
  const { wrong: tolerance } = tolerancesFor(settings, format, groupNorms(compared, range.count));
  return { looks: LOOKS, most: Math.max(settings.worst, LEAST_FOUND), tolerance };
}

/** What a point is measured with. */
export interface PointTask {
  readonly frame: Frame;
  readonly settings: Settings;
  /** The claimed gradients at the point. */
  readonly analytic: readonly Float64Array[];
  /** The loss at the point. */
  readonly loss: number;
  readonly budget: Budget;
  /** What is known of the noise of the claims; measured where left out. */
  readonly claimNoise?: ClaimBounds;
}

/** How the parameters of a point are measured. */
export interface Strategy {
  /** `'directional'` where all entries of a parameter move together, so that noise is measured of all at once. */
  readonly method: Method;
  /** About so many entries move at once where noise and steps of single entries are looked for; a function of few of them needs all. */
  readonly moved?: number;
  measure(
    task: ParameterTask,
    plan: RunPlan,
  ): Generator<LossRequest | GradientsRequest, MeasuredParameter, void>;
}

/** At θ: every entry, or directions of each parameter. */
export function strategyFor(frame: Frame, settings: Settings): Strategy {
  const method = methodFor(frame, settings);
  return {
    method,
    measure: (task, plan) => (method === 'exhaustive' ? measureEntries(task) : measureRuns(task, plan)),
  };
}

/** Measures the noise, along all parameters, so that it is the same whatever part of them is due; then what is due of each. */
export function* measure(
  point: PointTask,
  strategy: Strategy,
): Generator<LossRequest | GradientsRequest, Measurement, void> {
  const { frame, settings, analytic, loss, budget } = point;
  const scales = frame.saved.map((values) => entryScale(0, rootMeanSquare(values)));
  const { method, moved = MOVED_ENTRIES } = strategy;
  const source = {
    frame,
    loss,
    parameters: scales.map((scale, place) => ({ place, scale })),
    share: method === 'exhaustive' ? Math.min(1, moved / totalOf(frame.parameters)) : 1,
    seed: settings.seed,
    budget,
  };
  const noise = yield* measureNoise(source, firstDistance(source));
  const here = { loss, scales, seed: settings.seed, analytic };
  const formats = formatsOf(analytic);
  const { claimNoise = new ClaimNoise(frame, scales, formats, settings.seed) } = point;
  const parameters: MeasuredParameter[] = [];
  const alive: boolean[] = [];
  const claimsZero: boolean[] = [];
  for (const task of tasksOf(point, { noise, scales, formats, claimNoise, moved })) {
    const { parameter, range } = task;
    task.tell(range.count);
    const measured = yield* strategy.measure(task, planFor(point, task));
    task.tell(0);
    parameters.push(measured);
    // Of a parameter that the budget left no losses for nothing is known.
    const known = measured.moved || measured.unreached > 0 || !budget.allows(LIVENESS_LOSSES);
    alive.push(known || (yield* isAlive(frame, parameter, here)));
    claimsZero.push(yield* claimsNothing(task, measured));
  }
  const isFarNeeded = alive.includes(false) || claimsZero.includes(true);
  const far = isFarNeeded && budget.allows(1) ? yield* lossFarAway(frame, here) : loss;
  const farChange = Math.abs(far - loss) / FAR;
  // What no parameter moves the loss by alone, as both factors of a product are zero, all may move it by together.
  const together = farChange > 0 && !alive.includes(true);
  const size = Math.max(Math.abs(loss), noise.change);
  return {
    method,
    analytic,
    formats,
    parameters,
    alive: alive.map((own) => own || together),
    claimsZero,
    scales: frame.due.map(({ parameter }) => scales[parameter]!),
    farChange,
    noise: noise.level,
    chosenSteps: frame.due.map(
      ({ parameter: p }) => scales[p]! * balancedStep(noise.level, size, frame.parameters[p]!.values.spacing),
    ),
  };
}

/** What all parameters of a point share. */
interface Shared extends Pick<ParameterTask, 'noise' | 'claimNoise' | 'moved'> {
  readonly scales: readonly number[];
  readonly formats: readonly Format[];
}

/** The tasks of a point, one for each parameter with entries that are due. */
function tasksOf(
  { frame, settings, analytic, loss, budget }: PointTask,
  { scales, formats, ...shared }: Shared,
): ParameterTask[] {
  const total = totalOf(frame.due);
  let before = 0;
  return frame.due.map((range) => {
    const { parameter } = range;
    const { name } = frame.parameters[parameter]!;
    const end = (before += range.count);
    return {
      ...shared,
      frame,
      parameter,
      range,
      loss,
      scale: scales[parameter]!,
      analytic: analytic[parameter]!,
      format: formats[parameter]!,
      epsilon: settings.epsilon,
      policy: settings,
      seed: settings.seed,
      budget,
      tell: (left) => {
        const done = end - left;
        budget.tell({ done, total, parameter: name }, done / total);
      },
    };
  });
}

/**
 * Whether a parameter's claims are zero to within their own noise, which is measured where nothing is known of the derivatives: then it
 * decides whether they are zero, too.
 */
function* claimsNothing(
  { analytic, parameter, range, claimNoise, budget }: ParameterTask,
  { numeric, uncertainty, along }: MeasuredParameter,
): Generator<LossRequest | GradientsRequest, boolean, void> {
  const norms = along?.norms ?? groupNorms({ analytic, numeric, uncertainty }, range.count);
  const isKnown = norms.numeric > norms.uncertainty;
  const bounds =
    isKnown || budget.spent() || norms.analytic === 0
      ? claimNoise.known(parameter)
      : yield* claimNoise.bounds(parameter);
  return isZero(analytic.subarray(range.from, range.to), bounds?.subarray(range.from, range.to));
}

/** Whether claims are zero to within their own noise, as far as that is known. */
function isZero(claims: Float64Array, bounds: Float64Array = new Float64Array(claims.length)): boolean {
  return rootMeanSquare(claims) <= rootMeanSquare(bounds);
}

/** The measurement of a model that could not be measured: every numeric derivative is NaN. */
export function unmeasured(frame: Frame, analytic: readonly Float64Array[]): Measurement {
  const { due } = frame;
  return {
    method: 'exhaustive',
    analytic,
    formats: analytic.map(() => DOUBLE),
    parameters: due.map(({ parameter, count }) =>
      unmeasuredParameter(frame.parameters[parameter]!.count, count),
    ),
    alive: due.map(() => true),
    claimsZero: due.map(() => false),
    scales: due.map(() => 1),
    farChange: 0,
    noise: Number.NaN,
    chosenSteps: [],
  };
}

function unmeasuredParameter(count: number, due: number): MeasuredParameter {
  return {
    numeric: new Float64Array(count).fill(Number.NaN),
    uncertainty: new Float64Array(count).fill(Number.NaN),
    step: undefined,
    moved: false,
    kinks: new Map(),
    open: 0,
    singular: 0,
    unreached: due,
    isStaircase: false,
    noise: Number.NaN,
  };
}
