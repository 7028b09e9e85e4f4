/**
 * The derivative along a direction of ±1 within a run of a parameter's entries, against what the claimed gradient says of it:
 * an error in a single entry shows with its full weight, whatever the draw, at the cost of two losses for any number of
 * entries. Steps, noise and ladders follow the same rules as those of entries.
 */

import type { DirectionRequest } from '../../model/evaluate/requests.js';
import { isBeyondNoise, noiseUncertainty, type Sides } from '../../numerics/difference.js';
import { RUNG_RATIO, settle } from '../../numerics/ladder.js';
import { chosenStep, clearStep, entryScale, LEAST_SPACINGS } from '../../numerics/step.js';
import type { Settings } from '../settings.js';
import type { ParameterTask } from '../entries/sweep.js';

/** A run of entries of one parameter, `to` not among them. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** What was measured along a direction within a run. */
export interface Along {
  /** g·v − n·v. */
  readonly discrepancy: number;
  /** n·v. */
  readonly numeric: number;
  readonly uncertainty: number;
  /** Half the gap between the one-sided slopes: a kink within the step puts the difference off by up to that. */
  readonly bend: number;
  /** The step h. */
  readonly step: number;
  /** Whether the loss changed at all, and by more than its noise. */
  readonly moved: boolean;
  readonly movedBeyondNoise: boolean;
}

/** How many rungs a ladder has above and below the step, when a direction looks wrong. */
const RUNGS_ABOVE = 1;
const RUNGS_BELOW = 3;
/** Losses of a ladder. */
export const LADDER_LOSSES: number = 2 * (RUNGS_ABOVE + 1 + RUNGS_BELOW);

/**
 * The share of a parameter's typical derivative that noise may hide at the least step: a wrong entry then shows with four times the
 * uncertainty. In units of what `clearStep` aims at.
 */
const SINGLE_ENTRY_SHARE = 16;

/** The largest step that is taken for the sake of noise, in scales of the parameter: all entries move at once, and the loss bends the sooner. */
const LARGEST_CLEAR_STEP: number = 2 ** -5;

/** The step along a direction: the user's ε, or chosen as for an entry of the parameter's scale. */
export function directionStep(task: ParameterTask): number {
  if (task.rule.epsilon !== undefined) return task.rule.epsilon;
  const { subject, parameter, scale, rule } = task;
  const own = entryScale(0, scale);
  const usual = chosenStep(own, rule.relativeNoise, subject.parameters[parameter]!.values.spacing);
  return Math.max(usual, clearingStep(task, 0));
}

/**
 * The least step along a direction at which a single wrong entry still shows. All entries move at once and meet the kinks of all units:
 * the shorter the step, the fewer.
 * @param slope typical derivative, as the loss shows it; the claimed one counts where it is larger
 */
export function leastStep(task: ParameterTask, slope: number): number {
  const { subject, parameter, scale, rule } = task;
  const usual = directionStep(task);
  if (rule.epsilon !== undefined) return usual;
  const least = chosenStep(entryScale(0, scale), 0, subject.parameters[parameter]!.values.spacing);
  return Math.min(usual, Math.max(least, clearingStep(task, slope)));
}

/** What a direction may hide of a typical derivative. */
const VISIBLE = 3 / 4;

/**
 * What a direction may hide and still be said to agree: less than a typical derivative, so that a wrong entry shows; or, where noise hides
 * more at the largest step that is taken for its sake, twice that.
 */
export function visibleAlong({ scale, slope, noise, rule }: ParameterTask): number {
  if (rule.epsilon !== undefined) return Infinity;
  const least = noiseUncertainty(noise, 2 * LARGEST_CLEAR_STEP * entryScale(0, scale));
  return Math.max(VISIBLE * slope, 2 * least);
}

function clearingStep({ scale, slope, noise }: ParameterTask, seen: number): number {
  const own = entryScale(0, scale);
  return Math.min(
    clearStep(own, noise, Math.max(slope, seen) * SINGLE_ENTRY_SHARE),
    LARGEST_CLEAR_STEP * own,
  );
}

/** Measures along a direction within a run, at one step. */
export function* measureAlong(
  task: ParameterTask,
  analytic: Float64Array,
  signs: Int8Array,
  run: Run,
  step: number,
): Generator<DirectionRequest, Along, void> {
  const sides = roomFor(Float64Array.of(step));
  yield requestFor(task, signs, run, sides);
  const { loss, noise } = task;
  const [forward, backward] = [sides.forward[0]!, sides.backward[0]!];
  const numeric = (forward / 2 - backward / 2) / step;
  return {
    numeric,
    discrepancy: claimedAlong(analytic, signs, run) - numeric,
    uncertainty: noiseUncertainty(noise, 2 * step) + storageUncertainty(task, run),
    bend: Math.abs((forward - loss - (loss - backward)) / step) / 2,
    step,
    moved: forward !== loss || backward !== loss,
    movedBeyondNoise: isBeyondNoise(forward - loss, backward - loss, noise),
  };
}

/** Measures along a direction within a run at a ladder of steps, and takes what the smaller ones bear out. */
export function* settleAlong(
  task: ParameterTask,
  analytic: Float64Array,
  signs: Int8Array,
  run: Run,
  first: Along,
  kinks: Settings['kinks'],
): Generator<DirectionRequest, Along, void> {
  if (task.rule.epsilon !== undefined) return first;
  const top = first.step * RUNG_RATIO ** RUNGS_ABOVE;
  const least = LEAST_SPACINGS * task.subject.parameters[task.parameter]!.values.spacing * task.scale;
  const steps = Float64Array.from(
    { length: RUNGS_ABOVE + 1 + RUNGS_BELOW },
    (_, k) => top / RUNG_RATIO ** k,
  ).filter((step) => step >= least);
  const sides = roomFor(steps);
  yield requestFor(task, signs, run, sides);
  const claimed = claimedAlong(analytic, signs, run);
  const settled = settle(sides, steps.length, task.loss, task.noise);
  const { kink } = settled;
  const at = (value: number, uncertainty: number, bend: number): Along =>
    Number.isNaN(value)
      ? first
      : {
          ...first,
          numeric: value,
          discrepancy: claimed - value,
          uncertainty: uncertainty + storageUncertainty(task, run),
          bend,
          step: steps[Math.max(0, settled.rung)]!,
        };
  if (kink === undefined) return at(settled.numeric, settled.uncertainty, 0);
  if (kinks === 'reject') return at((kink.low + kink.high) / 2, kink.uncertainty, 0);
  // A claim that is right has the slope of one side, or, at kinks of several entries, any between: which the entries have to tell.
  const side = Math.abs(claimed - kink.low) < Math.abs(claimed - kink.high) ? kink.low : kink.high;
  const isBetween = kink.low < claimed && claimed < kink.high;
  return at(side, kink.uncertainty, isBetween ? Math.abs(claimed - side) : 0);
}

/** Room for the losses at some steps along a direction. */
function roomFor(steps: Float64Array): Sides {
  const { length } = steps;
  return {
    above: steps,
    below: steps,
    forward: new Float64Array(length),
    backward: new Float64Array(length),
  };
}

function requestFor(
  { parameter }: ParameterTask,
  signs: Int8Array,
  { from, to }: Run,
  { above, forward, backward }: Sides,
): DirectionRequest {
  return {
    kind: 'direction',
    parameter,
    signs,
    from,
    to,
    count: above.length,
    steps: above,
    forward,
    backward,
  };
}

/** g·v within a run. */
function claimedAlong(analytic: Float64Array, signs: Int8Array, { from, to }: Run): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += analytic[i]! * signs[i]!;
  return sum;
}

/**
 * θ + h and θ − h are rounded to the storage, each by up to half a spacing of θ + h; h being far above the spacing of the largest θ,
 * that is an error of at most the spacing relative to h for each entry, and of the norm of their derivatives for all.
 */
function storageUncertainty({ subject, parameter, slope }: ParameterTask, { from, to }: Run): number {
  return 2 * subject.parameters[parameter]!.values.spacing * slope * Math.sqrt(to - from);
}
