/**
 * The parameters → the arrays, objects and Maps that they were found in, with their lengths and keys, so that what was added to one or taken
 * out is noticed, and arrays get their lengths back.
 */

import { nameOf, ROOT, type Segment } from '../path.js';
import type { Parameter } from './parameters.js';

/** What a parameter was found in. */
interface Container {
  /** The path to it. */
  readonly name: string;
  readonly held: object;
  /** Of an array, */
  readonly length?: number;
  /** and of anything else. */
  readonly keys?: readonly Segment[];
}

export class Lengths {
  readonly #containers: readonly Container[];

  constructor(parameters: readonly Parameter[]) {
    const found = new Map<object, Container>();
    for (const { path, references } of parameters)
      for (const [depth, { held }] of references.entries())
        if (!found.has(held) && !ArrayBuffer.isView(held))
          found.set(held, { name: nameOf(path.slice(0, depth), ROOT), held, ...contentOf(held) });
    this.#containers = [...found.values()];
  }

  /** What was done to the first of them that is not as it was: `changed the length of u from 2 to 3`. */
  change(): string | undefined {
    for (const { name, held, length, keys } of this.#containers) {
      const now = contentOf(held);
      if (length !== now.length) return `changed the length of ${name} from ${length} to ${now.length}`;
      const kept = new Set(now.keys);
      const gone = keys?.find((key) => !kept.has(key));
      if (gone !== undefined) return `took ${gone} out of ${name}`;
    }
    return undefined;
  }

  /** Gives each array its length back. */
  restore(): void {
    for (const { held, length } of this.#containers)
      if (Array.isArray(held) && held.length !== length) held.length = length!;
  }
}

/** What is added to an object is the user's: a cache, a flag. */
function contentOf(held: object): Pick<Container, 'length' | 'keys'> {
  if (Array.isArray(held)) return { length: held.length };
  return { keys: held instanceof Map ? [...(held as Map<Segment, unknown>).keys()] : Object.keys(held) };
}
