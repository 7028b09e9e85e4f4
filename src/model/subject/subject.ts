/**
 * A user's model as every check sees it: named parameters with their saved values. Knows no arithmetic, and not what the model's
 * functions are. Everything it changes it can put back bit for bit, by assignment of what was saved.
 */

import { describe, isPromiseLike, meantBy, misuse, offers } from '../../errors.js';
import type { LossFunction, Remark } from '../gradient-model.js';
import { nameOf, ROOT, type Segment } from '../path.js';
import { referencesTo } from '../references.js';
import { isTypedArray } from '../array/storage.js';
import { isPlain } from '../tree/children.js';
import { findLeaves, type Leaf } from '../tree/leaves.js';
import type { Misfit } from '../tree/misfit.js';
import { type Parameter, parameterOf } from '../tree/parameters.js';
import { EVERYTHING, type Selection, Selector } from '../tree/select.js';
import { type EntryRange, selectEntries } from '../tree/shard.js';
import type { Root } from '../tree/sight.js';
import { refusal, wayOut } from '../tree/way-out.js';
import { type Size, sizesBeside } from './array-sizes.js';
import type { Source } from './locate-gradient.js';
import { ignoredKeys } from './ignored-keys.js';
import { type Change, changesOf, copyOf, countDifferent, putBack, save, type Saved } from './saved.js';
import { isClaimedIn, settle } from './settle-parameters.js';

/** What the user's functions were asked for. */
export interface Evaluations {
  /** Values of the function that is differentiated: calls of it, and displacements that `losses` was given. */
  loss: number;
  /** Calls of what claims its derivatives. */
  gradients: number;
}

/** What can be measured: parameters with their saved values, whose views move the user's numbers. */
export type Frame = Pick<Subject, 'parameters' | 'due' | 'saved' | 'lossFunctions' | 'evaluations'>;

/** The user's object with the parameters. */
export interface Holder {
  readonly parameters: unknown;
  reset?(): unknown;
}

export class Subject {
  readonly evaluations: Evaluations = { loss: 0, gradients: 0 };
  /** The functions that evaluate what is differentiated, the one for many points first. `loss` is always the last. */
  readonly lossFunctions: readonly [...LossFunction[], 'loss'];
  /** What the user's functions are given: the tree of the parameters, or the number that is all of it. */
  protected readonly root: Root;
  readonly #holder: Holder;
  readonly #selection: Selection;
  readonly #selector: Selector;
  readonly #onCall: (() => void) | undefined;
  #all: readonly Saved[] = [];
  #parameters: readonly Parameter[] = [];
  #saved: readonly Float64Array[] = [];
  #due: readonly EntryRange[] = [];
  #ignored: readonly string[] = [];
  #isSettled = false;

  /**
   * @param holder the user's object with the parameters
   * @param onCall called before each call of the user's functions
   * @throws TypeError when its parameters can't be perturbed
   */
  constructor(
    holder: Holder,
    selection: Selection,
    lossFunctions: readonly [...LossFunction[], 'loss'] = ['loss'],
    onCall?: () => void,
  ) {
    this.lossFunctions = lossFunctions;
    this.#holder = holder;
    this.#onCall = onCall;
    this.#selection = selection;
    this.#selector = new Selector(selection);
    const { parameters } = holder;
    if (parameters === undefined) throw misuse(`model.parameters is missing${meantBy(holder, 'parameters')}`);
    offers(holder, 'reset');
    // Also where a getter gives the tree, it is told when that gives another.
    const way = referencesTo(holder, 'parameters', parameters).map((link) => ({ ...link, isHeld: true }));
    this.root = { box: { value: parameters }, name: ROOT, way };
    // What can be no parameter whatever happens is refused at once; what is empty may be filled by the first call.
    const leaves = this.#leaves(({ isCertain, name }) => isCertain || name === ROOT);
    this.#selector.demandOnly(() => this.#names());
    const values = leaves.filter(({ gradientOf }) => gradientOf === undefined);
    if (values.length === 0 && isEmpty(parameters)) this.#adopt([]);
    this.#hold(values.map((leaf) => save(parameterOf(this.root, leaf))));
  }

  /** The parameters that `only` and `except` leave, in the order of the model. Before the first claim was read, all that may be. */
  get parameters(): readonly Parameter[] {
    return this.#parameters;
  }

  /** The entries of them that are to be checked: all, or those of a shard. */
  get due(): readonly EntryRange[] {
    return this.#due;
  }

  /** Their values when the check began, in the same order. */
  get saved(): readonly Float64Array[] {
    return this.#saved;
  }

  /** The keys of what claims the gradients that no parameter is there for. */
  get ignored(): readonly string[] {
    return this.#ignored;
  }

  /** What is known of the claims from elsewhere than comparisons. */
  get remarks(): readonly Remark[] {
    return [];
  }

  /** Whether it is known which parameters there are. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The parameters that aren't as they were saved: other values, or else another array in their place. */
  changes(): readonly Change[] {
    return changesOf(this.#all);
  }

  /**
   * For each checked parameter, the places of the others that move when it is written to: they share its storage. Calls
   * nothing of the user's but setters, and puts everything back.
   * @param direction what is added to each
   */
  sharers(direction: readonly Float64Array[]): number[][] {
    const { parameters, saved } = this;
    return parameters.map(({ values }, p) => {
      values.write(saved[p]!.map((value, i) => value + direction[p]![i]!));
      const moved = parameters.flatMap((other, q) =>
        q !== p && countDifferent(copyOf(other), saved[q]!) > 0 ? [q] : [],
      );
      this.restore();
      return moved;
    });
  }

  /** The sizes of the arrays that the model holds beside its parameters. */
  sizes(): readonly Size[] {
    return sizesBeside(this.#holder);
  }

  /**
   * Puts every parameter back as it was saved, bit for bit.
   * @returns the names of those that could not be put back
   */
  restore(): readonly string[] {
    return putBack(this.#all);
  }

  /** Calls a function of the model, after `reset` where the model has that. */
  protected invoke(call: () => unknown): unknown {
    this.#onCall?.();
    const ready = this.#holder.reset?.();
    return isPromiseLike(ready) ? ready.then(call) : call();
  }

  /**
   * Settles which parameters there are: those that a gradient is claimed for.
   * @param returned what the first call that claims gradients returned
   */
  protected settleBy(returned: unknown, source: Source): void {
    const { root } = this;
    const leaves = this.#leaves(
      () => true,
      (path) => isClaimedIn(returned, root, path),
    );
    const around = { root, leaves, selector: this.#selector };
    const { parameters, isUsed } = settle(returned, around, source, () => this.outline());
    this.#adopt(parameters);
    this.#ignored = ignoredKeys(returned, {
      parameters: root.box.value,
      isLeftOut: (path) => this.#selector.choose(nameOf(path)) === 'left out',
      isUsed,
      call: source.call,
    });
  }

  /** Settles that all numbers in the tree are parameters, where nothing says which of them a derivative is claimed for. */
  protected settleAll(): void {
    const leaves = this.#leaves(() => true).filter(({ gradientOf }) => gradientOf === undefined);
    this.#adopt(leaves.map((leaf) => parameterOf(this.root, leaf)));
  }

  /** Everything in the tree that holds numbers, left out or not. */
  protected outline(): readonly Pick<Parameter, 'name' | 'path' | 'count' | 'shape'>[] {
    const { leaves } = findLeaves(this.root, { selector: new Selector(EVERYTHING) });
    return leaves
      .filter(({ gradientOf }) => gradientOf === undefined)
      .map(({ name, path, sight: { values } }) => ({ name, path, count: values.count, shape: values.shape }));
  }

  /** How to leave out one of the parameters. */
  protected wayOut(name: string): string {
    return wayOut([{ name }], { leaves: this.#parameters, selector: this.#selector });
  }

  /** What may be checked; of what is none, the rest is refused. */
  #leaves(
    isRefused: (misfit: Misfit) => boolean,
    isClaimed?: (path: readonly Segment[]) => boolean,
  ): readonly Leaf[] {
    const { root } = this;
    const selector = this.#selector;
    const { leaves, misfits } = findLeaves(root, {
      selector,
      ...(isClaimed === undefined ? {} : { isClaimed }),
    });
    const refused = misfits.filter(isRefused);
    if (refused.length > 0) throw misuse(refusal(refused, { root, leaves, selector }));
    return leaves;
  }

  #adopt(parameters: readonly Parameter[]): void {
    this.#selector.demand(parameters.length, () => this.#names());
    if (parameters.length === 0) throw misuse(this.#nothing());
    // What was there from the beginning has the values that it had then.
    const before = new Map(this.#all.map((saved) => [saved.parameter.name, saved]));
    this.#hold(
      parameters.map((parameter) => {
        const saved = before.get(parameter.name);
        return saved?.parameter.count === parameter.count ? saved : save(parameter);
      }),
    );
    this.#due = selectEntries(this.#parameters, this.#selection.shard);
    this.#isSettled = true;
  }

  #hold(all: readonly Saved[]): void {
    this.#all = all;
    this.#parameters = all.map(({ parameter }) => parameter);
    this.#saved = all.map(({ values }) => values);
  }

  #nothing(): string {
    return `parameters must hold at least one number, but it is ${describe(this.root.box.value)}.`;
  }

  #names(): readonly string[] {
    return this.outline().map(({ name }) => name);
  }
}

/** Whether nothing is left to be filled in: of what is plain, or an array, no call makes anything else. */
function isEmpty(tree: unknown): boolean {
  return typeof tree !== 'object' || tree === null || isTypedArray(tree) || isPlain(tree);
}
