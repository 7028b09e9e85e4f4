/**
 * A run and its first directions → what the claim is off by along them, and the step at which that is seen.
 *
 * Where kinks put off what the first step shows, it takes closer ones to tell; along one direction that step is found. At it others are told
 * or not at once: another direction, of which kinks leave one side of θ, tells more than steps so close that noise hides what is asked for. Only
 * where directions tell too little, as those of a wrong claim do, each is looked along closer.
 */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import type { Direction, Taken } from './direction-paths.js';
import { doubtOf, type Look, type LookRule, mayBeOne, meetKink } from './look.js';

/** Where kinks are about so many directions are taken at most: with every other put off on both sides, too few tell with a chance of 1 in 5. */
const MOST_LOOKS = 5;

/** What is looked along, and how. */
export interface FirstLooks {
  /** The first directions, and what was sampled along them. */
  readonly opening: readonly Direction[];
  readonly taken: readonly Taken[] | undefined;
  /** Another direction. */
  readonly draw: () => Direction;
  /** So many have to tell. */
  readonly least: number;
  /** Whether what no direction tells may be told by those of shorter runs, of which fewer kinks are about. */
  readonly maySplit: boolean;
  /** What a typical entry moves the loss by, over the scale: what hides more tells nothing. */
  readonly known: number;
  /** The step at which noise leaves what is asked for to one side. */
  readonly asked: number;
  /** The step at which kinks are known to leave enough; undefined where that has to be found. */
  readonly near: number | undefined;
  /** Puts right the one entry that explains what the first steps say, if one does. */
  readonly locateOne: (looks: readonly Look[]) => Generator<LossRequest | GradientsRequest, boolean, void>;
  /** Looks along some directions, by a rule that is changed so. */
  readonly look: (
    directions: readonly Direction[],
    changed: Partial<Pick<LookRule, 'step' | 'isBrief' | 'isKinky'>>,
    taken?: readonly Taken[],
  ) => Generator<LossRequest | GradientsRequest, readonly Look[], void>;
}

/** What was seen, and the step at which more directions are to be looked along; undefined where that is the first. Of shorter runs fewer kinks are about. */
export interface Seen {
  readonly looks: readonly Look[];
  readonly near: number | undefined;
  /** Whether shorter runs are to tell, or points beside θ. */
  readonly isOpen?: boolean;
  /** Whether an entry was put right, so that the claim is to be looked at anew. */
  readonly isCorrected?: boolean;
}

export function* firstLooks({
  opening,
  taken,
  draw,
  least,
  maySplit,
  known,
  asked,
  near: given,
  locateOne,
  look,
}: FirstLooks): Generator<LossRequest | GradientsRequest, Seen, void> {
  const looks = [...(yield* look(opening, { isBrief: true, isKinky: given !== undefined }, taken))];
  const again = function* (
    places: readonly number[],
    changed: Partial<LookRule>,
    own?: readonly Taken[],
  ): Generator<LossRequest | GradientsRequest, void, void> {
    const directions = places.map((k) => looks[k]!);
    for (const [j, one] of (yield* look(directions, changed, own)).entries()) {
      const k = places[j]!;
      looks[k] = own === undefined ? { ...one, taken: [...looks[k]!.taken, ...one.taken] } : one;
    }
  };
  const closer = (places: readonly number[]): Generator<LossRequest | GradientsRequest, void, void> =>
    again(
      places,
      {},
      places.flatMap((k, path) => looks[k]!.taken.map((one) => ({ ...one, path }))),
    );
  const tells = (one: Look): boolean => one.outcome === 'right' && doubtOf(one) <= known;
  const untold = (): number[] => [...looks.keys()].filter((k) => !tells(looks[k]!));
  const isTold = (): boolean => looks.filter(tells).length >= least;
  const off = looks.findIndex(({ outcome }) => outcome !== 'right');
  if (off < 0) return { looks, near: given };
  if (given === undefined) yield* closer([off]);
  const first = looks[off]!;
  if (meetKink(looks)) return { looks, near: given, isOpen: true };
  if (mayBeOne(looks) && (yield* locateOne(looks))) return { looks, near: given, isCorrected: true };
  // Of another direction kinks may leave one side at the same step; where two tell nothing, shorter runs are likelier to.
  const maySplitIt = maySplit && first.outcome !== 'wrong';
  const nearBy = (): number | undefined => (tells(first) ? first.toldAt : maySplitIt ? asked : undefined);
  const near = given ?? nearBy();
  if (near !== undefined) {
    yield* again(
      untold().filter((k) => looks[k]!.taken.every(({ step }) => step > near)),
      { step: near, isBrief: true, isKinky: true },
    );
    // Where none tells a shorter run is likelier to; one that is short already only has to be looked along more often.
    const isLikely = (): boolean => (given !== undefined && maySplit) || looks.some(tells);
    yield* addLooks(
      looks,
      () => !isTold() && isLikely(),
      () => look([draw()], { step: near, isBrief: true, isKinky: true }),
    );
    if (isTold()) return { looks, near };
  }
  if (maySplitIt) return { looks, near: asked, isOpen: true };
  yield* closer(untold().filter((k) => given !== undefined || k !== off));
  return { looks, near };
}

/** Adds looks along more directions, as long as they are wanted and there is room for them. */
function* addLooks(
  looks: Look[],
  isWanted: () => boolean,
  another: () => ReturnType<FirstLooks['look']>,
): Generator<LossRequest | GradientsRequest, void, void> {
  while (looks.length < MOST_LOOKS && isWanted()) {
    const more = yield* another();
    // No budget has room for it.
    if (more.length === 0) return;
    looks.push(...more);
  }
}
