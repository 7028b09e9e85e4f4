/**
 * The names that `only` and `except` list → whether a path of the tree is checked, left out, or has to be looked into: decided by the
 * path alone, before anything there is read. A name takes what is below it too; a RegExp is held against the names of what holds numbers.
 */

import { misuse } from '../../errors.js';
import type { Shard } from './shard.js';

/** One name, path prefix or pattern. */
export type Pattern = string | RegExp;

/** What to check and what to leave out. */
export interface Selection {
  readonly only: readonly Pattern[] | undefined;
  readonly except: readonly Pattern[] | undefined;
  /** Of the entries of what the two leave, one part. */
  readonly shard?: Shard | undefined;
}

/** All there is. */
export const EVERYTHING: Selection = { only: undefined, except: undefined };

/** What becomes of a path: it is read, or only looked into for what is below it, or not read at all. */
export type Choice = 'taken' | 'searched' | 'left out';

/** How many known names an error lists. */
const NAMES_LISTED = 12;

export class Selector {
  readonly #only: readonly Pattern[] | undefined;
  readonly #except: readonly Pattern[];
  /** The patterns that something was found for. */
  readonly #met = new Set<Pattern>();

  constructor({ only, except }: Pick<Selection, 'only' | 'except'>) {
    this.#only = only;
    this.#except = except ?? [];
  }

  /** What is left out, for a message that says what else is to be. */
  get leftOut(): readonly Pattern[] {
    return this.#except;
  }

  /** What becomes of a place by its name. */
  choose(name: string): Choice {
    if (this.#only === undefined && this.#except.length === 0) return 'taken';
    const only = this.#only?.map((pattern) => reachOf(name, pattern));
    const except = this.#except.map((pattern) => reachOf(name, pattern));
    const choice = this.#choice(only, except);
    this.#note(this.#only ?? [], only ?? [], choice);
    this.#note(this.#except, except, choice);
    return choice;
  }

  #choice(only: readonly Reach[] | undefined, except: readonly Reach[]): Choice {
    const isNamed = (reach: Reach, k: number): boolean =>
      reach === 'within' && typeof this.#except[k] === 'string';
    if (except.some(isNamed)) return 'left out';
    if (only !== undefined && !only.includes('within')) {
      const isSought = (reach: Reach, k: number): boolean =>
        reach === 'around' || typeof this.#only![k] !== 'string';
      return only.some(isSought) ? 'searched' : 'left out';
    }
    // What is around may hold what no RegExp matches.
    return except.includes('within') ? 'searched' : 'taken';
  }

  /** Notes which patterns were met; what lies below a place that is left out is not looked for. */
  #note(patterns: readonly Pattern[], reaches: readonly Reach[], choice: Choice): void {
    for (const [k, reach] of reaches.entries())
      if (reach === 'within' || (reach === 'around' && choice === 'left out')) this.#met.add(patterns[k]!);
  }

  /**
   * Demands that each pattern of `only` was met.
   * @param known the names of all parameters there are, read only where an error lists them
   * @throws TypeError that lists the names there are
   */
  demandOnly(known: () => readonly string[]): void {
    this.#demandMet('only', this.#only ?? [], known);
  }

  /**
   * Demands that each pattern was met, and that something is left.
   * @param taken how many parameters are left
   */
  demand(taken: number, known: () => readonly string[]): void {
    this.demandOnly(known);
    this.#demandMet('except', this.#except, known);
    if (taken === 0 && (this.#only !== undefined || this.#except.length > 0))
      throw misuse(
        `options.only and options.except leave none to check of the parameters ${listed(known())}.`,
      );
  }

  #demandMet(option: string, patterns: readonly Pattern[], known: () => readonly string[]): void {
    const stray = patterns.find((pattern) => !this.#met.has(pattern));
    if (stray !== undefined)
      throw misuse(
        `options.${option}: no parameter matches ${shown(stray)}; the parameters are ${listed(known())}.`,
      );
  }
}

/** How a place and a pattern lie to each other: the place is what the pattern names or below it, or around it, or neither. */
type Reach = 'within' | 'around' | 'apart';

function reachOf(name: string, pattern: Pattern): Reach {
  // `search` ignores the position that a global pattern remembers.
  if (typeof pattern !== 'string') return name.search(pattern) >= 0 ? 'within' : 'apart';
  if (isBelow(name, pattern)) return 'within';
  return isBelow(pattern, name) ? 'around' : 'apart';
}

/** Whether a name is another's, or of something below it. */
function isBelow(name: string, above: string): boolean {
  if (above === '' || !name.startsWith(above)) return false;
  const next = name[above.length];
  return next === undefined || next === '.' || next === '[';
}

function shown(pattern: Pattern): string {
  return typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);
}

function listed(names: readonly string[]): string {
  const some = names.slice(0, NAMES_LISTED);
  return names.length > NAMES_LISTED ? `${some.join(', ')}, … (${names.length} in all)` : names.join(', ');
}
