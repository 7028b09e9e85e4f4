/** A model with a scalar loss and the gradients that are claimed of it. Decides what is one. */

import { describe, isPromiseLike, misuse } from '../../errors.js';
import { demandMember, demandModel, offers } from './members.js';
import { ADAPTER, type Adapter, type Displacement, type Model, type Remark } from '../gradient-model.js';
import { isIntact } from '../references.js';
import { Lengths } from '../tree/lengths.js';
import type { Selection } from '../tree/select.js';
import { GRADIENTS, type Source } from './locate-gradient.js';
import { readGradients } from './read-gradients.js';
import { copyOf, countDifferent } from './saved.js';
import { Subject } from './subject.js';

/** What a model is asked for. */
export interface Role {
  /** Whether it is asked for its loss; else it needs none, and each loss is 0. */
  readonly hasLoss: boolean;
  /** Its claim, as a call. */
  readonly call: string;
}

const MODEL: Role = { hasLoss: true, call: GRADIENTS.call };

export class GradientSubject extends Subject {
  readonly #model: Model;
  readonly #adapter: Adapter | undefined;
  readonly #hasLoss: boolean;
  readonly #source: Source;

  /**
   * @param onCall called before each call of the user's functions
   * @param role what is asked of it
   * @throws TypeError when `received` is no model, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, onCall?: () => void, { hasLoss, call }: Role = MODEL) {
    const model = demandGradients(received, hasLoss);
    super(model, selection, hasLoss && model.losses !== undefined ? ['losses', 'loss'] : ['loss'], onCall);
    if (typeof this.argument === 'number' && model.randomize !== undefined)
      throw misuse(`model.randomize can't move parameters in place, as it is ${describe(this.argument)}.`);
    this.#hasLoss = hasLoss;
    this.#model = model;
    this.#adapter = (model as { readonly [ADAPTER]?: Adapter })[ADAPTER];
    this.#source = { ...GRADIENTS, call, ...(this.#adapter && wordsOf(this.#adapter)) };
  }

  override get remarks(): readonly Remark[] {
    return this.#adapter?.remarks(this.parameters.map(({ name }) => name)) ?? [];
  }

  /** Whether the model says itself what its valid points are. */
  get randomizes(): boolean {
    return this.#model.randomize !== undefined;
  }

  /**
   * Has the model move its parameters to another valid point, which the subject is then at, until it is restored.
   * @returns whether they moved
   * @throws UsageError where they were not moved in place, and what the model throws
   */
  randomize(random: () => number): boolean {
    const all = this.saveEverything();
    const lengths = new Lengths(all);
    try {
      const returned: unknown = this.#model.randomize!(this.argument, random);
      const done =
        returned !== undefined && isPromiseLike(returned) ? 'returned a promise' : lengths.change();
      const replaced = all.find(({ references }) => !references.every(isIntact));
      const misdone = done ?? (replaced && `put another array or object in the place of ${replaced.name}`);
      if (misdone !== undefined)
        throw misuse(`model.randomize must move the parameters in place, but it ${misdone}.`);
    } finally {
      lengths.restore();
    }
    const hasMoved = this.parameters.some(
      (parameter, p) => countDifferent(copyOf(parameter), this.saved[p]!) > 0,
    );
    this.rebase();
    return hasMoved;
  }

  /** Calls the user's loss at the parameters as they stand. */
  callLoss(): unknown {
    if (!this.#hasLoss) return 0;
    this.evaluations.loss += 1;
    // By far the most calls are of this one: no closure for each.
    const ready = this.prepare();
    const model = this.#model;
    return ready === undefined ? model.loss(this.argument) : ready.then(() => model.loss(this.argument));
  }

  /** Calls the user's `losses`, which must be there, with some displacements from the parameters as they stand. */
  callLosses(displacements: readonly Displacement[]): unknown {
    this.evaluations.loss += displacements.length;
    return this.invoke(() => this.#model.losses!(displacements, this.argument));
  }

  /** Calls the user's gradients at the parameters as they stand. */
  callGradients(): unknown {
    this.evaluations.gradients += 1;
    return this.invoke(() => this.#model.gradients(this.argument));
  }

  /**
   * Copies what `callGradients` returned into one array per parameter.
   * @param into those arrays; the first time, when it is settled which parameters there are, it is empty, and they are put in
   */
  readGradients(returned: unknown, into: Float64Array[]): void {
    const source = { ...this.#source, isDecided: this.isSettled };
    if (!this.isSettled) this.settleBy(returned, source);
    for (const [p, { count }] of this.parameters.entries()) into[p] ??= new Float64Array(count);
    readGradients(returned, this.parameters, into, source, () => this.tree.outline());
  }
}

function wordsOf({ call, absent }: Adapter): Pick<Source, 'call' | 'absent'> {
  return { call, absent };
}

function demandGradients(received: unknown, hasLoss: boolean): Model {
  const model = demandModel(received, ['parameters', ...(hasLoss ? ['loss'] : []), 'gradients']);
  if (hasLoss) demandMember(model, 'loss');
  demandMember(model, 'gradients');
  if (hasLoss) offers(model, 'losses');
  offers(model, 'randomize');
  return model as Model;
}
