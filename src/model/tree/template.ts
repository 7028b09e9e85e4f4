/**
 * Trees of the user's as moulds: fresh copies of the same structure and kinds of arrays that hold other numbers, as a cotangent is
 * shaped like the outputs and a tangent like the parameters. Nothing of the user's is handed out or written to.
 */

import { referencesTo } from '../references.js';
import { isMisuse, misuse } from '../../errors.js';
import { listParameters, type Parameter } from './parameters.js';
import { coarsestSpacing, isTypedArray } from '../array/storage.js';

export class Template {
  /** The arrays of numbers in the tree, in its order. */
  readonly leaves: readonly Parameter[];
  readonly #pristine: unknown;
  readonly #root: string;

  /**
   * @param root what the tree is called in names and errors
   * @throws TypeError when it is no tree of numbers
   */
  constructor(tree: unknown, root: string) {
    this.#root = root;
    this.#pristine = copyOf(tree, new Map());
    const { leaves } = this.#tried();
    // A pair carries a gradient too, which is not what is asked for here.
    this.leaves = leaves.map((leaf) =>
      leaf.pair === undefined
        ? leaf
        : { ...leaf, pair: undefined, path: [...leaf.path, leaf.pair.names.value] },
    );
  }

  /** A fresh copy of the tree with these numbers, one array for each of `leaves`. */
  cast(numbers: readonly Float64Array[]): unknown {
    const { box, leaves } = this.#castable();
    for (const [k, { values }] of leaves.entries()) values.write(numbers[k]!);
    return box.value;
  }

  /** The first copy: where the user's own class can't work on one, no error of it would say why. */
  #tried(): { readonly leaves: readonly Parameter[] } {
    try {
      const made = this.#castable();
      for (const { values } of made.leaves)
        values.write(Float64Array.from({ length: values.count }, (_, i) => values.get(i)));
      return made;
    } catch (error) {
      if (isMisuse(error)) throw error;
      throw misuse(
        `${this.#root} can't be copied, as a vector for a product with derivatives must be: ${String(error)}. ` +
          'Use arrays, or objects without private fields.',
      );
    }
  }

  #castable(): { readonly box: { value: unknown }; readonly leaves: readonly Parameter[] } {
    const box = { value: copyOf(this.#pristine, new Map()) };
    return { box, leaves: listParameters(box, referencesTo(box, 'value', box.value), this.#root) };
  }
}

/** A deep copy that keeps classes, and which places hold the same object; whole numbers become doubles. */
function copyOf(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const copy = emptyCopy(value);
  known.set(value, copy);
  if (isTypedArray(value)) return copy;
  if (value instanceof Map) {
    for (const [key, child] of value as Map<unknown, unknown>)
      (copy as Map<unknown, unknown>).set(key, copyOf(child, known));
    return copy;
  }
  for (const key of Reflect.ownKeys(value)) {
    if (Array.isArray(value) && key === 'length') continue;
    const descriptor = Object.getOwnPropertyDescriptor(value, key)!;
    // A getter is kept as it is: it reads the copy's own fields.
    const own = 'value' in descriptor ? { value: copyOf(descriptor.value, known), writable: true } : {};
    Object.defineProperty(copy, key, { ...descriptor, ...own, configurable: true });
  }
  return copy;
}

function emptyCopy(value: object): object {
  if (isTypedArray(value)) return coarsestSpacing([value]) === 0 ? Float64Array.from(value) : value.slice();
  if (Array.isArray(value)) {
    const { length } = value;
    return Object.setPrototypeOf(Array.from({ length }), Object.getPrototypeOf(value) as object) as object;
  }
  if (value instanceof Map) return new Map();
  return Object.create(Object.getPrototypeOf(value) as object | null) as object;
}
