/**
 * Directions along which a claim is wrong → the entries that are. One entry is decoded from the directions that found it, with more of
 * them until few are left to measure; where no single entry explains them, random halves of the run are looked along, and decoded in turn.
 */

import type { LossRequest } from '../../model/evaluate/requests.js';
import { type Culprit, decode, type Shown } from '../../numerics/decode.js';
import { randomBits } from '../../numerics/random.js';
import type { Run } from '../../verdict/rules.js';
import type { ParameterTask } from '../entries/task.js';
import {
  type Direction,
  directionOf,
  lookAlong,
  type Look,
  type LookRule,
  withClaim,
  type Weighted,
} from './look.js';

/** So many entries that would explain what was seen are measured one by one; with more, another direction is taken first. */
const FEW = 3;
const MOST_CANDIDATES = 64;
const MOST_MORE = 6;

/** Measures some entries by themselves: those that are wrong, and how far they are off. */
export type Measure = (entries: readonly number[]) => Generator<LossRequest, readonly Culprit[], void>;

/** A search within a run. */
export interface Search {
  readonly task: ParameterTask;
  readonly rule: LookRule;
  readonly run: Run;
  readonly measure: Measure;
  /** Asked when no single entry explains the error: whether it is in most entries, so that there is nothing to look for. */
  readonly isWidespread: () => Generator<LossRequest, boolean, void>;
  /** Directions are numbered, so that none is taken twice. */
  readonly next: () => number;
}

/** A part of a run, chosen by the bits of a random number of each entry. */
interface Part {
  readonly looks: readonly Look[];
  /** Whether an entry is in it. */
  readonly holds: (entry: number) => boolean;
  /** The halves that lead to it, one character each. */
  readonly key: string;
}

/** Halves of halves are single entries by then. */
const DEEPEST = 32;

/**
 * The entries that make a claim wrong along some directions.
 * @param claim the gradient that the directions were held against
 * @param most of them that are looked for
 */
export function* locate(
  search: Search,
  claim: Float64Array,
  looks: readonly Look[],
  most: number,
): Generator<LossRequest, Located, void> {
  const found: Culprit[] = [];
  const open: Part[] = [{ looks, holds: () => true, key: '' }];
  while (open.length > 0 && found.length < most && !search.task.budget.spent()) {
    const part = takeWorst(open);
    const single = yield* decodeSingle(search, claim, part);
    if (single.culprits.length > 0) {
      found.push(...single.culprits);
      const rest = single.culprits.reduce(
        (left, { entry, error }) => left.map((look) => withClaim(look, entry, -error)),
        single.looks,
      );
      if (rest.some(isWrong)) open.push({ ...part, looks: rest });
      continue;
    }
    if (part.key.length === DEEPEST) continue;
    if (part.key === '' && found.length === 0 && (yield* search.isWidespread()))
      return { found, isWidespread: true };
    for (const half of yield* halve(search, claim, { ...part, looks: single.looks }))
      if (half.looks.some(isWrong)) open.push(half);
  }
  return { found, isWidespread: false };
}

/** What a search found. */
export interface Located {
  readonly found: readonly Culprit[];
  readonly isWidespread: boolean;
}

function isWrong({ outcome }: Look): boolean {
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
function* decodeSingle(
  { task, rule, run, measure, next }: Search,
  claim: Float64Array,
  part: Part,
): Generator<LossRequest, { readonly culprits: readonly Culprit[]; readonly looks: readonly Look[] }, void> {
  let { looks } = part;
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
    const another = yield* lookAlong(task, claim, [within(directionOf(task, run, next()), part)], rule);
    if (another === undefined) break;
    looks = [...looks, ...another];
  }
  return { culprits: [], looks };
}

function shown({ error, uncertainty, allowed, weights }: Look): Shown {
  return { error, uncertainty: uncertainty + allowed, weight: (entry) => weights.at(entry) };
}

/** The halves of a part: one is looked along, the other is what is left. */
function* halve(
  { task, rule }: Search,
  claim: Float64Array,
  part: Part,
): Generator<LossRequest, readonly Part[], void> {
  const depth = part.key.length + 1;
  const bit = (entry: number): boolean => (randomBits(entry) >>> (DEEPEST - depth)) % 2 === 1;
  const halves = [true, false].map(
    (side) =>
      (entry: number): boolean =>
        part.holds(entry) && bit(entry) === side,
  );
  const told = part.looks.filter(({ outcome }) => outcome !== 'open');
  const parts = halves.map((holds, k) => ({ holds, key: `${part.key}${k}` }));
  const directions = told.map((look) => within(look, parts[0]!));
  const first = yield* lookAlong(task, claim, directions, rule);
  if (first === undefined) return [];
  const second = first.map((look, k) => leftOf(told[k]!, look, within(told[k]!, parts[1]!)));
  return [first, second].map((looks, k) => ({ ...parts[k]!, looks }));
}

/** What is left of a look for the other half of it. */
function leftOf(whole: Look, half: Look, { run, weights }: Direction): Look {
  const error = whole.error - half.error;
  const uncertainty = whole.uncertainty + half.uncertainty;
  const { allowed } = whole;
  const outcome =
    half.outcome === 'open' ? 'open' : Math.abs(error) - allowed > uncertainty ? 'wrong' : 'right';
  return { ...whole, run, weights, error, uncertainty, numeric: whole.numeric - half.numeric, outcome };
}

/** A direction of those entries only that a part holds. */
function within({ run, weights }: Direction, { holds, key }: Omit<Part, 'looks'>): Direction {
  const part: Weighted = {
    key: `${weights.key}/${key}`,
    at: (entry) => (holds(entry) ? weights.at(entry) : 0),
  };
  return { run, weights: part };
}
