/**
 * Directions along which a claim is wrong → the entries that are. One entry is decoded from the directions that found it, with more of
 * them until few are left to measure; where no single entry explains them, random halves of the run are looked along, and decoded in turn.
 */

import { type Culprit, decode, type Shown } from '../../numerics/decode.js';
import { randomBits } from '../../numerics/random.js';
import type { Run } from '../../verdict/rules.js';
import type { Direction, Weighted } from './direction-paths.js';
import { type Seen, withClaim } from './look.js';

/** So many entries that would explain what was seen are measured one by one; with more, another direction is taken first. */
const FEW = 3;

/** With more entries that would explain what was seen, none of them is noted: each direction leaves a small share of them. */
const MOST_CANDIDATES = 64;

/** So many more directions are taken to tell entries apart. */
const MOST_MORE = 6;

/** A search within a run: of the entries of a parameter, or of whatever else a claim may be wrong in. */
export interface Search<Asked> {
  readonly run: Run;
  /** Whether to look for more. */
  readonly goesOn: () => boolean;
  /** Another direction of the whole run. */
  readonly draw: () => Direction;
  /** Looks along some directions; undefined where the budget has no room for all of them. */
  readonly look: (directions: readonly Direction[]) => Generator<Asked, readonly Seen[] | undefined, void>;
  /** Measures some entries by themselves: those that are wrong, and how far they are off. */
  readonly measure: (entries: readonly number[]) => Generator<Asked, readonly Culprit[], void>;
  /** Asked when no single entry explains the error: whether it is in most entries, so that there is nothing to look for. */
  readonly isWidespread: () => Generator<Asked, boolean, void>;
}

/** A part of a run, chosen by the bits of a random number of each entry. */
interface Part {
  readonly looks: readonly Seen[];
  /** The first so many of an entry's random bits tell whether it is in it, */
  readonly depth: number;
  /** where they are these. */
  readonly bits: number;
}

/** Halves of halves are single entries by then. */
const DEEPEST = 32;

/**
 * The entries that make a claim wrong along some directions.
 * @param most of them that are looked for
 */
export function* locate<Asked>(
  search: Search<Asked>,
  looks: readonly Seen[],
  most: number,
): Generator<Asked, Located, void> {
  const found: Culprit[] = [];
  const open: Part[] = [{ looks, depth: 0, bits: 0 }];
  while (open.length > 0 && found.length < most && search.goesOn()) {
    const part = takeWorst(open);
    const single = yield* decodeSingle(search, part);
    if (single.culprits.length > 0) {
      found.push(...single.culprits);
      const rest = single.culprits.reduce(
        (left, { entry, error }) => left.map((look) => withClaim(look, entry, -error)),
        single.looks,
      );
      if (rest.some(isWrong)) open.push({ ...part, looks: rest });
      continue;
    }
    if (part.depth === DEEPEST) continue;
    if (part.depth === 0 && found.length === 0 && (yield* search.isWidespread()))
      return { found, isWidespread: true };
    for (const half of yield* halve(search, { ...part, looks: single.looks }))
      if (half.looks.some(isWrong)) open.push(half);
  }
  return { found, isWidespread: false };
}

/** The entry that explains all looks at a run, if one does; before it is asked whether they are off by anything else. */
export function* locateOne<Asked>(
  search: Search<Asked>,
  looks: readonly Seen[],
): Generator<Asked, readonly Culprit[], void> {
  return (yield* decodeSingle(search, { looks, depth: 0, bits: 0 })).culprits;
}

/** What a search found. */
export interface Located {
  readonly found: readonly Culprit[];
  readonly isWidespread: boolean;
}

export function isWrong({ outcome }: Seen): boolean {
  return outcome === 'wrong';
}

function takeWorst(open: Part[]): Part {
  const size = ({ looks }: Part): number =>
    Math.max(...looks.map(({ error, uncertainty }) => Math.abs(error) / uncertainty));
  let worst = 0;
  for (const [k, part] of open.entries()) if (size(part) > size(open[worst]!)) worst = k;
  return open.splice(worst, 1)[0]!;
}

/** The entry that explains all looks at a part, if one does; and the looks, with those that were taken to tell. */
function* decodeSingle<Asked>(
  { run, draw, look: lookAlong, measure }: Search<Asked>,
  part: Part,
): Generator<Asked, { readonly culprits: readonly Culprit[]; readonly looks: readonly Seen[] }, void> {
  const looks = [...part.looks];
  for (let more = 0; more <= MOST_MORE; more += 1) {
    const candidates = decode(
      looks.filter(({ outcome }) => outcome !== 'open').map(shown),
      run,
      MOST_CANDIDATES,
    );
    if (candidates?.length === 0) break;
    if (candidates !== undefined && (candidates.length <= FEW || more === MOST_MORE)) {
      // The best first: mostly it is the one.
      for (const { entry } of candidates.slice(0, FEW)) {
        const culprits = yield* measure([entry]);
        if (culprits.length > 0) return { culprits, looks };
      }
      break;
    }
    const another = yield* lookAlong([within(draw(), part)]);
    if (another === undefined) break;
    looks.push(...another);
  }
  return { culprits: [], looks };
}

function shown({ error, uncertainty, allowed, weights }: Seen): Shown {
  return { error, uncertainty: uncertainty + allowed, weight: (entry) => weights.at(entry) };
}

/** The halves of a part: one is looked along, the other is what is left. */
function* halve<Asked>(
  { look: lookAlong }: Search<Asked>,
  part: Part,
): Generator<Asked, readonly Part[], void> {
  const told = part.looks.filter(({ outcome }) => outcome !== 'open');
  const parts = [1, 0].map((bit) => ({ depth: part.depth + 1, bits: 2 * part.bits + bit }));
  const directions = told.map((look) => within(look, parts[0]!));
  const first = yield* lookAlong(directions);
  if (first === undefined) return [];
  const second = first.map((look, k) => leftOf(told[k]!, look, within(told[k]!, parts[1]!)));
  return [first, second].map((looks, k) => ({ ...parts[k]!, looks }));
}

/** What is left of a look for the other half of it. */
function leftOf(whole: Seen, half: Seen, { run, weights }: Direction): Seen {
  const error = whole.error - half.error;
  const uncertainty = whole.uncertainty + half.uncertainty;
  const { allowed } = whole;
  const outcome =
    half.outcome === 'open' ? 'open' : Math.abs(error) - allowed > uncertainty ? 'wrong' : 'right';
  return { run, weights, error, uncertainty, allowed, outcome };
}

/** A direction of those entries only that a part holds. */
function within({ run, weights }: Direction, { depth, bits }: Omit<Part, 'looks'>): Direction {
  if (depth === 0) return { run, weights };
  const whole = weights instanceof PartWeights ? weights.whole : weights;
  return { run, weights: new PartWeights(whole, depth, bits) };
}

/** The weights of those entries only whose first random bits are some. */
class PartWeights implements Weighted {
  readonly key: string;
  readonly whole: Weighted;
  readonly #shift: number;
  readonly #bits: number;

  constructor(whole: Weighted, depth: number, bits: number) {
    this.key = `${whole.key}/${depth}:${bits}`;
    this.whole = whole;
    this.#shift = DEEPEST - depth;
    this.#bits = bits;
  }

  at(entry: number): number {
    return randomBits(entry) >>> this.#shift === this.#bits ? this.whole.at(entry) : 0;
  }
}
