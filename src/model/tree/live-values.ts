/**
 * Numbers that are reached by the path of their owner, whatever stands there at the moment: where the user's code puts another array in
 * the place of one, reading and writing go on in the new one.
 */

import { isIntact, readKey, type Reference, writeKey } from '../references.js';
import type { Segment } from '../path.js';
import { Values } from '../array/values.js';
import { valuesOf } from '../array/array-kinds.js';

/** A view, and where the objects on the way to it were found, from the root on. */
export interface PathView {
  readonly values: Values;
  readonly links: readonly Reference[];
}

export class LiveValues extends Values {
  override readonly isWhole: boolean;
  readonly #look: () => PathView | undefined;
  #view: PathView;

  /**
   * @param first what stands there now
   * @param look looks again; undefined where there are no numbers any more
   */
  constructor(first: PathView, look: () => PathView | undefined) {
    const { shape, count, spacing, references } = first.values;
    super(shape, count, spacing, [...first.links.filter(({ isHeld }) => isHeld), ...references]);
    this.isWhole = first.values.isWhole;
    this.#view = first;
    this.#look = look;
  }

  get(i: number): number {
    return this.#view.values.get(i);
  }

  set(i: number, value: number): void {
    this.#view.values.set(i, value);
  }

  override renew(): Values {
    const { links } = this.#view;
    for (let k = 0; k < links.length; k += 1) {
      if (isIntact(links[k]!)) continue;
      const view = this.#look();
      if (view?.values.count === this.count) this.#view = view;
      break;
    }
    return this.#view.values;
  }

  override read(into: Float64Array): void {
    this.renew().read(into);
  }

  override write(from: Float64Array): void {
    this.renew().write(from);
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
