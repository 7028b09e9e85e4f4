/**
 * θ at its kinks → for each entry, an interval of what the chain rule may make of them, by the claims on a small circle around θ.
 *
 * Each unit at its kink has one slope to either side, and the chain rule takes any of them for each. In a plane through θ a kink is a line: on a
 * circle around θ each is crossed twice, and the claims jump by its size. So they tell the kinks of each entry by themselves, also those that
 * cancel along its own axis; and an entry whose claims don't jump there has none, whatever others have.
 */

import type { GradientsRequest, Path, PathRequest, Weights } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { formatsOf } from '../../numerics/format.js';
import { seedFor } from '../../numerics/random.js';
import { scaleOf } from '../preconditions/parameter-scale.js';
import { weightsOf } from '../preconditions/random-path.js';
import { claimsAt, distanceApart, unlessThrownAlong } from '../preconditions/gradients-along.js';

/** What the chain rule may make of the kinks at θ: for each entry of a parameter the least and the largest. NaN where that can't be said. */
export interface SlopesAtKinks {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Radius of the circle, in units of the scales: half of the digits of a double, so that curvature and the rounding of θ both stay below 1e-7. */
const RADIUS: number = 2 ** -26;

/** So many points are on the circle at first: enough to tell one kink from two. */
const FIRST_POINTS = 8;
/** The circle gets so many times as many points where these may not tell enough kinks apart. */
const MORE = 4;
/** After three times some hundred kinks of an entry are told apart. */
const MOST_POINTS: number = FIRST_POINTS * MORE ** 3;

/** A circle meets each kink so often, from one side to the other and back. */
const CROSSINGS = 2;

/**
 * Where one parameter moves most the others move by this share of what they do else: a unit's own parameter then decides on which side of its kink
 * it is, and not the units before it. They do not stay, as a claim may be a special case where they are what they are at θ.
 */
const OTHERS_SHARE = 1 / 16;

/** Changes of less than this share of the largest are those of curvature and rounding, or of kinks that hardly matter. */
const CHANGE_SHARE = 1 / 16;

/** The claims on a circle around θ, in their order. */
export class Circle {
  readonly #frame: Frame;
  readonly #radius: number;
  readonly #axes: readonly (readonly [Weights, Weights])[];
  #claims: readonly (readonly Float64Array[] | undefined)[] = [];

  /** @param first the parameter that moves most; undefined: all move alike */
  constructor(frame: Frame, analytic: readonly Float64Array[], seed: number, first?: number) {
    this.#frame = frame;
    this.#radius = distanceApart(frame, formatsOf(analytic), RADIUS);
    this.#axes = frame.saved.map((values, parameter) => {
      const share = first === undefined || first === parameter ? 1 : OTHERS_SHARE;
      const scale = share * scaleOf(values);
      const axis = (name: string): Weights =>
        weightsOf(frame, parameter, { scale, seed: seedFor(name, seed) });
      return [axis('first axis of a circle'), axis('second axis of a circle')];
    });
  }

  /** How many points the next round asks for; 0 where it would be too many. */
  get next(): number {
    const { length } = this.#claims;
    return length === 0 ? FIRST_POINTS : length < MOST_POINTS ? (MORE - 1) * length : 0;
  }

  /** Asks for the claims at more points; whether they could be had. */
  *refine(): Generator<PathRequest | GradientsRequest, boolean, void> {
    const { length } = this.#claims;
    const count = length === 0 ? FIRST_POINTS : MORE * length;
    const known = (k: number): readonly Float64Array[] | undefined =>
      length === 0 || k % MORE > 0 ? undefined : this.#claims[k / MORE];
    const claims = Array.from({ length: count }, (_, k) => known(k));
    for (let k = 0; k < count; k += 1) {
      if (claims[k] !== undefined) continue;
      const path = this.#pathAt(k / count);
      claims[k] = yield* unlessThrownAlong(this.#frame, path, this.#claimsAt(path), undefined);
      if (claims[k] === undefined) return false;
    }
    this.#claims = claims;
    return true;
  }

  #pathAt(turn: number): Path {
    const [x, y] = [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
    return this.#frame.parameters.map(({ count }, parameter) => {
      const [first, second] = this.#axes[parameter]!;
      const key = `${first.key} ${second.key} ${turn}`;
      return {
        parameter,
        from: 0,
        to: count,
        weights: { key, at: (i) => x * first.at(i) + y * second.at(i) },
      };
    });
  }

  *#claimsAt(path: Path): Generator<PathRequest | GradientsRequest, Float64Array[] | undefined, void> {
    const into = this.#frame.parameters.map(({ count }) => new Float64Array(count));
    yield* claimsAt(path, this.#radius, into);
    return into;
  }

  /**
   * What the chain rule may make of the kinks.
   * @param isFinest as far as more points could show, of which each tells kinks apart that hid each other: sums of n random jumps grow as √n
   */
  slopes(parameter: number, isFinest = false): SlopesAtKinks {
    const claims = this.#claims.map((all) => all![parameter]!);
    const growth = isFinest ? Math.sqrt(MOST_POINTS / claims.length) : 1;
    const { length } = claims[0]!;
    const low = new Float64Array(length);
    const high = new Float64Array(length);
    for (let i = 0; i < length; i += 1) {
      const { least, most, changes, several } = variationOf(claims, i);
      // NaN stays NaN.
      const beyond = several || growth > 1 ? (growth * changes) / CROSSINGS : 0;
      low[i] = least - beyond;
      high[i] = most + beyond;
    }
    return { low, high };
  }
}

/** What the chain rule may make of the kinks as far as either of two circles shows. */
export function unionOf(one: SlopesAtKinks, other: SlopesAtKinks): SlopesAtKinks {
  return {
    low: one.low.map((value, i) => Math.min(value, other.low[i]!)),
    high: one.high.map((value, i) => Math.max(value, other.high[i]!)),
  };
}

/**
 * An entry's claims around the circle: the least and the largest, the sum of all changes, and whether there is more than one kink. Of one the claim lies
 * between its two slopes. Several multiply, or hide each other: then it is off by no more than all of them together.
 */
function variationOf(
  claims: readonly Float64Array[],
  i: number,
): { least: number; most: number; changes: number; several: boolean } {
  let [least, most, changes, largest] = [Infinity, -Infinity, 0, 0];
  const all = claims.map((claim, k) => {
    const value = claim[i]!;
    const change = Math.abs(value - claims.at(k - 1)![i]!);
    least = Math.min(least, value);
    most = Math.max(most, value);
    largest = Math.max(largest, change);
    changes += change;
    return change;
  });
  const seen = all.filter((change) => change > CHANGE_SHARE * largest).length;
  return { least, most, changes, several: seen > CROSSINGS };
}
