/** The numbers of a tree, before something is done to it → how far each was moved, and all of them put back. */

import { misuse } from '../errors.js';
import { nameOf, type Segment } from '../model/path.js';
import { readKey } from '../model/references.js';
import { putBack, save, type Saved } from '../model/subject/saved.js';
import { isPlain } from '../model/tree/children.js';
import { findLeaves, type Leaf } from '../model/tree/leaves.js';
import { parameterOf } from '../model/tree/parameters.js';
import { EVERYTHING, Selector } from '../model/tree/select.js';
import { objectsTo, type Root } from '../model/tree/path-view.js';

/** Numbers of a tree, and how far a step moved them. */
export interface Moved {
  readonly name: string;
  readonly path: readonly Segment[];
  /** The relative spacing of the stored numbers. */
  readonly spacing: number;
  readonly isScalar: boolean;
  /** Whether they stand in a plain record or array, and not in an object of a class, which may hold anything. */
  readonly isHandedOver: boolean;
  readonly before: Float64Array;
  /** Before less after. */
  readonly change: Float64Array;
}

export class Tracked {
  readonly #root: Root;
  readonly #leaves: readonly Leaf[];
  readonly #saved: readonly Saved[];

  /** @param parameters a tree; what it holds beside numbers is not looked at, and what a getter alone gives is, as it may be moved in place */
  constructor(parameters: unknown) {
    this.#root = { box: { value: parameters }, name: 'parameters', links: [] };
    this.#leaves = this.#now();
    this.#saved = this.#leaves.map((leaf) => save(parameterOf(this.#root, leaf)));
  }

  /**
   * How far each was moved, read where it stands now.
   * @throws TypeError when an array of parameters has another length
   */
  moves(): readonly Moved[] {
    const after = new Map(this.#now().map((leaf) => [leaf.name, leaf]));
    return this.#leaves.flatMap((leaf, k) => {
      const { name, path, holder } = leaf;
      const { values: before } = this.#saved[k]!;
      const isHandedOver = isPlain(holder) || path.length === 0;
      const values = after.get(name)?.view.values;
      if (values?.count !== before.length) {
        // An object of a class may keep what grows with each step.
        if (!isHandedOver) return [];
        throw misuse(`step() must leave ${name} with as many entries as it had, ${before.length}.`);
      }
      const now = new Float64Array(before.length);
      values.read(now);
      const { spacing, shape } = values;
      const change = before.map((value, i) => value - now[i]!);
      return [{ name, path, spacing, isScalar: shape.length === 0, isHandedOver, before, change }];
    });
  }

  /** Whether there are no numbers at all. */
  get isEmpty(): boolean {
    return this.#leaves.length === 0;
  }

  restore(): void {
    putBack(this.#saved);
  }

  #now(): readonly Leaf[] {
    const root = this.#root;
    const given = new Set<string>();
    const isClaimed = (path: readonly Segment[]): boolean => {
      const isHeld = isHeldBelow(root, path);
      if (isHeld) given.add(nameOf(path));
      return isHeld;
    };
    const { leaves } = findLeaves(root, { selector: new Selector(EVERYTHING), isClaimed });
    const own = leaves.filter(({ gradientOf }) => gradientOf === undefined);
    const isGiven = ({ path }: Leaf): boolean => path.some((_, k) => given.has(nameOf(path.slice(0, k + 1))));
    // What is held in the open goes first.
    const ordered = [...own.filter((leaf) => !isGiven(leaf)), ...own.filter(isGiven)];
    return ordered.filter(
      (leaf, k) => !isGiven(leaf) || !ordered.slice(0, k).some((other) => isSame(leaf, other)),
    );
  }
}

/** Whether a getter gives an object that is held somewhere, and not one that it makes. */
function isHeldBelow(root: Root, path: readonly Segment[]): boolean {
  try {
    const value = objectsTo(root, path)[path.length];
    return typeof value === 'object' && value !== null && objectsTo(root, path)[path.length] === value;
  } catch {
    return false;
  }
}

/** Whether two ways lead to the same array, or the same field. */
function isSame(one: Leaf, other: Leaf): boolean {
  const [held, ...rest] = [one, other].map(({ holder, path }) => readKey(holder, path.at(-1) ?? 'value'));
  if (typeof held === 'object') return rest[0] === held;
  return one.holder === other.holder && one.path.at(-1) === other.path.at(-1);
}
