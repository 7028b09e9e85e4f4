/**
 * The lists of sizes → the combinations that are checked: all of them, or, where these are too many, all corners and a seeded selection in
 * which each size, parity, equality and inequality occurs.
 */

import { randomIntegers } from '../../numerics/random.js';
import type { Sizes } from '../../sizes-report.js';

/** One number for each size. */
export type SizesHere = Readonly<Record<string, number>>;

/** So many combinations are checked at most, or as many as there are corners. */
const MOST_CASES = 64;

/** Drawn for each one that is taken: of so many the one is taken that has most of what has not occurred yet. */
const DRAWN_FOR_EACH = 16;

/** The combinations to check, in the order of the lists, the last size the fastest. */
export function casesOf(sizes: Sizes, seed: number): readonly SizesHere[] {
  const lists = Object.values(sizes);
  const total = lists.reduce((product, list) => product * list.length, 1);
  const places = total <= MOST_CASES ? all(lists) : chosen(lists, seed);
  const names = Object.keys(sizes);
  return places.map((place) => Object.fromEntries(names.map((name, s) => [name, lists[s]![place[s]!]!])));
}

/** A combination, as a place in each list. */
type Place = readonly number[];

function all(lists: readonly (readonly unknown[])[]): readonly Place[] {
  return lists.reduce<readonly Place[]>(
    (places, list) => places.flatMap((place) => [...list.keys()].map((i) => [...place, i])),
    [[]],
  );
}

function chosen(lists: readonly (readonly number[])[], seed: number): readonly Place[] {
  const next = randomIntegers(seed);
  const corners = all(lists.map(extremesOf)).map((corner) => corner.map((i, s) => extremesOf(lists[s]!)[i]!));
  const taken = new Map<string, Place>(corners.map((corner) => [String(corner), corner]));
  const seen = new Set(corners.flatMap((corner) => traitsOf(valuesAt(lists, corner))));
  const pairs = equalPairs(lists);
  while (taken.size < MOST_CASES) {
    const drawn = Array.from({ length: DRAWN_FOR_EACH }, (_, k): Place => {
      const place: Place = lists.map((list) => next() % list.length);
      // Two sizes of long lists are hardly ever equal by chance.
      return k % 2 === 0 || pairs.length === 0 ? place : withEqual(place, pairs[next() % pairs.length]!);
    }).filter((place) => !taken.has(String(place)));
    const news = drawn.map(
      (place) => traitsOf(valuesAt(lists, place)).filter((trait) => !seen.has(trait)).length,
    );
    const best = drawn[news.indexOf(Math.max(...news))];
    if (best === undefined) continue;
    taken.set(String(best), best);
    for (const trait of traitsOf(valuesAt(lists, best))) seen.add(trait);
  }
  return [...taken.values()].toSorted(inOrder);
}

/** Places in two of the lists at which these have the same number. */
interface EqualPair {
  readonly lists: readonly [number, number];
  readonly at: readonly [number, number];
}

function equalPairs(lists: readonly (readonly number[])[]): readonly EqualPair[] {
  return lists.flatMap((second, t) =>
    lists.slice(0, t).flatMap((first, s) =>
      first.flatMap((size, i): EqualPair[] => {
        const j = second.indexOf(size);
        return j < 0 ? [] : [{ lists: [s, t], at: [i, j] }];
      }),
    ),
  );
}

function withEqual(place: Place, { lists: [s, t], at: [i, j] }: EqualPair): Place {
  return place.map((own, k) => (k === s ? i : k === t ? j : own));
}

/** The places of the smallest and the largest number of a list. */
function extremesOf(list: readonly number[]): readonly number[] {
  const smallest = list.reduce((best, size, i) => (size < list[best]! ? i : best), 0);
  const largest = list.reduce((best, size, i) => (size > list[best]! ? i : best), 0);
  return smallest === largest ? [smallest] : [smallest, largest];
}

function valuesAt(lists: readonly (readonly number[])[], place: Place): readonly number[] {
  return place.map((i, s) => lists[s]![i]!);
}

/** What may decide whether a claim is wrong: each size, its parity, and which two are equal. */
function traitsOf(values: readonly number[]): readonly string[] {
  return values.flatMap((value, s) => [
    `${s} is ${value}`,
    `${s} is ${value % 2 === 0 ? 'even' : 'odd'}`,
    ...values.slice(0, s).map((other, t) => `${t} ${other === value ? '=' : '≠'} ${s}`),
  ]);
}

function inOrder(a: Place, b: Place): number {
  const s = a.findIndex((i, k) => i !== b[k]);
  return s < 0 ? 0 : a[s]! - b[s]!;
}
