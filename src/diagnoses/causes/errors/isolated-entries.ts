/**
 * A parameter some of whose entries are wrong → where these are: a row, a column, a slice, a diagonal, every k-th place; and what was
 * done to them, where it is one thing.
 */

import { placeOn } from '../../../model/array/axis.js';
import { entries } from '../../brief.js';
import type { Cause, Explanation } from '../../cause.js';
import { factorInWords } from '../../factor-words.js';
import { slicesAlong } from '../../layouts.js';
import { namesOf } from '../../names.js';
import { LAST, type PatternWords, wordsForPattern } from '../../pattern-words.js';
import { patternOf } from '../../patterns.js';
import type { Words } from '../../words.js';
import { type WrongParameter, wrongEntriesOnly } from '../../wrong-parameter.js';
import { factorOf } from './scaled.js';

/** Fewer entries that stand out of noise make a pattern by chance. */
const LEAST_IN_PATTERN = 3;

/** Without a pattern, more wrong entries than this share of all are no exceptions. */
const LARGEST_SHARE = 1 / 2;

export const isolatedEntries: Cause<'isolated-entries'> = {
  code: 'isolated-entries',
  sparse: true,
  explain(group, { words, wrong }) {
    const [parameter] = group as [WrongParameter];
    if (group.length > 1) {
      const row = onlyRow(group);
      return row === undefined ? undefined : explainRow(group, row);
    }
    const { wrongEntries, count } = parameter;
    // Of an error that goes on upstream most of one parameter may show, and the rest be too small to.
    if (wrong.length > 1 && wrongEntries.length > LARGEST_SHARE * count) return undefined;
    return areExceptions(parameter) ? explainEntries(parameter, words) : undefined;
  },
};

/** Whether the wrong entries are some among right ones, and make a pattern or are few. */
function areExceptions(parameter: WrongParameter): boolean {
  const { wrongEntries, count, isSample, hasRows, sparse } = parameter;
  if (wrongEntries.length === 0 || wrongEntries.length === count || isSample) return false;
  const seen = sparse ? count : countNotZero(parameter);
  // Of what nothing reads, nothing is known: the others have to be right where there is something to be right about. A zero of a Jacobian is.
  if (!hasRows && wrongEntries.length >= seen) return false;
  return (
    wrongEntries.length <= LARGEST_SHARE * (hasRows ? seen : count) || patternOf(parameter) !== undefined
  );
}

/** How many entries are not zero in both gradients: of others, as of samples that have nothing to do with an output, or rows that no sample reads, zero is no news. */
function countNotZero({ analytic, numeric, uncertainty }: WrongParameter): number {
  return analytic.reduce(
    (sum, g, i) => sum + Number(g !== 0 || !(Math.abs(numeric[i]!) <= uncertainty[i]!)),
    0,
  );
}

/** What is known of the other entries of the parameter. */
type Others = 'right' | 'unknown' | 'unseen';

const TITLES: Readonly<Record<Others, (which: string) => string>> = {
  right: (which) => `Only ${which}; the others are right.`,
  unknown: (which) => `Some entries are wrong: ${which}; whether others are off by as much is not known.`,
  unseen: (which) => `Some entries are wrong: ${which}, and the others were not all looked at.`,
};

function explainEntries(
  parameter: WrongParameter,
  words: Words,
): Explanation<'isolated-entries'> | undefined {
  const { wrongEntries, count } = parameter;
  const pattern = patternOf(parameter);
  const { text, isSingle, evidence, advice } =
    pattern === undefined
      ? scattered(wrongEntries.length, count)
      : wordsForPattern(pattern, parameter, words);
  const treatment = treatmentOf([parameter]);
  const others = othersOf(parameter);
  if (others === 'unknown' && !hasName(parameter, pattern, treatment.text)) return undefined;
  const { factor } = treatment.evidence;
  // A row that is used twice, and of which one use is stored over the other, is wrong by no factor.
  const uses = factor === undefined && isOfRows(pattern, parameter) ? ` ${USES}` : '';
  const gradient = words.gradientOf([parameter]);
  return {
    evidence: { entries: wrongEntries.length, ...evidence, ...treatment.evidence },
    title: TITLES[others](`${text} of the ${gradient} ${isSingle ? 'is' : 'are'} wrong${treatment.text}`),
    advice: adviceOf(parameter, others, adviceFor(advice, factor), uses),
  };
}

function othersOf(parameter: WrongParameter): Others {
  if (!parameter.othersRight) return 'unseen';
  return areOthersKnown(parameter) ? 'right' : 'unknown';
}

/** Whether what stands out of noise is an exception all the same: a pattern, or something that was done to it, or where others are zero. */
function hasName(
  { wrongEntries, hasRows, sparse }: WrongParameter,
  pattern: ReturnType<typeof patternOf>,
  treatment: string,
): boolean {
  const isPattern = pattern !== undefined && wrongEntries.length >= LEAST_IN_PATTERN;
  return treatment !== '' || isPattern || hasRows || sparse;
}

function adviceOf(
  { wrongEntries }: WrongParameter,
  others: Others,
  own: string | undefined,
  uses: string,
): string {
  if (others === 'unknown') return own ?? UNKNOWN;
  return `${own ?? (wrongEntries.length === 1 ? ONE_ENTRY : SEVERAL_ENTRIES)}${uses}`;
}

/** Whether a pattern is one of whole rows, or may be one where a matrix lies flat: entries that follow each other, from the beginning of a row to the end of one, or a column. */
function isOfRows(pattern: ReturnType<typeof patternOf>, { size, shape }: WrongParameter): boolean {
  if (pattern?.kind === 'period') return shape.length === 1 && size % pattern.period === 0;
  if (pattern?.kind !== 'run') return pattern?.kind === 'slices';
  const end = pattern.last + 1;
  const isAligned = (length: number): boolean => [pattern.first, end, size].every((at) => at % length === 0);
  return (
    shape.length === 1 && Array.from({ length: end - pattern.first - 1 }, (_, k) => k + 2).some(isAligned)
  );
}

/** A loop that ends early leaves zeros, no other number. */
function adviceFor(advice: string | undefined, factor: number | undefined): string | undefined {
  return advice === LAST && factor !== 0 ? undefined : advice;
}

/** Whether each other entry is known well enough that an error of as large a share of it would have been told. */
function areOthersKnown(parameter: WrongParameter): boolean {
  const { analytic, numeric, uncertainty, wrongEntries, due, sparse } = parameter;
  const wrong = new Set(wrongEntries.map((entry) => entry - due.from));
  const sizes = analytic.map((g, i) => Math.abs(g) + Math.abs(numeric[i]!));
  const typical = Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / sizes.length);
  const shareOf = (value: number, i: number): number => Math.abs(value) / Math.max(sizes[i]!, typical);
  const errorAt = (i: number): number => Math.abs(analytic[i]! - numeric[i]!);
  const least = Math.min(...[...wrong].map((i) => shareOf(errorAt(i), i)));
  const smallest = Math.min(...[...wrong].map(errorAt));
  // What is let pass is off by less, but may be off as well: it must be right to a part of that.
  return uncertainty.every(
    (own, i) =>
      wrong.has(i) ||
      // Of entries that were found by a search the others have no numbers of their own.
      !(shareOf(own, i) > least || (!sparse && errorAt(i) + own > LARGEST_UNSEEN * smallest)),
  );
}

/** Entries are right beside others where they are off by no more than this share of what these are. */
const LARGEST_UNSEEN = 1 / 4;

/** The words for entries without a pattern. */
function scattered(wrong: number, count: number): PatternWords {
  return { text: `${entries(wrong)} of ${count}`, isSingle: false, evidence: {}, advice: undefined };
}

const UNKNOWN =
  'These are the ones that stand out: whatever is wrong with them may be wrong with the others as well, so look at how all of the gradient is made.';
const ONE_ENTRY =
  'Look for what treats this one entry differently: the first or last turn of a loop, an index written twice, a special case.';
const SEVERAL_ENTRIES =
  'Look for what these entries share: a branch, a mask, an index that is written twice or skipped.';

const USES = 'Where each is used more than once, as a token or a node is, look for = where += is meant.';

/** Of a Jacobian: the row that all wrong entries are in, of blocks of the same outputs. */
function onlyRow(group: readonly WrongParameter[]): number | undefined {
  const [{ output }] = group as [WrongParameter];
  const isBlock = (one: WrongParameter): boolean =>
    one.hasRows && one.output === output && !one.isSample && one.othersRight;
  if (!group.every(isBlock)) return undefined;
  const rows = group.map(({ shape, wrongEntries }) => wrongEntries.map((i) => slicesAlong(shape, 0).of(i)));
  const [row, ...others] = new Set(rows.flat());
  return others.length === 0 ? row : undefined;
}

/** All that is wrong is in the derivatives of one output, by whatever parameter. */
function explainRow(
  group: readonly WrongParameter[],
  row: number,
): Explanation<'isolated-entries'> | undefined {
  const outputs = group[0]!.axes?.rows;
  if (outputs === undefined) return undefined;
  const treatment = treatmentOf(group);
  const parameters = namesOf(group.map(({ name }) => ({ name })));
  return {
    evidence: { row, ...treatment.evidence },
    title: `Only the derivatives of ${placeOn(outputs, row)} are wrong, those by ${parameters}${treatment.text}; those of the other outputs are right.`,
    advice:
      'Look for what treats this one output differently: the first or last turn of a loop, a mask, an index that is skipped or written twice.',
  };
}

/** What was done to the wrong entries, as the end of a sentence; nothing, where it is not one thing. */
function treatmentOf(group: readonly WrongParameter[]): {
  readonly text: string;
  readonly evidence: { readonly factor?: number };
} {
  const wrong = group.map(wrongEntriesOnly);
  if (wrong.every(({ analytic }) => analytic.every((g) => g === 0)))
    return { text: ', claimed to be zero', evidence: { factor: 0 } };
  const factor = factorOf(wrong);
  if (factor === undefined) return { text: '', evidence: {} };
  return { text: `, by a factor of ${factorInWords(factor, wrong)}`, evidence: { factor } };
}
