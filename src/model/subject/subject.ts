/**
 * A user's model as every check sees it: named parameters with their saved values. Knows no arithmetic, and not what the model's
 * functions are. Everything it changes it can put back bit for bit, by assignment of what was saved.
 */

import { isPromiseLike, misuse } from '../../errors.js';
import { meantBy, offers } from './members.js';
import type { LossFunction, Remark } from '../gradient-model.js';
import type { Parameter } from '../tree/parameters.js';
import type { Selection } from '../tree/select.js';
import { type EntryRange, selectEntries, type Shard } from '../tree/shard.js';
import { type Size, sizesBeside } from './array-sizes.js';
import { ignoredKeys } from './ignored-keys.js';
import type { Source } from './locate-gradient.js';
import { ParameterTree } from './parameter-tree.js';
import {
  type Change,
  changesAmong,
  changesOf,
  copyOf,
  countDifferent,
  putBack,
  save,
  type Saved,
  unlike,
  type Written,
} from './saved.js';

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
  protected readonly tree: ParameterTree;
  readonly #holder: Holder;
  readonly #shard: Shard | undefined;
  readonly #onCall: (() => void) | undefined;
  #all: readonly Saved[] = [];
  /** What is no parameter of the check, and may be moved all the same. */
  #besides: readonly Saved[] = [];
  #parameters: readonly Parameter[] = [];
  #saved: readonly Float64Array[] = [];
  #due: readonly EntryRange[] | undefined;
  #ignored: readonly string[] = [];
  #isSettled = false;
  /** Changes that were seen before a path wrote over them. */
  #noted: readonly Change[] = [];

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
    this.#shard = selection.shard;
    this.#onCall = onCall;
    const { parameters } = holder;
    if (parameters === undefined) throw misuse(`model.parameters is missing${meantBy(holder, 'parameters')}`);
    offers(holder, 'reset');
    this.tree = new ParameterTree(holder, parameters, selection);
    this.#hold(this.tree.candidates().map(save));
  }

  /** The parameters that `only` and `except` leave, in the order of the model. Before the first claim was read, all that may be. */
  get parameters(): readonly Parameter[] {
    return this.#parameters;
  }

  /** The entries of them that are to be checked: all, or those of a shard. */
  get due(): readonly EntryRange[] {
    this.#due ??= selectEntries(this.#parameters, this.#shard);
    return this.#due;
  }

  /** Their values at the point that is checked, in the same order. */
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

  /** Takes the parameters as they stand for another point to check, until they are restored. */
  rebase(): void {
    this.#saved = this.#parameters.map(copyOf);
  }

  /** Notes what of some entries is not as it was left at the point that is checked, as they will be written over. */
  noteChanges(written: readonly Written[]): void {
    this.#noted = unlike(this.#noted, changesAmong(written, this));
  }

  /**
   * The parameters that aren't as they were when the check began, or were not when something was written over them: other values, or else
   * another array in their place.
   */
  changes(): readonly Change[] {
    return unlike(changesOf(this.#all), this.#noted);
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
   * Puts every parameter back as it was when the check began, bit for bit.
   * @returns the names of those that could not be put back
   */
  restore(): readonly string[] {
    this.#saved = this.#all.map(({ values }) => values);
    putBack(this.#besides);
    return putBack(this.#all);
  }

  /** Saves all numbers that there are, checked or not, to be put back with the parameters. */
  protected saveEverything(): readonly Parameter[] {
    this.#besides = this.tree.everything().map(save);
    return this.#besides.map(({ parameter }) => parameter);
  }

  /** What the user's functions are given: the tree of the parameters, or the number that is all of it. */
  protected get argument(): unknown {
    return this.tree.root.box.value;
  }

  /** Calls a function of the model, after `reset` where the model has that. */
  protected invoke(call: () => unknown): unknown {
    const ready = this.prepare();
    return ready === undefined ? call() : ready.then(call);
  }

  /** Does what comes before each call of a function of the model; a promise where that takes time. */
  protected prepare(): PromiseLike<unknown> | undefined {
    this.#onCall?.();
    const ready = this.#holder.reset?.();
    return isPromiseLike(ready) ? ready : undefined;
  }

  /**
   * Settles which parameters there are: those that a gradient is claimed for.
   * @param returned what the first call that claims gradients returned
   */
  protected settleBy(returned: unknown, source: Source): void {
    const { parameters, isUsed } = this.tree.claimedBy(returned, source);
    this.#adopt(parameters);
    this.noteIgnored(returned, source.call, isUsed);
  }

  /** Settles that all numbers in the tree are parameters, where nothing says which of them a derivative is claimed for. */
  protected settleAll(): void {
    this.#adopt(this.tree.all());
  }

  /**
   * Notes the keys of a claim that no parameter is there for.
   * @param isUsed whether any gradient was found in what was returned
   */
  protected noteIgnored(returned: unknown, call: string, isUsed: boolean): void {
    const isLeftOut: ParameterTree['isLeftOut'] = (path) => this.tree.isLeftOut(path);
    const found = ignoredKeys(returned, { parameters: this.argument, isLeftOut, isUsed, call });
    this.#ignored = [...new Set([...this.#ignored, ...found])];
  }

  #adopt(parameters: readonly Parameter[]): void {
    this.tree.demand(parameters);
    // What was there from the beginning has the values that it had then.
    const before = new Map(this.#all.map((saved) => [saved.parameter.name, saved]));
    this.#hold(
      parameters.map((parameter) => {
        const saved = before.get(parameter.name);
        return saved?.parameter.count === parameter.count ? saved : save(parameter);
      }),
    );
    this.#due = selectEntries(this.#parameters, this.#shard);
    this.#isSettled = true;
  }

  #hold(all: readonly Saved[]): void {
    this.#all = all;
    this.#parameters = all.map(({ parameter }) => parameter);
    this.#saved = all.map(({ values }) => values);
  }
}
