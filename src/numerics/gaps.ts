/**
 * Losses on both sides of θ at falling distances → what kinks within each distance may do to its centred difference.
 *
 * The gap between the one-sided slopes, (J(θ+h) − 2J(θ) + J(θ−h)) / h, is J″h where the loss is smooth and falls like the distance.
 * A kink of size κ at the distance c adds κ(1 − c/h) to the gap of each h beyond c, and half of that to the centred difference. So what a
 * gap has beyond the share that it should have of the next larger one bounds what kinks put both centred differences off by.
 */

import { NOISE_COVERAGE } from './difference.js';
import type { Sample } from './sample.js';

/** The gap at one distance. */
export interface Gap {
  /** What kinks that show put the centred difference off by. */
  readonly bias: number;
  /** What kinks that noise hides may put it off by. */
  readonly hidden: number;
  /** The size of a kink at θ that would explain what the gap has too much, with its sign, and what noise makes uncertain of that. */
  readonly kink: number;
  readonly uncertainty: number;
  readonly gap: number;
}

/** A gap stays where at least this share of it is too much; and what was seen of it at a larger distance must stay, too. */
const STAYING_SHARE = 1 / 2;

/** The slopes at a kink are finite: what is too much grows by no more than this share from one distance to the next. */
const LARGEST_GROWTH = 1 / 40;

/** It has to grow over so many distances: another kink between two of them may make it do so once, and not twice. */
export const GROWING = 3;

/** The gaps of some samples with falling distances. */
export function gapsOf(samples: readonly Sample[], loss: number): Gap[] {
  const distances = samples.map(({ above, below }) => above / 2 + below / 2);
  const gaps = samples.map(
    ({ above, below, forward, backward }) => (forward - loss) / above - (loss - backward) / below,
  );
  const errors = samples.map(({ noise }, k) => (NOISE_COVERAGE * Math.sqrt(6) * noise) / distances[k]!);
  const excesses = gaps.map((gap, k) => {
    if (k === 0) return { size: 0, error: Infinity, share: 1 };
    const share = distances[k]! / distances[k - 1]!;
    return { size: gap - share * gaps[k - 1]!, error: errors[k]! + share * errors[k - 1]!, share };
  });
  return excesses.map(({ size, error, share }, k): Gap => {
    const next = excesses[k + 1];
    // A kink within this distance and the one above; and one between this distance and the next smaller.
    const within = Math.max(0, Math.abs(size) - error) / (1 - share) || 0;
    const between = next === undefined ? 0 : Math.max(0, Math.abs(next.size) - next.error) / next.share;
    return {
      bias: Math.max(within, between) / 2,
      hidden: hiddenKink(excesses, k) / 2,
      kink: k === 0 ? 0 : size / (1 - share),
      uncertainty: k === 0 ? Infinity : error / (1 - share),
      gap: gaps[k]!,
    };
  });
}

/** What noise makes uncertain of a kink within a distance: by the gap above it, or, of the largest distance, by the one below. */
function hiddenKink(
  excesses: readonly { readonly error: number; readonly share: number }[],
  k: number,
): number {
  if (k > 0) return excesses[k]!.error / (1 - excesses[k]!.share);
  const next = excesses[1];
  return next === undefined ? Infinity : next.error / next.share;
}

/** What some samples with falling distances tell of θ; those without a loss on both sides tell nothing. */
export function shapeAt(samples: readonly Sample[], loss: number): Shape {
  const pairs = samples.filter(({ forward, backward }) => Number.isFinite(forward + backward));
  return shapeOf(gapsOf(pairs, loss));
}

/** Smooth, with a kink, or with slopes that grow beyond all bounds. */
export type Shape = 'smooth' | 'kink' | 'singular';

/**
 * What gaps at falling distances tell of θ: that the loss is smooth there, as far as noise lets it be seen; that the gap stays, as at a kink;
 * or that it grows, as at a jump, a cusp or a pole, which have no slope to either side.
 */
export function shapeOf(gaps: readonly Gap[]): Shape {
  const last = gaps.findLastIndex(stays);
  if (last < 0) return 'smooth';
  const latest = Math.abs(gaps[last]!.kink);
  const isRefuted = gaps
    .slice(last + 1)
    .some((smaller) => Math.abs(smaller.kink) + smaller.uncertainty < STAYING_SHARE * latest);
  if (isRefuted) return 'smooth';
  const staying = gaps.slice(0, last + 1).filter(stays);
  return grows(staying.map(({ kink, uncertainty }) => ({ size: kink, uncertainty }))) ? 'singular' : 'kink';
}

/** Whether sizes grow from distance to distance, as far as they are known well. */
export function grows(sizes: readonly { readonly size: number; readonly uncertainty: number }[]): boolean {
  const known = sizes.filter(({ size, uncertainty }) => uncertainty <= (LARGEST_GROWTH / 2) * Math.abs(size));
  const last = known.at(-1);
  if (last === undefined) return false;
  const isRefuted = sizes
    .slice(sizes.indexOf(last) + 1)
    .some(({ size, uncertainty }) => Math.abs(size) + uncertainty < Math.abs(last.size));
  const latest = known.slice(-GROWING).map(({ size }) => Math.abs(size));
  const rises = latest.slice(1).every((size, k) => size > (1 + LARGEST_GROWTH) * latest[k]!);
  return latest.length > 1 && rises && !isRefuted;
}

function stays({ kink, gap, uncertainty }: Gap): boolean {
  return Math.abs(kink) > uncertainty && kink * gap > 0 && Math.abs(kink) >= STAYING_SHARE * Math.abs(gap);
}
