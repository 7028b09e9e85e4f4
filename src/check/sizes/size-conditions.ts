/** Sizes, and whether each failed → the simplest condition on them that is true exactly where they failed, in words. */

import type { SizesHere } from './size-cases.js';

/** A condition on sizes. */
interface Condition {
  readonly text: string;
  /** How far it is from what one would try first. */
  readonly rank: number;
  readonly holds: (sizes: SizesHere) => boolean;
}

/** What most mistakes are about comes first: one of something, an even number, two that are equal. */
const RANKS = [
  'one',
  'parity',
  'equality',
  'order',
  'threshold',
  'multiple',
  'value',
  'power',
  'divisor',
] as const;

function rankOf(of: (typeof RANKS)[number]): number {
  return 1 + RANKS.indexOf(of);
}

/** Constants that a size may be divisible by, beside 2. */
const DIVISORS: readonly number[] = [3, 4, 5, 8, 16, 32];

/** Lengths of lists up to which each size of them is a constant to compare with. */
const MOST_CONSTANTS = 32;

/**
 * The simplest condition, a single one before two at once. Undefined where nothing failed, everything, or no condition is true
 * exactly there.
 * @param right the sizes that did not fail
 */
export function conditionFor(failed: readonly SizesHere[], right: readonly SizesHere[]): string | undefined {
  const [first] = failed;
  if (first === undefined || right.length === 0) return undefined;
  // What is not true wherever it failed can't be part of the condition.
  const possible = conditionsOn([...failed, ...right])
    .filter(({ holds }) => failed.every(holds))
    .toSorted((a, b) => a.rank - b.rank);
  const excludes = possible.map(({ holds }) => right.map((sizes) => !holds(sizes)));
  const single = possible[excludes.findIndex((excluded) => excluded.every(Boolean))];
  if (single !== undefined) return single.text;
  return bestPair(possible, excludes);
}

/** The two conditions that together exclude all that is right. */
function bestPair(
  possible: readonly Condition[],
  excludes: readonly (readonly boolean[])[],
): string | undefined {
  let best: { readonly rank: number; readonly text: string } | undefined;
  for (const [k, second] of possible.entries())
    for (const [j, first] of possible.slice(0, k).entries()) {
      const rank = first.rank + second.rank;
      if (best !== undefined && best.rank <= rank) continue;
      if (excludes[j]!.every((excluded, i) => excluded || excludes[k]![i]!))
        best = { rank, text: `${first.text} and ${second.text}` };
    }
  return best?.text;
}

/** All conditions on the sizes of some cases, in the order of the sizes. */
function conditionsOn(cases: readonly SizesHere[]): readonly Condition[] {
  const names = Object.keys(cases[0]!).filter((name) => valuesOf(cases, name).length > 1);
  const pairs = names.flatMap((first, k) => names.slice(k + 1).map((second) => [first, second] as const));
  return [
    ...names.flatMap((name) => conditionsOnOne(name, valuesOf(cases, name))),
    ...pairs.flatMap(([first, second]) => conditionsOnTwo(first, second)),
  ];
}

/** The different numbers of a size. */
function valuesOf(cases: readonly SizesHere[], name: string): readonly number[] {
  return [...new Set(cases.map((sizes) => sizes[name]!))];
}

function conditionsOnOne(name: string, values: readonly number[]): readonly Condition[] {
  const on = (text: string, rank: number, holds: (size: number) => boolean): Condition => ({
    text: `${name} ${text}`,
    rank,
    holds: (sizes) => holds(sizes[name]!),
  });
  const isPower = (size: number): boolean => size > 0 && Number.isInteger(Math.log2(size));
  return [
    ...values.slice(0, MOST_CONSTANTS).flatMap((constant) => {
      const [value, threshold] =
        constant <= 1 ? [rankOf('one'), rankOf('one')] : [rankOf('value'), rankOf('threshold')];
      return [
        on(`= ${constant}`, value, (size) => size === constant),
        on(`> ${constant}`, threshold, (size) => size > constant),
        on(`< ${constant}`, rankOf('threshold'), (size) => size < constant),
        on(`≠ ${constant}`, rankOf('value'), (size) => size !== constant),
      ];
    }),
    on('is even', rankOf('parity'), (size) => size % 2 === 0),
    on('is odd', rankOf('parity'), (size) => size % 2 === 1),
    on('is a power of two', rankOf('power'), isPower),
    on('is no power of two', rankOf('power'), (size) => !isPower(size)),
    ...DIVISORS.flatMap((divisor) => [
      on(`is divisible by ${divisor}`, rankOf('divisor'), (size) => size % divisor === 0),
      on(`is not divisible by ${divisor}`, rankOf('divisor'), (size) => size % divisor !== 0),
    ]),
  ];
}

function conditionsOnTwo(first: string, second: string): readonly Condition[] {
  const on = (text: string, rank: number, holds: (a: number, b: number) => boolean): Condition => ({
    text,
    rank,
    holds: (sizes) => holds(sizes[first]!, sizes[second]!),
  });
  const divides = (a: number, b: number): boolean => b % a === 0;
  return [
    on(`${first} = ${second}`, rankOf('equality'), (a, b) => a === b),
    on(`${first} ≠ ${second}`, rankOf('equality'), (a, b) => a !== b),
    on(`${first} > ${second}`, rankOf('order'), (a, b) => a > b),
    on(`${first} < ${second}`, rankOf('order'), (a, b) => a < b),
    on(`${first} ≥ ${second}`, rankOf('order'), (a, b) => a >= b),
    on(`${first} ≤ ${second}`, rankOf('order'), (a, b) => a <= b),
    on(`${first} is divisible by ${second}`, rankOf('multiple'), (a, b) => divides(b, a)),
    on(`${second} is divisible by ${first}`, rankOf('multiple'), divides),
    on(`${first} is not divisible by ${second}`, rankOf('multiple'), (a, b) => !divides(b, a)),
    on(`${second} is not divisible by ${first}`, rankOf('multiple'), (a, b) => !divides(a, b)),
  ];
}
