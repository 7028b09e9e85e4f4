/** The tree of a model's parameters, and what is chosen of it → the places in it that hold numbers, or why they can't be checked. */

import { isNumeric } from '../array/array-kinds.js';
import { isTypedArray } from '../array/storage.js';
import { describe, misuse } from '../../errors.js';
import { nameOf, ROOT, type Segment } from '../path.js';
import { readKey, referencesTo, writeKey } from '../references.js';
import { childrenOf, isPlain, isWritable, tryRead } from '../tree/children.js';
import { findLeaves, type Leaf } from '../tree/leaves.js';
import type { Misfit } from '../tree/misfit.js';
import { type Parameter, parameterOf } from '../tree/parameters.js';
import { EVERYTHING, type Selection, Selector } from '../tree/select.js';
import { isAssigned, type Root } from '../tree/path-view.js';
import { refusal, wayOut } from '../tree/way-out.js';
import type { Source } from './locate-gradient.js';
import { isClaimedIn, type Settled, settle } from './settle-parameters.js';

export class ParameterTree {
  readonly root: Root;
  readonly #selector: Selector;

  /** @param holder the user's object with the parameters */
  constructor(holder: object, parameters: unknown, selection: Selection) {
    // Also where a getter gives the tree, it is told when that gives another.
    const links = referencesTo(holder, 'parameters', parameters).map((link) => ({ ...link, isHeld: true }));
    this.root = { box: boxOf(holder, parameters), name: ROOT, links };
    this.#selector = new Selector(selection);
  }

  /**
   * Everything that may turn out to be a parameter, before the model was called for the first time.
   * @throws TypeError about what can be none whatever happens, and where there is nothing that could be one
   */
  candidates(): readonly Parameter[] {
    // What is empty may be filled by the first call.
    const leaves = this.#leaves(({ isCertain, name }) => isCertain || name === ROOT);
    this.#selector.demandOnly(() => this.#names());
    const values = this.#valuesOf(leaves);
    if (values.length === 0 && isEmpty(this.root.box.value)) this.demand(values);
    return values;
  }

  /** Everything that holds numbers, after that call, where nothing says which of them a derivative is claimed for. */
  all(): readonly Parameter[] {
    return this.#valuesOf(this.#leaves(() => true));
  }

  /** The parameters that a gradient is claimed for. */
  claimedBy(returned: unknown, source: Source): Settled {
    const { root } = this;
    const isClaimed = (path: readonly Segment[]): boolean => isClaimedIn(returned, root, path);
    const selector = this.#selector;
    const { leaves, misfits } = findLeaves(root, { selector, isClaimed });
    return settle(returned, { root, leaves, misfits, selector }, source, () => this.outline());
  }

  /** Demands that the options name what is there, and leave something. */
  demand(parameters: readonly Parameter[]): void {
    this.#selector.demand(parameters.length, () => this.#names());
    if (parameters.length === 0)
      throw misuse(`parameters must hold at least one number, but it is ${describe(this.root.box.value)}.`);
  }

  /** Everything in the tree that holds numbers, left out or not. */
  everything(): readonly Parameter[] {
    return this.#valuesOf(findLeaves(this.root, { selector: new Selector(EVERYTHING) }).leaves);
  }

  /** What there is of it, in outline. */
  outline(): readonly Pick<Parameter, 'name' | 'path' | 'count' | 'shape'>[] {
    const { leaves } = findLeaves(this.root, { selector: new Selector(EVERYTHING) });
    return leaves
      .filter(({ gradientOf }) => gradientOf === undefined)
      .map(({ name, path, view: { values } }) => ({ name, path, count: values.count, shape: values.shape }));
  }

  /** How to leave out one of some parameters, a sentence. */
  wayOut(name: string, parameters: readonly Parameter[]): string {
    const way = wayOut([{ name }], { leaves: parameters, selector: this.#selector });
    return way.charAt(0).toUpperCase() + way.slice(1);
  }

  isLeftOut(path: readonly Segment[]): boolean {
    return this.#selector.choose(nameOf(path)) === 'left out';
  }

  #leaves(isRefused: (misfit: Misfit) => boolean): readonly Leaf[] {
    const { root } = this;
    const selector = this.#selector;
    const { leaves, misfits } = findLeaves(root, { selector });
    const refused = misfits.filter(isRefused);
    if (refused.length > 0) throw misuse(refusal(refused, { root, leaves, selector }));
    return leaves;
  }

  #valuesOf(leaves: readonly Leaf[]): readonly Parameter[] {
    return leaves
      .filter(({ gradientOf }) => gradientOf === undefined)
      .map((leaf) => parameterOf(this.root, leaf));
  }

  #names(): readonly string[] {
    return this.outline().map(({ name }) => name);
  }
}

/**
 * Where the tree hangs. What is changed by assigning another, a number or a copied array, is assigned to the user's object, whose functions
 * may read it from there, and not only from their argument.
 */
function boxOf(holder: object, parameters: unknown): Root['box'] {
  const isWhole =
    typeof parameters === 'number' || (isNumeric(parameters) && isAssigned(holder, ROOT, parameters));
  if (!isWhole || !isWritable(holder, ROOT)) return { value: parameters };
  return {
    get value() {
      return readKey(holder, ROOT);
    },
    set value(value) {
      writeKey(holder, ROOT, value);
    },
  };
}

/** Whether nothing is left to be filled in: of what is plain, or an array, no call makes anything else. */
function isEmpty(tree: unknown, seen: Set<unknown> = new Set()): boolean {
  if (typeof tree !== 'object' || tree === null || isTypedArray(tree) || seen.has(tree)) return true;
  seen.add(tree);
  return isPlain(tree) && childrenOf(tree).every(({ key }) => isEmpty(tryRead(tree, key), seen));
}
