/**
 * A user's model as every check sees it: named parameters with their saved values. Knows no arithmetic, and not what the model's
 * functions are. Everything it changes it can put back bit for bit, by assignment of what was saved.
 */

import { type EntryRange, selectEntries } from '../tree/shard.js';
import { isIntact, referencesTo, mend } from '../references.js';
import { describe, misuse } from '../../errors.js';
import { listParameters, type Parameter } from '../tree/parameters.js';
import type { LossFunction } from '../gradient-model.js';
import { selectParameters, type Selection } from '../tree/select.js';
import { type Size, sizesBeside } from './array-sizes.js';

/** What the user's functions were asked for. */
export interface Evaluations {
  /** Values of the function that is differentiated: calls of it, and displacements that `losses` was given. */
  loss: number;
  /** Calls of what claims its derivatives. */
  gradients: number;
}

/** Something of the user's that changed without our doing. */
export interface Change {
  readonly name: string;
  /** How many entries differ from what was saved; 0 when the whole array was replaced by another. */
  readonly entries: number;
}

/** What can be measured: parameters with their saved values, whose views move the user's numbers. */
export type Frame = Pick<Subject, 'parameters' | 'due' | 'saved' | 'lossFunctions' | 'evaluations'>;

export class Subject {
  /** The parameters that `only` and `except` leave, in the order of the model. */
  readonly parameters: readonly Parameter[];
  /** The entries of them that are to be checked: all, or those of a shard. */
  readonly due: readonly EntryRange[];
  /** Their values at the point that is checked, in the same order. */
  saved: readonly Float64Array[];
  readonly evaluations: Evaluations = { loss: 0, gradients: 0 };
  /** The functions that evaluate what is differentiated, the one for many points first. `loss` is always the last. */
  readonly lossFunctions: readonly [...LossFunction[], 'loss'];
  /** What the user's functions are given: the tree of the parameters, or the number that is all of it. */
  protected readonly root: { value: unknown };
  /** All parameters, those left out by `only` and `except` too: the user's functions may change any. */
  protected readonly all: readonly Parameter[];
  readonly #holder: { readonly parameters: unknown };
  /** The values of all parameters when the check began, and those of the parameters that are checked. */
  readonly #savedAll: readonly Float64Array[];
  readonly #savedHere: readonly Float64Array[];

  /**
   * @param holder the user's object with the parameters
   * @throws TypeError when its parameters can't be perturbed
   */
  constructor(
    holder: { readonly parameters: unknown },
    selection: Selection,
    lossFunctions: readonly [...LossFunction[], 'loss'] = ['loss'],
  ) {
    this.lossFunctions = lossFunctions;
    this.#holder = holder;
    if (holder.parameters === undefined) throw misuse('model.parameters is missing.');
    this.root = { value: holder.parameters };
    this.all = listParameters(this.root, referencesTo(holder, 'parameters', this.root.value));
    if (this.all.length === 0)
      throw misuse(`parameters must hold at least one number, but it is ${describe(this.root.value)}.`);
    this.#savedAll = this.all.map(copyOf);
    this.parameters = selectParameters(this.all, selection);
    this.due = selectEntries(this.parameters, selection.shard);
    const chosen = new Set(this.parameters);
    this.#savedHere = this.#savedAll.filter((_, p) => chosen.has(this.all[p]!));
    this.saved = this.#savedHere;
  }

  /** Takes the parameters as they stand for another point to check, until they are restored. */
  rebase(): void {
    this.saved = this.parameters.map(copyOf);
  }

  /** The parameters that aren't as they were saved: other values, or else another array in their place. */
  changes(): readonly Change[] {
    const changed = this.all.flatMap((parameter, p) => {
      const entries = countDifferent(copyOf(parameter), this.#savedAll[p]!);
      return entries > 0 ? [{ name: parameter.name, entries }] : [];
    });
    if (changed.length > 0) return changed;
    const replaced = this.all.filter(({ references }) => !references.every(isIntact));
    return replaced.map(({ name }) => ({ name, entries: 0 }));
  }

  /**
   * For each checked parameter, the places of the others that move when it is written to: they share its storage. Calls
   * nothing of the user's but setters, and puts everything back.
   */
  sharers(): number[][] {
    const found = this.parameters.map((parameter, p) => {
      parameter.values.write(this.saved[p]!.map((value) => (value === 0 ? 1 : -value)));
      const moved = this.parameters.flatMap((other, q) =>
        q !== p && countDifferent(copyOf(other), this.saved[q]!) > 0 ? [q] : [],
      );
      this.restore();
      return moved;
    });
    return found;
  }

  /** The sizes of the arrays that the model holds beside its parameters. */
  sizes(): readonly Size[] {
    return sizesBeside(this.#holder);
  }

  /** Puts every parameter back as it was when the check began, bit for bit. */
  restore(): void {
    this.saved = this.#savedHere;
    for (const [p, parameter] of this.all.entries()) {
      const saved = this.#savedAll[p]!;
      // Writing only what differs keeps the payload of a NaN that nobody touched.
      if (countDifferent(copyOf(parameter), saved) === 0) continue;
      for (let i = 0; i < saved.length; i += 1)
        if (!Object.is(parameter.values.get(i), saved[i])) parameter.values.set(i, saved[i]!);
    }
    for (const { references } of this.all) references.forEach(mend);
  }
}

function copyOf(parameter: Parameter): Float64Array {
  const copy = new Float64Array(parameter.count);
  parameter.values.read(copy);
  return copy;
}

/** How many entries of two copies differ in their bits; compared as integers, as doubles would each be boxed at first. */
export function countDifferent(a: Float64Array, b: Float64Array): number {
  const left = new Int32Array(a.buffer);
  const right = new Int32Array(b.buffer);
  let different = 0;
  for (let i = 0; i < left.length; i += 2)
    if (left[i] !== right[i] || left[i + 1] !== right[i + 1]) different += 1;
  return different;
}
