/**
 * A parameter of many entries → whether its claim is right along random directions of all of them, and where it is not, at which entries.
 */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { LARGEST_STEP, LEAST_SPACINGS, stepAbove } from '../../numerics/step.js';
import { entryPaths } from '../entries/entry-paths.js';
import { probe } from '../entries/probe.js';
import { isStaircase } from '../entries/detect-staircase.js';
import { type ParameterTask, toleranceOf } from '../entries/task.js';
import type { MeasuredParameter } from '../measurement.js';
import { isWrong, locate, type Search } from './locate.js';
import { directionOf, type Look, lookAlong, type LookRule, withBounds } from './look.js';
import { RunValues } from './run-values.js';

/** Along a direction noise may hide this share of a typical entry's slope: a wrong entry then shows with four times the uncertainty. */
const CLEAR_SHARE = 1 / 4;

/** When entries were found wrong, so many fresh directions tell whether they were all. */
const FRESH_LOOKS = 2;

/** What is looked for. */
export interface RunPlan {
  /** How many directions are taken at first. */
  readonly looks: number;
  /** How many wrong entries are looked for; none where only the verdict is wanted. */
  readonly most: number;
  /** The bound on what a right claim may be off by, relative to its size. */
  readonly tolerance: number;
}

/** Measures a parameter along directions of all its entries that are to be checked. */
export function* measureRuns(
  task: ParameterTask,
  { looks: first, most, tolerance }: RunPlan,
): Generator<LossRequest | GradientsRequest, MeasuredParameter, void> {
  const { frame, parameter, range, epsilon, budget } = task;
  const probed = yield* probe(task, { clearShare: CLEAR_SHARE, share: 1 });
  const known = toleranceWhereKnown(task, tolerance);
  const rule: LookRule = {
    step: epsilon === undefined ? probed.step : epsilon / task.scale,
    least: stepAbove(LEAST_SPACINGS * frame.parameters[parameter]!.values.spacing),
    largest: Math.min(LARGEST_STEP, probed.noise.reach),
    noise: probed.noise,
    // The format of the claim, and with it what it may be off by, may be known only when more is asked of what looks wrong.
    get tolerance() {
      return known();
    },
    corrected: new Map(),
    rejectsKinks: task.policy.kinks === 'reject',
  };
  const paths = entryPaths(task, probed.noise);
  const onStaircase = epsilon === undefined && (yield* isStaircase(task, paths, probed.step));
  const values = new RunValues(task, probed, rule);
  if (onStaircase) return { ...values.result(), isStaircase: true };
  let taken = 0;
  const search: Search<LossRequest> = {
    run: range,
    budget,
    draw: () => directionOf(task, range, taken++),
    look: (along) => lookAlong(task, values.numeric, along, rule),
    measure: (entries) => values.measure(entries),
    isWidespread: () => values.isWidespread(),
  };
  for (let count = first; !budget.spent(); count = FRESH_LOOKS) {
    const directions = Array.from({ length: count }, search.draw);
    const current = { ...rule, corrected: values.corrected };
    const seen = (yield* lookAlong(task, values.numeric, directions, current)) ?? [];
    const looks = yield* bounded(task, seen, () => rule.tolerance - current.tolerance);
    values.note(looks);
    if (!looks.some(isWrong)) break;
    const before = values.wrong;
    const { isWidespread } = yield* locate(search, looks, most - before);
    if (isWidespread) break;
    if (values.wrong === before || values.wrong >= most) {
      values.leaveOpen();
      break;
    }
  }
  return { ...values.result(), isStaircase: false };
}

/** The tolerance of a parameter, or more: measured anew where more is known of the format of its claim. */
function toleranceWhereKnown(task: ParameterTask, least: number): () => number {
  const { claimNoise, parameter } = task;
  let format = claimNoise.format(parameter);
  let tolerance = least;
  return () => {
    const known = claimNoise.format(parameter);
    if (known !== format) tolerance = Math.max(least, toleranceOf(task));
    format = known;
    return tolerance;
  };
}

/**
 * Looks at a claim, which with noise of its own is held to no more than it can be.
 * @param risen by how much the tolerance has risen meanwhile
 */
function* bounded(
  { claimNoise, parameter }: ParameterTask,
  looks: readonly Look[],
  risen: () => number,
): Generator<LossRequest | GradientsRequest, readonly Look[], void> {
  if (!looks.some(isWrong)) return looks;
  const bounds = yield* claimNoise.bounds(parameter);
  return looks.map((look) => withBounds(look, bounds, risen()));
}
