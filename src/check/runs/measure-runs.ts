/**
 * A parameter of many entries → whether its claim is right along random directions of all of them, and where it is not, at which entries.
 */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { LARGEST_STEP, LEAST_SPACINGS, stepAbove } from '../../numerics/step.js';
import { counted } from '../run/counted.js';
import { entryPaths } from '../entries/entry-paths.js';
import { measureEntries } from '../entries/measure-entries.js';
import type { Probed } from '../entries/probe.js';
import { isStaircase } from '../entries/detect-staircase.js';
import { type ParameterTask, toleranceOf } from '../entries/task.js';
import type { MeasuredParameter } from '../measurement.js';
import { SIDE_SHARE } from '../paths/rounds.js';
import { isWrong, locate, locateOne, type Search } from './locate.js';
import type { Direction, Taken } from './direction-paths.js';
import {
  byFirstStep,
  directionOf,
  type Look,
  type LookRule,
  meetKink,
  missedBy,
  NEEDED_TIME,
  type RunPlan,
  wantedShare,
  withBounds,
} from './look.js';
import { firstLooks } from './first-looks.js';
import { lookAlong } from './look-along.js';
import { openingOf } from './opening.js';
import { RunValues } from './run-values.js';

/** When entries were found wrong, so many fresh directions tell whether they were all. */
const FRESH_LOOKS = 2;

/**
 * A search is for few errors among many entries: one that has found nothing by this share of the losses that the entries take is given up for these,
 * and one that has found some, which make the claim wrong, ends before it takes as many.
 */
const DEAR_SHARE = { none: 1 / 2, some: 3 / 4 };

/** Two errors of the size of a typical entry may cancel along all directions with this chance. */
const MISSED_CHANCE = 1e-3;

/** Measures a parameter along directions of all its entries that are to be checked. */
export function* measureRuns(
  task: ParameterTask,
  plan: RunPlan,
): Generator<LossRequest | GradientsRequest, MeasuredParameter, void> {
  const { range, epsilon, budget } = task;
  let next = 0;
  const draw = (): Direction => directionOf(task, range, next++);
  const drawn = Array.from({ length: plan.looks.least }, draw);
  const { probed, directions: opening, typical, taken } = yield* openingOf(task, drawn, draw);
  const claimed = rootMeanSquare(task.analytic) * task.scale;
  // What is typical along a few directions may be too much by chance, and a claim may be, too.
  const rule = ruleFor(task, probed, plan, Math.min(claimed, (claimed + typical) / 2));
  const onStaircase =
    epsilon === undefined && (yield* isStaircase(task, entryPaths(task, probed.noise), probed.step));
  const values = new RunValues(task, probed, rule, plan);
  if (onStaircase) return { ...values.result(), isStaircase: true };
  // Not what is found out for other parameters as well.
  const asked = { losses: 0 };
  const looked = function* (
    directions: readonly Direction[],
    changed: Partial<LookRule>,
    own?: readonly Taken[],
  ): Generator<LossRequest | GradientsRequest, readonly Look[], void> {
    if (directions.length === 0) return [];
    const current = { ...rule, corrected: values.corrected, ...changed };
    const looks = yield* counted(lookAlong(task, values.numeric, directions, current, own), asked);
    return yield* bounded(task, looks ?? [], () => rule.tolerance - current.tolerance);
  };
  let from: Partial<LookRule> = {};
  const isDear = (): boolean => {
    const share = values.wrong === 0 ? DEAR_SHARE.none : DEAR_SHARE.some;
    return asked.losses > share * 2 * range.count;
  };
  const search: Search<LossRequest> = {
    run: range,
    goesOn: () => !budget.spent() && !isDear() && (values.wrong === 0 || plan.hasTime(1, NEEDED_TIME)),
    draw,
    look: (along) => counted(lookAlong(task, values.numeric, along, { ...rule, ...from }), asked),
    measure: (entries) => counted(values.measure(entries), asked),
    isWidespread: () => counted(values.isWidespread(), asked),
  };
  const start = {
    draw,
    least: plan.looks.least,
    maySplit: plan.maySplit === true,
    known: rule.known!,
    asked: askedStep(rule),
    near: task.near,
    look: looked,
    *locateOne(seen: readonly Look[]): Generator<LossRequest, boolean, void> {
      if (values.wrong >= plan.most || !search.goesOn()) return false;
      const brief = { ...rule, step: seen[0]!.step, isBrief: true };
      const byFirst = function* (along: readonly Direction[]): ReturnType<Search<LossRequest>['look']> {
        return (yield* counted(lookAlong(task, values.numeric, along, brief), asked))?.map(byFirstStep);
      };
      return (yield* locateOne({ ...search, look: byFirst }, seen.map(byFirstStep))).length > 0;
    },
  };
  let first = yield* firstLooks({ ...start, opening, taken });
  while (first.isCorrected === true) {
    values.note(first.looks);
    first = yield* firstLooks({ ...start, opening: drawn.map(draw), taken: undefined });
  }
  const looks = [...first.looks];
  // Further directions are looked along from the step on that told.
  const { near } = first;
  if (near !== undefined) from = { step: near, isKinky: true };
  const more = (count: number): Generator<LossRequest | GradientsRequest, readonly Look[], void> =>
    looked(Array.from({ length: count }, draw), from);
  while (first.isOpen !== true && !budget.spent() && needsAnother(looks, task, plan))
    looks.push(...(yield* looked([draw()], { ...from, isBrief: near !== undefined })));
  values.note(looks);
  yield* findWrong({ search, values, plan, more, isSpent: () => budget.spent() }, looks);
  const result = values.result(near);
  const isGivenUp = (): boolean => first.isOpen !== true && values.wrong === 0 && isLeft(result) && isDear();
  if (isGivenUp() && plan.hasTime(2 * range.count, NEEDED_TIME)) return yield* measureEntries(task);
  return { ...result, isStaircase: false };
}

/** Whether directions leave open which entries are wrong. */
function isLeft({ runs }: Pick<MeasuredParameter, 'runs'>): boolean {
  return runs !== undefined && !(runs.complete || runs.widespread || runs.isKinked);
}

/** What wrong entries are found with. */
interface Finding {
  readonly search: Search<LossRequest>;
  readonly values: RunValues;
  readonly plan: RunPlan;
  /** Looks along more directions. */
  readonly more: (count: number) => Generator<LossRequest | GradientsRequest, readonly Look[], void>;
  readonly isSpent: () => boolean;
}

/** Finds the entries that make a claim wrong along some directions, until it is right along fresh ones. */
function* findWrong(
  { search, values, plan, more, isSpent }: Finding,
  first: readonly Look[],
): Generator<LossRequest | GradientsRequest, void, void> {
  let looks = first;
  while (!isSpent() && looks.some(isWrong)) {
    const before = values.wrong;
    const { isWidespread } = yield* locate(search, looks, plan.most - before);
    if (isWidespread) return;
    if (values.wrong === before) {
      const others = yield* more(Math.max(0, plan.looks.most - looks.length));
      values.note(others);
      looks = overruled([...looks, ...others]);
      values.judgeBy(looks);
      if (looks.some(isWrong)) values.leaveOpen();
      return;
    }
    if (values.wrong >= plan.most || !plan.hasTime(2 * FRESH_LOOKS, NEEDED_TIME)) {
      values.leaveOpen();
      return;
    }
    looks = yield* more(FRESH_LOOKS);
    values.note(looks);
  }
}

/**
 * Looks at a claim in which nothing wrong could be found. A claim that is wrong shows it along all of them; where not all say so, those that kinks
 * may have put off tell nothing.
 */
function overruled(looks: readonly Look[]): Look[] {
  if (looks.every(isWrong)) return [...looks];
  return looks.map((look) => (isWrong(look) && look.isBent ? { ...look, outcome: 'open' } : look));
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

/** @param size what a typical entry moves the loss by, over the scale */
function ruleFor(task: ParameterTask, probed: Probed, plan: RunPlan, size: number): LookRule {
  const { frame, parameter, epsilon, scale, policy } = task;
  const tolerance = toleranceWhereKnown(task, plan.tolerance);
  return {
    step: epsilon === undefined ? probed.step : epsilon / scale,
    least: stepAbove(LEAST_SPACINGS * frame.parameters[parameter]!.values.spacing),
    largest: Math.min(LARGEST_STEP, probed.noise.reach),
    noise: probed.noise,
    sharp: wantedShare(task) * size,
    known: size,
    // The format of the claim, and with it what it may be off by, may be known only when more is asked of what looks wrong.
    get tolerance() {
      return tolerance();
    },
    corrected: new Map(),
    rejectsKinks: policy.kinks === 'reject',
  };
}

/** The step at which noise leaves what is asked for to one side. */
function askedStep({ noise, sharp, least, largest }: LookRule): number {
  return Math.min(Math.max(noiseUncertainty(noise.level, 1) / (SIDE_SHARE * sharp!), least), largest);
}

/** Whether two errors may cancel along all of some looks that found nothing wrong; at a kink of θ another would tell no more. */
function needsAnother(
  looks: readonly Look[],
  { scale }: ParameterTask,
  { looks: { most }, missed = 1 }: RunPlan,
): boolean {
  if (looks.length === 0 || looks.length >= most || looks.some(isWrong)) return false;
  if (meetKink(looks)) return false;
  return !(missed * missedBy(looks, scale) <= MISSED_CHANCE);
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
