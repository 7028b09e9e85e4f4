/**
 * A run of entries and random weights → what the claim is off by along them. An error in a single entry shows with its weight, at the cost of
 * two losses for any number of entries.
 *
 * The claim's product is taken with the displacement as it was stored, and the loss is sampled less that product: what is left has the slope
 * (n − g)·v at θ. It is settled like the slope by a single entry, by the same rules.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import type { Estimate } from '../../numerics/estimate.js';
import type { Sample } from '../../numerics/sample.js';
import { RandomWeights, seedFor } from '../../numerics/random.js';
import { FLOAT32 } from '../../numerics/format.js';
import type { Run } from '../../verdict/rules.js';
import { CONFIRM, PATH_ROUNDS } from '../paths/rounds.js';
import { looked, sampled } from '../paths/settle-suspects.js';
import { decided, type Open, type Suspect } from '../paths/suspect.js';
import type { ParameterTask } from '../entries/task.js';
import {
  type Along,
  DirectionPaths,
  type Direction,
  type SamplingRule,
  type Taken,
} from './direction-paths.js';
import { type Clean, cleanSide, errorOnBothSides, isOffOnBothSides, isSmooth, staysKinked } from './sides.js';

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
  readonly step: number;
  readonly moved: boolean;
  /** What all entries of the claim have, were they as large as is typical: a tolerance of one would allow so much. */
  readonly size: number;
  /** What noise makes uncertain of the claim, as far as it was asked for. */
  readonly claimNoise: number;
  /** Whether the loss has a kink at θ along it, so that any claim is right. */
  readonly isKinked: boolean;
  /** Whether kinks beside θ may be what it is off by. */
  readonly isBent: boolean;
}

/** What leaves a parameter undecided, or an error without its place, may take so many times as long as a check takes. */
export const NEEDED_TIME = 3;

/** What is looked for. */
export interface RunPlan {
  /** How many directions are taken at least, and at most where noise leaves much room along each. */
  readonly looks: { readonly least: number; readonly most: number };
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
  return { run, weights: new RandomWeights(seedFor(`${name} ${run.from} ${run.to} ${k}`, seed), scale) };
}

/**
 * Looks along some directions, all at once; those that look wrong again, until they are settled.
 * @param taken what was sampled along them before, at falling steps; undefined: nothing, so that the rule's step is the first
 */
export function* lookAlong(
  task: Along,
  claim: Float64Array,
  directions: readonly Direction[],
  rule: LookRule,
  taken?: readonly Taken[],
): Generator<LossRequest, readonly Look[] | undefined, void> {
  const paths = new DirectionPaths(task, claim, directions, rule);
  const first = taken ?? (yield* paths.take(directions.map((_, path) => ({ path, step: rule.step }))));
  if (first === undefined) return undefined;
  const own = directions.map((_, path) => first.filter((one) => one.path === path));
  const looks = directions.map((direction, k) =>
    firstLook(claim, direction, paths.sampleOf(own[k]![0]!), rule),
  );
  const suspects = looks.flatMap((look, path): Suspect[] => {
    if (look.outcome === 'right') return [];
    const least = Math.max(look.allowed, noiseUncertainty(rule.noise.level, 2 * rule.step), rule.sharp ?? 0);
    const sharp = (): number => least;
    return [
      {
        path,
        analytic: 0,
        samples: own[path]!.map((one) => paths.sampleOf(one)),
        steps: own[path]!.map(({ step }) => step),
        allowed: () => look.allowed,
        sharp,
        known: () => Math.max(least, rule.known ?? 0),
        isFreeAtKink: rule.rejectsKinks !== true,
        isRight: (samples) => rule.rejectsKinks !== true && isToldByTwo(samples, look.allowed, least),
      },
    ];
  });
  if (suspects.length === 0) return looks;
  const seen = yield* sampled(paths, suspects, PATH_ROUNDS);
  for (const [k, { path }] of suspects.entries()) looks[path] = settledLook(looks[path]!, seen[k], rule);
  const doubtful = seen.filter((one) => one !== undefined).filter(({ path }) => isDoubtful(looks[path]!));
  const closer = yield* looked(paths, doubtful, CONFIRM);
  for (const one of closer ?? []) looks[one.path] = settledLook(looks[one.path]!, one, rule);
  return looks;
}

/** Whether a side tells that a claim is right, at one of two steps at least. */
function isToldByTwo(samples: readonly Sample[], allowed: number, least: number): boolean {
  const clean = samples.length < 2 ? undefined : cleanSide(samples, allowed);
  return clean !== undefined && Math.abs(clean.value) + clean.uncertainty <= least;
}

/** Whether kinks may make a claim look wrong. */
function isDoubtful({ error, allowed, uncertainty, isKinked, isBent }: Look): boolean {
  return isBent && !isKinked && Math.abs(error) - allowed > uncertainty;
}

/** What the first step along a direction says. */
function firstLook(
  claim: Float64Array,
  direction: Direction,
  { above: step, forward, backward, noise }: Sample,
  { tolerance, corrected }: LookRule,
): Look {
  let [squares, claims, product] = [0, 0, 0];
  const { run, weights } = direction;
  for (let i = run.from; i < run.to; i += 1) {
    const weight = weights.at(i);
    squares += weight * weight;
    claims += claim[i]! * claim[i]!;
    product += claim[i]! * weight;
  }
  const length = Math.sqrt(squares);
  const error = -(forward / 2 - backward / 2) / step;
  const uncertainty = noiseUncertainty(noise, 2 * step);
  const typical = 2 * Math.sqrt(claims / (run.to - run.from));
  const size = typical * length;
  let allowed = tolerance * size;
  for (const [entry, own] of corrected) allowed += own * Math.abs(weights.at(entry));
  const moved = error !== product;
  const outcome = Math.abs(error) <= allowed + uncertainty ? 'right' : 'open';
  return {
    ...direction,
    error,
    uncertainty,
    allowed,
    numeric: product - error,
    length,
    step,
    moved,
    size,
    claimNoise: 0,
    isKinked: false,
    isBent: false,
    outcome,
  };
}

/** A look with what was found by closer ones. Along a direction with a kink at θ a right claim may have any value. */
function settledLook(look: Look, seen: Open | undefined, { rejectsKinks = false }: LookRule): Look {
  if (seen === undefined) return { ...look, outcome: 'open' };
  const { allowed } = look;
  const found = decided(seen);
  const isFree = found.kink !== undefined && !rejectsKinks;
  const isKinked = isFree && staysKinked(seen.samples);
  const clean = rejectsKinks ? undefined : cleanSide(seen.samples, allowed);
  const isUnknown = isFree || Number.isNaN(found.value);
  // What looks like a kink at θ, and falls away, may be kinks beside it: a claim may be wrong there.
  const known = !isUnknown ? knownOf(found) : isKinked ? undefined : errorOnBothSides(seen.samples);
  const withValue = ({ value, uncertainty }: Clean, outcome: Look['outcome']): Look => ({
    ...look,
    error: -value,
    uncertainty,
    outcome,
    numeric: look.numeric + look.error + value,
    isKinked,
    isBent: !rejectsKinks && !isSmooth(seen.samples),
  });
  const isBeyond = known !== undefined && Math.abs(known.value) - allowed > known.uncertainty;
  if (isBeyond) {
    const isWrong =
      isSmooth(seen.samples) || rejectsKinks || isUnknown || isOffOnBothSides(seen.samples, known.value);
    return withValue(known, isWrong ? 'wrong' : 'open');
  }
  const doubt = ({ value, uncertainty }: Clean): number => Math.abs(value) + uncertainty;
  const [best] = [clean, known].filter((one) => one !== undefined).toSorted((a, b) => doubt(a) - doubt(b));
  return best === undefined ? { ...look, outcome: 'open', isKinked } : withValue(best, 'right');
}

function knownOf({ value, uncertainty, hidden }: Estimate): Clean {
  return { value, uncertainty: uncertainty + hidden };
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
