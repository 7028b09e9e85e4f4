/** What the directions of a parameter tell of it as a whole. */

import type { Estimate, Sweep } from '../measurement.js';
import { groupNorms, type GroupNorms, rootMeanSquare } from '../../numerics/norms.js';
import type { Run } from './along.js';
import type { Taken } from './draw.js';
import type { Sample } from './entry-sample.js';
import type { ParameterTask } from '../entries/sweep.js';

/** What is known of a parameter while it is looked through. */
export interface State {
  readonly analytic: Float64Array;
  /** What is claimed, but for the entries found wrong: those as measured. */
  readonly found: Sweep;
  /** The entries found wrong. */
  readonly wrong: number[];
  /** Each run that was told, with its directions. */
  readonly told: (Run & { readonly taken: readonly Taken[] })[];
  readonly all: Taken[];
  /** A run could not be told, or something wrong in it not be found. */
  open: boolean;
}

type Moves = Pick<Sweep, 'step' | 'moved' | 'movedBeyondNoise'>;

/** What is known of the steps, and of the loss along them. */
export function movesOf(taken: readonly Taken[]): Moves {
  const steps = taken.map(({ step }) => step);
  return {
    step: { min: least(steps), max: -least(steps.map((step) => -step)) },
    moved: taken.some(({ moved }) => moved),
    movedBeyondNoise: taken.some(({ movedBeyondNoise }) => movedBeyondNoise),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((min, value) => (value < min ? value : min), Infinity);
}

/**
 * What the directions tell of the whole: ‖v‖ is √N, and (d·v)² is ‖d‖² on average, so that the mean square over the directions of a run
 * estimates its ‖d‖², and the sum over the runs that of all.
 * @param sample where the error is widespread: what was measured of it
 */
export function estimateOf(task: ParameterTask, state: State, sample?: Sample): Estimate {
  const { analytic } = state;
  const average = (taken: readonly Taken[], of: (one: Taken) => number): number =>
    taken.reduce((sum, one) => sum + of(one) ** 2, 0) / taken.length;
  const over = (of: (one: Taken) => number): number =>
    Math.sqrt(state.told.reduce((sum, { taken }) => sum + average(taken, of), 0));
  if (sample !== undefined) {
    const whole = (of: (one: Taken) => number): number => Math.sqrt(average(state.all, of));
    return {
      norms: normsOf(
        task,
        analytic,
        whole(({ numeric }) => numeric),
        whole(({ discrepancy }) => discrepancy),
        whole(({ uncertainty }) => uncertainty),
      ),
      widespread: true,
      complete: false,
      directions: state.all.length,
      unseen: Number.NaN,
    };
  }
  const measured = groupNorms({ analytic, ...state.found }, task.due.count);
  const [found, numeric, doubt] = [measured.difference, measured.numeric, measured.uncertainty].map(
    (norm) => norm * measured.scale,
  ) as [number, number, number];
  const difference = Math.hypot(
    found,
    over(({ discrepancy }) => discrepancy),
  );
  const uncertainty = Math.hypot(
    doubt,
    over((one) => one.uncertainty),
  );
  return {
    // Where the claim holds it is as large as the gradient.
    norms: normsOf(task, analytic, numeric, difference, uncertainty),
    widespread: false,
    complete: !state.open,
    directions: state.all.length,
    unseen: state.open ? Number.NaN : unseenBy(state),
  };
}

/**
 * An error e of a single entry is all of a direction's error: |e| ≤ |g·v − n·v| + U. In a run that was told it is at most what the
 * tightest direction leaves, tolerance and twice its uncertainty; entries that were measured one by one need no directions.
 */
function unseenBy({ told }: State): number {
  const left = ({ discrepancy, uncertainty, excess }: Taken): number =>
    Math.abs(discrepancy) - excess + uncertainty;
  return told.reduce((most, { taken }) => Math.max(most, least(taken.map(left))), 0);
}

function normsOf(
  { slope, due: { from, to, count } }: ParameterTask,
  claim: Float64Array,
  numeric: number,
  difference: number,
  uncertainty: number,
): GroupNorms {
  const size = slope * Math.sqrt(count);
  const share = count / claim.length;
  const analytic = share < 1 ? rootMeanSquare(claim.subarray(from, to)) * Math.sqrt(count) : size;
  const claimed = Number.isFinite(analytic) ? size : analytic;
  return { scale: 1, analytic, claimed, share, numeric, difference, uncertainty, checked: count };
}
