/**
 * A run of entries and random weights → what the claim is off by along them. An error in a single entry shows with its weight, at the cost of
 * two losses for any number of entries.
 *
 * The claim's product is taken with the displacement as it was stored, and the loss is sampled less that product: what is left has the slope
 * (n − g)·v at θ. It is settled like the slope by a single entry, by the same rules.
 */

import { RandomWeights, seedFor } from '../../numerics/random.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { FLOAT32 } from '../../numerics/format.js';
import type { Run } from '../../verdict/rules.js';
import type { ParameterTask } from '../entries/task.js';
import type { Direction, SamplingRule, Taken, Weighted } from './direction-paths.js';

/** What a claim is off by along a direction. */
export interface Seen extends Direction {
  /** (g − n)·v: the error of the claim. */
  readonly error: number;
  /** What is uncertain of it, and what a right claim may be off by. */
  readonly uncertainty: number;
  readonly allowed: number;
  readonly outcome: 'right' | 'wrong' | 'open';
}

/** What was seen along a direction of a run of entries. */
export interface Look extends Seen {
  /** n·v, as the first step shows it. */
  readonly numeric: number;
  /** √Σ v². */
  readonly length: number;
  /** The first, in units of the weights; and the one at which it was told. */
  readonly step: number;
  readonly toldAt: number;
  readonly moved: boolean;
  /** What was sampled along it first. */
  readonly taken: readonly Taken[];
  /** What all entries of the claim have, were they as large as is typical: a tolerance of one would allow so much. */
  readonly size: number;
  /** What noise makes uncertain of the claim, as far as it was asked for. */
  readonly claimNoise: number;
  /** Whether the loss has a kink at θ along it, so that any claim is right. */
  readonly isKinked: boolean;
  /** Whether kinks beside θ may be what it is off by. */
  readonly isBent: boolean;
  /** What the first step says by itself: further away noise hides less, and kinks and curvature put more off. */
  readonly atFirst: Pick<Seen, 'error' | 'uncertainty'>;
  /** Whether a closer step, or both sides, bear out what the first says. */
  readonly isBorneOut: boolean;
}

/** What leaves a parameter undecided, or an error without its place, may take so many times as long as a check takes. */
export const NEEDED_TIME = 3;

/** What is looked for. */
export interface RunPlan {
  /** How many directions are taken at least, and at most where noise leaves much room along each. */
  readonly looks: { readonly least: number; readonly most: number };
  /** The chance with which errors here cancelled along all directions at another point, where the claim was right; 1 where left out. */
  readonly missed?: number;
  /** Whether runs that don't tell are split. */
  readonly maySplit?: boolean;
  /** How many wrong entries are looked for; none where only the verdict is wanted. */
  readonly most: number;
  /** The bound on what a right claim may be off by, relative to its size. */
  readonly tolerance: number;
  /** Whether there is time for about so many losses beyond what every check takes, in the time of a check or some times that. */
  readonly hasTime: (losses: number, share?: number) => boolean;
}

/** How looks are taken. */
export interface LookRule extends SamplingRule {
  /** The first step, in units of the weights. */
  readonly step: number;
  /** An error of this size along a direction has to show; 0: as small as noise lets show at the first step. */
  readonly sharp?: number;
  /** An error of this size along a direction has to show for the claim to be known at all. */
  readonly known?: number;
  /** The bound on what a right claim may be off by, relative to its size. */
  readonly tolerance: number;
  /** What is uncertain of the entries of the claim that were put right. */
  readonly corrected: ReadonlyMap<number, number>;
  /** Whether what the first step leaves open is left open: it may be by kinks, and another direction tells more than a closer step. */
  readonly isBrief?: boolean;
  /** Whether kinks are about: what they put both sides off by may cancel in the mean, and an error with it. */
  readonly isKinky?: boolean;
  /** Whether only the mean of the slopes at a kink is right, and not any value between. */
  readonly rejectsKinks?: boolean;
}

/** The k-th direction of a run, of all its entries. */
export function directionOf(
  { frame, parameter, scale, seed }: ParameterTask,
  run: Run,
  k: number,
): Direction {
  const { name } = frame.parameters[parameter]!;
  const weights = new RandomWeights(seedFor(`${name} ${run.from} ${run.to} ${k}`, seed), scale);
  return { run, weights: run.to - run.from > MOST_KEPT ? weights : new KeptWeights(weights, run) };
}

/** Weights of longer runs are drawn as often as they are read, which takes longer, and no memory. */
const MOST_KEPT: number = 2 ** 20;

/** The weights of a run, each of which is drawn once. */
class KeptWeights implements Weighted {
  readonly key: string;
  readonly #weights: Weighted;
  readonly #run: Run;
  #drawn: Float64Array | undefined;

  constructor(weights: Weighted, run: Run) {
    this.key = weights.key;
    this.#weights = weights;
    this.#run = run;
  }

  at(entry: number): number {
    const { from, to } = this.#run;
    this.#drawn ??= Float64Array.from({ length: to - from }, (_, k) => this.#weights.at(from + k));
    return entry >= from && entry < to ? this.#drawn[entry - from]! : 0;
  }
}

/** What one entry may be off unseen, relative to the root mean square of the gradient. */
const WANTED_SHARE = 1e-3;

/** The same in single precision, whose rounding hides smaller errors of one entry among thousands. */
const SINGLE_WANTED_SHARE = 1;

/** What one entry of a parameter may be off unseen, relative to the root mean square of the gradient. */
export function wantedShare({
  claimNoise,
  parameter,
}: Pick<ParameterTask, 'claimNoise' | 'parameter'>): number {
  return claimNoise.format(parameter).bits <= FLOAT32.bits ? SINGLE_WANTED_SHARE : WANTED_SHARE;
}

/** What the claim may be off by along a look. */
export function doubtOf({ error, uncertainty, allowed }: Look): number {
  return Math.max(Math.abs(error), allowed) + uncertainty;
}

/** Whether θ has a kink along a run: all its directions meet it, and none tells more, but for a claim that is right along one by chance. */
export function meetKink(looks: readonly Look[]): boolean {
  return looks.some(({ isKinked }) => isKinked) && !looks.some(({ outcome }) => outcome === 'right');
}

/** The look as it would have been with another claim for one entry. */
export function withClaim<Any extends Seen>(look: Any, entry: number, change: number): Any {
  const error = look.error + change * look.weights.at(entry);
  const excess = Math.abs(error) - look.allowed;
  return {
    ...look,
    error,
    outcome: excess > look.uncertainty ? 'wrong' : look.outcome === 'open' ? 'open' : 'right',
  };
}

/**
 * The look with what noise makes uncertain of each entry of the claim.
 * @param risen by how much the tolerance has risen since
 */
export function withBounds(look: Look, bounds: Float64Array, risen = 0): Look {
  const { run, weights, error, uncertainty, outcome } = look;
  let squares = 0;
  for (let i = run.from; i < run.to; i += 1) squares += (bounds[i]! * weights.at(i)) ** 2;
  const claimNoise = Math.sqrt(squares);
  const allowed = look.allowed + risen * look.size + claimNoise;
  const stands = outcome !== 'wrong' || Math.abs(error) - allowed > uncertainty;
  return { ...look, allowed, claimNoise, outcome: stands ? outcome : 'right' };
}

/** The look by its first step alone. */
export function byFirstStep(look: Look): Seen {
  const { error, uncertainty } = look.atFirst;
  const isOff = Math.abs(error) - look.allowed > uncertainty;
  return { ...look, error, uncertainty, outcome: isOff ? 'wrong' : 'right' };
}

/** Whether the claim may be off in a single entry by what the first steps say. */
export function mayBeOne(looks: readonly Look[]): boolean {
  if (looks.some(({ isKinked }) => isKinked)) return false;
  return (
    looks.some(({ isBorneOut }) => isBorneOut) && looks.every((look) => byFirstStep(look).outcome === 'wrong')
  );
}

/** The chance with which two errors of the size of a typical entry cancel along all of some directions: along each about the share of it that is in doubt. */
export function missedBy(looks: readonly Look[], scale: number): number {
  const typical = rootMeanSquare(Float64Array.from(looks, ({ numeric, length }) => numeric / length)) * scale;
  const missed = looks.map((look) => (look.outcome === 'open' ? 1 : Math.min(1, doubtOf(look) / typical)));
  return missed.reduce((all, own) => all * own, 1);
}

/** An error may be hidden by kinks along one direction: two say that there is none. */
const SAYING = 2;

/**
 * An error e of a single entry is all of a direction's error, times a weight of `scale` at least: |e| ≤ (|(g − n)·v| + U) / scale. So it is at
 * most what the tightest directions leave.
 */
export function unseenBy(told: readonly Look[], scale: number): number {
  const left = told.map(doubtOf).toSorted((a, b) => a - b);
  return left.length === 0 ? 0 : left[Math.min(SAYING, left.length) - 1]! / scale;
}
