/** Everything that is measured at one point: the noise of the loss, and the derivative by every parameter. */

import type { Frame } from '../model/subject/subject.js';
import type { GradientsRequest, LossRequest } from '../model/evaluate/requests.js';
import { DOUBLE } from '../numerics/format.js';
import { finiteRootMeanSquare, groupNorms, rootMeanSquare } from '../numerics/norms.js';
import type { Method } from '../report.js';
import { balancedStep } from '../numerics/step.js';
import { chooseStrategy } from './choose-strategy.js';
import type { ParameterTask } from './entries/task.js';
import type { MeasuredParameter, Measurement } from './measurement.js';
import { planFor, type PointTask, tasksOf } from './point-task.js';
import { ClaimNoise } from './preconditions/claim-noise.js';
import { MOVED_ENTRIES } from './preconditions/loss-noise.js';
import { type Here, isAlive, LIVENESS_LOSSES, lossFarAway } from './preconditions/sensitivity.js';
import { isBeyondScatter } from '../numerics/repeats.js';
import { together } from './run/together.js';
import { type Measured, measuredBy, refine } from './runs/refine.js';
import type { Settings } from './settings.js';
import { DIRECTIONAL, type Strategy } from './strategy.js';
import { scaleOf } from './preconditions/parameter-scale.js';

/**
 * Measures the noise, along all parameters, so that it is the same whatever part of them is due; then what is due of each.
 * @param given how; undefined: by the time that it takes
 */
export function* measure(
  point: PointTask,
  given?: Strategy,
): Generator<LossRequest | GradientsRequest, Measurement, void> {
  const { frame, settings, analytic, loss } = point;
  const scales = frame.saved.map(scaleOf);
  const { strategy, noise } = yield* chooseStrategy(point, scales, given);
  const { claimNoise = new ClaimNoise(point, scales) } = point;
  const { method, moved = MOVED_ENTRIES } = strategy;
  const tasks = tasksOf(point, { method, noise, scales, claimNoise, moved });
  const measuring = tasks.map((task) =>
    measuredBy(task, planFor(point, task), (whole, plan) => strategy.measure(whole, plan)),
  );
  const found = isJoint(point, method) ? yield* together(measuring) : [];
  for (const [k, task] of tasks.entries()) {
    task.tell(task.range.count);
    found[k] ??= yield* measuring[k]!;
    task.tell(0);
  }
  const isByTime = settings.method === undefined;
  const parameters =
    strategy === DIRECTIONAL
      ? yield* refine(isByTime ? found : counted(point, found), isByTime)
      : found.map(({ measured }) => measured);
  const moving = yield* movingOf(
    point,
    scales,
    found.map(({ task }, k) => ({ task, measured: parameters[k]! })),
  );
  const size = Math.max(Math.abs(loss), noise.change);
  return {
    method,
    analytic,
    formats: frame.parameters.map((_, p) => claimNoise.format(p)),
    parameters,
    alive: moving.alive,
    claimsZero: moving.claimsZero,
    scales: frame.due.map(({ parameter }) => scales[parameter]!),
    farChange: moving.farChange,
    noise: noise.level,
    chosenSteps: frame.due.map(
      ({ parameter: p }) => scales[p]! * balancedStep(noise.level, size, frame.parameters[p]!.values.spacing),
    ),
  };
}

/** Where a method is given, what is not known takes so many times as many losses as all did at first: enough for sixteenths of each run. */
const MOST_REFINING = 16;

/** What was measured, to be refined as far as losses allow that are counted, whatever time they take. */
function counted({ frame, budget }: PointTask, found: readonly Measured[]): readonly Measured[] {
  const most = MOST_REFINING * found.reduce((sum, { losses }) => sum + losses, 0);
  const before = frame.evaluations.loss;
  const hasTime = (losses: number): boolean =>
    !budget.spent() && frame.evaluations.loss - before + losses <= most;
  return found.map((one) => ({ ...one, plan: { ...one.plan, hasTime } }));
}

/** Whether all parameters are measured at once: where many losses may be asked for in one call, and no limit has to be kept to in between. */
function isJoint({ frame, settings: { maxEvaluations, timeLimit } }: PointTask, method: Method): boolean {
  const isFree = maxEvaluations === undefined && timeLimit === undefined;
  return isFree && method === 'directional' && frame.lossFunctions[0] === 'losses';
}

/** What moves the loss, where small steps along single entries don't show it. */
function* movingOf(
  { frame, settings: { seed }, analytic, loss, scatter, budget }: PointTask,
  scales: readonly number[],
  found: readonly Pick<Measured, 'task' | 'measured'>[],
): Generator<LossRequest | GradientsRequest, Pick<Measurement, 'alive' | 'claimsZero' | 'farChange'>, void> {
  const here: Here = { loss, scales, seed, analytic, scatter };
  const alive: boolean[] = [];
  const claimsZero: boolean[] = [];
  for (const { task, measured } of found) {
    // Of a parameter that the budget left no losses for nothing is known.
    const isKnown = measured.moved || measured.unreached > 0 || !budget.allows(LIVENESS_LOSSES);
    alive.push(isKnown || (yield* isAlive(frame, task.parameter, here)));
    claimsZero.push(yield* claimsNothing(task, measured));
  }
  const isFarNeeded = !found.some(isSeen) || alive.includes(false) || claimsZero.includes(true);
  const far = isFarNeeded && budget.allows(1) ? yield* lossFarAway(frame, here) : undefined;
  const farChange = far === undefined ? undefined : changeTo(far, here);
  // What no parameter moves the loss by alone, as both factors of a product are zero, all may move it by together.
  const moveTogether = farChange !== undefined && farChange > 0 && !alive.includes(true);
  return { alive: alive.map((own) => own || moveTogether), claimsZero, farChange };
}

/** By how much a loss differs from that at the point; 0 where it is by no more than repeated losses do. */
function changeTo(far: number, { loss, scatter }: Pick<Here, 'loss' | 'scatter'>): number {
  return isBeyondScatter(far, loss, { scatter }) ? Math.abs(far - loss) : 0;
}

/** Whether something of a gradient is known. */
function isSeen({ measured: { numeric, uncertainty, runs } }: Pick<Measured, 'measured'>): boolean {
  return runs === undefined ? isBeyond(numeric, uncertainty) : runs.norms.numeric > runs.norms.uncertainty;
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
  return finiteRootMeanSquare(numeric) > finiteRootMeanSquare(uncertainty);
}

/** Whether claims are zero to within their own noise, as far as that is known. */
function isZero(claims: Float64Array, bounds: Float64Array | undefined): boolean {
  return rootMeanSquare(claims) <= (bounds === undefined ? 0 : rootMeanSquare(bounds));
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
    differences: new Map(),
    open: 0,
    singular: 0,
    unreached: due,
    isStaircase: false,
    noise: Number.NaN,
  };
}
