/**
 * Where the user's arrays and objects were found, so that another put in the place of one is noticed, and the first put
 * back: a view writes to the array that it was made of, whatever stands there now.
 */

import type { Segment } from './path.js';

/** `held` was found in `holder[key]`, or in `holder.get(key)` of a Map. */
export interface Reference {
  readonly holder: object;
  readonly key: Segment;
  readonly held: object;
}

/** The link to an object; none to a number, nor where each reading gives another, as a getter of views of one big array. */
export function referencesTo(holder: object, key: Segment, held: unknown): readonly Reference[] {
  if (typeof held !== 'object' || held === null) return [];
  const link = { holder, key, held };
  return isIntact(link) ? [link] : [];
}

/** Whether the same object still stands there. */
export function isIntact({ holder, key, held }: Reference): boolean {
  return (holder instanceof Map ? holder.get(key) : Reflect.get(holder, key)) === held;
}

/** Puts the object back where another stands; assigning unasked could trip a setter of the user's. */
export function mend(link: Reference): void {
  const { holder, key, held } = link;
  if (isIntact(link)) return;
  if (holder instanceof Map) holder.set(key, held);
  else Reflect.set(holder, key, held);
}
