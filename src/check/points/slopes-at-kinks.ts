/**
 * θ at its kinks → for each entry, an interval of what the chain rule may make of them, by the claims on a small circle around θ.
 *
 * Each unit at its kink has one slope to either side, and the chain rule takes any of them for each. In a plane through θ a kink is a line: on a
 * circle around θ each is crossed twice, and the claims jump by its size. So they tell the kinks of each entry by themselves, also those that
 * cancel along its own axis; and an entry whose claims don't jump there has none, whatever others have.
 */

import { moveTo } from '../../model/evaluate/points.js';
import type { GradientsRequest, Path, PathRequest, Weights } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { formatsOf } from '../../numerics/format.js';
import { seedFor } from '../../numerics/random.js';
import { scaleOf } from '../preconditions/parameter-scale.js';
import { weightsOf } from '../preconditions/random-path.js';
import { unlessThrown } from '../preconditions/unless-thrown.js';
import type { Budget } from '../run/budget.js';

/** What the chain rule may make of the kinks at θ: for each entry of a parameter the least and the largest. NaN where that can't be said. */
export interface SlopesAtKinks {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Radius of the circle, in units of the scales: half of the digits of a double, so that curvature and the rounding of θ both stay below 1e-7. */
const RADIUS: number = 2 ** -26;

/** In a coarser format, of the parameters or the claims, the radius has so many bits of it. */
const STORED_BITS = 3;

/** Points on the circle. As many kinks again as there are arcs are told apart; of more, some cancel within an arc. */
export const CIRCLE_POINTS = 32;

/** How many of each kink's jumps the circle meets, from one side to the other and back. */
const CROSSINGS = 2;

/** Asks for the claims around θ; undefined where the budget ends before, or the user's code throws there. */
export function* slopesAtKinks(
  frame: Frame,
  analytic: readonly Float64Array[],
  seed: number,
  budget: Budget,
): Generator<PathRequest | GradientsRequest, readonly SlopesAtKinks[] | undefined, void> {
  if (!budget.allows(CIRCLE_POINTS)) return undefined;
  const stored = frame.parameters.map(({ values }) => values.spacing);
  const computed = formatsOf(analytic).map(({ bits }) => 2 ** (1 - bits));
  const radius = Math.max(RADIUS, 2 ** STORED_BITS * Math.max(...stored, ...computed));
  const scales = frame.saved.map(scaleOf);
  const pathAt = (k: number): Path =>
    frame.parameters.map(({ count }, parameter) => ({
      parameter,
      from: 0,
      to: count,
      weights: onCircle(frame, parameter, scales[parameter]!, { seed, turn: (k + 1 / 2) / CIRCLE_POINTS }),
    }));
  const around: Float64Array[][] = [];
  for (let k = 0; k < CIRCLE_POINTS; k += 1) {
    const path = pathAt(k);
    const claims = yield* unlessThrown(claimsAt(frame, path, radius), () => {
      moveTo(frame, path, 0);
      return undefined;
    });
    if (claims === undefined) return undefined;
    around.push(claims);
  }
  return frame.parameters.map((_, p) => slopesOf(around.map((claims) => claims[p]!)));
}

/** The weights of a point on the circle: two random directions span its plane. */
function onCircle(
  frame: Frame,
  parameter: number,
  scale: number,
  { seed, turn }: { readonly seed: number; readonly turn: number },
): Weights {
  const [first, second] = ['first', 'second'].map((axis) =>
    weightsOf(frame, parameter, { scale, seed: seedFor(`${axis} axis`, seed) }),
  ) as [Weights, Weights];
  const [x, y] = [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
  return { key: `${first.key} ${second.key} ${turn}`, at: (i) => x * first.at(i) + y * second.at(i) };
}

function* claimsAt(
  frame: Frame,
  path: Path,
  multiple: number,
): Generator<PathRequest | GradientsRequest, Float64Array[], void> {
  // A loss first, as backward passes read what the forward pass cached.
  yield {
    kind: 'path',
    path,
    multiples: Float64Array.of(multiple),
    using: 'loss',
    losses: new Float64Array(1),
  };
  const into = frame.parameters.map(({ count }) => new Float64Array(count));
  yield { kind: 'gradients', path, multiple, into };
  return into;
}

/**
 * All claims lie within their hull. Half of what each kink jumps by, all together, is how far from the middle they could lie; what that is
 * beyond the hull is added to either side.
 */
function slopesOf(claims: readonly Float64Array[]): SlopesAtKinks {
  const { length } = claims[0]!;
  const low = new Float64Array(length).fill(Number.NaN);
  const high = new Float64Array(length).fill(Number.NaN);
  for (let i = 0; i < length; i += 1) {
    const [least, most, jumps] = variationOf(claims, i);
    const beyond = Math.max(0, jumps / CROSSINGS - (most - least)) / 2;
    // NaN stays NaN.
    low[i] = least - beyond;
    high[i] = most + beyond;
  }
  return { low, high };
}

/** The least and the largest of an entry's claims, and the sum of all changes around the circle. */
function variationOf(claims: readonly Float64Array[], i: number): [number, number, number] {
  let [least, most, jumps] = [Infinity, -Infinity, 0];
  let previous = claims.at(-1)![i]!;
  for (const claim of claims) {
    const value = claim[i]!;
    least = Math.min(least, value);
    most = Math.max(most, value);
    jumps += Math.abs(value - previous);
    previous = value;
  }
  return [least, most, jumps];
}
