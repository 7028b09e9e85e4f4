/**
 * What `gradients()` returned, and the tree of the parameters → the keys of it that no parameter is there for: `db` where there is no
 * `b`, the `dZ1` of a course. Nobody checks these, and whoever forgot a parameter has to hear of it.
 */

import { isNumeric, sameNumbers } from '../array/array-kinds.js';
import { describe } from '../../errors.js';
import { nameOf, type Segment } from '../path.js';
import { childrenOf, hasKey, tryRead } from '../tree/children.js';
import { GRADIENT_WORDS, isGradientName, looksLikeGradient } from '../tree/gradient-names.js';
import { rolesIn } from '../tree/siblings.js';

/** How far below a record numbers are looked for. */
const DEEPEST = 4;

/** What is known of a claim when its keys are looked at. */
export interface Claimed {
  /** The tree of the parameters. */
  readonly parameters: unknown;
  /** Whether a path in it is left out, and so not read. */
  readonly isLeftOut: (path: readonly Segment[]) => boolean;
  /** Whether any gradient was found in what was returned. */
  readonly isUsed: boolean;
  /** What returned it, by which places in a list are called. */
  readonly call: string;
}

/** The names of the keys that no parameter is there for. */
export function ignoredKeys(returned: unknown, claimed: Claimed): readonly string[] {
  const search = new Search(claimed);
  search.compare(returned, claimed.parameters, [], []);
  return search.found;
}

class Search {
  readonly found: string[] = [];
  readonly #claimed: Claimed;

  constructor(claimed: Claimed) {
    this.#claimed = claimed;
  }

  /** Compares a record with the one that it has the gradients of, each at its path. */
  compare(record: unknown, own: unknown, path: readonly Segment[], ownPath: readonly Segment[]): void {
    if (!isContainer(record) || !isContainer(own) || record === own) return;
    this.#noteStrangers(record);
    const fields = childrenOf(record).map(({ key }) => ({
      key,
      partner: partnerOf(key, own, tryRead(record, key)),
    }));
    const isRecord = this.#claimed.isUsed && fields.some(({ partner }) => partner !== undefined);
    // What holds the parameters themselves holds other things than gradients, too.
    const isTold = isRecord && !holdsOwn(record, own);
    for (const { key, partner } of fields) {
      const value = tryRead(record, key);
      if (!holdsNumbers(value, DEEPEST)) continue;
      const below = [...path, key];
      if (partner !== undefined) this.#descend(value, own, below, [...ownPath, partner]);
      else if (isWord(key) && isContainer(value)) this.compare(value, own, below, ownPath);
      else this.#note(below, isTold);
    }
  }

  #note(path: readonly Segment[], isTold: boolean): void {
    if (isTold || looksLikeGradient(String(path.at(-1)))) this.found.push(nameOf(path, this.#claimed.call));
  }

  #descend(value: unknown, own: object, path: readonly Segment[], ownPath: readonly Segment[]): void {
    if (isContainer(value) && !this.#claimed.isLeftOut(ownPath))
      this.compare(value, tryRead(own, ownPath.at(-1)!), path, ownPath);
  }

  /** Of a Map that is keyed by arrays and objects, those that are no parameters. */
  #noteStrangers(record: object): void {
    if (!(record instanceof Map)) return;
    const keys = [...(record as Map<unknown, unknown>).keys()].filter((key) => typeof key === 'object');
    if (keys.length === 0) return;
    const known = new Set<unknown>();
    collect(this.#claimed.parameters, known);
    for (const key of keys) if (!known.has(key)) this.found.push(`the key that is ${describe(key)}`);
  }
}

/** The only value among the fields of an object, which a word for gradients is meant for. */
function singleIn(own: object): Segment | undefined {
  const keys = childrenOf(own).map(({ key }) => key);
  return rolesIn(
    own,
    keys.map((key) => [key, tryRead(own, key)]),
    keys,
  ).single;
}

/** The key of the parameters whose gradient a key is: the same, or one of which it is the gradient's name. */
function partnerOf(key: Segment, own: object, value: unknown): Segment | undefined {
  if (hasKey(own, key) && typeof tryRead(own, key) !== 'function') return key;
  if (typeof key !== 'string') return undefined;
  if (isWord(key) && isNumeric(value)) return singleIn(own);
  return childrenOf(own).find((child) => typeof child.key === 'string' && isGradientName(key, child.key))
    ?.key;
}

function isWord(key: Segment): boolean {
  return GRADIENT_WORDS.includes(String(key));
}

/** Whether a record holds what the parameters hold under the same name. */
function holdsOwn(record: object, own: object): boolean {
  return childrenOf(record).some(({ key }) => {
    const [value, other] = [tryRead(record, key), tryRead(own, key)];
    if (typeof value !== 'object' || value === null) return false;
    return value === other || (isNumeric(value) && isNumeric(other) && sameNumbers(value, other));
  });
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isNumeric(value);
}

function holdsNumbers(value: unknown, deepest: number): boolean {
  if (isNumeric(value)) return true;
  if (typeof value !== 'object' || value === null || deepest === 0) return false;
  return childrenOf(value).some(({ key }) => holdsNumbers(tryRead(value, key), deepest - 1));
}

/** Every object in a tree. */
function collect(value: unknown, into: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || into.has(value)) return;
  into.add(value);
  for (const { key } of childrenOf(value)) collect(tryRead(value, key), into);
}
