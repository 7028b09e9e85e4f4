/**
 * Numbers that are reached by the path of their owner, whatever stands there at the moment: where the user's code puts another array in
 * the place of one, reading and writing go on in the new one.
 */

import { isIntact, readKey, type Reference, writeKey } from '../references.js';
import type { Segment } from '../path.js';
import { Values } from '../array/values.js';
import { valuesOf } from '../array/array-kinds.js';

/** A view, and where the objects on the way to it were found, from the root on. */
export interface Sight {
  readonly values: Values;
  readonly way: readonly Reference[];
}

export class LiveValues extends Values {
  override readonly isWhole: boolean;
  readonly #look: () => Sight | undefined;
  #sight: Sight;

  /**
   * @param first what stands there now
   * @param look looks again; undefined where there are no numbers any more
   */
  constructor(first: Sight, look: () => Sight | undefined) {
    const { shape, count, spacing, references } = first.values;
    super(shape, count, spacing, [...first.way.filter(({ isHeld }) => isHeld), ...references]);
    this.isWhole = first.values.isWhole;
    this.#sight = first;
    this.#look = look;
  }

  get(i: number): number {
    return this.#sight.values.get(i);
  }

  set(i: number, value: number): void {
    this.#sight.values.set(i, value);
  }

  override renew(): void {
    const { way } = this.#sight;
    for (let k = 0; k < way.length; k += 1) {
      if (isIntact(way[k]!)) continue;
      const sight = this.#look();
      if (sight?.values.count === this.count) this.#sight = sight;
      return;
    }
  }

  override read(into: Float64Array): void {
    this.renew();
    this.#sight.values.read(into);
  }

  override write(from: Float64Array): void {
    this.renew();
    this.#sight.values.write(from);
  }
}

/**
 * An array behind a getter that copies it and a setter that takes another, so that numbers are changed by assigning an array in which
 * they are others. The new one is of the kind that the getter gives.
 */
export class AssignedValues extends Values {
  override readonly isWhole: boolean = true;
  readonly #holder: object;
  readonly #key: Segment;

  /** @param first what the getter gives now */
  constructor(holder: object, key: Segment, first: Values) {
    super(first.shape, first.count, first.spacing, []);
    this.#holder = holder;
    this.#key = key;
  }

  get(i: number): number {
    return valuesOf(this.#copy())!.get(i);
  }

  set(i: number, value: number): void {
    this.#assign((values) => {
      values.set(i, value);
    });
  }

  override read(into: Float64Array): void {
    valuesOf(this.#copy())!.read(into);
  }

  override write(from: Float64Array): void {
    this.#assign((values) => {
      values.write(from);
    });
  }

  #copy(): unknown {
    return readKey(this.#holder, this.#key);
  }

  #assign(change: (values: Values) => void): void {
    const copy = thawed(this.#copy());
    change(valuesOf(copy)!);
    writeKey(this.#holder, this.#key, copy);
  }
}

/** What a getter made for its reader may be written to, unless it is frozen. */
function thawed(value: unknown): unknown {
  return Array.isArray(value) ? value.map(thawed) : value;
}
