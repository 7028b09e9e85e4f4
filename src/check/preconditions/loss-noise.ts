/** Losses along random rays from θ → how noisy the loss is, at which distance that was measured, and how far it is smooth. */

import type { Path, PathRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { estimateNoise, NOISE_POINTS, rayPoints, roundingNoise } from '../../numerics/noise.js';
import { MOST_BITS, randomIntegers } from '../../numerics/random.js';
import { binary, LARGEST_STEP } from '../../numerics/step.js';
import type { Budget } from '../run/budget.js';
import { squaredLength, weightsOf } from './random-path.js';

/** The noise of a loss. */
export interface LossNoise {
  /** σ, in the unit of the loss; NaN where it is not finite, Infinity where it is the same however far it was asked. */
  readonly level: number;
  /** The largest magnitude of the losses that it was measured of. */
  readonly size: number;
  /** How far from θ it was measured, in units of the parameters' scales. */
  readonly distance: number;
  /** No step may be larger, in the same unit: beyond that the loss is seen to oscillate. */
  readonly reach: number;
  /** What the loss changes by over the scale of a single entry, as far as it was seen: root mean square, in the unit of the loss. */
  readonly change: number;
  /** Whether the loss was the same at all points, so that nothing is known of its noise but its quantum. */
  readonly isStill: boolean;
  /** The standard deviation of repeated losses at one point, in the unit of the loss: 0 where they are the same. */
  readonly scatter: number;
}

/** What moves along a ray, and what from. */
export interface RaySource {
  readonly frame: Frame;
  /** J(θ). */
  readonly loss: number;
  /** The standard deviation of repeated losses at θ, in their unit. */
  readonly scatter: number;
  /** The parameters that move, by their places, with their scales. */
  readonly parameters: readonly { readonly place: number; readonly scale: number }[];
  /** The share of the entries that move. */
  readonly share: number;
  readonly seed: number;
  readonly budget: Budget;
}

/** The length of the first ray, in units of the scales: ε^(1/3), where differences will be taken. */
const FIRST_DISTANCE: number = 2 ** -17;

/** Where storage is coarser a ray is so many bits of it long, for the random bits of weights and points to be stored. */
const STORED_BITS = 13;

/** A ray on which the loss stands still is followed by one so many times as long; a doubtful one by others so many times shorter. */
const GROWTH = 64;

/** A loss that stands still all around is asked as far away as the parameters are large. */
const FARTHEST = 1;

/** Where it begins to move is found by so many halvings, so that of a loss that rises slowly from there next to nothing is seen. */
const HALVINGS = 32;

/** A longer ray shows the noise of a shorter one when it has no more than so many times its level; and so far beyond it steps may go. */
const SAME_LEVEL = 8;

/** About so many entries are moved along a ray: moving all of a large model would meet all of its kinks at once, and more roundings. */
export const MOVED_ENTRIES = 64;

/** Bits that a point of a ray takes: it lies on a grid of 64. */
const POINT_BITS = 6;

/** Bits to spare for entries that are larger than their scale. */
const SPARE_BITS = 2;

/** Where the first ray of some parameters ends. */
export function firstDistance(source: Pick<RaySource, 'frame' | 'parameters'>): number {
  return Math.min(Math.max(FIRST_DISTANCE, 2 ** STORED_BITS * coarsestOf(source)), LARGEST_STEP);
}

/** The coarsest spacing of what stores some parameters, relative to their scales. */
function coarsestOf({ frame, parameters }: Pick<RaySource, 'frame' | 'parameters'>): number {
  return Math.max(...parameters.map(({ place }) => frame.parameters[place]!.values.spacing));
}

/**
 * Measures the noise on rays of about a given length, longer ones while the loss stands still. No less is known than that repeated losses scatter.
 * @param known a level that was measured along other rays: one that shows no more noise is not doubted
 */
export function* measureNoise(
  source: RaySource,
  distance: number,
  known = 0,
): Generator<PathRequest, LossNoise, void> {
  const { scatter } = source;
  const found = yield* noiseAlongRays(source, distance, known);
  return { ...found, level: found.level < scatter ? scatter : found.level, scatter };
}

function* noiseAlongRays(
  source: RaySource,
  distance: number,
  known: number,
): Generator<PathRequest, Omit<LossNoise, 'scatter'>, void> {
  let length = distance;
  let found = yield* alongRay(source, length);
  // Those that were drawn may be none of the few that move it: then all are.
  if (found.isStill && source.share < 1)
    return yield* noiseAlongRays({ ...source, share: 1 }, distance, known);
  while (found.isStill && length < LARGEST_STEP && !source.budget.spent()) {
    length = Math.min(GROWTH * length, LARGEST_STEP);
    found = yield* alongRay(source, length);
  }
  if (found.isStill) return { ...found, level: yield* noiseOfStill(source), reach: Infinity };
  const rays = yield* shorterRays(source, found, known);
  const least = Math.min(...rays.map(({ level }) => level));
  const chosen = rays.find(({ level }) => level <= SAME_LEVEL * least) ?? found;
  // A loss that looks the same on all scales, as a root at zero, does not oscillate.
  const oscillates = chosen !== found && !rays.at(-1)!.isDoubtful;
  return { ...chosen, reach: oscillates ? SAME_LEVEL * chosen.distance : Infinity };
}

/** A ray, and shorter ones as long as they are in doubt. */
function* shorterRays(source: RaySource, first: Ray, known: number): Generator<PathRequest, Ray[], void> {
  const rays = [first];
  // On a shorter one points are stored as the same.
  const least = 2 ** POINT_BITS * coarsestOf(source);
  for (let distance = first.distance / GROWTH; distance >= least; distance /= GROWTH) {
    const { isDoubtful, level } = rays.at(-1)!;
    if (!isDoubtful || level <= SAME_LEVEL * known) break;
    const shorter = yield* alongRay(source, distance);
    if (shorter.isStill || Number.isNaN(shorter.level)) break;
    rays.push(shorter);
  }
  return rays;
}

/**
 * A loss that stands still says nothing of its noise: its last digits may be zero by chance, and it may change by more at once. The least change
 * where it begins to move takes the place of its quantum.
 */
function* noiseOfStill(source: RaySource): Generator<PathRequest, number, void> {
  const { path } = rayPath(source, FARTHEST);
  let change = Infinity;
  for (const side of [FARTHEST, -FARTHEST]) {
    let [still, moved] = [0, side];
    for (let k = 0; k <= HALVINGS; k += 1) {
      const at = k === 0 ? side : (still + moved) / 2;
      const [loss] = (yield* lossesAt(path, Float64Array.of(at), source.budget)) ?? [source.loss];
      const own = Math.abs(loss! - source.loss);
      if (own !== 0) moved = at;
      else if (k === 0) break;
      else still = at;
      if (own > 0 && own < change) change = own;
    }
    if (change < Infinity) break;
  }
  return roundingNoise(change);
}

type Ray = Omit<LossNoise, 'reach' | 'scatter'> & { readonly isDoubtful: boolean };

/** One ray, of a given length; to the other side where the loss is zero, or not finite, on this one. */
function* alongRay(source: RaySource, distance: number): Generator<PathRequest, Ray, void> {
  const points = rayPoints(randomIntegers(source.seed));
  const { path, reach } = rayPath(source, distance);
  let found: Ray = {
    level: Number.NaN,
    size: Infinity,
    distance,
    isStill: false,
    isDoubtful: false,
    change: Number.NaN,
  };
  for (const side of [1, -1]) {
    if (found.level > 0 || !source.budget.allows(NOISE_POINTS)) break;
    const multiples = points.map((point) => side * point * distance);
    const losses = yield* lossesAt(path, multiples, source.budget);
    if (losses === undefined) break;
    const far = points.length - 1;
    const change = Math.abs(losses[far]! - source.loss) / (points[far]! * distance * reach);
    const size = Math.max(...losses.map(Math.abs));
    const own = estimateNoise(points, losses);
    // What repeated losses scatter by is explained, however little the loss moves beside it.
    const isDoubtful = own.isDoubtful && !(own.level <= SAME_LEVEL * source.scatter);
    found = { ...own, isDoubtful, size, distance, change };
  }
  return found;
}

/** The losses at some points of a path, by as many requests as a limit of time asks for; undefined where it is reached before the last. */
function* lossesAt(
  path: Path,
  multiples: Float64Array,
  budget: Budget,
): Generator<PathRequest, Float64Array | undefined, void> {
  const losses = new Float64Array(multiples.length);
  for (let from = 0; from < losses.length;) {
    if (budget.spent()) return undefined;
    const to = from + budget.losses(losses.length - from);
    yield { kind: 'path', path, multiples: multiples.subarray(from, to), losses: losses.subarray(from, to) };
    from = to;
  }
  return losses;
}

/** A random direction, and its length in units of the scales. */
function rayPath(
  { frame, parameters, share, seed }: RaySource,
  distance: number,
): { readonly path: Path; readonly reach: number } {
  let squares = 0;
  const path = parameters.map(({ place, scale }) => {
    const { count, values } = frame.parameters[place]!;
    // Beside zero there is no spacing.
    const isZero = frame.saved[place]!.every((value) => value === 0);
    const room = Math.floor(Math.log2(distance / values.spacing)) - POINT_BITS - SPARE_BITS;
    const bits = isZero ? MOST_BITS : Math.min(Math.max(room, 1), MOST_BITS);
    const weights = weightsOf(frame, place, { scale: binary(scale), seed, bits, share });
    const segment = { parameter: place, from: 0, to: count, weights };
    squares += squaredLength(segment, scale);
    return segment;
  });
  return { path, reach: Math.sqrt(squares) };
}
