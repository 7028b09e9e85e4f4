/**
 * A user's model as the check sees it: named parameters with their saved values, a loss and gradients to call. Decides what
 * is a usable model; knows no arithmetic. Everything it changes it can put back bit for bit, by assignment of what was saved.
 */

import { type Due, dueEntries } from './due.js';
import { readGradients } from './gradients.js';
import { isIntact, linksTo, mend } from './links.js';
import { describe, isPromiseLike, misuse } from './misuse.js';
import type { Displacement, Model } from './model.js';
import { listParameters, type Parameter } from './parameters.js';
import type { Way } from './requests.js';
import { selectParameters, type Selection } from './select.js';
import { type Size, sizesBeside } from './sizes.js';

/** What the user's functions were asked for. */
export interface Evaluations {
  /** Calls of `loss`, and displacements that `losses` was given. */
  loss: number;
  gradients: number;
}

/** Something of the user's that changed without our doing. */
export interface Change {
  readonly name: string;
  /** How many entries differ from what was saved; 0 when the whole array was replaced by another. */
  readonly entries: number;
}

export class Subject {
  /** The parameters that `only` and `except` leave, in the order of the model. */
  readonly parameters: readonly Parameter[];
  /** The entries of them that are to be checked: all, or those of a shard. */
  readonly due: readonly Due[];
  /** Their values when the check began, in the same order. */
  readonly saved: readonly Float64Array[];
  readonly evaluations: Evaluations = { loss: 0, gradients: 0 };
  /** The functions that evaluate the loss, the one for many points first. `loss` is always the last. */
  readonly ways: readonly [...Way[], 'loss'];
  readonly #model: Model;
  readonly #root: { value: unknown };
  /** All parameters, those left out by `only` and `except` too: the user's functions may change any. */
  readonly #all: readonly Parameter[];
  readonly #savedAll: readonly Float64Array[];
  readonly #onCall: (() => void) | undefined;

  /**
   * @param onCall called before each call of the user's functions
   * @throws TypeError when `received` is no model, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, onCall?: () => void) {
    this.#onCall = onCall;
    this.#model = demandModel(received);
    this.ways = this.#model.losses === undefined ? ['loss'] : ['losses', 'loss'];
    this.#root = { value: this.#model.parameters };
    this.#all = listParameters(this.#root, linksTo(this.#model, 'parameters', this.#root.value));
    if (this.#all.length === 0)
      throw misuse(`parameters must hold at least one number, but it is ${describe(this.#root.value)}.`);
    this.#savedAll = this.#all.map(copyOf);
    this.parameters = selectParameters(this.#all, selection);
    this.due = dueEntries(this.parameters, selection.shard);
    const chosen = new Set(this.parameters);
    this.saved = this.#savedAll.filter((_, p) => chosen.has(this.#all[p]!));
  }

  /** Calls the user's loss at the parameters as they stand. */
  callLoss(): unknown {
    this.#onCall?.();
    this.evaluations.loss += 1;
    return this.#model.loss(this.#root.value);
  }

  /** Calls the user's `losses`, which must be there, with some displacements from the parameters as they stand. */
  callLosses(displacements: readonly Displacement[]): unknown {
    this.#onCall?.();
    this.evaluations.loss += displacements.length;
    return this.#model.losses!(displacements, this.#root.value);
  }

  /** Calls the user's gradients at the parameters as they stand. */
  callGradients(): unknown {
    this.#onCall?.();
    this.evaluations.gradients += 1;
    return this.#model.gradients(this.#root.value);
  }

  /** Copies what `callGradients` returned into one array per parameter. */
  readGradients(returned: unknown, into: readonly Float64Array[]): void {
    readGradients(returned, this.parameters, into);
  }

  /** The parameters that aren't as they were saved: other values, or else another array in their place. */
  changes(): readonly Change[] {
    const changed = this.#all.flatMap((parameter, p) => {
      const entries = countDifferent(copyOf(parameter), this.#savedAll[p]!);
      return entries > 0 ? [{ name: parameter.name, entries }] : [];
    });
    if (changed.length > 0) return changed;
    const replaced = this.#all.filter(({ links }) => !links.every(isIntact));
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
    return sizesBeside(this.#model);
  }

  /** Puts every parameter back as it was saved, bit for bit. */
  restore(): void {
    for (const [p, parameter] of this.#all.entries()) {
      const saved = this.#savedAll[p]!;
      // Writing only what differs keeps the payload of a NaN that nobody touched.
      if (countDifferent(copyOf(parameter), saved) === 0) continue;
      for (let i = 0; i < saved.length; i += 1)
        if (!Object.is(parameter.values.get(i), saved[i])) parameter.values.set(i, saved[i]!);
    }
    for (const { links } of this.#all) links.forEach(mend);
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

function demandModel(received: unknown): Model {
  if (typeof received !== 'object' || received === null || isPromiseLike(received))
    throw misuse(
      `expect(model) needs an object { parameters, loss, gradients }, but it got ${describe(received)}.`,
    );
  const model = received as Partial<Record<keyof Model, unknown>>;
  for (const name of ['loss', 'gradients'] as const)
    if (typeof model[name] !== 'function')
      throw misuse(`model.${name} must be a function, but it is ${describe(model[name])}.`);
  if (model.losses !== undefined && typeof model.losses !== 'function')
    throw misuse(`model.losses must be a function, where there is one, but it is ${describe(model.losses)}.`);
  if (model.parameters === undefined) throw misuse('model.parameters is missing.');
  return received as Model;
}
