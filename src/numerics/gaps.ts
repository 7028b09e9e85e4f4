/**
 * Losses on both sides of θ at falling distances → what kinks within each distance may do to its centred difference.
 *
 * The gap between the one-sided slopes, (J(θ+h) − 2J(θ) + J(θ−h)) / h, is J″h where the loss is smooth and falls like the distance.
 * A kink of size κ at the distance c adds κ(1 − c/h) to the gap of each h beyond c, and half of that to the centred difference. So what a
 * gap has beyond the share that it should have of the next larger one bounds what kinks put both centred differences off by.
 */

import { bendUncertainty, distanceOf } from './difference.js';
import type { Sample } from './sample.js';

/** The gap at one distance. */
export interface Gap {
  /** What kinks that show put the centred difference off by. */
  readonly bias: number;
  /** What the whole gap may put it off by, were it all of one kink. */
  readonly largest: number;
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

/** What grows does so by this share of what it grew by before at least. */
const LEAST_REGROWTH = 9 / 10;

/** Kinks are about where so much of a gap is too much: higher derivatives leave less of it. */
const KINKED_SHARE = 1 / 8;

/** Where one kink shows there may be others, on the other side of θ: they hide each other in the gap, and add up in the difference. */
const KINK_CAUTION = 2;

/** The gaps of some samples with falling distances. */
export function gapsOf(samples: readonly Sample[], loss: number): Gap[] {
  const distances = samples.map(distanceOf);
  const gaps = samples.map(
    ({ above, below, forward, backward }) => (forward - loss) / above - (loss - backward) / below,
  );
  const errors = samples.map(({ noise }, k) => bendUncertainty(noise) / distances[k]!);
  // What the gap at a distance has beyond its share of that at a larger one, and what noise makes uncertain of that.
  const excess = (k: number, larger: number): Excess => {
    const share = distances[k]! / distances[larger]!;
    return { size: gaps[k]! - share * gaps[larger]!, error: errors[k]! + share * errors[larger]!, share };
  };
  let isKinked = false;
  return gaps.map((gap, k): Gap => {
    const own = k === 0 ? undefined : excess(k, k - 1);
    // A kink within this distance and the one above; and those between this distance and any smaller one.
    const within = own === undefined ? 0 : seen(own) / (1 - own.share) || 0;
    const between = gaps.slice(k + 1).map((_, j) => excess(k + 1 + j, k));
    const largest = (Math.abs(gap) + errors[k]!) / 2;
    const shown = between.map((one, j) => {
      const size = seen(one) / one.share;
      return j === 0 ? size : Math.min(size, 2 * largest);
    });
    const bias = Math.max(within, ...shown) / 2;
    const [next] = between;
    isKinked ||= next !== undefined && seen(next) > KINKED_SHARE * Math.abs(gaps[k + 1]!);
    const uncertainty = own === undefined ? Infinity : own.error / (1 - own.share);
    // What noise hides of a kink: all that the excess may be beyond what of it is seen.
    const noise =
      own === undefined
        ? next === undefined
          ? Infinity
          : hiddenIn(next) / next.share
        : hiddenIn(own) / (1 - own.share);
    return {
      bias,
      // Where kinks are about, all that a gap has may be of kinks, as far as smaller distances don't show that it is not.
      hidden: isKinked
        ? Math.max(0, KINK_CAUTION * Math.min(largest, ...between.map(most)) - bias)
        : noise / 2,
      largest,
      kink: own === undefined ? 0 : own.size / (1 - own.share),
      uncertainty,
      gap,
    };
  });
}

/** What a gap has beyond its share of that at a larger distance. */
interface Excess {
  readonly size: number;
  /** What noise makes uncertain of it. */
  readonly error: number;
  /** The distance over the larger one. */
  readonly share: number;
}

/** What of an excess noise does not explain. */
function seen({ size, error }: Excess): number {
  return Math.max(0, Math.abs(size) - error);
}

/** What noise hides of it. */
function hiddenIn({ size, error }: Excess): number {
  return Math.min(Math.abs(size), error) + error;
}

/** What kinks within the larger distance put its centred difference off by at most. */
function most({ size, error, share }: Excess): number {
  return (Math.max(1, share / (1 - share)) * (Math.abs(size) + error)) / share / 2;
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

/**
 * Whether sizes grow from distance to distance, as far as they are known well: by as much each time, or more, as logarithms and powers do. What
 * another kink between two distances, or curvature, adds grows by ever less, and noise may hide the rest.
 */
export function grows(sizes: readonly { readonly size: number; readonly uncertainty: number }[]): boolean {
  const known = sizes.filter(({ size, uncertainty }) => uncertainty <= (LARGEST_GROWTH / 2) * Math.abs(size));
  const latest = known.slice(-GROWING).map(({ size }) => Math.abs(size));
  const growths = latest.slice(1).map((size, k) => size - latest[k]!);
  const last = growths.at(-1);
  if (last === undefined || growths.some((growth, k) => !(growth > LARGEST_GROWTH * latest[k]!)))
    return false;
  if (growths.some((growth) => last < LEAST_REGROWTH * growth)) return false;
  // Of two alone it takes twice the size, as at a jump or a root.
  if (latest.length < GROWING && last < latest[0]!) return false;
  const least = latest.at(-1)! + last / 2;
  const smaller = sizes.slice(sizes.indexOf(known.at(-1)!) + 1);
  return !smaller.some(({ size, uncertainty }) => Math.abs(size) + uncertainty < least);
}

function stays({ kink, gap, uncertainty }: Gap): boolean {
  return Math.abs(kink) > uncertainty && kink * gap > 0 && Math.abs(kink) >= STAYING_SHARE * Math.abs(gap);
}
