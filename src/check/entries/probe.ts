/**
 * A parameter → the step at which its slope shows clearly through the noise, and the noise of the loss at that distance.
 *
 * The balance of noise and truncation takes the loss to change by its own size over the scale. A parameter with a flatter slope has its
 * truncation error smaller in proportion, and its best step is larger. So the loss is tried along one random direction of the parameter, and
 * the step grows until it moves clearly. The claim has no say in it.
 */

import type { LossRequest, Path, PathRequest } from '../../model/evaluate/requests.js';
import { bendBetween, bendUncertainty, noiseUncertainty } from '../../numerics/difference.js';
import { NOISE_POINTS } from '../../numerics/noise.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { balancedStep, LARGEST_STEP, STEP_RATIO, stepAbove } from '../../numerics/step.js';
import { measureNoise, firstDistance, type LossNoise, type RaySource } from '../preconditions/loss-noise.js';
import { squaredLength, weightsOf } from '../preconditions/random-path.js';
import type { ParameterTask } from './task.js';

/** What was found out about a parameter before its entries are measured. */
export interface Probed {
  /** The step in units of the scale, on the ladder. */
  readonly step: number;
  /** The noise of the loss at about that distance. */
  readonly noise: LossNoise;
}

/** The step grows by so much at a time at most. */
const MOST_GROWTH: number = STEP_RATIO ** 3;
/** The noise is measured anew where the step has grown by so much since it was. */
const NOISE_GROWTH: number = STEP_RATIO ** 2;
/** So many steps are tried at most, as four of the largest growth lead from any step to the largest. */
const MOST_TRIES = 5;

/** What a parameter is probed for. */
export interface ProbeRule {
  /** The share of a typical entry's slope that noise may hide. */
  readonly clearShare: number;
  /** The share of the entries that are moved at once. */
  readonly share: number;
}

/** What losses on both sides of θ tell of a parameter. */
interface Slope {
  /** What a typical entry moves the loss by, over the scale. */
  readonly typical: number;
  readonly moved: boolean;
  /** By how much the loss moves unlike to the two sides, beyond what it may where it is smooth. */
  readonly bend: number;
}

export function* probe(task: ParameterTask, rule: ProbeRule): Generator<LossRequest, Probed, void> {
  const { loss } = task;
  let direction = directionOf(task, rule);
  return yield* probeWith(task, rule, function* (step) {
    let losses = yield* along(task, direction, [step, -step]);
    // Those that were drawn may be none of the few that move it: then all are.
    if (isStill(losses, loss) && direction.share < 1) {
      direction = directionOf(task, { ...rule, share: 1 });
      losses = yield* along(task, direction, [step, -step]);
    }
    return {
      typical: slopeOf(losses, loss, step) / direction.length,
      moved: !isStill(losses, loss),
      bend: bendOf([losses], loss),
    };
  });
}

/** Whether the loss is the same at all points as at θ. */
export function isStill(losses: Float64Array, loss: number): boolean {
  return losses.every((value) => value === loss);
}

/** A loss that is smooth moves by as much to both sides, but for this share. */
const SMALL_BEND = 1 / 2;

/** By how much losses on the two sides of θ differ from it by unlike amounts, beyond that share of what is typical of some directions. */
export function bendOf(all: readonly Float64Array[], loss: number): number {
  const moves = all.map(([ahead, behind]) => Math.max(Math.abs(ahead! - loss), Math.abs(loss - behind!)));
  const most = Math.max(0, ...all.map(([ahead, behind]) => bendBetween(ahead!, behind!, loss)));
  return most - SMALL_BEND * rootMeanSquare(Float64Array.from(moves));
}

/** @param slopeAt takes losses at a step, in units of the scale */
export function* probeWith<Asked = LossRequest>(
  task: ParameterTask,
  rule: ProbeRule,
  slopeAt: (step: number) => Generator<Asked, Slope, void>,
): Generator<Asked | LossRequest, Probed, void> {
  const { frame, parameter, loss, budget } = task;
  const { spacing } = frame.parameters[parameter]!.values;
  let noise = yield* noiseFor(task, rule);
  let largest = Math.min(LARGEST_STEP, noise.reach);
  let step = Math.min(balancedStep(noise.level, Math.max(Math.abs(loss), noise.change), spacing), largest);
  if (!budget.allows(2)) return { step, noise };
  let slope = yield* slopeAt(step);
  if (!slope.moved && step < LARGEST_STEP) {
    const farthest = yield* slopeAt(LARGEST_STEP);
    // What stands still as far as steps go needs no step between.
    if (!farthest.moved) return { step: largest, noise };
  }
  for (let tries = 1; tries < MOST_TRIES && !budget.spent(); tries += 1) {
    const isFirst = tries === 1;
    if (isOfOthers(noise, slope, { step, isFirst }) && budget.allows(NOISE_POINTS)) {
      noise = chosenNoise(noise, yield* ownNoise(task, rule, step, noise.level), slope.moved && isFirst);
      largest = Math.min(LARGEST_STEP, noise.reach);
    }
    const growth = noiseUncertainty(noise.level, 2 * step) / (rule.clearShare * slope.typical);
    if (!(growth > 1) || step >= largest) break;
    step = Math.min(stepAbove(step * Math.min(growth, MOST_GROWTH) * (1 - Number.EPSILON)), largest);
    slope = yield* slopeAt(step);
  }
  return { step, noise };
}

/**
 * Whether the noise that was measured is that of others: where the parameter did not move the loss, or moved it by steps of its own; or it may be
 * others that make the loss oscillate, or climb by steps, beyond some distance.
 */
function isOfOthers(
  noise: LossNoise,
  slope: Slope,
  { step, isFirst }: { readonly step: number; readonly isFirst: boolean },
): boolean {
  const isBent = isFirst && slope.bend > bendUncertainty(noise.level);
  const isEarly = isFirst && noise.reach < Infinity;
  return !slope.moved || isBent || isEarly || step >= NOISE_GROWTH * noise.distance;
}

/** A parameter's own noise in the place of that of all: where it moves the loss at once, and may go as far as it likes, only if it is more. */
function chosenNoise(noise: LossNoise, own: LossNoise, movesAtOnce: boolean): LossNoise {
  if (movesAtOnce && noise.reach === Infinity ? !(own.level > noise.level) : Number.isNaN(own.level))
    return noise;
  return { ...own, level: own.isStill ? noise.level : own.level };
}

/** The noise along the parameter alone. */
function* ownNoise(
  task: ParameterTask,
  rule: ProbeRule,
  distance: number,
  known: number,
): Generator<PathRequest, LossNoise, void> {
  const source = raysOf(task, rule);
  return yield* measureNoise(source, Math.max(distance, firstDistance(source)), known);
}

/** The noise along all parameters; along this one where the loss is not finite there, as beside one of the others. */
function* noiseFor(task: ParameterTask, rule: ProbeRule): Generator<PathRequest, LossNoise, void> {
  if (!Number.isNaN(task.noise.level) || !task.budget.allows(NOISE_POINTS)) return task.noise;
  const source = raysOf(task, rule);
  return yield* measureNoise(source, firstDistance(source));
}

/** Rays of one parameter. */
function raysOf(task: ParameterTask, { share }: ProbeRule): RaySource {
  const { scatter } = task.noise;
  return { ...task, scatter, parameters: [{ place: task.parameter, scale: task.scale }], share };
}

/** The slope through both sides of θ, or to the one side that has a loss; 0 where neither has. */
export function slopeOf([ahead, behind]: Float64Array, loss: number, step: number): number {
  const slopes = [(ahead! / 2 - behind! / 2) / step, (ahead! - loss) / step, (loss - behind!) / step];
  return Math.abs(slopes.find(Number.isFinite) ?? 0);
}

interface Direction {
  readonly path: Path;
  /** In units of the scale. */
  readonly length: number;
  /** The share of the entries that move. */
  readonly share: number;
}

function directionOf(task: ParameterTask, { share }: ProbeRule): Direction {
  const weights = weightsOf(task.frame, task.parameter, { ...task, share });
  const { from, to } = task.range;
  const segment = { parameter: task.parameter, from, to, weights };
  return { path: [segment], length: Math.sqrt(squaredLength(segment, task.scale)), share };
}

function* along(
  { loss, budget }: ParameterTask,
  { path, length }: Direction,
  multiples: readonly number[],
): Generator<PathRequest, Float64Array, void> {
  const losses = new Float64Array(multiples.length).fill(loss);
  // Where no entry was drawn nothing moves, as if a step had to grow.
  if (length === 0 || !budget.allows(losses.length)) return losses;
  yield { kind: 'path', path, multiples: Float64Array.from(multiples), losses };
  return losses;
}
