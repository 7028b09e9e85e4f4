/**
 * A user's tree → the places in it that hold numbers, in its own order, and what it holds beside that is none. Decides what is a place of
 * numbers (an array, a number, a pair of value and gradient) and what is a container to look into (objects, arrays, Maps). What `only`
 * and `except` leave out is not read.
 */

import { describe } from '../../errors.js';
import { genericKey } from '../array/sizes-beside.js';
import { isTypedArray } from '../array/storage.js';
import { valuesOf } from '../array/array-kinds.js';
import { nameOf, ROOT, type Segment } from '../path.js';
import { readKey } from '../references.js';
import { type Child, childrenOf, gettersOf, isPlain, isSegment, tryRead } from './children.js';
import { isWeakName } from './gradient-names.js';
import type { PathView } from './live-values.js';
import { certain, elementFault, type Fault, faultOf, isElement, type Misfit } from './misfit.js';
import type { Choice, Selector } from './select.js';
import { isOneArray, type Roles, rolesIn } from './siblings.js';
import { type Place, type Root, viewAt } from './path-view.js';
import { arrayFault, faultUnder, fieldFault } from './storage-fault.js';
import { type PairNames, pairOf, tensorOf } from './value-gradient-pair.js';

/** A place that holds numbers. */
export interface Leaf extends Place {
  readonly name: string;
  /** The names of value and gradient, of an object that carries both. */
  readonly pair: PairNames | undefined;
  /** The key under which an object that is an array has its numbers. */
  readonly inner: string | undefined;
  readonly view: PathView;
  /** The container that it stands in. */
  readonly holder: object;
  /** The value whose gradient it is by its name, and whether that name may mean something else. */
  readonly gradientOf: string | undefined;
  readonly isWeak: boolean;
  /** Whether it is the only value in its container. */
  readonly isSingle: boolean;
}

/** What was found in a tree. */
export interface Found {
  readonly leaves: readonly Leaf[];
  readonly misfits: readonly Misfit[];
}

/** How a tree is looked at. */
export interface Rules {
  readonly selector: Selector;
  /** Whether every number counts, and none is the gradient or the size of another: so it is in what a function returns. */
  readonly isResult?: boolean;
  /** Whether a gradient is claimed for what only a getter of a class gives. */
  readonly isClaimed?: (path: readonly Segment[]) => boolean;
}

export function findLeaves(root: Root, rules: Rules): Found {
  const search = new Search(root, rules);
  search.visit(root.box.value, {
    path: [],
    choice: rules.selector.choose(root.name),
    holder: root.box,
    key: 'value',
    isAccessor: false,
    gradientOf: undefined,
    isSingle: true,
  });
  return search;
}

/** Where something was found. */
interface Spot {
  readonly path: readonly Segment[];
  readonly choice: Choice;
  readonly holder: object;
  readonly key: Segment;
  readonly isAccessor: boolean;
  readonly gradientOf: string | undefined;
  readonly isSingle: boolean;
}

class Search implements Found {
  readonly leaves: Leaf[] = [];
  readonly misfits: Misfit[] = [];
  readonly #root: Root;
  readonly #rules: Rules;
  readonly #ancestors = new Set<object>();

  constructor(root: Root, rules: Rules) {
    this.#root = root;
    this.#rules = rules;
  }

  visit(value: unknown, spot: Spot): void {
    if (typeof value === 'number') {
      this.#take(spot, undefined, fieldFault(this.#place(spot), spot.holder, spot.key));
      return;
    }
    const fault = faultOf(this.#place(spot), value);
    // What a getter and a setter give may be anything, a label or a switch, and no field of the object.
    if (fault !== undefined) {
      // Fields of an object may be empty until its first call; what is plain has nobody who would fill it.
      const isCertain = fault.isCertain || isPlain(spot.holder);
      if (!spot.isAccessor) this.#refuse(spot, { ...fault, isCertain });
      return;
    }
    const object = value as object;
    // A root has no name of its own, and a variable in it has.
    const isTensor = this.#rules.isResult === true || spot.path.length === 0;
    const mayRead = (key: Segment): boolean => this.#choose([...spot.path, key]) !== 'left out';
    const pair = isTensor ? tensorOf(object) : pairOf(object, mayRead);
    if (pair !== undefined) {
      const place = this.#place({ ...spot, path: [...spot.path, pair.value] });
      this.#take(spot, pair, faultUnder(place, object, pair.value));
      return;
    }
    const values = isOneArray(object, mayRead) ? valuesOf(object) : undefined;
    if (values === undefined) this.#enter(object, spot);
    else this.#take(spot, undefined, arrayFault(this.#place(spot), spot, object));
  }

  #enter(object: object, spot: Spot): void {
    if (this.#ancestors.has(object)) {
      if (!spot.isAccessor)
        this.#refuse(spot, certain(`${this.#place(spot)} refers back to an object that contains it`));
      return;
    }
    this.#ancestors.add(object);
    if (object instanceof Map) this.#demandKeys(object, spot);
    const fault = elementFault(this.#place(spot), object);
    if (fault !== undefined) {
      this.#refuse(spot, fault);
      return;
    }
    const children = this.#childrenOf(object, spot);
    const fields = children.map(({ key, isAccessor }) => {
      const value = isAccessor ? tryRead(object, key) : readKey(object, key);
      return [key, value] as const;
    });
    const roles = this.#rolesIn(object, fields);
    for (const [k, [key, value]] of fields.entries())
      if (!roles.sizes.has(key) && !isMethod(object, value)) {
        const child = children[k]!;
        this.visit(value, {
          path: child.path,
          choice: child.choice,
          holder: object,
          key,
          isAccessor: child.isAccessor,
          gradientOf: spot.gradientOf ?? roles.gradients.get(key),
          isSingle: key === roles.single,
        });
      }
    this.#ancestors.delete(object);
  }

  #rolesIn(object: object, fields: readonly (readonly [Segment, unknown])[]): Roles {
    if (this.#rules.isResult === true) return { gradients: new Map(), sizes: new Set(), single: undefined };
    const keys = Array.isArray(object) ? [] : childrenOf(object).map(({ key }) => key);
    return rolesIn(object, fields, keys);
  }

  /** The children that may be read, with their paths. */
  #childrenOf(
    object: object,
    { path }: Spot,
  ): readonly (Child & { readonly path: readonly Segment[]; readonly choice: Choice })[] {
    const { isClaimed } = this.#rules;
    const children = childrenOf(object);
    const known = new Set(children.map(({ key }) => key));
    const claimed = (isClaimed === undefined ? [] : gettersOf(object)).filter(
      (key) => !known.has(key) && isClaimed!([...path, key]),
    );
    return [...children, ...claimed.map((key) => ({ key, isAccessor: true }))].flatMap((child) => {
      const below = [...path, child.key];
      const choice = this.#choose(below);
      return choice === 'left out' ? [] : [{ ...child, path: below, choice }];
    });
  }

  #choose(path: readonly Segment[]): Choice {
    return this.#rules.selector.choose(nameOf(path, this.#root.name));
  }

  #demandKeys(map: Map<unknown, unknown>, spot: Spot): void {
    const other = [...map.keys()].find((key) => !isSegment(key));
    if (other !== undefined)
      this.#refuse(
        spot,
        certain(`the keys of ${this.#place(spot)} must be strings or numbers, but one is ${describe(other)}`),
      );
  }

  #take(spot: Spot, pair: PairNames | undefined, fault: Fault | undefined): void {
    if (spot.choice !== 'taken') return;
    if (fault !== undefined) {
      this.#refuse(spot, fault);
      return;
    }
    const { path, holder, key, gradientOf, isSingle } = spot;
    const field = pair?.value;
    const view = viewAt(this.#root, { path, field });
    if (view === undefined || view.values.count === 0) return;
    this.leaves.push({
      path,
      name: this.#name(spot),
      field,
      pair,
      inner: field ?? genericKeyOf(readKey(holder, key)),
      view,
      holder,
      gradientOf,
      isWeak: gradientOf !== undefined && isWeakName(String(key)) && view.values.shape.length === 0,
      isSingle,
    });
  }

  #refuse(spot: Spot, fault: Fault): void {
    // What is a gradient by its name is read when it was made; and what is no tree at all can't be left out.
    if ((spot.choice === 'taken' && spot.gradientOf === undefined) || spot.path.length === 0)
      this.misfits.push({
        name: this.#name(spot),
        ...fault,
        canBeLeftOut: !isElement(spot.holder, spot.key),
      });
  }

  #name({ path }: Spot): string {
    return nameOf(path, this.#root.name);
  }

  /** The name in a message: of what a function returned with the function's. */
  #place(spot: Spot): string {
    const { name: root } = this.#root;
    const name = this.#name(spot);
    return root === ROOT || name.startsWith(root) ? name : `${name} in ${root}`;
  }
}

/** The key of the numbers in an object that is an array. */
function genericKeyOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTypedArray(value)
    ? genericKey(value)
    : undefined;
}

/** Methods of an object are no parameters; in an array or a Map a function would stand where one is meant. */
function isMethod(container: object, value: unknown): boolean {
  return typeof value === 'function' && !Array.isArray(container) && !(container instanceof Map);
}
