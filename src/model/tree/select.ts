/** Chooses the parameters that `only` and `except` name: by whole name, by path prefix, or by RegExp. */

import type { Shard } from './shard.js';
import { misuse } from '../../errors.js';
import type { Parameter } from './parameters.js';

/** One name, path prefix or pattern. */
export type Pattern = string | RegExp;

/** What to check and what to leave out. */
export interface Selection {
  readonly only: readonly Pattern[] | undefined;
  readonly except: readonly Pattern[] | undefined;
  /** Of the entries of what the two leave, one part. */
  readonly shard?: Shard | undefined;
}

/** How many known names an error lists. */
const NAMES_LISTED = 12;

/** The parameters that are in `only`, if that is given, and not in `except`; at least one. */
export function selectParameters(
  all: readonly Parameter[],
  { only, except }: Pick<Selection, 'only' | 'except'>,
): readonly Parameter[] {
  for (const [option, patterns] of [
    ['only', only],
    ['except', except],
  ] as const)
    for (const pattern of patterns ?? [])
      if (!all.some((parameter) => matches(parameter.name, pattern)))
        throw misuse(
          `options.${option}: no parameter matches ${shown(pattern)}; the parameters are ${listed(all)}.`,
        );
  const chosen = all.filter(
    ({ name }) =>
      (only === undefined || only.some((pattern) => matches(name, pattern))) &&
      !(except ?? []).some((pattern) => matches(name, pattern)),
  );
  if (chosen.length === 0)
    throw misuse(`options.only and options.except leave none to check of the parameters ${listed(all)}.`);
  return chosen;
}

function shown(pattern: Pattern): string {
  return typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);
}

function matches(name: string, pattern: Pattern): boolean {
  // `search` ignores the position that a global pattern remembers.
  if (typeof pattern !== 'string') return name.search(pattern) >= 0;
  if (!name.startsWith(pattern)) return false;
  const next = name[pattern.length];
  return next === undefined || next === '.' || next === '[';
}

function listed(all: readonly Parameter[]): string {
  const names = all.slice(0, NAMES_LISTED).map(({ name }) => name);
  return all.length > NAMES_LISTED ? `${names.join(', ')}, … (${all.length} in all)` : names.join(', ');
}
