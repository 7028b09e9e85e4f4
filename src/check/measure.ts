/** Everything that is measured at one point: the noise of the loss, and the derivative by every parameter. */

import type { GradientsRequest, LossRequest } from '../model/evaluate/requests.js';
import type { Frame } from '../model/subject/subject.js';
import { totalOf } from '../model/array/concat.js';
import { DOUBLE, type Format, formatsOf } from '../numerics/format.js';
import { groupNorms, rootMeanSquare } from '../numerics/norms.js';
import { balancedStep, entryScale } from '../numerics/step.js';
import type { ParameterTask } from './entries/task.js';
import type { RunPlan } from './runs/measure-runs.js';
import { type Measured, refine } from './runs/refine.js';
import type { MeasuredParameter, Measurement } from './measurement.js';
import { type ClaimBounds, ClaimNoise } from './preconditions/claim-noise.js';
import { isAlive, LIVENESS_LOSSES, lossFarAway } from './preconditions/sensitivity.js';
import { firstDistance, type LossNoise, measureNoise, MOVED_ENTRIES } from './preconditions/noise.js';
import type { Budget } from './run/budget.js';
import { now } from './run/clock.js';
import type { Settings } from './settings.js';
import {
  CHECK_TIME,
  DIRECTIONAL,
  EXHAUSTIVE,
  isCheap,
  SLOW_START,
  type Strategy,
  strategyOf,
} from './strategy.js';
import { tolerancesFor } from '../verdict/tolerance.js';

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
  /** How long a loss takes, in ms. */
  readonly lossTime: number;
  readonly budget: Budget;
  /** What is known of the noise of the claims; measured where left out. */
  readonly claimNoise?: ClaimBounds;
}

/**
 * Measures the noise, along all parameters, so that it is the same whatever part of them is due; then what is due of each.
 * @param given how; undefined: by the time that it takes
 */
export function* measure(
  point: PointTask,
  given?: Strategy,
): Generator<LossRequest | GradientsRequest, Measurement, void> {
  const { frame, settings, analytic, loss, budget } = point;
  const scales = frame.saved.map((values) => entryScale(0, rootMeanSquare(values)));
  const { strategy, noise } = yield* begin(point, scales, given);
  const here = { loss, scales, seed: settings.seed, analytic };
  const formats = formatsOf(analytic);
  const { claimNoise = new ClaimNoise(point, scales, formats) } = point;
  const { moved = MOVED_ENTRIES } = strategy;
  const found: Measured[] = [];
  const alive: boolean[] = [];
  const claimsZero: boolean[] = [];
  for (const task of tasksOf(point, { noise, scales, formats, claimNoise, moved })) {
    const plan = planFor(point, task);
    task.tell(task.range.count);
    const measured = yield* strategy.measure(task, plan);
    task.tell(0);
    found.push({ task, plan, measured });
  }
  const isByTime = given === undefined && settings.method === undefined;
  const parameters =
    isByTime && strategy === DIRECTIONAL
      ? yield* refine(found, (losses) => budget.hasTime(losses, settings.checkTime ?? CHECK_TIME))
      : found.map(({ measured }) => measured);
  for (const [k, measured] of parameters.entries()) {
    const { task } = found[k]!;
    // Of a parameter that the budget left no losses for nothing is known.
    const known = measured.moved || measured.unreached > 0 || !budget.allows(LIVENESS_LOSSES);
    alive.push(known || (yield* isAlive(frame, task.parameter, here)));
    claimsZero.push(yield* claimsNothing(task, measured));
  }
  const isKnown = parameters.some(({ numeric, uncertainty, runs }) =>
    runs === undefined ? isBeyond(numeric, uncertainty) : runs.norms.numeric > runs.norms.uncertainty,
  );
  const isFarNeeded = !isKnown || alive.includes(false) || claimsZero.includes(true);
  const far = isFarNeeded && budget.allows(1) ? yield* lossFarAway(frame, here) : undefined;
  const farChange = far === undefined ? undefined : Math.abs(far - loss);
  // What no parameter moves the loss by alone, as both factors of a product are zero, all may move it by together.
  const together = farChange !== undefined && farChange > 0 && !alive.includes(true);
  const size = Math.max(Math.abs(loss), noise.change);
  return {
    method: strategy.method,
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

/** Chooses how the point is measured, and measures the noise as that asks for. */
function* begin(
  point: PointTask,
  scales: readonly number[],
  given: Strategy | undefined,
): Generator<LossRequest, { readonly strategy: Strategy; readonly noise: LossNoise }, void> {
  const { frame, settings, lossTime } = point;
  const losses = 2 * totalOf(frame.due);
  if (given !== undefined) return { strategy: given, noise: yield* noiseOf(point, scales, given) };
  if (settings.method !== undefined) {
    const strategy = strategyOf(settings.method);
    return { strategy, noise: yield* noiseOf(point, scales, strategy) };
  }
  if (isCheap(losses, lossTime / SLOW_START, settings.checkTime)) {
    const started = now();
    const before = frame.evaluations.loss;
    const noise = yield* noiseOf(point, scales, EXHAUSTIVE);
    const later = (now() - started) / (frame.evaluations.loss - before);
    if (isCheap(losses, Math.min(lossTime, later), settings.checkTime))
      return { strategy: EXHAUSTIVE, noise };
  }
  return { strategy: DIRECTIONAL, noise: yield* noiseOf(point, scales, DIRECTIONAL) };
}

function* noiseOf(
  { frame, settings: { seed }, loss, budget }: PointTask,
  scales: readonly number[],
  { method, moved = MOVED_ENTRIES }: Strategy,
): Generator<LossRequest, LossNoise, void> {
  const parameters = scales.map((scale, place) => ({ place, scale }));
  const share = method === 'exhaustive' ? Math.min(1, moved / totalOf(frame.parameters)) : 1;
  const source = { frame, loss, parameters, share, seed, budget };
  return yield* measureNoise(source, firstDistance(source));
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
  { numeric, uncertainty, runs }: MeasuredParameter,
): Generator<LossRequest | GradientsRequest, boolean, void> {
  const norms = runs?.norms ?? groupNorms({ analytic, numeric, uncertainty }, range.count);
  const isKnown = norms.numeric > norms.uncertainty;
  const bounds =
    isKnown || budget.spent() || norms.analytic === 0
      ? claimNoise.known(parameter)
      : yield* claimNoise.bounds(parameter);
  return isZero(analytic.subarray(range.from, range.to), bounds?.subarray(range.from, range.to));
}

/** Whether a gradient is more than its uncertainty. */
function isBeyond(numeric: Float64Array, uncertainty: Float64Array): boolean {
  return (
    rootMeanSquare(numeric.filter(Number.isFinite)) > rootMeanSquare(uncertainty.filter(Number.isFinite))
  );
}

/** Whether claims are zero to within their own noise, as far as that is known. */
function isZero(claims: Float64Array, bounds: Float64Array = new Float64Array(claims.length)): boolean {
  return rootMeanSquare(claims) <= rootMeanSquare(bounds);
}

/** The measurement of a model that could not be measured: every numeric derivative is NaN. */
export function unmeasured(
  { due, parameters }: Frame,
  { method = 'exhaustive' }: Settings,
  analytic: readonly Float64Array[],
): Measurement {
  return {
    method,
    analytic,
    formats: analytic.map(() => DOUBLE),
    parameters: due.map(({ parameter, count }) => unmeasuredParameter(parameters[parameter]!.count, count)),
    alive: due.map(() => true),
    claimsZero: due.map(() => false),
    scales: due.map(() => 1),
    farChange: undefined,
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
