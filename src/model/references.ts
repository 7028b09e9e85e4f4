/**
 * A holder and a key → what stands there, read and written; and where the user's objects were found, so that another put in the place
 * of one is noticed, and the first put back.
 */

import type { Segment } from './path.js';

/** Someone else's object, whose fields are looked at by name. */
export type Fields = Record<Segment, unknown>;

/** What stands under a key of an object, or of a Map. */
export function readKey(holder: object, key: Segment): unknown {
  return holder instanceof Map ? holder.get(key) : (holder as Fields)[key];
}

/** Puts something there. In strict mode an assignment that can't take effect throws; this one tells by returning false. */
export function writeKey(holder: object, key: Segment, value: unknown): boolean {
  if (!(holder instanceof Map)) return Reflect.set(holder, key, value);
  holder.set(key, value);
  return true;
}

/** `held` was found in `holder[key]`, or in `holder.get(key)` of a Map. */
export interface Reference {
  readonly holder: object;
  readonly key: Segment;
  readonly held: object;
  /** Whether it can be put back there: not where a getter alone gives it, of something that is held elsewhere. */
  readonly isHeld: boolean;
}

/** The link to an object; none to a number, nor where each reading gives another, as a getter of views of one big array. */
export function referencesTo(holder: object, key: Segment, held: unknown): readonly Reference[] {
  if (typeof held !== 'object' || held === null) return [];
  const link = { holder, key, held, isHeld: isHeld(holder, key) };
  return isIntact(link) ? [link] : [];
}

function isHeld(holder: object, key: Segment): boolean {
  if (Array.isArray(holder) || holder instanceof Map) return true;
  for (let at: object | null = holder; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found !== undefined) return found.get === undefined || found.set !== undefined;
  }
  return true;
}

/** Whether the same object still stands there. */
export function isIntact({ holder, key, held }: Reference): boolean {
  return readKey(holder, key) === held;
}

/** Puts the object back where another stands; assigning unasked could trip a setter of the user's. */
export function mend(link: Reference): void {
  if (!isIntact(link)) writeKey(link.holder, link.key, link.held);
}
