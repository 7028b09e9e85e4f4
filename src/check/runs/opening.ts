/** A parameter → the step that shows its slope along random directions, and what was sampled along them on the way to it. */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { matters } from '../../verdict/parameter.js';
import { bendOf, isStill, type Probed, probe, probeWith, slopeOf } from '../entries/probe.js';
import type { ParameterTask } from '../entries/task.js';
import { type Direction, type Taken, takeAlong } from './direction-paths.js';

/** Along a direction noise may hide this share of a typical entry's slope: a wrong entry then shows with four times the uncertainty. */
const CLEAR_SHARE = 1 / 4;

/** All entries move. */
const RULE = { clearShare: CLEAR_SHARE, share: 1 };

interface Opening {
  readonly probed: Probed;
  /** Those that were given, and more where these said too little of what is typical. */
  readonly directions: readonly Direction[];
  /** What a typical entry moves the loss by, over the scale. */
  readonly typical: number;
  /** The largest steps first; undefined where nothing was sampled at the step that is to be taken. */
  readonly taken: readonly Taken[] | undefined;
}

/** The slope along so many directions is small by chance in one of some hundred. */
const ENOUGH_DIRECTIONS = 3;

/**
 * The slope along one direction may be small by chance: it takes all of them to say what is typical, and where noise hides that a step is larger
 * only when others say the same.
 * @param draw another direction
 */
export function* openingOf(
  task: ParameterTask,
  given: readonly Direction[],
  draw: () => Direction,
): Generator<LossRequest | GradientsRequest, Opening, void> {
  // At a step that was given the directions are looked along afterwards.
  const directions = [...given];
  if (task.epsilon !== undefined)
    return { probed: yield* probe(task, RULE), directions, typical: 0, taken: undefined };
  const { loss, scale, analytic, near, first, noise } = task;
  const known = near ?? first;
  if (known !== undefined && known <= noise.reach && !Number.isNaN(noise.level)) {
    const places = directions.map((_, path) => ({ path, step: known }));
    const at = yield* takeAlong(task, analytic, directions, places);
    return { probed: { step: known, noise }, directions, typical: Infinity, taken: at };
  }
  const taken: Taken[] = [];
  let typical = 0;
  const slopes: number[] = [];
  const probed = yield* probeWith(task, RULE, function* (step) {
    const found: Taken[] = [];
    for (;;) {
      // Those that were added told enough at the step at which they were.
      const from = found.length;
      const paths = from === 0 ? [...given.keys()] : [directions.length - 1];
      const more = yield* takeAlong(
        task,
        analytic,
        directions,
        paths.map((path) => ({ path, step })),
      );
      found.push(...(more ?? []));
      for (const { path, losses } of found.slice(from))
        slopes[path] = slopeOf(losses, loss, step) / (lengthOf(directions[path]!) / scale);
      typical = rootMeanSquare(Float64Array.from(slopes));
      const isHidden = noiseUncertainty(noise.level, 2 * step) > CLEAR_SHARE * typical;
      const isTold =
        found.every(({ losses }) => isStill(losses, loss)) || found.some((one) => isOff(one, task));
      if (!isHidden || isTold || more === undefined || directions.length >= ENOUGH_DIRECTIONS) break;
      directions.push(draw());
    }
    taken.unshift(...found);
    return {
      // What is off at this step is off farther away, be it by kinks or because the claim is wrong; and what could not matter is known: no
      // larger step tells more.
      typical:
        found.some((one) => isOff(one, task)) || (yield* isNegligible(task, found)) ? Infinity : typical,
      moved: found.some(({ losses }) => !isStill(losses, loss)),
      bend: bendOf(
        found.map(({ losses }) => losses),
        loss,
      ),
    };
  });
  // What was seen farther away, when nothing moved, says less than what is nearer.
  const nearer = taken.filter(({ step }) => step <= probed.step).toSorted((a, b) => b.step - a.step);
  // Farther away kinks look like noise; of the parameters together there is no less of it.
  const level = Math.min(probed.noise.level, Number.isNaN(task.noise.level) ? Infinity : task.noise.level);
  const quiet = { ...probed, noise: { ...probed.noise, level } };
  const isWhole = directions.every((_, path) => nearer.some((one) => one.path === path));
  const isUsed = isWhole && nearer[0]?.step === probed.step;
  return { probed: quiet, directions, typical, taken: isUsed ? nearer : undefined };
}

/** Whether the claim's product with the displacements is off by more than noise; not where nothing moved, as within a stair. */
function isOff({ losses, products }: Taken, { noise, loss }: ParameterTask): boolean {
  const [ahead, behind] = [0, 1].map((k) => losses[k]! - products[k]!) as [number, number];
  return !isStill(losses, loss) && Math.abs(ahead - behind) > noiseUncertainty(noise.level, 1);
}

/** Whether both gradients are zero as far as noise lets it be seen, and what it hides could not matter. */
function* isNegligible(
  task: ParameterTask,
  taken: readonly Taken[],
): Generator<LossRequest | GradientsRequest, boolean, void> {
  const { noise, loss, reach, claimNoise, parameter, range, analytic, scale } = task;
  const isSeen = ({ losses: [ahead, behind] }: Taken): boolean =>
    !(Math.abs(ahead! - behind!) <= noiseUncertainty(noise.level, 1));
  if (taken.every(({ losses }) => isStill(losses, loss)) || taken.some(isSeen)) return false;
  if (matters(noiseUncertainty(noise.level, 2 * taken[0]!.step), reach)) return false;
  const claims = analytic.subarray(range.from, range.to);
  const claimed = rootMeanSquare(claims);
  if (matters(claimed * Math.sqrt(range.count) * scale, reach)) return false;
  const bounds = yield* claimNoise.bounds(parameter);
  return claimed <= rootMeanSquare(bounds.subarray(range.from, range.to));
}

/** √Σ v². */
export function lengthOf({ run, weights }: Direction): number {
  let squares = 0;
  for (let i = run.from; i < run.to; i += 1) squares += weights.at(i) ** 2;
  return Math.sqrt(squares);
}
