/**
 * A tree of the user's → fresh copies of the same structure and kinds of arrays that hold other numbers, as a cotangent is shaped like the
 * outputs and a tangent like the parameters. Nothing of the user's is handed out or written to.
 */

import { isMisuse, misuse } from '../../errors.js';
import { ROOT, type Segment } from '../path.js';
import { coarsestSpacing, isTypedArray } from '../array/storage.js';
import { findLeaves } from './leaves.js';
import { listParameters, type Parameter, parameterOf } from './parameters.js';
import { EVERYTHING, Selector } from './select.js';
import type { Root } from './path-view.js';

/** The arrays of a tree that are to be filled with numbers. */
type Filled = readonly Pick<Parameter, 'path'>[];

export class Template {
  readonly #pristine: unknown;
  readonly #name: string;

  /**
   * @param tree what is copied
   * @param name what it is called in names and errors
   * @throws TypeError when it can't be copied
   */
  constructor(tree: unknown, name: string) {
    this.#name = name;
    this.#pristine = copyOf(tree, new Map());
  }

  /** The arrays of numbers in the tree, in its order, where it is what a function returned. */
  outputs(): readonly Parameter[] {
    return this.#tried(() => listParameters(this.#copy()).map(withoutGradient));
  }

  /** Demands that copies can be made and written to: where the user's own class can't work on one, no error of it would say why. */
  try(filled: Filled): void {
    this.#tried(() => {
      const root = this.#copy();
      for (const { values } of leavesOf(root, filled)) {
        const numbers = new Float64Array(values.count);
        values.read(numbers);
        values.write(numbers);
      }
    });
  }

  /** A fresh copy of the tree with numbers for some of its arrays, and zeros in all others. */
  cast(filled: Filled, numbers: readonly Float64Array[]): unknown {
    const root = this.#copy();
    clear(root);
    const places = filled.map(({ path }) => keyOf(path));
    for (const { path, values } of leavesOf(root, filled))
      values.write(numbers[places.indexOf(keyOf(path))]!);
    return root.box.value;
  }

  #copy(): Root {
    return { box: { value: copyOf(this.#pristine, new Map()) }, name: this.#name, links: [] };
  }

  #tried<Result>(run: () => Result): Result {
    try {
      return run();
    } catch (error) {
      if (isMisuse(error)) throw error;
      throw misuse(
        `${this.#name} can't be copied, as a vector for a product with derivatives must be: ${String(error)}. ` +
          'Use arrays, or objects without private fields.',
      );
    }
  }
}

/** The arrays of a copy that are to be filled; what else it holds need be no number. */
function leavesOf(root: Root, filled: Filled): readonly Parameter[] {
  const wanted = new Set(filled.map(({ path }) => keyOf(path)));
  return numbersIn(root).filter(({ path }) => wanted.has(keyOf(path)));
}

/** Everything in a copy that holds numbers of its own. */
function numbersIn(root: Root): readonly Parameter[] {
  const { leaves } = findLeaves(root, { selector: new Selector(EVERYTHING), isResult: root.name !== ROOT });
  return leaves.filter(({ gradientOf }) => gradientOf === undefined).map((leaf) => parameterOf(root, leaf));
}

/** Sets all numbers of a copy to zero, but for what only works on the original, which nobody asked for. */
function clear(root: Root): void {
  for (const { values } of numbersIn(root))
    try {
      values.write(new Float64Array(values.count));
    } catch {
      continue;
    }
}

function keyOf(path: readonly Segment[]): string {
  return JSON.stringify(path);
}

/** An output that carries a gradient too, which is not what is asked for, as the array in it. */
function withoutGradient(output: Parameter): Parameter {
  return { ...output, pair: undefined };
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
