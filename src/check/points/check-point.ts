/**
 * A generic point → what the claims are worth there, by a few losses for each parameter: along random directions, and entry by entry where
 * that is as cheap, or where a claim is wrong, to tell how.
 */

import { isMisuse } from '../../errors.js';
import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import type { GradientSubject } from '../../model/subject/gradient-subject.js';
import { countDifferent } from '../../model/subject/saved.js';
import { measureEntries } from '../entries/measure-entries.js';
import { measureWatched, type Watched } from '../measure-watched.js';
import type { ParameterTask } from '../entries/task.js';
import type { PointTask } from '../point-task.js';
import type { ParameterEvidence, Repeated } from '../measurement.js';
import { type Judgement, judgementOf } from '../report/judge.js';
import type { Budget } from '../run/budget.js';
import type { RunPlan } from '../runs/look.js';
import { measureRuns } from '../runs/measure-runs.js';
import type { Settings } from '../settings.js';
import type { Strategy } from '../strategy.js';
import { evaluated, genericPoint } from './generic-point.js';

/** What was found at a point. */
export interface PointJudgement {
  /** Its number; θ is the first. */
  readonly point: number;
  readonly judgement: Judgement;
  /** For each parameter with entries that are due, whether its claim is the same to the bit as at θ. */
  readonly isSame: readonly boolean[];
  /** Two losses at the same place that differ by more than rounding; then nothing else means anything. */
  readonly unlike?: Repeated;
}

/** Of so few entries each is measured by itself: that takes no more losses than directions. */
const FEW_ENTRIES = 4;

/** A wrong parameter of so many entries at most is measured entry by entry, so that its cause can be told. */
const MOST_ENTRIES = 512;

/** Directions of each parameter, beside those at θ. */
const LOOKS = { least: 1, most: 2 };

/** What is known at θ, against which a point is held. */
export interface AtTheta {
  /** The claims there. */
  readonly analytic: readonly Float64Array[];
  /** How much repeated losses and claims scatter there. */
  readonly scatter?: number;
  readonly claimScatter?: readonly Float64Array[] | undefined;
  readonly parameters: readonly Pick<
    ParameterEvidence,
    'moved' | 'isStaircase' | 'norms' | 'runs' | 'due' | 'step'
  >[];
}

/**
 * Checks the claims at a point, and puts the parameters back.
 * @returns undefined where the point tells nothing, however close to θ it is: the loss can't be evaluated there, a claim is finite at θ only,
 * or the loss stands still
 */
export function* checkPoint(
  subject: GradientSubject,
  settings: Settings,
  here: AtTheta,
  budget: Budget,
  point: number,
): Generator<LossRequest | GradientsRequest, PointJudgement | undefined, void> {
  const { scatter = 0, claimScatter } = here;
  const scatters = { scatter, claimScatter };
  // What the closest point at the edge of where the loss is defined tells of the parameters that don't meet it.
  let atEdge: PointJudgement | undefined;
  const judgedAt = function* (): Generator<LossRequest | GradientsRequest, PointJudgement | undefined, void> {
    // What a budget has cut short tells no more closer by.
    if (budget.spent()) return undefined;
    atEdge = undefined;
    const found = yield* evaluated(subject);
    if (found === undefined || !areFiniteAsAt(here.analytic, found.analytic)) return undefined;
    const watched = yield* measuredAt(
      { ...scatters, lossBy: 'loss', frame: subject, settings, budget, lossTime: 0, ...found },
      strategyBeside(here),
    );
    if (watched === undefined) return undefined;
    const { measurement, unlike } = watched;
    const judgement = judgementOf(subject, settings, measurement);
    if (unlike !== undefined) return { point, judgement, isSame: [], unlike };
    if (isStill(judgement) && !isStill(here)) return undefined;
    const isSame = subject.due.map(
      ({ parameter: p }) => countDifferent(found.analytic[p]!, here.analytic[p]!) === 0,
    );
    const judged = { point, judgement, isSame };
    if (!meetsEdge(here, judgement)) return judged;
    atEdge = judged;
    return undefined;
  };
  try {
    return (yield* genericPoint(subject, point, settings.seed, judgedAt)) ?? atEdge;
  } finally {
    subject.restore();
  }
}

/** Whether each claim is finite that is so at θ: beyond the domain of the loss they need not be. */
function areFiniteAsAt(here: readonly Float64Array[], there: readonly Float64Array[]): boolean {
  return there.every((claims, p) =>
    claims.every((g, i) => Number.isFinite(g) || !Number.isFinite(here[p]![i])),
  );
}

/** Whether the loss stands still as far as can be told, as where it is cut off along all parameters. */
function isStill({ parameters }: Pick<AtTheta, 'parameters'>): boolean {
  return parameters.every(({ moved, norms }) => !moved || norms.numeric <= norms.uncertainty);
}

/** Whether the loss stands still there, and moves further away, along a parameter that moves it at once at θ: it is cut off there. */
function meetsEdge({ parameters }: AtTheta, judgement: Judgement): boolean {
  return judgement.parameters.some(
    ({ isStaircase }, k) => isStaircase && parameters[k]!.moved && !parameters[k]!.isStaircase,
  );
}

/** What is measured at a point; undefined where that can't be done. */
function* measuredAt(
  task: PointTask,
  strategy: Strategy,
): Generator<LossRequest | GradientsRequest, Watched | undefined, void> {
  try {
    const watched = yield* measureWatched(task, strategy);
    const isKnown = watched.unlike !== undefined || !Number.isNaN(watched.measurement.noise);
    return isKnown ? watched : undefined;
  } catch (error) {
    // A function that throws beside θ, where the loss leaves its domain, is no mistake of the claim.
    if (isMisuse(error)) throw error;
    return undefined;
  }
}

type Parameter = AtTheta['parameters'][number];

/** What is wrong at θ is wrong beside it, but for what θ makes special: errors cancel along the directions of both only. */
function chanceAt(here: Parameter | undefined): Pick<RunPlan, 'missed'> {
  return here?.runs?.complete === true ? { missed: here.runs.missed } : {};
}

/** The steps that told at θ, in units of the scale. */
function stepsAt(here: Parameter | undefined, scale: number): Pick<ParameterTask, 'near' | 'first'> {
  const { runs, step } = here ?? {};
  const first = runs?.complete === true && step !== undefined ? step.max / scale : undefined;
  return { near: runs?.near, first };
}

/** How parameters are measured beside θ: along runs from the step on that told there. */
function strategyBeside({ parameters }: AtTheta): Strategy {
  return {
    method: 'directional',
    *measure(task, plan) {
      if (task.range.count <= FEW_ENTRIES) return yield* measureEntries(task);
      const here = parameters.find(({ due }) => due.parameter === task.parameter);
      const along = { ...plan, looks: LOOKS, maySplit: false, ...chanceAt(here) };
      const measured = yield* measureRuns({ ...task, ...stepsAt(here, task.scale) }, along);
      const { runs } = measured;
      const isWrong = runs !== undefined && (runs.widespread || runs.found > 0 || !runs.complete);
      const isFew = (): boolean => task.range.count <= MOST_ENTRIES && plan.hasTime(2 * task.range.count);
      return isWrong && isFew() ? yield* measureEntries(task) : measured;
    },
  };
}
