/**
 * A tree → where in it the gradient of a parameter may stand: at the path of the parameter, under names that say so, below a word for
 * gradients, or under the parameter's own object as a key. The tree is what `gradients()` returned, or that of the parameters themselves.
 */

import { isNumeric, valuesOf } from '../array/array-kinds.js';
import { isSize, sameShape, sizeOf } from '../array/shape.js';
import { nameOf, type Segment, stepInto } from '../path.js';
import { readKey } from '../references.js';
import { childrenOf, hasKey, isPlain, tryRead } from '../tree/children.js';
import { GRADIENT_WORDS, gradientNames } from '../tree/gradient-names.js';
import type { Parameter } from '../tree/parameters.js';
import { objectsTo } from '../tree/path-view.js';

/** Something that was found, and the words for where. */
export interface Located {
  readonly value: unknown;
  readonly place: string;
}

/** A place where the gradient may stand. */
export interface Candidate extends Located {
  /** Whether a name led there, and not only places in arrays. */
  readonly isNamed: boolean;
  /** Whether the name is that of a gradient. */
  readonly isGradient: boolean;
  /** Whether what stands there is the parameter's own value. */
  readonly isOwn: boolean;
  /** Whether names of gradients stand beside it, so that what has the parameter's own name is likely to be its value. */
  readonly isBesideGradients: boolean;
  /** What it stands in. */
  readonly holder: object | undefined;
}

/** How a place was reached. */
interface Trail {
  readonly place: string;
  readonly isNamed: boolean;
  readonly isGradient: boolean;
  readonly isInside: boolean;
  readonly holder: object | undefined;
}

/** Where the gradient of a parameter may stand in a tree. */
export function candidatesFor(parameter: Parameter, tree: unknown, place: string): readonly Candidate[] {
  const trail = { place, isNamed: false, isGradient: false, isInside: false, holder: undefined };
  return [...new Search(parameter).below(tree, 0, trail)];
}

class Search {
  readonly #parameter: Parameter;
  /** The way to the numbers, and what stands along it in the tree of the parameters. */
  readonly #steps: readonly Segment[];
  readonly #objects: readonly unknown[];

  constructor(parameter: Parameter) {
    const { root, path, inner } = parameter;
    this.#parameter = parameter;
    this.#steps = inner === undefined ? path : [...path, inner];
    this.#objects = objectsTo(root, this.#steps);
  }

  /** The candidates in a part of the tree that corresponds to the k-th object on the way to the parameter. */
  *below(at: unknown, k: number, trail: Trail): Generator<Candidate> {
    const isEnd = k === this.#steps.length;
    const isArray = k === this.#parameter.path.length && !isEnd && isNumeric(at);
    if (isEnd || isArray) yield this.#candidate(at, trail);
    if (typeof at !== 'object' || at === null) return;
    yield* this.#underObject(at, k, trail);
    // The numbers within an array are its own, in another shape.
    if (!isEnd) yield* this.#underNames(at, k, trail, !isArray);
    if (!isNumeric(at)) yield* this.#underWords(at, k, trail);
  }

  /** A Map may be keyed by the parameters themselves, or by the objects that hold them. */
  *#underObject(at: object, k: number, trail: Trail): Generator<Candidate> {
    if (!(at instanceof Map || at instanceof WeakMap)) return;
    const keyed = at as Map<unknown, unknown>;
    for (const [j, own] of this.#objects.entries()) {
      if (j < k || typeof own !== 'object' || !keyed.has(own)) continue;
      const place = `${trail.place}.get(${nameOf(this.#steps.slice(0, j))})`;
      yield* this.below(keyed.get(own), j, { ...trail, place, isNamed: true });
    }
  }

  *#underNames(at: object, k: number, trail: Trail, isOpen: boolean): Generator<Candidate> {
    const step = this.#steps[k]!;
    const isNamed = trail.isNamed || typeof step === 'string';
    const next = (key: Segment, isGradient: boolean): Trail => ({
      ...trail,
      place: trail.place === '' ? nameOf([key]) : stepInto(trail.place, key),
      isNamed,
      isGradient,
      holder: at,
    });
    const value = isOpen ? readKey(at, step) : undefined;
    if (value !== undefined) yield* this.below(value, k + 1, next(step, trail.isGradient));
    for (const name of this.#gradientNames(k)) {
      const gradient = hasKey(at, name) ? readKey(at, name) : undefined;
      if (gradient !== undefined && !this.#isOfTheSameTree(at, name, k))
        yield* this.below(gradient, k + 1, next(name, true));
    }
  }

  #gradientNames(k: number): readonly string[] {
    const step = this.#steps[k]!;
    if (typeof step !== 'string') return [];
    const isLast = k === this.#steps.length - 1;
    return isLast && this.#parameter.isSingle
      ? [...new Set([...gradientNames(step), ...GRADIENT_WORDS])]
      : gradientNames(step);
  }

  /** Whether a name that may be that of a gradient is that of another parameter, whose gradient stands beside that of this one. */
  #isOfTheSameTree(at: object, name: string, k: number): boolean {
    const own = this.#objects[k];
    if (at === own || k >= this.#parameter.path.length || typeof own !== 'object' || own === null)
      return false;
    const same = readKey(at, this.#steps[k]!);
    return (
      same !== undefined &&
      same !== this.#objects[k + 1] &&
      isNumeric(readKey(own, name)) &&
      !this.#isValue(at, same)
    );
  }

  /** Below a word for gradients a record may hold them all. */
  *#underWords(at: object, k: number, trail: Trail): Generator<Candidate> {
    if (trail.isInside) return;
    for (const word of GRADIENT_WORDS) {
      const record = hasKey(at, word) ? readKey(at, word) : undefined;
      if (typeof record !== 'object' || record === null) continue;
      const place = trail.place === '' ? nameOf([word]) : stepInto(trail.place, word);
      yield* this.below(record, k, { ...trail, place, isGradient: true, isInside: true, holder: at });
    }
  }

  #candidate(value: unknown, { place, isNamed, isGradient, holder }: Trail): Candidate {
    const isOwn = !isGradient && this.#isValue(holder, value);
    const isBesideGradients = !isGradient && holder !== undefined && this.#hasGradients(holder);
    return { value, place, isNamed, isGradient, isOwn, isBesideGradients, holder };
  }

  /** Whether something is the parameter's own value, or a copy of it beside gradients, as in a copy of a layer. */
  #isValue(holder: object | undefined, value: unknown): boolean {
    const { path } = this.#parameter;
    if (typeof value === 'object' && value !== null && this.#objects.slice(path.length).includes(value))
      return true;
    if (holder === undefined || !isNumeric(value)) return false;
    const own = this.#objects[this.#steps.length - 1];
    if (typeof value === 'number' && (holder === own || this.#isSize(own, holder, value))) return true;
    return this.#hasGradients(holder) && this.#isCopy(value);
  }

  /** Whether a number is a size: with others it makes the count of an array beside, and a gradient of the same class has the same. */
  #isSize(own: unknown, holder: object, value: number): boolean {
    if (typeof own !== 'object' || own === null || isPlain(own) || !isSize(value)) return false;
    if (Object.getPrototypeOf(own) !== Object.getPrototypeOf(holder) || !this.#isCopy(value)) return false;
    const keys = childrenOf(own).map(({ key }) => key);
    const sizes = keys.map((key) => tryRead(own, key)).filter(isSize);
    const others = keys.map((key) => tryRead(holder, key)).filter(isSize);
    const counts = keys.map((key) => valuesOf(tryRead(own, key))?.count ?? 0);
    return sameShape(sizes, others) && counts.includes(sizeOf(sizes));
  }

  #isCopy(value: unknown): boolean {
    const { count, values } = this.#parameter;
    const other = valuesOf(value);
    if (other === undefined) return count === 1 && Object.is(value, values.get(0));
    if (other.count !== count) return false;
    return Array.from({ length: count }, (_, i) => i).every((i) => Object.is(other.get(i), values.get(i)));
  }

  /** Whether a record has gradients, by their names, of what stands beside the parameter. */
  #hasGradients(record: object): boolean {
    const own = this.#objects[this.#parameter.path.length - 1];
    if (typeof own !== 'object' || own === null || Array.isArray(own)) return false;
    return childrenOf(own).some(
      ({ key }) =>
        typeof key === 'string' &&
        gradientNames(key).some((name) => hasKey(record, name) && readKey(record, name) !== undefined),
    );
  }
}
