/**
 * Random directions within a run of a parameter's entries, and what each says of the claim: that it agrees, that it is wrong, or
 * nothing, where the loss bends within the step by more than could be told apart.
 */

import type { DirectionRequest } from '../../model/evaluate/requests.js';
import { fillSignBytes } from '../../numerics/random.js';
import {
  type Along,
  directionStep,
  LADDER_LOSSES,
  leastStep,
  measureAlong,
  type Run,
  settleAlong,
  visibleAlong,
} from './along.js';
import type { Settings } from '../settings.js';
import type { ParameterTask } from '../entries/sweep.js';

/** One direction and what was found along it. */
export interface Taken extends Along {
  /** The direction can be drawn again from this. */
  readonly seed: number;
  /** What of the discrepancy neither tolerance nor uncertainty explains; NaN counts. */
  readonly excess: number;
  readonly outcome: 'agrees' | 'bent' | 'wrong';
  /** Where the claim disagrees, but agrees with the slope on one side: that. */
  readonly side?: Taken;
}

/** What directions are taken for. */
export interface Course {
  /** The gradient to hold against the loss. */
  readonly claimed: Float64Array;
  /** Room for one direction at a time, as long as the parameter. */
  readonly signs: Int8Array;
  readonly tolerance: number;
  readonly seeds: () => number;
  readonly kinks: Settings['kinks'];
}

/** So many directions have to agree: two equal and opposite errors could cancel in one. */
export const LEAST_AGREEING = 2;

/** Where bends are in the way of so many directions, nothing can be told along them. */
const MOST_DRAWN = 10;
const BENT_AT_FIRST = 3;

/**
 * A bend hides an error only by chance, and can't hide one much larger than itself. So agreement within noise counts unless the bend is
 * more than this share of a typical derivative, and less than so many uncertainties: then the two might meet.
 */
const SMALL_BEND = 1 / 2;
const FAR = 16;

/** Along random signs a derivative is normally distributed about zero: so many times the claimed deviation the claim is not the measure. */
const IMPLAUSIBLE = 4;

/** A discrepancy so many times what might explain it leaves nothing to ask of other directions. */
const CLEAR = 8;

/**
 * Takes directions within a run. Where the claim disagrees the step is shortened, as all entries move at once and meet the kinks of
 * all units; where it disagrees by no more than a kink within the step could make of it, another direction is drawn; where it
 * disagrees by more, a ladder decides, once.
 */
export function* takeDirections(
  task: ParameterTask,
  run: Run,
  directions: number,
  course: Course,
): Generator<DirectionRequest, readonly Taken[], void> {
  const { claimed, signs, seeds } = course;
  const taken: Taken[] = [];
  const count = (outcome: Taken['outcome']): number =>
    taken.reduce((sum, one) => sum + Number(one.outcome === outcome), 0);
  const enough = (): boolean => {
    if (taken.some((one) => one.outcome === 'wrong' && clarity(one) > CLEAR)) return true;
    if (taken.length >= BENT_AT_FIRST && count('bent') === taken.length) return true;
    return taken.length >= directions && (count('agrees') >= LEAST_AGREEING || count('wrong') > 0);
  };
  const { budget } = task;
  let step = directionStep(task);
  let ladders = true;
  while (taken.length === 0 || (!enough() && taken.length < MOST_DRAWN && !budget.spent())) {
    const seed = seeds();
    fillSignBytes(signs, seed);
    const at = function* (h: number): Generator<DirectionRequest, Taken, void> {
      return rated(yield* measureAlong(task, claimed, signs, run, h), seed, course, task, run);
    };
    const first = yield* at(step);
    let one = first;
    // With ε given there is no other step.
    const mayBend = task.rule.epsilon === undefined && clarity({ ...one, uncertainty: 0 }) < CLEAR;
    if (one.outcome !== 'agrees' && mayBend && budget.allows(2)) {
      const seen = Math.abs(one.numeric) / Math.sqrt(run.to - run.from);
      const shorter = leastStep(task, seen > IMPLAUSIBLE * task.slope ? seen : 0);
      const other = shorter < step ? shorter : one.side === undefined ? step / 2 : 2 * step;
      if (shorter < step) step = shorter;
      one = reconciled(one, yield* at(other), step);
    }
    // One direction that stays wrong down a ladder is enough; one that clears a bend tells that others may.
    const hidden = mayBend && one.outcome === 'bent' && one.excess > 0 && ladders;
    // A bend that stays the same is a kink at θ itself, which the larger steps show best.
    const bends = one.bend > one.uncertainty && Math.abs(first.bend - one.bend) < first.bend / 2;
    const suspect = one.outcome === 'wrong' && count('wrong') === 0;
    if ((suspect || hidden) && !budget.allows(LADDER_LOSSES)) one = { ...one, outcome: 'bent' };
    else if (suspect || hidden) {
      const along = yield* settleAlong(task, claimed, signs, run, bends ? first : one, course.kinks);
      const settled = rated(along, seed, course, task, run);
      // A ladder on which noise would hide what is asked has not cleared the direction.
      if (settled.outcome !== 'bent') one = settled;
      ladders = settled.outcome === 'agrees';
    }
    taken.push(one);
  }
  return taken;
}

/** What two steps along one direction say together, where the first alone did not agree. */
function reconciled(one: Taken, again: Taken, step: number): Taken {
  if (again.outcome === 'agrees') return again;
  const [short, long] = one.step < again.step ? [one, again] : [again, one];
  const noise = one.uncertainty + again.uncertainty;
  // A discrepancy that is the same at another step is no bend's, unless the bend is the same too.
  const stays = Math.abs(one.discrepancy - again.discrepancy) <= noise;
  const curved = Math.abs(long.bend - (long.step / short.step) * short.bend) <= 4 * short.uncertainty;
  if (short.side !== undefined && long.side !== undefined && !(stays && curved)) return long.side;
  if (stays && one.excess > 0 && again.excess > 0) return { ...again, outcome: 'wrong' };
  return again.step <= step ? again : one;
}

function rated(
  along: Along,
  seed: number,
  { tolerance, kinks }: Course,
  task: ParameterTask,
  run: Run,
): Taken {
  const { slope } = task;
  const { discrepancy, uncertainty, bend } = along;
  const size = slope * Math.sqrt(run.to - run.from);
  const bound = tolerance * (size + Math.max(size, Math.abs(along.numeric)));
  const excess = Math.abs(discrepancy) - bound - uncertainty;
  const visible = visibleAlong(task);
  const lucky = bend > SMALL_BEND * slope && bend < FAR * uncertainty;
  const agreement = lucky || uncertainty > visible ? 'bent' : 'agrees';
  const taken: Taken = {
    ...along,
    seed,
    excess,
    outcome: excess <= 0 ? agreement : excess <= bend ? 'bent' : 'wrong',
  };
  if (excess <= 0 || kinks === 'reject') return taken;
  // A kink within the step leaves the slope on its other side as it is, known half as well.
  const rest = Math.abs(discrepancy) - bend;
  const beyond = Math.abs(rest) - bound - 2 * uncertainty;
  if (beyond > 0 || 2 * uncertainty > visible) return taken;
  const sided = Math.sign(discrepancy) * rest;
  const side: Taken = {
    ...taken,
    discrepancy: sided,
    numeric: along.numeric + discrepancy - sided,
    uncertainty: 2 * uncertainty,
    bend: 0,
    excess: beyond,
    outcome: 'agrees',
  };
  return { ...taken, side };
}

/** The direction that is most clearly wrong, if any is. */
export function clearest(taken: readonly Taken[]): Taken | undefined {
  const wrong = taken.filter(({ outcome }) => outcome === 'wrong');
  return wrong.toSorted((a, b) => clarity(b) - clarity(a))[0];
}

/** A discrepancy in units of what might explain it. */
export function clarity({
  discrepancy,
  uncertainty,
  bend,
}: Pick<Along, 'discrepancy' | 'uncertainty' | 'bend'>): number {
  return Math.abs(discrepancy) / (uncertainty + bend);
}
